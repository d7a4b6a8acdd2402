/// Counts different values of a group: `count_distinct(subject)`.
///
/// Exact values are the same or not, as records. Values that aren't exact make a range: at least as
/// many as it takes so that every range holds one of them, at most one for each different exact
/// value and one for each other row.
final class DistinctAccumulator: Accumulator {
  /// A value that is somewhere between two ends, as numbers of one order.
  private struct Range {
    let group: Int32
    let kind: Int32
    let low: Int64
    let high: Int64
  }

  private let form: Form
  private let aggregate: Aggregate
  private let isCertain: Bool
  private var exact = DistinctValues()
  private var ranges: [Range] = []
  /// Rows of a group that may have any value at all.
  private var wild: [Int64] = []
  private(set) var skipped = 0
  private(set) var unreported = 0

  init(_ form: Form, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    if case .quantity(_, let isExact, _, _, _, _) = aggregate.shape {
      isCertain = isExact
    } else {
      isCertain = false
    }
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    wild.reach(count, 0)
    let before = exact.values.count + ranges.count
    switch form {
    case .text(let codes, _), .reference(let codes, _): add(codes, batch, groups, count)
    case .truth(let form): add(form, batch, groups, count)
    case .quantity(let form): add(form, batch, groups, count)
    case .date(let form):
      let lanes = reported(form.known, batch, groups, count)
      let (earliest, latest) = (batch.codes(form.earliest), batch.codes(form.latest))
      batch.forEach(lanes, groups, count) { lane, group in
        add(Day.open(earliest[lane]), Day.open(latest[lane]), kind: 0, group)
      }
    case .period(let start, let end):
      let lanes = reported(start.known, batch, groups, count)
      let days = [start.earliest, start.latest, end.earliest, end.latest].map(batch.codes)
      batch.forEach(lanes, groups, count) { lane, group in
        guard days[0][lane] == days[1][lane], days[2][lane] == days[3][lane] else {
          wild[group] += 1
          return
        }
        exact.insert(Int64(days[0][lane]), kind: days[2][lane], of: Int32(group))
      }
    case .list, .missing: break
    }
    let added = exact.values.count + ranges.count - before
    try batch.meter.charge(bytes: added * 24, at: aggregate.span)
  }

  /// The lanes whose value is reported; of the others some are counted as anything.
  private func reported(
    _ known: Register?, _ batch: BatchRunner, _ groups: [Int32], _ count: Int
  ) -> [Int32]? {
    guard let known else { return nil }
    let mask = batch.masks(known)
    var lanes: [Int32] = []
    batch.forEach(nil, groups, count) { lane, group in
      if mask[lane] != 0 { lanes.append(Int32(lane)) } else { addUnknown(group) }
    }
    return lanes
  }

  private func addUnknown(_ group: Int) {
    if aggregate.skipsUnknown {
      skipped += 1
    } else {
      unreported += 1
      wild[group] += 1
    }
  }

  private func add(_ low: Int64, _ high: Int64, kind: Int32, _ group: Int) {
    if low == high {
      exact.insert(low, kind: kind, of: Int32(group))
    } else {
      ranges.append(Range(group: Int32(group), kind: kind, low: low, high: high))
    }
  }

  private func add(_ codes: Register, _ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    let codes = batch.codes(codes)
    batch.forEach(nil, groups, count) { lane, group in
      if codes[lane] >= 0 {
        exact.insert(Int64(codes[lane]), of: Int32(group))
      } else if codes[lane] == Code.unknown {
        addUnknown(group)
      }
    }
  }

  private func add(_ form: TruthForm, _ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    let lanes = reported(form.known, batch, groups, count)
    let (certain, possible) = (batch.masks(form.certain), batch.masks(form.possible))
    batch.forEach(lanes, groups, count) { lane, group in
      add(Int64(certain[lane]), Int64(possible[lane]), kind: 0, group)
    }
  }

  private func add(_ form: QuantityForm, _ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    let lanes = reported(form.known, batch, groups, count)
    var units: UnsafeMutablePointer<Int32>?
    if case .each(let codes, _) = form.unit { units = batch.codes(codes) }
    if form.kind == .double {
      let (low, high) = (batch.doubles(form.low), batch.doubles(form.high))
      batch.forEach(lanes, groups, count) { lane, group in
        add(low[lane].ordered, high[lane].ordered, kind: units?[lane] ?? 0, group)
      }
    } else {
      let (low, high) = (batch.ints(form.low), batch.ints(form.high))
      batch.forEach(lanes, groups, count) { lane, group in
        add(low[lane], high[lane], kind: units?[lane] ?? 0, group)
      }
    }
  }

  // MARK: Results

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    var most = wild
    for group in exact.groups { most[Int(group)] += 1 }
    for range in ranges { most[Int(range.group)] += 1 }
    if case .truth = form { for group in most.indices { most[group] = min(most[group], 2) } }
    let high = Buffer(groups.map { Int($0) < most.count ? most[Int($0)] : 0 })
    if isCertain { return Column(.quantities(.exact(high))) }
    let least = try least(meter)
    let low = Buffer(groups.map { Int($0) < least.count ? least[Int($0)] : 0 })
    return Column(.quantities(.counts(low, high)))
  }

  /// The fewest values that can serve all rows of each group: always the high end of the range that
  /// ends first, for all ranges that hold it.
  private func least(_ meter: Meter) throws(RunError) -> [Int64] {
    var least = [Int64](repeating: 0, count: wild.count)
    var all = ranges
    for index in exact.values.indices {
      let value = exact.values[index]
      all.append(
        Range(group: exact.groups[index], kind: exact.kinds[index], low: value, high: value))
    }
    if case .period = form {
      // The ends of periods have no common order: different exact ones are different.
      for range in all { least[Int(range.group)] += 1 }
    } else {
      all = try meter.sorted(all, at: aggregate.span) {
        ($0.group, $0.kind, $0.high) < ($1.group, $1.kind, $1.high)
      }
      var last: Range?
      for range in all {
        if let last, last.group == range.group, last.kind == range.kind, range.low <= last.high {
          continue
        }
        least[Int(range.group)] += 1
        last = range
      }
    }
    // What may have any value may have one of the others'.
    for group in least.indices where least[group] == 0 && wild[group] > 0 { least[group] = 1 }
    return least
  }
}

extension Day {
  /// Days among numbers that have open ends of their own.
  fileprivate static func open(_ day: Int32) -> Int64 {
    day == distantPast ? Open.low : day == distantFuture ? Open.high : Int64(day)
  }
}

extension Double {
  /// Among whole numbers, in the same order.
  fileprivate var ordered: Int64 {
    self == -.infinity ? Open.low : self == .infinity ? Open.high : orderedBits
  }
}
