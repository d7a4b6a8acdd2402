import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where answers, notes and errors go, and in which form.
final class Console {
  /// The rows of a long table that a terminal shows.
  private static let shownRows = 40

  var format: OutputFormat
  var showsTime: Bool
  /// Whether sources are named; nil for as the format does.
  var cite: Bool?
  /// The rows of a table that are shown, and the columns that it may take; files get all.
  var rows = Extent.automatic
  var columns = Extent.automatic
  /// What was shown last.
  var last: Answer?
  /// Where answers go instead of the standard output.
  private var file: AnswerFile?
  private var output: CheckedOutput
  /// What the standard output has.
  private var page = OutputPage()
  private let notes: NoteOutput
  private let errors: ErrorFormat
  private let answersHaveColour: Bool
  private let notesHaveColour: Bool
  private let isTerminal: Bool
  /// Whether the terminal needs charts of ASCII signs; what isn't shown on one is the same anywhere.
  private let showsOnlyASCII: Bool
  private let outputDescriptor: Int32
  /// What gets the answers in place of standard output.
  private let replaced: ReplacedFile?
  /// What errors call the output.
  let outputName: String
  private let guardsFormulas: Bool
  /// By which long answers are looked at; nil where they are just written.
  private let pager: Pager?

  /// A console on two descriptors, which are standard output and error but in tests.
  init(
    _ request: Request, file: ReplacedFile? = nil, output: Int32 = STDOUT_FILENO,
    notes: Int32 = STDERR_FILENO, environment: (String) -> String? = Terminal.environment
  ) {
    let output = file?.descriptor ?? output
    replaced = file
    outputName = request.output.map { "'\($0)'" } ?? "standard output"
    guardsFormulas = request.guardsFormulas
    format = request.format ?? .table
    showsTime = request.showsTime
    errors = request.errors
    cite = request.cite
    outputDescriptor = output
    isTerminal = Terminal.isTerminal(output)
    rows = request.limit.map(Extent.most) ?? .automatic
    showsOnlyASCII = isTerminal && !Terminal.showsUTF8(environment)
    answersHaveColour = ColourPolicy.allowsColour(
      request.colour, isTerminal: isTerminal, environment: environment)
    notesHaveColour = ColourPolicy.allowsColour(
      request.colour, isTerminal: Terminal.isTerminal(notes), environment: environment)
    self.output = CheckedOutput(descriptor: output) { Interrupts.arePending }
    self.notes = NoteOutput(descriptor: notes)
    pager = isTerminal && Terminal.isTerminal(STDIN_FILENO) ? Pager(environment) : nil
  }

  /// Sets what the options ask for, whatever was set before.
  func follow(_ request: Request) {
    format = request.format ?? format
    showsTime = request.showsTime || showsTime
    cite = request.cite ?? cite
    rows = request.limit.map(Extent.most) ?? rows
  }

  /// Whether what stands on the standard output may be coloured.
  var hasColour: Bool { answersHaveColour }

  /// The columns a table may take; nil where output is no terminal, which is never cut.
  var width: Int? {
    isTerminal ? Terminal.size(outputDescriptor)?.columns : nil
  }

  /// Writes an answer to where answers go and what its format says beside the data to the notes.
  ///
  /// - Parameter isWhole: whether all rows are shown, however many.
  func show(_ answer: Answer, isWhole: Bool = false) throws {
    var remarks = ByteBuffer()
    if let file {
      let options = DisplayOptions(cite: cite, guardsFormulas: guardsFormulas)
      try file.add(answer, as: format, options: options, notes: &remarks)
    } else {
      var text = ByteBuffer()
      let options = options(isWhole)
      try page.add(answer, as: format, options: options, to: &text, notes: &remarks)
      if isTerminal, format == .csv || format == .tsv { text.bytes = Self.printable(text.bytes) }
      try show(text.bytes, isWhole: isWhole)
    }
    if !remarks.bytes.isEmpty {
      // Both may be the same terminal, where a note stands under its answer.
      if file == nil { try output.flush() }
      remarks.bytes.withUnsafeBytes { notes.write($0) }
    }
  }

  /// Writes an answer to the standard output; one that is taller than the terminal goes through the
  /// pager if all of it is to be seen.
  private func show(_ text: [UInt8], isWhole: Bool) throws {
    if isWhole, let pager, let size = Terminal.size(outputDescriptor), Pager.isFor(text, size) {
      try output.flush()
      if pager.show(text) { return }
    }
    try text.withUnsafeBytes { try output.write($0) }
  }

  /// Records as a terminal may get them: but for line ends and tabs, nothing moves its cursor.
  private static func printable(_ records: [UInt8]) -> [UInt8] {
    String(decoding: records, as: UTF8.self).unicodeScalars.reduce(into: []) { bytes, scalar in
      let isEnd = scalar == "\n" || scalar == "\t"
      bytes += (isEnd ? String(scalar) : TextWidth.printable(String(scalar))).utf8
    }
  }

  private func options(_ isWhole: Bool) -> DisplayOptions {
    DisplayOptions(
      width: columns.limit(automatic: width),
      rows: isWhole ? nil : rows.limit(automatic: isTerminal ? Self.shownRows : nil),
      colour: answersHaveColour, cite: cite, ascii: showsOnlyASCII,
      guardsFormulas: guardsFormulas)
  }

  /// Writes a listing to where answers go.
  func tell(_ text: String) throws {
    var text = text
    try text.withUTF8 { try tell(UnsafeRawBufferPointer($0)) }
  }

  private func tell(_ bytes: UnsafeRawBufferPointer) throws {
    if let file { try file.write(bytes) } else { try output.write(bytes) }
  }

  /// Writes a text to the standard output, wherever answers go.
  func say(_ text: String) throws {
    try output.write(text)
  }

  /// Writes what is still buffered.
  func flush() throws {
    try output.flush()
    guard let file else { return }
    do {
      try file.flush()
      if file.isFull { try redirect(to: nil) }
    } catch {
      self.file = nil
      throw error
    }
  }

  /// Ends a page of HTML on the standard output, and writes all there is.
  func endPage() throws {
    try page.end(to: &output)
    try flush()
  }

  /// Puts a file of answers in its place; without this the old one stays.
  func commit() throws {
    try endPage()
    try replaced?.commit()
  }

  /// Forgets what is still buffered.
  func discard() {
    page = OutputPage()
    output.discard()
    file?.discard()
  }

  /// Lets answers go to a new file, or to the standard output again; the file of before is closed.
  func redirect(to file: AnswerFile?) throws {
    let old = self.file
    self.file = file
    try old?.close()
  }

  /// Writes a line to standard error.
  func note(_ line: String) {
    notes.write(line + "\n")
  }

  /// Writes all that is wrong to standard error.
  func report(_ failure: Failure) {
    switch errors {
    case .text: notes.write(failure.rendered(colour: notesHaveColour))
    case .json: notes.write(failure.renderedAsJSON())
    }
  }

  /// Writes an error that has no place in a text.
  func report(_ message: String, code: String? = nil) {
    switch errors {
    case .text: note(TextWidth.printable("dossier: \(message)"))
    case .json:
      let code = code.map(JSONText.encoded) ?? "null"
      note(#"{"code": \#(code), "message": \#(JSONText.encoded(message))}"#)
    }
  }
}

/// Bytes kept for later.
private struct ByteBuffer: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more)
  }
}
