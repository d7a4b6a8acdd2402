/// Finds `min(value)`, `max(date)`, `hull(value)` and `spread(value)`.
///
/// `min` is somewhere from the least low end to the least high end, `max` likewise; both are one of
/// the values. The `hull` reaches from the least low end to the greatest high end: any of the values
/// lies in it. The `spread` is how far the greatest value is from the least: at least what parts
/// the greatest low end from the least high end, at most what two rows can be apart.
final class RangeAccumulator<End: Endpoint>: Accumulator {
  private let form: Form
  private let aggregate: Aggregate
  private let registers: [Register]
  private var extremes: Extremes<End>
  private var reporting: Reporting
  private var units: GroupUnits?
  private var isExact: Bool { registers.count == 1 }

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.form = .quantity(form)
    self.aggregate = aggregate
    registers = form.isExact ? [form.low] : [form.low, form.best, form.high]
    extremes = Extremes(width: registers.count)
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
    units = GroupUnits(form, allowsNone: false)
  }

  init(_ form: DateForm, _ aggregate: Aggregate) {
    self.form = .date(form)
    self.aggregate = aggregate
    registers = form.earliest == form.latest ? [form.earliest] : [form.earliest, form.latest]
    extremes = Extremes(width: registers.count)
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
  }

  var skipped: Int { reporting.skipped }
  var unreported: Int { reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    let lanes = reporting.lanes(batch)
    units?.note(batch, lanes, groups, count)
    let bounds = registers.map { End.lanes(batch, $0) }
    if aggregate.function == .spread, !isExact {
      extremes.addWithWidths(bounds, batch, lanes, groups, count)
    } else {
      extremes.add(bounds, batch, lanes, groups, count)
    }
    if hasBests { extremes.addBest(bounds, batch, lanes, groups, count) }
  }

  /// Whether there are best values, and the result is one of them.
  private var hasBests: Bool {
    registers.count == 3 && (aggregate.function == .min || aggregate.function == .max)
  }

  /// The best of the best values, unless a row without one may go beyond it.
  private func best(_ group: Int) -> End? {
    if aggregate.function == .max {
      let best = extremes.greatest[group * 3 + 1]
      return best != End.openLow && extremes.unratedHigh[group] <= best ? best : nil
    }
    let best = extremes.leastBest[group]
    return best != End.openHigh && extremes.unratedLow[group] >= best ? best : nil
  }

  /// The least value is where a low end isn't above the least high end, the greatest likewise.
  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    let place = group * registers.count
    switch aggregate.function {
    case .min:
      let low = End.lanes(batch, registers[0])[lane]
      return low <= extremes.least[place + registers.count - 1]
    case .max:
      let high = End.lanes(batch, registers[registers.count - 1])[lane]
      return high >= extremes.greatest[place]
    default: return true
    }
  }

  // MARK: Results

  /// A group's result: its ends, and the best value if it has one.
  private func ends(_ group: Int32) -> (low: End, best: End?, high: End) {
    let place = Int(group) * registers.count
    let last = place + registers.count - 1
    let (least, greatest) = (extremes.least, extremes.greatest)
    if hasBests {
      let ends = aggregate.function == .max ? greatest : least
      return (ends[place], best(Int(group)), ends[last])
    }
    // The middle one of three; a missing best value is less than all others.
    let middle = registers.count == 2 ? nil : place + registers.count / 2
    let hasBest = middle.map { least[$0] != End.openLow } ?? false
    let best = hasBest ? middle : nil
    switch aggregate.function {
    case .max: return (greatest[place], best.map { greatest[$0] }, greatest[last])
    case .hull:
      let isOne = best.map { least[$0] == greatest[$0] } ?? false
      return (least[place], isOne ? best.map { least[$0] } : nil, greatest[last])
    default: return (least[place], best.map { least[$0] }, least[last])
    }
  }

  /// A group's distance between its greatest and its least value.
  private func widths(_ group: Int32) -> (low: End.Width, best: End.Width?, high: End.Width) {
    let place = Int(group) * registers.count
    let last = place + registers.count - 1
    let (least, greatest) = (extremes.least, extremes.greatest)
    if isExact {
      let width = End.width(least[place], greatest[place], .exact)
      return (width, width, width)
    }
    let isApart = greatest[place] > least[last]
    let middle = place + registers.count / 2
    let hasBest = registers.count == 3 && least[middle] != End.openLow
    return (
      isApart ? End.width(least[last], greatest[place], .low) : End.noWidth,
      hasBest ? End.width(least[middle], greatest[middle], .best) : nil,
      extremes.widest[Int(group)]
    )
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    if aggregate.function == .spread { return try spreads(groups) }
    let ends = groups.map { extremes.has($0) ? self.ends($0) : (End.openLow, nil, End.openHigh) }
    let known = ends.map { $0.0 == End.openLow && $0.2 == End.openHigh ? UInt8(0) : 1 }
    // Of exact values all is exact but the hull.
    let isOne = isExact && aggregate.function != .hull
    // An exact column has no open ends, with which later arithmetic would overflow.
    let low = Buffer(zip(ends, known).map { isOne && $1 == 0 ? End.zero : $0.0 })
    return End.column(
      RangesOfGroups(
        low: low, best: isOne ? low : Buffer(ends.map { $0.1 ?? End.openLow }),
        high: isOne ? low : Buffer(ends.map(\.2)), kind: kind,
        unit: try units?.column(groups, for: aggregate) ?? .one(nil), known: Buffer(known)))
  }

  private var kind: NumberKind {
    if case .quantity(let form) = form { form.kind } else { .decimal(scale: 0) }
  }

  private func spreads(_ groups: [Int32]) throws(RunError) -> Column {
    var widths: [(low: End.Width, best: End.Width?, high: End.Width)] = []
    for group in groups {
      let none = (End.noWidth, End.Width?.none, End.noWidth)
      widths.append(extremes.has(group) ? self.widths(group) : none)
    }
    let low = End.numbers(widths.map(\.low))
    let best = isExact ? low : End.numbers(widths.map(\.best))
    let high = isExact ? low : End.numbers(widths.map(\.high))
    guard let low, let best, let high else {
      throw RunError(cause: .overflow, span: aggregate.span)
    }
    return Column(
      .quantities(
        QuantityColumn(
          low: low, best: best, high: high, kind: kind, isExact: isExact,
          unit: try units?.column(groups, for: aggregate) ?? .one(.days),
          known: Buffer(groups.map { extremes.has($0) ? 1 : 0 }))))
  }
}
