import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that answers go to instead of the standard output: of the session, or only the next one.
///
/// It takes the place of what was there when it is closed, so nobody finds a part of an answer in it.
final class AnswerFile: ByteSink {
  private let path: String
  private let isForOne: Bool
  private let file: ReplacedFile
  private var output: CheckedOutput
  private var hasText = false
  private var page = OutputPage()
  /// How much of it are whole answers.
  private var whole: (length: off_t, page: OutputPage) = (0, OutputPage())

  init(_ path: String, isForOne: Bool = false) throws {
    self.path = path
    self.isForOne = isForOne
    file = try ReplacedFile(path, over: .anythingReady)
    output = CheckedOutput(descriptor: file.descriptor) { Interrupts.arePending }
  }

  /// Whether it was for one answer and has that.
  var isFull: Bool { isForOne && hasText }

  /// Adds an answer; what its format says beside the data goes to `notes`.
  func add(
    _ answer: Answer, as format: OutputFormat, options: DisplayOptions,
    notes: inout some ByteSink
  ) throws {
    var sink = self
    try page.add(answer, as: format, options: options, to: &sink, notes: &notes)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasText = hasText || !bytes.isEmpty
    try named { try output.write(bytes) }
  }

  /// Writes what is buffered: the answers so far are whole.
  func flush() throws {
    try named { try output.flush() }
    whole = (lseek(file.descriptor, 0, SEEK_CUR), page)
  }

  /// Forgets what came since the last whole answer.
  func discard() {
    output.discard()
    page = whole.page
    guard whole.length >= 0 else { return }
    ftruncate(file.descriptor, whole.length)
    lseek(file.descriptor, whole.length, SEEK_SET)
  }

  /// Ends it and puts it in its place.
  func close() throws {
    var sink = self
    try page.end(to: &sink)
    try flush()
    try file.commit()
  }

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
