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
  /// - Throws: what a sink throws; `Failure` E0601 if an answer is more than `Limits.output`.
  public mutating func add(
    _ answer: Answer, as format: OutputFormat, options: DisplayOptions,
    to output: inout some ByteSink, notes: inout some ByteSink
  ) throws {
    if format != .html { try end(to: &output) }
    try answer.checkSize(answer.leastSize)
    var remarks: [String] = []
    let text = text(of: answer, as: format, options: options, &remarks)
    try answer.checkSize(text.utf8.count)
    try output.write(text)
    for remark in remarks { try notes.write(remark + "\n") }
    guard format.isForMachines else { return }
    for note in answer.notes { try notes.write(TextWidth.printable(note) + "\n") }
  }

  private mutating func text(
    of answer: Answer, as format: OutputFormat, options: DisplayOptions, _ remarks: inout [String]
  ) -> String {
    switch format {
    case .table:
      let chart = answer.drawing.map { ChartFormat(answer: answer, drawing: $0, options: options) }
      return chart?.text ?? TableFormat(answer: answer, options: options).text
    case .csv: return records(answer, ",", options, &remarks)
    case .tsv: return records(answer, "\t", options, &remarks)
    case .json, .jsonl:
      return JSONFormat(answer: answer, options: options, isLines: format == .jsonl).text
    case .markdown:
      let markdown = MarkdownFormat(answer: answer, options: options)
      defer { hasText = true }
      return (hasText ? "\n" : "") + markdown.text(&sources)
    case .html:
      let html = HTMLFormat(answer: answer, options: options)
      defer { isOpen = true }
      return (isOpen ? "" : HTMLFormat.beginning) + html.section(&sources)
    }
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

  private mutating func records(
    _ answer: Answer, _ separator: Unicode.Scalar, _ options: DisplayOptions,
    _ remarks: inout [String]
  ) -> String {
    var records = DelimitedFormat(answer: answer, options: options, separator: separator)
    let text = (hasRecords ? "\n" : "") + records.text()
    hasRecords = true
    if records.guarded > 0 {
      let cells = records.guarded == 1 ? "1 text" : "\(records.guarded) texts"
      remarks.append("a ' put before \(cells) that a spreadsheet would run as formulas")
    }
    return text
  }
}

extension Answer {
  /// Bytes that it has at least: those of its texts.
  fileprivate var leastSize: Int {
    guard outputLimit < .max else { return 0 }
    return table.columns.reduce(0) { $0 + $1.column.textSize }
  }

  fileprivate func checkSize(_ bytes: Int) throws(Failure) {
    guard bytes > outputLimit else { return }
    let error = RunError(cause: .limit("bytes of output", outputLimit), span: .nowhere)
    let sources = SourceMap(SourceText(name: "output", text: ""))
    throw Failure([error.diagnostic(in: sources)], in: sources)
  }
}

extension Column {
  /// Bytes of its texts, each as often as it stands there.
  fileprivate var textSize: Int {
    switch storage {
    case .texts(let codes, let dictionary):
      let sizes = (0..<Int32(dictionary.count)).map { dictionary.withBytes(of: $0, \.count) }
      return codes.elements.reduce(0) { $1 < 0 ? $0 : $0 + sizes[Int($1)] }
    case .lists(let lists): return lists.elements.column.textSize
    case .truths, .quantities, .dates, .periods, .references: return 0
    }
  }
}
