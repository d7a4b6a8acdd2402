import Dossier
import DossierFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An input that could not be read.
struct InputError: Error {
  enum Cause {
    /// What the system says.
    case system(Int32)
    /// A disk, or a device that never ends.
    case device
    /// It has a byte that no text has.
    case notText
    /// It has more bytes than a script may have.
    case tooLong
  }

  let name: String
  let cause: Cause

  /// Whether there is nothing to read.
  var isAbsence: Bool {
    if case .system(let code) = cause { code == ENOENT || code == ENOTDIR } else { false }
  }

  /// The code that a file has which a script can't read.
  var code: String {
    switch cause {
    case .system(ENOENT), .system(ENOTDIR): "E0501"
    case .system(EISDIR): "E0503"
    case .device: "E0504"
    case .system: "E0506"
    case .notText: "E0513"
    case .tooLong: "E0602"
    }
  }

  var message: String {
    let reason =
      switch cause {
      case .system(let code): systemMessage(code)
      case .device: "it is a device: expected a script"
      case .notText: "it is not text: expected a script in UTF-8"
      case .tooLong: "a script may have \(Input.mostBytes >> 20) MB"
      }
    return "cannot read '\(name)': \(reason)"
  }
}

/// A script is read to its end before it runs; whatever is no script is told as soon as that is
/// seen, so that no input can fill the memory.
extension Input {
  /// The bytes that a script may have.
  static let mostBytes = 256 << 20

  /// The text with the name that messages give it.
  func read() throws -> SourceText {
    switch self {
    case .text(let text, let name):
      return SourceText(name: name, text: text)
    case .standardInput:
      return SourceText(
        name: "stdin", bytes: try Self.script(STDIN_FILENO, named: "standard input"))
    case .file(let path):
      // A pipe that nobody writes yet is waited for when it is read, which Ctrl-C can end.
      let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      guard file >= 0 else { throw InputError(name: path, cause: .system(errno)) }
      _ = fcntl(file, F_SETFL, O_RDONLY)
      defer { close(file) }
      return SourceText(name: path, bytes: try Self.script(file, named: path), path: path)
    }
  }

  private static func script(_ file: Int32, named name: String) throws -> [UInt8] {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw InputError(name: name, cause: .system(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFBLK: throw InputError(name: name, cause: .device)
    case S_IFREG where Int(status.st_size) > mostBytes:
      throw InputError(name: name, cause: .tooLong)
    default: break
    }
    return try bytes(of: file, named: name) { part, count in
      if let start = part.baseAddress, memchr(start, 0, part.count) != nil {
        let isDevice = status.st_mode & S_IFMT == S_IFCHR
        throw InputError(name: name, cause: isDevice ? .device : .notText)
      }
      if count > mostBytes { throw InputError(name: name, cause: .tooLong) }
    }
  }
}

/// All that a descriptor gives up to its end.
///
/// - Parameter check: looks at each part that came, and at how many bytes there are with it.
func bytes(
  of file: Int32, named name: String,
  check: (_ part: UnsafeRawBufferPointer, _ count: Int) throws -> Void = { _, _ in }
) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = try chunk.withUnsafeMutableBytes { try Interrupts.read(file, into: $0) }
    if count == 0 { return bytes }
    if count < 0 { throw InputError(name: name, cause: .system(errno)) }
    try chunk.withUnsafeBytes { part in
      try check(UnsafeRawBufferPointer(rebasing: part[..<count]), bytes.count + count)
    }
    bytes += chunk[..<count]
  }
}
