/// Adds up what `sum(value)` and `share(value)` are made of: low, best and high each for itself.
final class TotalsAccumulator: Accumulator {
  let aggregate: Aggregate
  private(set) var totals: Totals
  private var reported: ReportedGroups?

  init(
    _ form: QuantityForm, _ aggregate: Aggregate, _ membership: GroupMembership? = nil
  ) {
    self.aggregate = aggregate
    totals = Totals(form, aggregate, membership)
    reported = aggregate.skipsUnknown ? ReportedGroups(form) : nil
  }

  var skipped: Int { totals.reporting.skipped }
  var unreported: Int { totals.reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    totals.add(batch, groups, count)
    reported?.add(batch, groups, count)
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    totals.flush()
    return try aggregate.function == .share ? shares(groups) : sums(groups)
  }

  private func sums(_ groups: [Int32]) throws(RunError) -> Column {
    let unit = try totals.units.column(groups, for: aggregate)
    var bounds: [NumberBuffer] = []
    for index in totals.bounds.indices { bounds.append(try bound(index, groups)) }
    let isExact = totals.isExact
    return Column(
      .quantities(
        QuantityColumn(
          low: bounds[0], best: bounds[isExact ? 0 : 1], high: bounds[isExact ? 0 : 2],
          kind: totals.form.kind, isExact: isExact, unit: unit, known: reported?.column(groups))))
  }

  private func bound(_ index: Int, _ groups: [Int32]) throws(RunError) -> NumberBuffer {
    if totals.form.kind == .double {
      return .doubles(Buffer(groups.map { totals.amount(of: $0, index).asDouble(totals, index) }))
    }
    let result = Buffer<Int64>(uninitialized: groups.count)
    for (row, group) in groups.enumerated() {
      let amount = totals.amount(of: group, index)
      guard amount.open == 0 else {
        result.start[row] = [Open.low, Open.best, Open.high][index]
        continue
      }
      guard let sum = Int64(exactly: amount.whole), sum != Open.low, sum != Open.high else {
        throw RunError(cause: .overflow, span: aggregate.span)
      }
      result.start[row] = sum
    }
    return .decimals(result)
  }
}

extension Amount {
  fileprivate func asDouble(_ totals: Totals, _ index: Int) -> Double {
    open > 0 ? totals.bounds[index].open : double
  }
}

/// In which groups something is certainly reported: the sum of what isn't is unknown, that of nothing
/// is 0.
private struct ReportedGroups {
  private let known: Register
  private let none: Register?
  private var hasValue: [UInt8] = []
  private var hasGap: [UInt8] = []

  init?(_ form: QuantityForm) {
    guard let known = form.known else { return nil }
    self.known = known
    none = form.none
  }

  mutating func add(_ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    hasValue.reach(count, 0)
    hasGap.reach(count, 0)
    let (known, none) = (batch.masks(known), none.map(batch.masks))
    let membership = batch.membership
    batch.forEach(nil, groups, count) { lane, group in
      if known[lane] != 0 {
        if membership.map({ $0[lane] != 0 }) ?? true { hasValue[group] = 1 }
      } else if none.map({ $0[lane] == 0 }) ?? true {
        hasGap[group] = 1
      }
    }
  }

  func column(_ groups: [Int32]) -> Buffer<UInt8> {
    Buffer(
      groups.map { group in
        let group = Int(group)
        return group >= hasGap.count || hasGap[group] == 0 || hasValue[group] != 0 ? 1 : 0
      })
  }
}
