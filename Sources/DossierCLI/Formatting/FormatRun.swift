import Dossier

/// `dossier fmt`: gives scripts their canonical text; each on its own, whatever happens to others.
struct FormatRun {
  let console: Console
  let checksOnly: Bool

  /// Formats all scripts; the exit code tells of the worst.
  func run(_ scripts: [String]) -> Int32 {
    let inputs: [Input] = scripts.map { $0 == "-" ? .standardInput : .file($0) }
    return (inputs.isEmpty ? [.standardInput] : inputs).map(run).max() ?? ExitCode.success
  }

  private func run(_ input: Input) -> Int32 {
    var changes = false
    let code = console.finish {
      let text = try input.read()
      let formatted = try text.formatted()
      changes = Array(formatted.utf8) != text.bytes
      if checksOnly {
        if changes { try console.say(text.name + "\n") }
      } else if case .file(let path) = input {
        if changes { try ReplacedFile(path, over: .file).write(formatted) }
      } else {
        try console.say(formatted)
      }
    }
    return code == ExitCode.success && checksOnly && changes ? ExitCode.failure : code
  }
}
