import Dossier

/// Texts run in order with nobody in between: stops at the first error, and tells how it went.
struct ScriptRun {
  let action: Request.Action
  let console: Console
  private var isContradicted = false

  init(_ action: Request.Action, console: Console) {
    self.action = action
    self.console = console
  }

  /// Runs the inputs and gives the exit code of the program.
  mutating func run(_ inputs: [Input], in session: inout Session) -> Int32 {
    if action == .check { return check(inputs, in: session) }
    let code = console.finish {
      // A missing file is told before anything runs.
      for text in try inputs.map({ try $0.read() }) {
        try run(text, in: &session)
      }
    }
    return code == ExitCode.success && isContradicted ? ExitCode.failure : code
  }

  /// Checks each input, none of which knows of the others; the exit code tells of the worst.
  private func check(_ inputs: [Input], in session: Session) -> Int32 {
    let codes = inputs.map { input in
      console.finish {
        var session = session
        try session.check(try input.read())
      }
    }
    return codes.max() ?? ExitCode.success
  }

  private mutating func run(_ text: SourceText, in session: inout Session) throws {
    switch action {
    case .run:
      if try console.run(text, in: &session) { isContradicted = true }
    case .check: break
    case .outline: try console.say(text.outline().asLines)
    case .explain:
      try console.say(session.explain(text).asLines)
    }
  }
}
