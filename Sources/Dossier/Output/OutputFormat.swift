/// How results are written.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// For people: fitted columns, footer, numbered sources.
  case table
  /// RFC 4180, quantities as four columns.
  case csv
  /// The same with tabs.
  case tsv
  /// One JSON value a statement.
  case json
  /// One object a line.
  case jsonl
  /// Pipe tables with the sources as footnotes, as GitHub shows them.
  case markdown
  /// One page with tables, notes and sources that needs nothing else.
  case html

  /// Whether it holds nothing but data, with what is said of them beside it.
  var isForMachines: Bool {
    switch self {
    case .csv, .tsv, .json, .jsonl: true
    case .table, .markdown, .html: false
    }
  }
}

/// How much is shown to people; machine formats are never cut, coloured or limited.
public struct DisplayOptions: Sendable {
  /// Terminal columns to fit into; nil for no limit.
  public var width: Int?
  /// Most rows that the table format shows; nil for all.
  public var rows: Int?
  /// Whether to use the sixteen colours of terminals.
  public var colour: Bool
  /// Whether to name sources: nil is yes for people and no for machine formats.
  public var cite: Bool?
  /// Whether charts are drawn with ASCII signs, for terminals that can't show others.
  public var ascii: Bool
  /// Whether texts in CSV and TSV that a spreadsheet would run as formulas get a `'` before them.
  public var guardsFormulas: Bool

  /// Options; the defaults suit a pipe.
  public init(
    width: Int? = nil, rows: Int? = nil, colour: Bool = false, cite: Bool? = nil,
    ascii: Bool = false, guardsFormulas: Bool = false
  ) {
    self.width = width
    self.rows = rows
    self.colour = colour
    self.cite = cite
    self.ascii = ascii
    self.guardsFormulas = guardsFormulas
  }
}
