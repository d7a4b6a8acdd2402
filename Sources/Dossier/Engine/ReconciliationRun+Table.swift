/// What a `reconcile` gives: its rows, and what they rest on.
extension ReconciliationRun {
  /// One row a group, in the order of the keys.
  func table(
    from table: Table, _ keys: (columns: [Column], rivals: Rivals?), _ facts: FactStore?,
    _ meter: Meter
  ) throws(RunError) -> Table {
    var sorter = Sorter(count: self.settled.count, facts: facts, meter)
    var names = keys.columns.map { $0.gathered(self.settled.map(\.first)) }
    if keys.rivals != nil { names = keys.columns.map(stated) }
    for name in names { try sorter.add(name, descending: false) }
    let order = try sorter.rows()
    let settled = order.map { self.settled[Int($0)] }
    var methods = ColumnBuilder(.text)
    for settlement in settled { methods.add(text: settlement.method) }
    let low = Buffer(settled.map(\.origins.low))
    var origins = QuantityColumn.exact(low)
    if case .quantity(_, isExact: false, _, _, _, _) = step.fields[step.fields.count - 2].shape {
      origins = .counts(low, Buffer(settled.map(\.origins.high)))
    }
    let columns =
      names.map { $0.gathered(order) } + [
        value(settled), methods.column, Column(.quantities(origins)),
        Column(.quantities(.exact(Buffer(settled.map { Int64($0.claims) })))),
      ]
    var result = Table(
      fields: step.fields, columns: columns.map { ColumnView($0) }, count: settled.count)
    (result.provenance, result.behind) = provenance(settled, table, facts)
    result.claims = table.claims.indices.map { claim in
      FigureSets(
        settled.map { Set($0.rests.flatMap { table.figures(claim, of: Int($0)) }).sorted() })
    }
    result.shared = table.shared
    result.order = RowOrder(places: Buffer((0..<Int32(settled.count)).map { $0 }), by: nil)
    return result
  }

  /// What the rivals of each group state of an aspect: not all of them need to.
  private func stated(_ aspect: Column) -> Column {
    aspect.gathered(
      settled.map { settlement in
        settlement.rests.first { !aspect.isUnknown(Int($0)) } ?? settlement.first
      })
  }

  private func value(_ settled: [Settlement]) -> Column {
    switch column.storage {
    case .quantities(let values): Column(.quantities(quantities(values, settled)))
    case .dates(let dates): Column(.dates(self.dates(dates, settled)))
    default: column
    }
  }

  private func quantities(_ values: QuantityColumn, _ settled: [Settlement]) -> QuantityColumn {
    let open = settled.map { values.unit(at: Int($0.first))?.isCounted == true }
    let lows = settled.map { $0.ends?.low }
    let highs = settled.map { $0.ends?.high }
    let isExact = values.isExact
    let low = values.low.gathered(lows) { open[$0] ? (0, 0) : (Open.low, -.infinity) }
    // An exact column has one memory for all three.
    let best = (isExact ? values.low : values.best).gathered(settled.map(best)) { _ in
      (Open.best, -.infinity)
    }
    let high = (isExact ? values.low : values.high).gathered(highs) { _ in (Open.high, .infinity) }
    var unit = values.unit
    if case .each(let codes, let units) = unit {
      unit = .each(codes.gathered(settled.map(\.first)), units)
    }
    return QuantityColumn(
      low: low, best: best, high: high, kind: values.kind, isExact: false, unit: unit,
      known: known(settled), none: nil, written: written(values.written, settled))
  }

  /// The row whose best value the result has: one that all claims give, or the only value left.
  private func best(_ settlement: Settlement) -> Int32? {
    guard let range = settlement.ends else { return nil }
    let (low, high) = (ends.low[Int(range.low)], ends.high[Int(range.high)])
    let best = ends.best[Int(settlement.rests[0])]
    let isShared = settlement.rests.allSatisfy { ends.best[Int($0)] == best }
    if isShared, best != Open.best, low <= best, best <= high { return settlement.rests[0] }
    guard low == high else { return nil }
    return settlement.rests.first { ends.best[Int($0)] == low }
  }

  private func dates(_ dates: DateColumn, _ settled: [Settlement]) -> DateColumn {
    DateColumn(
      earliest: dates.earliest.gathered(
        settled.map { $0.ends?.low }, else: { _ in Day.distantPast }),
      latest: dates.latest.gathered(
        settled.map { $0.ends?.high }, else: { _ in Day.distantFuture }),
      known: known(settled), none: nil, written: written(dates.written, settled))
  }

  private func known(_ settled: [Settlement]) -> Buffer<UInt8>? {
    Buffer(settled.map { $0.ends == nil ? 0 : 1 })
  }

  /// What is one claim as it stands keeps its words.
  private func written(
    _ words: (codes: Buffer<Int32>, dictionary: TextDictionary)?, _ settled: [Settlement]
  ) -> (codes: Buffer<Int32>, dictionary: TextDictionary)? {
    words.map { codes, dictionary in
      let rows = settled.map { settlement -> Int32? in
        keepsWords(settlement) ? settlement.ends?.low : nil
      }
      return (codes.gathered(rows, else: { _ in -1 }), dictionary)
    }
  }

  /// Whether a result is one claim as it stands.
  func keepsWords(_ settlement: Settlement) -> Bool {
    guard let ends = settlement.ends, ends.low == ends.high else { return false }
    return column.isDate || best(settlement).map { $0 == ends.low } ?? true
  }

  /// A row stands for the most general of the figures that its value comes from, since they are
  /// claims of one thing, and rests on all claims of its group.
  private func provenance(
    _ settled: [Settlement], _ table: Table, _ facts: FactStore?
  ) -> (Table.Provenance, behind: Table.Provenance) {
    func numbers(
      _ provenance: Table.Provenance, of rows: KeyPath<Settlement, [Int32]>
    ) -> [Set<Int32>] {
      settled.map { Set($0[keyPath: rows].flatMap { provenance.facts(of: Int($0)) }) }
    }
    let behind = numbers(table.behind, of: \.all)
    guard let facts, !table.provenance.isEmpty else {
      return (.none, table.behind.isEmpty ? .none : .init(behind.map(Array.init)))
    }
    let known = FigureScopes(facts)
    let general = numbers(table.provenance, of: \.rests).map {
      known.general($0.sorted(), facts)
    }
    let all = numbers(table.provenance, of: \.all)
    let others = all.indices.map { index in
      all[index].union(behind[index]).subtracting(general[index])
    }
    return (.init(general), .init(others.map(Array.init)))
  }
}

extension FigureScopes {
  /// Of figures that state the same things, one; of those that state more than another, none.
  func general(_ numbers: [Int32], _ facts: FactStore) -> [Int32] {
    var kept: [(number: Int32, scope: FigureScope?)] = []
    for number in numbers {
      let fact = facts.facts[Int(number)]
      guard fact.kind == .figure else {
        kept.append((number, nil))
        continue
      }
      let scope = scopes[Int(fact.row)]
      if kept.contains(where: { $0.scope.map(scope.isCovered) ?? false }) { continue }
      kept.removeAll { $0.scope?.isCovered(by: scope) ?? false }
      kept.append((number, scope))
    }
    return kept.map(\.number)
  }
}

extension Column {
  fileprivate var isDate: Bool { if case .dates = storage { true } else { false } }
}

extension Buffer {
  /// The elements at some rows; nil for one of its own.
  fileprivate func gathered(_ rows: [Int32?], else absent: (Int) -> Element) -> Buffer {
    Buffer(rows.enumerated().map { place, row in row.map { self[Int($0)] } ?? absent(place) })
  }
}

extension NumberBuffer {
  fileprivate func gathered(
    _ rows: [Int32?], else absent: (Int) -> (Int64, Double)
  ) -> NumberBuffer {
    switch self {
    case .decimals(let values): .decimals(values.gathered(rows, else: { absent($0).0 }))
    case .doubles(let values): .doubles(values.gathered(rows, else: { absent($0).1 }))
    }
  }
}
