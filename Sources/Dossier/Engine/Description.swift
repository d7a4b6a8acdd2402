/// What the fields of some rows hold: one row a field, the work of `describe`.
struct Description {
  let table: Table
  let facts: FactStore?
  let meter: Meter

  /// `field`, `type`, how many values are not reported, none and uncertain, how many different ones are
  /// known, the least and the greatest; of rows that are only maybe the counts are ranges.
  static func fields(holdsMaybe: Bool) -> [Field] {
    let counts = numbers([], holdsMaybe ? [] : nil).shape
    return [
      "field", "type", "unreported", "none", "uncertain", "distinct", "least", "greatest",
    ].enumerated().map { index, name in
      Field(
        name: name, source: .column(index),
        shape: (2...5).contains(index) ? counts : .text(.later))
    }
  }

  /// Counts of rows that are there, or a range up to those that may be.
  private static func numbers(_ counts: [Int], _ most: [Int]?) -> Column {
    let low = Buffer(counts.map { Int64($0) })
    return Column(
      .quantities(most.map { .counts(low, Buffer($0.map { Int64($0) })) } ?? .exact(low)))
  }

  func run(tracksFacts: Bool) throws(RunError) -> Table {
    let summaries = try summaries(of: table)
    var certain: [ColumnSummary]?
    if let members = table.membership {
      let rows = (0..<Int32(table.count)).filter { members[Int($0)] == 1 }
      certain = try self.summaries(of: table.picked(rows))
    }
    func counts(_ count: KeyPath<ColumnSummary, Int>) -> Column {
      let most = summaries.map { $0[keyPath: count] }
      return certain.map { Description.numbers($0.map { $0[keyPath: count] }, most) }
        ?? Description.numbers(most, nil)
    }
    let columns = [
      texts(table.fields.map(\.name)), texts(summaries.map(\.type)), counts(\.unreported),
      counts(\.none), counts(\.uncertain), counts(\.distinct),
      texts(summaries.map { $0.least?.text }), texts(summaries.map { $0.greatest?.text }),
    ]
    let fields = zip(Description.fields(holdsMaybe: certain != nil), columns).enumerated().map {
      index, pair in
      Field(name: pair.0.name, source: .column(index), shape: pair.1.shape)
    }
    return Table(
      fields: fields, columns: columns.map { ColumnView($0) }, count: summaries.count,
      provenance: tracksFacts ? provenance(summaries) : .none)
  }

  private func summaries(of table: Table) throws(RunError) -> [ColumnSummary] {
    var summaries: [ColumnSummary] = []
    for (index, field) in table.fields.enumerated() {
      try meter.charge(bytes: table.columns[index].copySize, at: .nowhere)
      summaries.append(
        try table.column(index).summary(typeName: field.type.name, facts, meter))
    }
    return summaries
  }

  private func texts(_ texts: [String?]) -> Column {
    var builder = ColumnBuilder(.text)
    for text in texts {
      if let text { builder.add(text: text) } else { builder.addAbsent(isNone: true) }
    }
    return builder.column
  }

  /// The least and the greatest number or date rest on the facts of their rows.
  private func provenance(_ summaries: [ColumnSummary]) -> Table.Provenance {
    guard !table.provenance.isEmpty else { return .none }
    var builder = FactSetBuilder()
    for summary in summaries {
      let rows = [summary.least?.row, summary.greatest?.row].compactMap { $0 }
      builder.add(Set(rows.flatMap(table.facts)).sorted())
    }
    return builder.provenance
  }
}

/// What one column holds.
struct ColumnSummary {
  /// A value as text, and the row that it is a claim of.
  struct End {
    let text: String
    var row: Int?
  }

  var type: String
  var unreported = 0
  var none = 0
  /// Ranges, dates that aren't one day, and truths that are maybe.
  var uncertain = 0
  /// Different known values; the same record counts once.
  var distinct = 0
  var least: End?
  var greatest: End?
}
