/// What an answer rests on, one row each: the work of `why`.
///
/// First come the events and figures in the order of the text, then the declarations that `in` went
/// through, then the rows of files by name and line.
struct Grounds {
  let facts: FactStore
  let files: ReadFiles

  /// How a thing came into an answer: a source reports it, a script declares it, or it was read.
  private enum Way: String {
    case reported, declared, read
  }

  static let fields: [Field] = {
    let shapes: [(name: String, shape: Shape)] = [
      ("fact", .text(.later)), ("how", .text(.later)), ("table", .text(.later)),
      ("claimed_by", .list(.reference(.actor), hasKnown: true)),
      ("source", .reference(.source)), ("para", .list(number, hasKnown: true)),
      ("phrase", .text(.later)), ("file", .text(.later)), ("line", number),
    ]
    return shapes.enumerated().map { index, field in
      Field(
        name: field.name, source: .column(index), shape: field.shape,
        isShown: field.name != "table")
    }
  }()

  private static let number = Shape.quantity(
    kind: .decimal(scale: 0), isExact: true, units: .one(nil), hasKnown: false, written: nil)

  /// The rows for some numbers (`Evidence`).
  func table(of numbers: Set<Int32>) -> Table {
    var rows: [(number: Int32, evidence: Evidence)] = numbers.sorted().compactMap { number in
      files.evidence(number).map { (number, $0) }
    }
    rows.removeAll { if case .file = $0.evidence { true } else { false } }
    let firstRead = rows.firstIndex { if case .row = $0.evidence { true } else { false } }
    if let firstRead {
      rows[firstRead...].sort { $0.evidence.placeInFile < $1.evidence.placeInFile }
    }
    let columns = columns(rows.map(\.evidence))
    var table = Table(
      fields: Grounds.fields, columns: columns.map { ColumnView($0) }, count: rows.count)
    let isFact = rows.map { Int($0.number) < facts.facts.count }
    table.provenance = Table.Provenance(zip(rows, isFact).map { $1 ? [$0.number] : [] })
    table.behind = Table.Provenance(zip(rows, isFact).map { $1 ? [] : [$0.number] })
    return table
  }

  private func columns(_ rows: [Evidence]) -> [Column] {
    var ids = ColumnBuilder(.text)
    var ways = ColumnBuilder(.text)
    var tables = ColumnBuilder(.text)
    let reported: [(name: String, type: Type)] = [
      ("claimed_by", .list(.reference(.actor))), ("source", .reference(.source)),
      ("para", .list(.number)), ("phrase", .text),
    ]
    var said = reported.map { ColumnBuilder($0.type) }
    var places = ColumnBuilder(.text)
    var lines: [Int64] = []
    for row in rows {
      switch row {
      case .fact(let key), .declaration(let key):
        let (file, line) = facts[key.kind].places[Int(key.row)]
        ids.add(text: facts[key.kind].ids[Int(key.row)])
        tables.add(text: key.kind.table)
        places.add(text: file)
        lines.append(Int64(line))
      case .file(let name), .row(let name, _):
        ids.addAbsent(isNone: true)
        tables.addAbsent(isNone: true)
        places.add(text: name)
        lines.append(Int64(row.placeInFile.line))
      }
      ways.add(text: way(of: row).rawValue)
      for (index, field) in reported.enumerated() {
        if case .fact(let key) = row {
          said[index].add(facts.field(field.name, of: key.kind), row: Int(key.row))
        } else {
          said[index].addAbsent(isNone: true)
        }
      }
    }
    let numbers = Column(.quantities(.exact(Buffer(lines))))
    return [ids, ways, tables].map(\.column) + said.map(\.column) + [places.column, numbers]
  }

  private func way(of evidence: Evidence) -> Way {
    switch evidence {
    case .fact: .reported
    case .declaration: .declared
    case .file, .row: .read
    }
  }
}

extension Evidence {
  /// The line of a file's row.
  fileprivate var placeInFile: (name: String, line: Int32) {
    if case .row(let name, let line) = self { (name, line) } else { ("", 0) }
  }
}

extension PlanRunner {
  /// One row for each thing that some rows rest on.
  func why(_ result: inout Result) throws(RunError) {
    guard let facts, let files else { return }
    var numbers: Set<Int32> = []
    for row in 0..<result.table.count { numbers.formUnion(result.table.evidence(of: row)) }
    try meter.charge(steps: numbers.count * Grounds.fields.count, at: .nowhere)
    let table = Grounds(facts: facts, files: files).table(of: numbers)
    if table.count == 0, result.table.count > 0 { result.notes.append(.remark("rests on no fact")) }
    result.table = table
  }
}
