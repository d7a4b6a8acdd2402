import Dossier
import DossierFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program in which people write longer texts: what `VISUAL` or `EDITOR` says, else `vi`.
struct Editor {
  /// Why there is no edited text.
  enum Problem: Error, Equatable {
    /// Nobody could type.
    case noTerminal
    case notFound(String)
    /// It ended with a code other than 0, as by `:cq`.
    case failed(String, Int32)
    case unwritable(String, Int32)
    case notText
  }

  let command: String

  init(_ environment: (String) -> String? = Terminal.environment) {
    let chosen = ["VISUAL", "EDITOR"].compactMap { environment($0)?.trimmed }
    command = chosen.first { !$0.isEmpty } ?? "vi"
  }

  /// The text as it is when the editor ends.
  func edit(_ text: String) throws(Problem) -> String {
    guard Terminal.isInteractive else { throw .noTerminal }
    let path = try write(text)
    defer {
      unlink(path)
      Drafts.forget(path)
    }
    let status: Int32
    do {
      status = try ChildProgram.run("\(command) \"$@\"", [path])
    } catch {
      throw .failed(command, error.code)
    }
    if status == ChildProgram.notFound { throw .notFound(command) }
    guard status == 0 else { throw .failed(command, status) }
    return try read(path)
  }

  /// Puts the text into a file that only its owner can read; the ending tells editors the language.
  private func write(_ text: String) throws(Problem) -> String {
    let folder = Terminal.environment("TMPDIR") ?? "/tmp"
    var name = Array("\(folder)/dossier-XXXXXX.q".utf8CString)
    let file = mkstemps(&name, 2)
    guard file >= 0 else { throw .unwritable(folder, errno) }
    defer { close(file) }
    let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    Drafts.add(path)
    do {
      var output = CheckedOutput(descriptor: file)
      try output.write(text.asLines)
      try output.flush()
    } catch {
      unlink(path)
      Drafts.forget(path)
      throw .unwritable(folder, ENOSPC)
    }
    return path
  }

  private func read(_ path: String) throws(Problem) -> String {
    guard let source = try? Input.file(path).read(),
      let text = String(validating: source.bytes, as: UTF8.self)
    else { throw .notText }
    return text
  }
}

extension Editor.Problem: CustomStringConvertible {
  var description: String {
    switch self {
    case .noTerminal: "an editor needs a terminal"
    case .notFound(let command): "there is no editor '\(command)': VISUAL or EDITOR names one"
    case .failed(let command, let status): "'\(command)' ended with \(status): nothing is run"
    case .unwritable(let folder, let code): "cannot write to '\(folder)': \(systemMessage(code))"
    case .notText: "what the editor left is no text: nothing is run"
    }
  }
}
