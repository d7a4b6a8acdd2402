import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An input that could not be read.
struct InputError: Error {
  let name: String
  let code: Int32

  var message: String { "cannot read '\(name)': \(systemMessage(code))" }
}

extension Input {
  /// The text with the name that messages give it.
  func read() throws -> SourceText {
    switch self {
    case .text(let text, let name):
      return SourceText(name: name, text: text)
    case .standardInput:
      return SourceText(name: "stdin", bytes: try bytes(of: STDIN_FILENO, named: "standard input"))
    case .file(let path):
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw InputError(name: path, code: errno) }
      defer { close(file) }
      return SourceText(name: path, bytes: try bytes(of: file, named: path), path: path)
    }
  }
}

/// All that a descriptor gives up to its end.
func bytes(of file: Int32, named name: String) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = try chunk.withUnsafeMutableBytes { try Interrupts.read(file, into: $0) }
    if count == 0 { return bytes }
    if count < 0 { throw InputError(name: name, code: errno) }
    bytes += chunk[..<count]
  }
}
