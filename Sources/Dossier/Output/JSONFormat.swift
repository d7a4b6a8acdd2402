/// JSON (RFC 8259): one value a statement, or one object a line.
struct JSONFormat {
  let answer: Answer
  let options: DisplayOptions
  let isLines: Bool

  var text: String {
    switch answer.content {
    case .verdict(let verdict):
      let label = JSONFormat.string(verdict.label)
      let sources = cites ? ", " + sources(verdict.evidence) : ""
      let reported = ", \"reported\": \(!verdict.isSilent)"
      return
        "{\"verdict\": \"\(verdict.finding.rawValue)\", \"label\": \(label)\(reported)\(sources)}\n"
    case .value(let table):
      guard table.count > 0, let column = table.columns.first?.column else { return "null\n" }
      let value = value(column, 0, hasParts: table.fields[0].type.hasParts) ?? "null"
      return (cites ? "{\"value\": \(value), \(sources(table.evidence(of: 0)))}" : value) + "\n"
    case .table(let table):
      let columns = table.columns.map(\.column)
      let rows = (0..<table.count).map { object(table, columns, $0) }
      if isLines { return rows.map { $0 + "\n" }.joined() }
      return rows.isEmpty ? "[]\n" : "[\n" + rows.joined(separator: ",\n") + "\n]\n"
    }
  }

  private var cites: Bool { options.cite ?? answer.cites }

  private func object(_ table: Table, _ columns: [Column], _ row: Int) -> String {
    var members: [String] = []
    for (field, column) in zip(table.fields, columns) {
      guard let value = value(column, row, hasParts: field.type.hasParts) else { continue }
      members.append("\(JSONFormat.string(field.name)): \(value)")
    }
    if table.isMaybe(row) { members.append("\"row\": \"maybe\"") }
    if cites { members.append(sources(table.evidence(of: row))) }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// Nil where the value doesn't apply: the member is left out.
  private func value(_ column: Column, _ row: Int, hasParts: Bool) -> String? {
    if column.none?[row] == 1 { return nil }
    switch column.storage {
    case .truths(let truths):
      if truths.known.map({ $0[row] == 0 }) ?? false { return "null" }
      let truth = truths[row]
      return truth == .maybe ? "\"maybe\"" : truth.description
    case .quantities(let values): return quantity(values, row, hasParts: hasParts)
    case .texts(let codes, let dictionary):
      let code = codes[row]
      if code < 0 { return code == Code.none ? nil : "null" }
      return JSONFormat.string(dictionary[code])
    case .references(let codes, let kind):
      let code = codes[row]
      if code < 0 { return code == Code.none ? nil : "null" }
      let table = answer.facts[kind]
      let (id, name) = (table.ids[Int(code)], table.names[Int(code)])
      return "{\"id\": \(JSONFormat.string(id)), \"name\": \(JSONFormat.string(name))}"
    case .dates(let dates):
      return dates.isKnown(row) ? JSONFormat.string(dates.edtf(row)) : "null"
    case .periods(let periods):
      return periods.start.isKnown(row) ? JSONFormat.string(periods.text(row)) : "null"
    case .lists(let lists):
      if lists.known.map({ $0[row] == 0 }) ?? false { return "null" }
      let elements = lists.range(row).compactMap {
        value(lists.elements.column, $0, hasParts: lists.elements.column.shape.type.hasParts)
      }
      return "[" + elements.joined(separator: ", ") + "]"
    }
  }

  private func quantity(_ values: QuantityColumn, _ row: Int, hasParts: Bool) -> String {
    let isKnown = values.isKnown(row)
    let ends = values.endTexts(row, grouped: false)
    guard hasParts else { return isKnown ? ends.low ?? "null" : "null" }
    let text = isKnown ? JSONFormat.string(values.text(row)) : "null"
    func end(_ digits: String?) -> String { isKnown ? digits ?? "null" : "null" }
    let unit = values.unit(at: row).map { JSONFormat.string($0.name) } ?? "null"
    return
      "{\"text\": \(text), \"low\": \(end(ends.low)), \"best\": \(end(ends.best)), \"high\": \(end(ends.high)), \"unit\": \(unit)}"
  }

  // MARK: Sources

  /// The member `sources`.
  private func sources(_ evidence: some Sequence<Int32>) -> String {
    let notes = answer.sourceNotes(evidence).map { note in
      switch note {
      case .citation(let citation): self.citation(citation)
      case .file(let name): "{\"file\": \(JSONFormat.string(name))}"
      }
    }
    return "\"sources\": [\(notes.joined(separator: ", "))]"
  }

  private func citation(_ citation: Citation) -> String {
    func string(_ text: String?) -> String { text.map(JSONFormat.string) ?? "null" }
    let claimants = citation.claimants.map(JSONFormat.string).joined(separator: ", ")
    let record = citation.onRecord.map { $0 == .maybe ? "\"maybe\"" : $0.description } ?? "null"
    let paragraphs = citation.paragraphs.map(String.init).joined(separator: ", ")
    return "{\"fact\": \(string(citation.fact)), \"claimed_by\": [\(claimants)], "
      + "\"on_record\": \(record), \"source\": \(string(citation.source)), "
      + "\"para\": [\(paragraphs)], \"phrase\": \(string(citation.phrase))}"
  }

  /// A JSON string; what would move a terminal's cursor is escaped.
  static func string(_ text: String) -> String {
    var json = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        json.append("\\")
        json.append(scalar)
      case " "..."~": json.append(scalar)
      case "\n": json.append(contentsOf: "\\n".unicodeScalars)
      case "\t": json.append(contentsOf: "\\t".unicodeScalars)
      case "\r": json.append(contentsOf: "\\r".unicodeScalars)
      case let scalar where TextWidth.movesCursor(scalar):
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          let zeros = String(repeating: "0", count: 4 - digits.count)
          json.append(contentsOf: ("\\u" + zeros + digits).unicodeScalars)
        }
      default: json.append(scalar)
      }
    }
    json.append("\"")
    return String(json)
  }
}
