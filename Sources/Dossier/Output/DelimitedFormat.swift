/// CSV (RFC 4180 with `\n` line ends) and the same with tabs; a quantity is four columns beside its
/// text, by its type.
///
/// Tabs in cells are quoted as commas are: that is what spreadsheets, DuckDB, R and Python's
/// `excel-tab` read, and what loses nothing.
struct DelimitedFormat {
  let answer: Answer
  let options: DisplayOptions
  let separator: Unicode.Scalar
  /// How many cells were kept from being run as formulas.
  private(set) var guarded = 0

  init(answer: Answer, options: DisplayOptions, separator: Unicode.Scalar) {
    self.answer = answer
    self.options = options
    self.separator = separator
  }

  /// One cell: a number is never a formula.
  private enum Cell {
    case number(String)
    case text(String)
  }

  mutating func text() -> String {
    if case .verdict(let verdict) = answer.content {
      let found: [Cell] = [
        .text(verdict.finding.rawValue), .text(verdict.label), .text("\(!verdict.isSilent)"),
      ]
      guard cites else { return header(["verdict", "label", "reported"]) + line(found) }
      return header(["verdict", "label", "reported", "sources"])
        + line(found + [sources(verdict.evidence)])
    }
    let table = answer.table
    var names: [String] = []
    for field in table.fields {
      names.append(field.name)
      if field.type.hasParts {
        names += ["low", "best", "high", "unit"].map { "\(field.name).\($0)" }
      }
    }
    if table.membership != nil { names.append("row") }
    if cites { names.append("sources") }
    var text = header(names)
    let columns = table.columns.map(\.column)
    for row in 0..<table.count {
      var cells: [Cell] = []
      for (field, column) in zip(table.fields, columns) {
        cells += self.cells(column, row, hasParts: field.type.hasParts)
      }
      if table.membership != nil { cells.append(.text(table.isMaybe(row) ? "maybe" : "certain")) }
      if cites { cells.append(sources(table.evidence(of: row))) }
      text += line(cells)
    }
    return text
  }

  private var cites: Bool { options.cite ?? answer.cites }

  /// The texts of the notes, each once.
  private func sources(_ evidence: some Sequence<Int32>) -> Cell {
    .text(answer.sourceTexts(evidence).joined(separator: "; "))
  }

  private func cells(_ column: Column, _ row: Int, hasParts: Bool) -> [Cell] {
    guard case .quantities(let values) = column.storage else { return [.text(cell(column, row))] }
    let isKnown = values.isKnown(row)
    let ends = values.endTexts(row, grouped: false)
    if column.isNone(row) { return Array(repeating: .text(""), count: hasParts ? 5 : 1) }
    guard hasParts else { return [.number(isKnown ? ends.low ?? "" : "")] }
    let unit = Cell.text(values.unit(at: row)?.name ?? "")
    guard isKnown else { return Array(repeating: .text(""), count: 4) + [unit] }
    let numbers = [ends.low, ends.best, ends.high].map { Cell.number($0 ?? "") }
    return [.text(values.text(row))] + numbers + [unit]
  }

  private func cell(_ column: Column, _ row: Int) -> String {
    if column.isNone(row) { return "" }
    switch column.storage {
    case .lists(let lists):
      return lists.range(row).map { cell(lists.elements.column, $0) }.joined(separator: "; ")
    case .texts(let codes, let texts): return codes[row] >= 0 ? texts[codes[row]] : ""
    case .dates(let dates): return dates.isKnown(row) ? dates.edtf(row) : ""
    case .quantities(let values):
      // An element of a list has no columns of its own for its bounds and its unit.
      if column.shape.type.hasParts { return values.isKnown(row) ? values.text(row) : "" }
      return values.isKnown(row) ? values.endTexts(row, grouped: false).low ?? "" : ""
    default:
      let text = column.text(row, names: answer.facts)
      return text == "·" ? "" : text
    }
  }

  private mutating func header(_ names: [String]) -> String { line(names.map { .text($0) }) }

  private mutating func line(_ cells: [Cell]) -> String {
    let written = cells.map { cell in
      switch cell {
      case .number(let digits): digits
      case .text(let text): quoted(guardedText(text))
      }
    }
    // An empty line would be no record.
    return written == [""] ? "\"\"\n" : written.joined(separator: String(separator)) + "\n"
  }

  /// What begins as a formula does gets a `'`, which spreadsheets take for the mark of a text.
  private mutating func guardedText(_ text: String) -> String {
    guard options.guardsFormulas, let first = text.unicodeScalars.first,
      "=+-@\t\r".unicodeScalars.contains(first)
    else { return text }
    guarded += 1
    return "'" + text
  }

  private func quoted(_ cell: String) -> String {
    let separator = separator.value
    let needsQuotes = cell.utf8.contains { byte in
      UInt32(byte) == separator || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return cell }
    // Byte by byte: with an accent behind it a quote is another character.
    let quote = UInt8(ascii: "\"")
    let doubled = cell.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
  }
}

extension Type {
  /// Whether a machine format gives bounds and unit: all quantities but exact plain numbers.
  var hasParts: Bool {
    guard case .quantity(let unit, let exact) = self else { return false }
    if case .one(nil) = unit { return !exact }
    return true
  }
}

extension DateColumn {
  /// EDTF without words: `early 2024-08` as the days that it stands for.
  func edtf(_ row: Int) -> String {
    let text = text(row)
    let hasWords = MonthPart.allCases.contains { text.hasPrefix($0.rawValue) }
    return hasWords ? self[row].text : text
  }
}
