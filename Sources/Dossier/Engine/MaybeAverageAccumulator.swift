/// Finds `avg(value)` where some rows are only maybe there.
///
/// The least average is that of the low ends of the certain rows and of so many maybe rows, least
/// first, as bring it down; the greatest likewise.
final class MaybeAverageAccumulator<End: Endpoint>: Accumulator {
  private let form: QuantityForm
  private let aggregate: Aggregate
  /// The certain rows as averages, and their sums.
  private let plain: AverageAccumulator
  private var totals: Totals
  private let counts = CountAccumulator()
  private var reporting: Reporting
  private var others: GroupedValues<End>

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    plain = AverageAccumulator(form, aggregate.ofCertainRows)
    totals = Totals(form, aggregate.ofCertainRows)
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
    others = GroupedValues([form.low, form.high])
  }

  var skipped: Int { totals.reporting.skipped + reporting.skipped }
  var unreported: Int { totals.reporting.unreported + reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    try batch.parted { () throws(RunError) in
      plain.add(batch, groups: groups, count: count)
      let lanes = totals.addCertain(batch, groups, count)
      counts.add(batch, lanes, groups, count)
    } maybe: { () throws(RunError) in
      guard batch.selected > 0 else { return }
      let lanes = reporting.lanes(batch)
      totals.noteUnits(batch, lanes, groups, count)
      try others.add(batch, lanes, groups, count, at: aggregate.span)
    }
  }

  // MARK: Results

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    totals.flush()
    let unit = try totals.units.column(groups, for: aggregate)
    let lows = try others.sorted(0, meter, at: aggregate.span)
    let highs = try others.sorted(1, meter, at: aggregate.span)
    let certain = MaybeBounds(try plain.column(groups, meter))
    var ends: [[Double]] = [[], [], []]
    for (row, group) in groups.enumerated() {
      if !others.has(group) {
        for index in ends.indices { ends[index].append(certain.ends[index][row]) }
        continue
      }
      let low = extreme(group, lows(group), .low) { min($0, $1) }
      let high = extreme(group, highs(group).reversed(), .high) { max($0, $1) }
      ends[0].append(low)
      ends[1].append(low == high ? low : -.infinity)
      ends[2].append(high)
    }
    let known = groups.map { counts.count(of: $0) > 0 || others.has($0) }
    return Column(.quantities(QuantityColumn(doubles: ends, known: known, unit: unit)))
  }

  /// The average that goes furthest, as one value after the other is added to the certain ones.
  private func extreme(
    _ group: Int32, _ values: some Sequence<End>, _ bound: Bound,
    _ further: (Double, Double) -> Double
  ) -> Double {
    var count = counts.count(of: group)
    var sum = totals.amount(of: group, bound == .low ? 0 : totals.bounds.count - 1)
    var found = count > 0 ? sum.over(count, bound) : nil
    for value in values {
      sum = sum.adding(value.amount(form, bound), bound)
      count += 1
      let average = sum.over(count, bound)
      found = found.map { further($0, average) } ?? average
    }
    return found ?? bound.open
  }
}

extension Endpoint {
  /// The end as an amount to add up.
  fileprivate func amount(_ form: QuantityForm, _ bound: Bound) -> Amount {
    var amount = Amount(form.kind)
    switch self {
    case let value as Double:
      if value.isFinite { amount.double = value } else { amount.open = 1 }
    case let value as Int64:
      let isOpen = !form.isExact && (value == Open.low || value == Open.high)
      if isOpen { amount.open = 1 } else { amount.whole = Int128(value) }
    default: break
    }
    return amount
  }
}
