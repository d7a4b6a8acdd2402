extension Column {
  /// Counts and ends of the values, read off the buffers.
  func summary(
    typeName: String, _ facts: FactStore?, _ meter: Meter
  ) throws(RunError) -> ColumnSummary {
    var summary = ColumnSummary(type: typeName)
    switch storage {
    case .truths(let truths): truths.fill(&summary)
    case .quantities(let values): try values.fill(&summary, self, meter)
    case .dates(let dates): try dates.fill(&summary, self, meter)
    case .periods(let periods): try periods.fill(&summary, self, meter)
    case .texts(let codes, let dictionary):
      let used = summary.count(codes, of: dictionary.count).map(Int32.init)
      let (least, greatest) = dictionary.withOrder { (used.min(by: $0), used.max(by: $0)) }
      summary.least = least.map { .init(text: dictionary[$0]) }
      summary.greatest = greatest.map { .init(text: dictionary[$0]) }
    case .references(let codes, let kind):
      guard let things = facts?[kind] else { break }
      let used = summary.count(codes, of: things.count)
      let names = used.map { (things.names[$0], things.ids[$0]) }
      summary.least = names.min(by: <).map { .init(text: $0.0) }
      summary.greatest = names.max(by: <).map { .init(text: $0.0) }
    case .lists(let lists):
      let rows = summary.rows(count, known: lists.known, none: nil).filter { !isNone($0) }
      summary.none = count - summary.unreported - rows.count
      summary.distinct = try differentRecords(rows, meter)
    }
    return summary
  }

  /// How many different records some rows are.
  fileprivate func differentRecords(
    _ rows: [Int], _ meter: Meter
  ) throws(RunError) -> Int {
    var keys = KeyTable()
    var words: [Int64] = []
    for row in rows {
      try meter.tick(row, at: .nowhere)
      words.removeAll(keepingCapacity: true)
      appendWords(row, &words)
      _ = keys.number(of: words)
    }
    return keys.count
  }
}

extension ColumnSummary {
  /// Counts what isn't reported and what doesn't apply; gives the rows that have a value.
  fileprivate mutating func rows(
    _ count: Int, known: Buffer<UInt8>?, none: Buffer<UInt8>?
  ) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(count)
    for row in 0..<count {
      if known?[row] == 0 {
        unreported += 1
      } else if none?[row] == 1 {
        self.none += 1
      } else {
        rows.append(row)
      }
    }
    return rows
  }

  /// Counts codes; gives those that occur.
  fileprivate mutating func count(_ codes: Buffer<Int32>, of size: Int) -> [Int] {
    var seen = [Bool](repeating: false, count: size)
    for code in codes.elements {
      switch code {
      case Code.unknown: unreported += 1
      case Code.none: none += 1
      default: seen[Int(code)] = true
      }
    }
    let used = seen.indices.filter { seen[$0] }
    distinct = used.count
    return used
  }
}

extension TruthColumn {
  fileprivate func fill(_ summary: inout ColumnSummary) {
    var seen = [false, false, false]
    for row in summary.rows(certain.count, known: known, none: none) {
      seen[Int(self[row].rawValue)] = true
      if self[row] == .maybe { summary.uncertain += 1 }
    }
    let values = Truth.allCases.filter { seen[Int($0.rawValue)] }
    summary.distinct = values.count
    summary.least = values.first.map { .init(text: $0.description) }
    summary.greatest = values.last.map { .init(text: $0.description) }
  }
}

extension QuantityColumn {
  fileprivate func fill(
    _ summary: inout ColumnSummary, _ column: Column, _ meter: Meter
  ) throws(RunError) {
    let rows = summary.rows(count, known: known, none: none)
    let units = unitsInUse(rows)
    summary.type =
      units.isEmpty ? summary.type : "quantity in " + units.map(\.name).joined(separator: ", ")
    switch (low, high) {
    case (.decimals(let low), .decimals(let high)):
      if !isExact { summary.uncertain = rows.count { low[$0] != high[$0] } }
      try fill(
        &summary, rows, low.elements, high.elements, isOneUnit: units.count < 2, meter)
    case (.doubles(let low), .doubles(let high)):
      if !isExact { summary.uncertain = rows.count { low[$0] != high[$0] } }
      try fill(
        &summary, rows, low.elements, high.elements, isOneUnit: units.count < 2, meter)
    default: break
    }
    if case .one = unit, isExact { return }
    summary.distinct = try column.differentRecords(rows, meter)
  }

  private func fill<Element: Comparable>(
    _ summary: inout ColumnSummary, _ rows: [Int], _ low: UnsafeBufferPointer<Element>,
    _ high: UnsafeBufferPointer<Element>, isOneUnit: Bool, _ meter: Meter
  ) throws(RunError) {
    if isExact { summary.distinct = try differentValues(rows.map { low[$0] }, meter) }
    guard isOneUnit, let least = rows.min(by: { low[$0] < low[$1] }),
      let greatest = rows.min(by: { high[$0] > high[$1] })
    else { return }
    summary.least = end(endTexts(least, grouped: true).low, row: least)
    summary.greatest = end(endTexts(greatest, grouped: true).high, row: greatest)
  }

  private func end(_ digits: String?, row: Int) -> ColumnSummary.End {
    guard let digits else { return .init(text: "..", row: row) }
    return .init(text: digits + (unit(at: row).map { " " + $0.name } ?? ""), row: row)
  }

  /// The units of some rows, by name.
  private func unitsInUse(_ rows: [Int]) -> [Unit] {
    switch unit {
    case .one(let unit): return unit.map { [$0] } ?? []
    case .each(let codes, let units):
      var seen = [Bool](repeating: false, count: units.count)
      for row in rows { seen[Int(codes[row])] = true }
      return units.indices.filter { seen[$0] }.compactMap { units[$0] }
        .sorted { $0.name < $1.name }
    }
  }
}

extension DateColumn {
  fileprivate func fill(
    _ summary: inout ColumnSummary, _ column: Column, _ meter: Meter
  ) throws(RunError) {
    let isExact = earliest === latest
    let rows = summary.rows(earliest.count, known: known, none: none)
    if isExact {
      summary.distinct = try differentValues(rows.map { earliest[$0] }, meter)
    } else {
      summary.uncertain = rows.count { earliest[$0] != latest[$0] }
      summary.distinct = try column.differentRecords(rows, meter)
    }
    summary.setDays(rows, earliest, latest)
  }
}

extension PeriodColumn {
  fileprivate func fill(
    _ summary: inout ColumnSummary, _ column: Column, _ meter: Meter
  ) throws(RunError) {
    let rows = summary.rows(start.earliest.count, known: start.known, none: start.none)
    summary.uncertain = rows.count { !start[$0].isExact || !end[$0].isExact }
    summary.distinct = try column.differentRecords(rows, meter)
    summary.setDays(rows, start.earliest, end.latest)
  }
}

extension ColumnSummary {
  /// The first and the last day that some rows may mean.
  fileprivate mutating func setDays(
    _ rows: [Int], _ earliest: Buffer<Int32>, _ latest: Buffer<Int32>
  ) {
    guard let first = rows.min(by: { earliest[$0] < earliest[$1] }),
      let last = rows.min(by: { latest[$0] > latest[$1] })
    else { return }
    let (from, to) = (earliest[first], latest[last])
    least = End(text: from == Day.distantPast ? ".." : Day.text(from), row: first)
    greatest = End(text: to == Day.distantFuture ? ".." : Day.text(to), row: last)
  }
}

/// How many different values there are.
private func differentValues<Element: Comparable>(
  _ values: [Element], _ meter: Meter
) throws(RunError) -> Int {
  let sorted = try meter.sorted(values, at: .nowhere, by: <)
  return sorted.isEmpty ? 0 : 1 + zip(sorted, sorted.dropFirst()).count { $0 != $1 }
}
