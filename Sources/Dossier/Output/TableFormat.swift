/// Tables for people: columns fitted to the width, numbers to the right and never cut, the footer,
/// and the sources as numbered notes.
struct TableFormat {
  let answer: Answer
  let options: DisplayOptions

  var text: String {
    switch answer.content {
    case .table(let table): return self.table(table)
    case .value(let table): return value(table)
    case .verdict(let verdict): return self.verdict(verdict)
    }
  }

  private var cites: Bool { options.cite ?? true }
  private var footer: Footer { Footer(answer: answer, options: options) }

  // MARK: Values and verdicts

  private func value(_ table: Table) -> String {
    guard table.count > 0, let column = table.columns.first?.column else { return "" }
    var sources = Sources(answer)
    let marks = cites ? sources.marks(table, row: 0) : ""
    let text = column.isNone(0) ? "none" : column.text(0, names: answer.facts)
    let line = TextWidth.printable(text)
    return (marks.isEmpty ? line : line + " " + marks) + "\n" + footer.text(sources, counts: nil)
  }

  private func verdict(_ verdict: Verdict) -> String {
    var sources = Sources(answer)
    let numbers = cites ? sources.numbers(verdict.evidence) : []
    let marks = numbers.map { " [\($0)]" }.joined()
    return TextWidth.printable(verdict.words) + marks + "\n" + footer.text(sources, counts: nil)
  }

  // MARK: Tables

  private struct Cells {
    let header: String
    var values: [String]
    let isNumeric: Bool
  }

  private func table(_ table: Table) -> String {
    let shown = table.fields.indices.filter { table.fields[$0].isShown }
    let rows = options.shownRows(table.count)
    var sources = Sources(answer)
    let marks = rows.map { row in row.map { cites ? sources.marks(table, row: $0) : "" } ?? "" }
    var columns = shown.map { index in
      let column = table.column(index)
      return Cells(
        header: TextWidth.printable(table.fields[index].name),
        values: rows.map { cell(column, $0) },
        isNumeric: table.fields[index].type.isNumeric)
    }
    let prefix = table.membership == nil ? [] : rows.map { $0.map(table.isMaybe) ?? false }
    let marksWidth = marks.map(TextWidth.of).max() ?? 0
    var room = options.width.map { $0 - (prefix.isEmpty ? 0 : 2) }
    if marksWidth > 0 { room = room.map { $0 - marksWidth - 1 } }
    let widths = fit(&columns, into: room)
    var lines = ""
    if !columns.isEmpty {
      let header = columns.enumerated().map { pad($1.header, widths[$0], right: false) }
      lines += (prefix.isEmpty ? "" : "  ") + joined(header) + "\n"
    }
    for (place, _) in rows.enumerated() {
      let cells = columns.enumerated().map {
        pad($1.values[place], widths[$0], right: $1.isNumeric)
      }
      let mark = prefix.isEmpty ? "" : prefix[place] ? "? " : "  "
      let note = marks[place].isEmpty ? "" : " " + marks[place]
      lines += mark + (note.isEmpty ? joined(cells) : cells.joined(separator: " │ ") + note) + "\n"
    }
    let hidden = table.fields.count - shown.count
    let counts = footer.counts(
      rows: table.count, shown: rows.count { $0 != nil }, hiddenFields: hidden)
    return lines + footer.text(sources, counts: counts)
  }

  private func joined(_ cells: [String]) -> String {
    var line = cells.joined(separator: " │ ")
    while line.last == " " { line.removeLast() }
    return line
  }

  private func cell(_ column: Column, _ row: Int?) -> String {
    guard let row else { return "…" }
    return TextWidth.printable(column.text(row, names: answer.facts))
  }

  /// The widest texts give way first; a column that can't shrink keeps its width.
  private func fit(_ columns: inout [Cells], into room: Int?) -> [Int] {
    var widths = columns.map { cells in
      max(TextWidth.of(cells.header), cells.values.map(TextWidth.of).max() ?? 0)
    }
    guard let room else { return widths }
    let separators = max(columns.count - 1, 0) * 3
    while widths.reduce(0, +) + separators > room {
      let shrinkable = columns.indices.filter {
        !columns[$0].isNumeric && widths[$0] > max(TextWidth.of(columns[$0].header), 8)
      }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    for index in columns.indices where !columns[index].isNumeric {
      columns[index].values = columns[index].values.map { TextWidth.cut($0, to: widths[index]) }
    }
    return widths
  }

  private func pad(_ text: String, _ width: Int, right: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - TextWidth.of(text)))
    return right ? blanks + text : text + blanks
  }
}
