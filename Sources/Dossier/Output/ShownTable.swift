/// The fields of a table that people are shown, as texts, with the marks of each row.
struct ShownTable {
  struct Row {
    let isMaybe: Bool
    let cells: [String]
    /// The numbers of its sources.
    let sources: [Int]
  }

  let headers: [String]
  /// Which columns are numbers, which stand to the right.
  let isNumeric: [Bool]
  let rows: [Row]
  /// Whether some rows may only be maybe there.
  let hasMaybe: Bool
  /// `2 rows · 3 more fields`.
  let counts: String

  var hasSources: Bool { rows.contains { !$0.sources.isEmpty } }

  /// All rows; sources are left out unless the answer is to cite them.
  init(_ table: Table, _ answer: Answer, _ options: DisplayOptions, sources: inout Sources) {
    let shown = table.fields.indices.filter { table.fields[$0].isShown }
    let columns = shown.map(table.column)
    let cites = options.cite ?? true
    headers = shown.map { TextWidth.printable(table.fields[$0].name) }
    isNumeric = shown.map { table.fields[$0].type.isNumeric }
    var rows: [Row] = []
    for row in 0..<table.count {
      let cells = columns.map { TextWidth.printable($0.text(row, names: answer.facts)) }
      let numbers = cites ? sources.numbers(table, row: row) : []
      rows.append(Row(isMaybe: table.isMaybe(row), cells: cells, sources: numbers))
    }
    self.rows = rows
    hasMaybe = table.membership != nil
    counts = Footer(answer: answer, options: options).counts(
      rows: table.count, shown: table.count, hiddenFields: table.fields.count - shown.count)
  }
}

extension Answer {
  /// What a value or a check says on one line, and what that rests on; nil for a table.
  var line: (text: String, evidence: [Int32])? {
    switch content {
    case .table: return nil
    case .verdict(let verdict): return (TextWidth.printable(verdict.words), verdict.evidence)
    case .value(let table):
      guard table.count > 0, let column = table.columns.first?.column else { return ("", []) }
      let text = column.isNone(0) ? "none" : column.text(0, names: facts)
      return (TextWidth.printable(text), Array(table.evidence(of: 0)))
    }
  }
}
