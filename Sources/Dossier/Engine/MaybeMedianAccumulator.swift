/// Finds `median(value)` where some rows are only maybe there.
///
/// The least median is that of the low ends of the certain rows and of so many maybe rows, least
/// first, as bring it down; the greatest likewise.
final class MaybeMedianAccumulator<End: Middling>: Accumulator {
  private let form: QuantityForm
  private let aggregate: Aggregate
  private let certain: MedianAccumulator<End>
  private var reporting: Reporting
  private var units: GroupUnits
  private var values: [GroupedValues<End>]

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    certain = MedianAccumulator(form, aggregate.ofCertainRows)
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
    units = GroupUnits(form, allowsNone: false)
    values = [GroupedValues([form.low, form.high]), GroupedValues([form.low, form.high])]
  }

  var skipped: Int { reporting.skipped }
  var unreported: Int { reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    try batch.parted { () throws(RunError) in
      try certain.add(batch, groups: groups, count: count)
      try add(0, batch, groups, count)
    } maybe: { () throws(RunError) in
      try add(1, batch, groups, count)
    }
  }

  private func add(
    _ part: Int, _ batch: BatchRunner, _ groups: [Int32], _ count: Int
  ) throws(RunError) {
    guard batch.selected > 0 else { return }
    let lanes = reporting.lanes(batch)
    units.note(batch, lanes, groups, count)
    try values[part].add(batch, lanes, groups, count, at: aggregate.span)
  }

  // MARK: Results

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    let unit = try units.column(groups, for: aggregate)
    var (lows, highs): ([(Int32) -> ArraySlice<End>], [(Int32) -> ArraySlice<End>]) = ([], [])
    for part in values {
      lows.append(try part.sorted(0, meter, at: aggregate.span))
      highs.append(try part.sorted(1, meter, at: aggregate.span))
    }
    let plain = MaybeBounds(try certain.column(groups, meter))
    var ends: [[Double]] = [[], [], []]
    for (row, group) in groups.enumerated() {
      if !values[1].has(group) {
        for index in ends.indices { ends[index].append(plain.ends[index][row]) }
        continue
      }
      let low = try extreme(lows[0](group), lows[1](group), isMax: false, meter)
      let high = try extreme(highs[0](group), highs[1](group), isMax: true, meter)
      let isPoint = low == high
      ends[0].append(End.mean(low.0, low.1, form.kind, isPoint ? .exact : .low))
      ends[1].append(isPoint ? ends[0][row] : -.infinity)
      ends[2].append(End.mean(high.0, high.1, form.kind, isPoint ? .exact : .high))
    }
    let known = groups.map { group in values.contains { $0.has(group) } }
    return Column(.quantities(QuantityColumn(doubles: ends, known: known, unit: unit)))
  }

  /// The least or greatest middle that the certain values can have with some of the others.
  private func extreme(
    _ certain: ArraySlice<End>, _ others: ArraySlice<End>, isMax: Bool, _ meter: Meter
  ) throws(RunError) -> (End, End) {
    let bound: Bound = isMax ? .high : .low
    var found: (End, End)?
    let fewest = certain.isEmpty ? 1 : 0
    for count in fewest...max(others.count, 1) {
      try meter.tick(count - fewest, at: aggregate.span)
      let added = isMax ? others.suffix(count) : others.prefix(count)
      guard let middles = OrderStatistic.middles(ofSorted: certain, and: added) else { continue }
      guard let best = found else {
        found = middles
        continue
      }
      // A mean is only needed where the two values move in different directions.
      let (first, second) = isMax ? (best, middles) : (middles, best)
      if first.0 >= second.0, first.1 >= second.1 { continue }
      if first.0 > second.0 || first.1 > second.1 {
        let new = End.mean(middles.0, middles.1, form.kind, bound)
        let old = End.mean(best.0, best.1, form.kind, bound)
        guard isMax ? new > old : new < old else { continue }
      }
      found = middles
    }
    return found ?? (End.openLow, End.openHigh)
  }
}

/// The ends of an average or a median as doubles, whichever column holds them.
struct MaybeBounds {
  let ends: [[Double]]

  init(_ column: Column) {
    guard case .quantities(let values) = column.storage else {
      ends = [[], [], []]
      return
    }
    ends = [values.low, values.best, values.high].map { buffer in
      if case .doubles(let numbers) = buffer { Array(numbers.elements) } else { [] }
    }
  }
}
