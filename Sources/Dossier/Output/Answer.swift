/// What one query, expression or check gives: rows or a value or a verdict, with notes and sources.
public struct Answer: Sendable {
  enum Content: Sendable {
    case table(Table)
    /// A table of one row and one field.
    case value(Table)
    case verdict(Verdict)
  }

  let content: Content
  let remarks: [Note]
  let facts: FactStore
  let files: ReadFiles
  /// Whether the query asked for its sources with `cite`.
  let cites: Bool
  /// How `render` asks for the table to be drawn.
  var drawing: Drawing?

  /// The lines of the footer.
  public var notes: [String] { remarks.compactMap(\.text) }

  /// What a check found; nil for a query or an expression.
  public var finding: Finding? {
    if case .verdict(let verdict) = content { verdict.finding } else { nil }
  }

  /// The rows; of a value its only one.
  public var table: Table {
    switch content {
    case .table(let table), .value(let table): table
    case .verdict(let verdict): verdict.table
    }
  }

  /// Writes to `output`; what machine formats say beside the data goes to `notes`.
  ///
  /// - Throws: what a sink throws.
  public func write(
    as format: OutputFormat, options: DisplayOptions, to output: inout some ByteSink,
    notes: inout some ByteSink
  ) throws {
    var text = ""
    switch format {
    case .table:
      text =
        drawing.map { ChartFormat(answer: self, drawing: $0, options: options).text }
        ?? TableFormat(answer: self, options: options).text
    case .csv: text = CSVFormat(answer: self, options: options).text
    case .json: text = JSONFormat(answer: self, options: options, isLines: false).text
    case .jsonl: text = JSONFormat(answer: self, options: options, isLines: true).text
    }
    try output.write(text)
    if format != .table {
      for note in self.notes { try notes.write(note + "\n") }
    }
  }
}

/// What a check found.
struct Verdict: Sendable {
  /// True: supported; false: contradicted; maybe: undetermined.
  let truth: Truth
  let label: String
  let table: Table
  /// Whether nothing of the kind is reported: silence is no contradiction.
  let isSilent: Bool

  init(_ table: Table, isTable: Bool, label: String, isUndecided: Bool) {
    self.table = table
    self.label = label
    if isTable {
      let isThere = (0..<table.count).contains { !table.isMaybe($0) }
      truth = isThere ? .true : .maybe
      isSilent = !isThere && !isUndecided
    } else {
      isSilent = false
      if case .truths(let truths) = table.columns.first?.column.storage, table.count > 0 {
        truth = truths[0]
      } else {
        truth = .maybe
      }
    }
  }

  var finding: Finding {
    switch truth {
    case .true: .supported
    case .false: .contradicted
    case .maybe: .undetermined
    }
  }

  /// What decides: of a query's rows those that are certain, if there are some; of a truth all that
  /// it rests on.
  var evidence: [Int32] {
    let certain = (0..<table.count).filter { !table.isMaybe($0) }
    let rows = certain.isEmpty ? Array(0..<table.count) : certain
    return Set(rows.flatMap(table.evidence(of:))).sorted()
  }
}

/// What a check finds of a claim.
public enum Finding: String, Sendable, CaseIterable {
  /// A row certainly stays, or the truth is true.
  case supported
  /// The truth is false.
  case contradicted
  /// The truth is maybe, or nothing of the kind is reported.
  case undetermined
}

/// How results are written.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// For people: fitted columns, footer, numbered sources.
  case table
  /// RFC 4180, quantities as four columns.
  case csv
  /// One JSON value a statement.
  case json
  /// One object a line.
  case jsonl
}

/// How much is shown to people; machine formats are never cut, coloured or limited.
public struct DisplayOptions: Sendable {
  /// Terminal columns to fit into; nil for no limit.
  public var width: Int?
  /// Most rows to show; nil for all.
  public var rows: Int?
  /// Whether to use the sixteen colours of terminals.
  public var colour: Bool
  /// Whether to name sources: nil is yes for tables and no for machine formats.
  public var cite: Bool?
  /// Whether charts are drawn with ASCII signs, for terminals that can't show others.
  public var ascii: Bool

  /// Options; the defaults suit a pipe.
  public init(
    width: Int? = nil, rows: Int? = nil, colour: Bool = false, cite: Bool? = nil,
    ascii: Bool = false
  ) {
    self.width = width
    self.rows = rows
    self.colour = colour
    self.cite = cite
    self.ascii = ascii
  }
}

/// Where text goes: a file, a terminal, memory.
///
/// Writing may fail, and then it says so.
public protocol ByteSink {
  /// Takes all the bytes.
  ///
  /// - Throws: if they can't be written.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws
}

extension ByteSink {
  mutating func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}
