/// Answers below each other in one output.
///
/// CSV is parted by empty lines; in Markdown and HTML equal sources share a number across all
/// answers, and an HTML page has a beginning and an end.
public struct OutputPage: Sendable {
  private var hasRecords = false
  /// The sources that were numbered so far.
  private var sources: [String] = []
  private var hasText = false
  private var isOpen = false

  /// A page without answers.
  public init() {}

  /// Writes an answer to `output`; what machine formats say beside the data goes to `notes`.
  ///
  /// - Throws: what a sink throws.
  public mutating func add(
    _ answer: Answer, as format: OutputFormat, options: DisplayOptions,
    to output: inout some ByteSink, notes: inout some ByteSink
  ) throws {
    if format != .html { try end(to: &output) }
    switch format {
    case .table:
      let chart = answer.drawing.map { ChartFormat(answer: answer, drawing: $0, options: options) }
      try output.write(chart?.text ?? TableFormat(answer: answer, options: options).text)
    case .csv: try addRecords(answer, ",", options, to: &output, notes: &notes)
    case .tsv: try addRecords(answer, "\t", options, to: &output, notes: &notes)
    case .json, .jsonl:
      let json = JSONFormat(answer: answer, options: options, isLines: format == .jsonl)
      try output.write(json.text)
    case .markdown:
      let markdown = MarkdownFormat(answer: answer, options: options)
      try output.write((hasText ? "\n" : "") + markdown.text(&sources))
      hasText = true
    case .html:
      let html = HTMLFormat(answer: answer, options: options)
      try output.write((isOpen ? "" : HTMLFormat.beginning) + html.section(&sources))
      isOpen = true
    }
    guard format.isForMachines else { return }
    for note in answer.notes { try notes.write(TextWidth.printable(note) + "\n") }
  }

  /// Ends an HTML page, with the sources of all its answers; what follows begins a new one.
  ///
  /// - Throws: what a sink throws.
  public mutating func end(to output: inout some ByteSink) throws {
    guard isOpen else { return }
    isOpen = false
    let ending = HTMLFormat.ending(sources)
    sources = []
    try output.write(ending)
  }

  private mutating func addRecords(
    _ answer: Answer, _ separator: Unicode.Scalar, _ options: DisplayOptions,
    to output: inout some ByteSink, notes: inout some ByteSink
  ) throws {
    var records = DelimitedFormat(answer: answer, options: options, separator: separator)
    let text = records.text()
    try output.write((hasRecords ? "\n" : "") + text)
    hasRecords = true
    guard records.guarded > 0 else { return }
    let cells = records.guarded == 1 ? "1 text" : "\(records.guarded) texts"
    try notes.write("a ' put before \(cells) that a spreadsheet would run as formulas\n")
  }
}
