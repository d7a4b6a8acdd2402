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
  private var output: CheckedOutput
  private var hasShownCSV = false
  private let notes: NoteOutput
  private let errors: ErrorFormat
  private let cite: Bool?
  private let answersHaveColour: Bool
  private let notesHaveColour: Bool
  private let isTerminal: Bool
  /// Whether the terminal needs charts of ASCII signs; what isn't shown on one is the same anywhere.
  private let showsOnlyASCII: Bool
  private let outputDescriptor: Int32

  /// A console on two descriptors, which are standard output and error but in tests.
  init(
    _ request: Request, output: Int32 = STDOUT_FILENO, notes: Int32 = STDERR_FILENO,
    environment: (String) -> String? = Terminal.environment
  ) {
    format = request.format
    showsTime = request.showsTime
    errors = request.errors
    cite = request.cite
    outputDescriptor = output
    isTerminal = Terminal.isTerminal(output)
    showsOnlyASCII = isTerminal && !Terminal.showsUTF8(environment)
    answersHaveColour = ColourPolicy.allowsColour(
      request.colour, isTerminal: isTerminal, environment: environment)
    notesHaveColour = ColourPolicy.allowsColour(
      request.colour, isTerminal: Terminal.isTerminal(notes), environment: environment)
    self.output = CheckedOutput(descriptor: output) { Interrupts.arePending }
    self.notes = NoteOutput(descriptor: notes)
  }

  /// The columns a table may take; nil where output is no terminal, which is never cut.
  var width: Int? {
    isTerminal ? Terminal.size(outputDescriptor)?.columns : nil
  }

  /// Writes an answer to the output and what its format says beside the data to the notes.
  func show(_ answer: Answer) throws {
    let options = DisplayOptions(
      width: width, rows: isTerminal ? Self.shownRows : nil, colour: answersHaveColour, cite: cite,
      ascii: showsOnlyASCII)
    var remarks = ByteBuffer()
    // Tables of values are parted by an empty line.
    if format == .csv, hasShownCSV { try output.write("\n") }
    hasShownCSV = hasShownCSV || format == .csv
    try answer.write(as: format, options: options, to: &output, notes: &remarks)
    if !remarks.bytes.isEmpty {
      // Both may be the same terminal, where a note stands under its answer.
      try output.flush()
      remarks.bytes.withUnsafeBytes { notes.write($0) }
    }
  }

  /// Writes a text to the output.
  func say(_ text: String) throws {
    try output.write(text)
  }

  /// Writes what is still buffered to the output.
  func flush() throws {
    try output.flush()
  }

  /// Forgets what is still buffered.
  func discard() {
    output.discard()
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
  func report(_ message: String) {
    switch errors {
    case .text: note("dossier: \(message)")
    case .json: note(#"{"message": \#(JSONText.encoded(message))}"#)
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
