/// RFC 4180 with `\n` line ends; a quantity is four columns beside its text, by its type.
struct CSVFormat {
  let answer: Answer
  let options: DisplayOptions

  var text: String {
    if case .verdict(let verdict) = answer.content {
      let found = [verdict.finding.rawValue, verdict.label]
      guard cites else { return line(["verdict", "label"]) + line(found) }
      return line(["verdict", "label", "sources"]) + line(found + [sources(verdict.evidence)])
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
    var text = line(names)
    let columns = table.columns.map(\.column)
    for row in 0..<table.count {
      var cells: [String] = []
      for (field, column) in zip(table.fields, columns) {
        cells += self.cells(column, row, hasParts: field.type.hasParts)
      }
      if table.membership != nil { cells.append(table.isMaybe(row) ? "maybe" : "certain") }
      if cites {
        cells.append(sources(table.evidence(of: row)))
      }
      text += line(cells)
    }
    return text
  }

  private var cites: Bool { options.cite ?? answer.cites }

  /// The texts of the notes, each once.
  private func sources(_ evidence: some Sequence<Int32>) -> String {
    answer.sourceTexts(evidence).joined(separator: "; ")
  }

  private func cells(_ column: Column, _ row: Int, hasParts: Bool) -> [String] {
    guard case .quantities(let values) = column.storage else { return [cell(column, row)] }
    let isKnown = values.isKnown(row)
    let ends = values.endTexts(row, grouped: false)
    if column.isNone(row) { return Array(repeating: "", count: hasParts ? 5 : 1) }
    guard hasParts else { return [isKnown ? ends.low ?? "" : ""] }
    let unit = values.unit(at: row)?.name ?? ""
    guard isKnown else { return ["", "", "", "", unit] }
    return [values.text(row), ends.low ?? "", ends.best ?? "", ends.high ?? "", unit]
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

  private func line(_ cells: [String]) -> String {
    // An empty line would be no record.
    cells == [""] ? "\"\"\n" : cells.map(quoted).joined(separator: ",") + "\n"
  }

  private func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
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
