/// Finds `median(value)`: the middle value, or the mean of the middle two.
///
/// The median grows with each of the values, so its range reaches from the median of the low ends
/// to the median of the high ends.
final class MedianAccumulator<End: Middling>: Accumulator {
  private let form: QuantityForm
  private let aggregate: Aggregate
  private let registers: [Register]
  private var reporting: Reporting
  private var units: GroupUnits
  private var values: GroupedValues<End>

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    registers = form.isExact ? [form.low] : [form.low, form.best, form.high]
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
    units = GroupUnits(form, allowsNone: false)
    values = GroupedValues(registers)
  }

  var skipped: Int { reporting.skipped }
  var unreported: Int { reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    let lanes = reporting.lanes(batch)
    units.note(batch, lanes, groups, count)
    try values.add(batch, lanes, groups, count, at: aggregate.span)
  }

  // MARK: Results

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    let unit = try units.column(groups, for: aggregate)
    let known = groups.map(values.has)
    var middles: [[(End, End)?]] = []
    for index in registers.indices {
      middles.append(try self.middles(groups, known, index, meter))
    }
    let ends = registers.indices.map { index in
      groups.indices.map { row -> Double in
        guard let (lower, upper) = middles[index][row] else { return bound(index).open }
        let (first, last) = (middles[0][row], middles[registers.count - 1][row])
        // What is certain needs no rounding outward.
        let isPoint = first?.0 == last?.0 && first?.1 == last?.1
        return End.mean(lower, upper, form.kind, isPoint ? .exact : bound(index))
      }
    }
    return Column(.quantities(QuantityColumn(doubles: ends, known: known, unit: unit)))
  }

  private func bound(_ index: Int) -> Bound { form.isExact ? .exact : [.low, .best, .high][index] }

  /// The middle two values of a bound in each group; nil if there is none, or a best is missing.
  private func middles(
    _ groups: [Int32], _ known: [Bool], _ index: Int, _ meter: Meter
  ) throws(RunError) -> [(End, End)?] {
    let (sorted, starts) = try values.byGroup(index, meter, at: aggregate.span)
    var middles: [(End, End)?] = []
    for (row, group) in groups.enumerated() {
      guard known[row] else {
        middles.append(nil)
        continue
      }
      let range = starts[Int(group)]..<starts[Int(group) + 1]
      // Many small groups are looked at once in a thousand, large ones each time.
      try meter.tick(range.count > 1_000 ? 0 : row, at: aggregate.span)
      let own = sorted.mutable(range)
      let isOpen = bound(index) == .best && own.contains(End.openLow)
      middles.append(isOpen ? nil : OrderStatistic.middles(of: own))
    }
    return middles
  }
}

/// Ends that have a middle.
protocol Middling: Endpoint {
  /// The number half way between two ends.
  static func mean(_ a: Self, _ b: Self, _ kind: NumberKind, _ bound: Bound) -> Double
}

extension Int64: Middling {
  static func mean(_ a: Int64, _ b: Int64, _ kind: NumberKind, _ bound: Bound) -> Double {
    let isOpen = [a, b].contains(openLow) || [a, b].contains(openHigh)
    guard !isOpen, case .decimal(let scale) = kind else { return bound.open }
    return Double(Int128(a) + Int128(b), over: 2 * Int128(Number.powers[scale]), bound)
  }
}

extension Double: Middling {
  static func mean(_ a: Double, _ b: Double, _ kind: NumberKind, _ bound: Bound) -> Double {
    guard a.isFinite, b.isFinite else { return bound.open }
    let sum = a.adding(b, bound)
    return sum.isFinite ? sum / 2 : a / 2 + b / 2
  }
}
