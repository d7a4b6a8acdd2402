/// What rows that are only maybe in the table can add to sums: to the low end what is below zero, to
/// the high end what is above.
///
/// A group of maybe rows alone is only there if one of them is: its sum is at least the least of them.
struct MaybeTotals {
  private let form: QuantityForm
  private let mayBeEmpty: Bool
  private let gaps: Gaps
  private let membership: GroupMembership
  fileprivate var groups: [Group] = []

  fileprivate struct Group {
    /// What is below and above zero, added up.
    var low: Amount
    var high: Amount
    /// The least low end and the greatest high end of a row.
    var least: Amount?
    var most: Amount?
    var hasMaybe = false
    /// Whether one of its maybe rows has no value.
    var hasGap = false

    init(_ kind: NumberKind) {
      low = Amount(kind)
      high = Amount(kind)
    }
  }

  init(_ form: QuantityForm, _ aggregate: Aggregate, _ membership: GroupMembership) {
    self.form = form
    self.membership = membership
    mayBeEmpty = aggregate.mayBeEmpty
    gaps = Gaps(aggregate)
  }

  // MARK: Rows

  mutating func noteMaybe(_ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    self.groups.reach(count, Group(form.kind))
    let isGap = gaps.test(batch)
    batch.forEach(nil, groups, count) { lane, group in
      self.groups[group].hasMaybe = true
      if isGap(lane) { self.groups[group].hasGap = true }
    }
  }

  mutating func add(
    _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int
  ) {
    if form.kind == .double {
      let (low, high) = (batch.doubles(form.low), batch.doubles(form.high))
      batch.forEach(lanes, groups, count) { lane, group in
        self.groups[group].add(
          Amount(low[lane], form.kind), Amount(high[lane], form.kind))
      }
    } else {
      let (low, high) = (batch.ints(form.low), batch.ints(form.high))
      let isExact = form.isExact
      batch.forEach(lanes, groups, count) { lane, group in
        self.groups[group].add(
          Amount(low[lane], form.kind, isOpen: !isExact && low[lane] == Open.low),
          Amount(high[lane], form.kind, isOpen: !isExact && high[lane] == Open.high))
      }
    }
  }

  // MARK: Results

  /// The low, best or high end of a sum, made of that of the certain rows.
  func amount(
    _ index: Int, of group: Int32, isThere: Bool, _ certain: (Int) -> Amount
  ) -> Amount {
    guard Int(group) < groups.count, groups[Int(group)].hasMaybe else { return certain(index) }
    let own = groups[Int(group)]
    let isThere = isThere && !mayBeEmpty && !membership.hasCertain(group)
    let low = certain(0).adding(own.added(own.low, orElse: own.least, isThere), .low)
    let high = certain(2).adding(own.added(own.high, orElse: own.most, isThere), .high)
    if index == 0 { return low }
    if index == 2 { return high }
    // Which rows are there nobody says, unless it makes no difference.
    var best = low
    if low != high { best.open = 1 }
    return best
  }
}

extension MaybeTotals.Group {
  mutating func add(_ low: Amount, _ high: Amount) {
    if low.open > 0 || low.isNegative { self.low = self.low.adding(low, .low) }
    if high.open > 0 || high.isPositive { self.high = self.high.adding(high, .high) }
    if least.map(low.isLess) ?? true { least = low }
    if most.map({ $0.isLess(than: high) }) ?? true { most = high }
  }

  /// What its rows add at least or at most: nothing, if none has to be there.
  func added(_ sum: Amount, orElse one: Amount?, _ isThere: Bool) -> Amount {
    guard isThere, !hasGap, sum == Amount(sum.kind), let one else { return sum }
    return one
  }
}

extension Amount {
  fileprivate init(_ value: Int64, _ kind: NumberKind, isOpen: Bool) {
    self.init(kind)
    if isOpen { open = 1 } else { whole = Int128(value) }
  }

  fileprivate init(_ value: Double, _ kind: NumberKind) {
    self.init(kind)
    if value.isFinite { double = value } else { open = 1 }
  }

  fileprivate var isPositive: Bool { open == 0 && (whole > 0 || double > 0) }

  fileprivate func isLess(than other: Amount) -> Bool {
    (whole, double) < (other.whole, other.double)
  }
}
