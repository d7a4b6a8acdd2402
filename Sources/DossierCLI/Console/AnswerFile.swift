import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that answers go to instead of the standard output: of the session, or only the next one.
final class AnswerFile: ByteSink {
  private let path: String
  private let descriptor: Int32
  private let isForOne: Bool
  private var output: CheckedOutput
  private var hasText = false

  /// Opens a file for writing; what it held before is lost.
  init(_ path: String, isForOne: Bool = false) throws {
    // Nothing waits at a pipe, and what is opened is no terminal of the program.
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let file = open(path, flags, 0o666)
    guard file >= 0 else { throw ReplacedFile.Unwritable(path: path, code: errno) }
    self.path = path
    self.isForOne = isForOne
    descriptor = file
    output = CheckedOutput(descriptor: file) { Interrupts.arePending }
  }

  deinit { close(descriptor) }

  /// Whether it was for one answer and has that.
  var isFull: Bool { isForOne && hasText }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasText = hasText || !bytes.isEmpty
    try named { try output.write(bytes) }
  }

  func flush() throws {
    try named { try output.flush() }
  }

  func discard() { output.discard() }

  /// A failure here is none of the standard output, which would end the session.
  private func named(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let error as OutputError {
      let code = if case .system(let code) = error { code } else { EPIPE }
      throw ReplacedFile.Unwritable(path: path, code: code)
    }
  }
}
