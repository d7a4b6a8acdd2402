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
    var least: (int: Int64, double: Double) = (.max, .infinity)
    var most: (int: Int64, double: Double) = (.min, -.infinity)
    var hasValue = false
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
    let isGap = gaps.areNever ? nil : gaps.test(batch)
    self.groups.withUnsafeMutableBufferPointer { own in
      batch.forEach(nil, groups, count) { lane, group in
        own[group].hasMaybe = true
        if let isGap, isGap(lane) { own[group].hasGap = true }
      }
    }
  }

  mutating func add(
    _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int
  ) {
    if form.kind == .double {
      let (low, high) = (batch.doubles(form.low), batch.doubles(form.high))
      self.groups.withUnsafeMutableBufferPointer { own in
        batch.forEach(lanes, groups, count) { own[$1].add(low[$0], high[$0]) }
      }
    } else {
      let (low, high) = (batch.ints(form.low), batch.ints(form.high))
      let isExact = form.isExact
      self.groups.withUnsafeMutableBufferPointer { own in
        batch.forEach(lanes, groups, count) { own[$1].add(low[$0], high[$0], isExact: isExact) }
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
    let low = certain(0).adding(own.least(isThere), .low)
    let high = certain(2).adding(own.most(isThere), .high)
    if index == 0 { return low }
    if index == 2 { return high }
    // Which rows are there nobody says, unless it makes no difference.
    var best = low
    if low != high { best.open = 1 }
    return best
  }
}

extension MaybeTotals.Group {
  mutating func add(_ low: Int64, _ high: Int64, isExact: Bool) {
    hasValue = true
    if !isExact, low == Open.low {
      self.low.open += 1
    } else if low < 0 {
      self.low.whole += Int128(low)
    }
    if !isExact, high == Open.high {
      self.high.open += 1
    } else if high > 0 {
      self.high.whole += Int128(high)
    }
    least.int = min(least.int, low)
    most.int = max(most.int, high)
  }

  mutating func add(_ low: Double, _ high: Double) {
    hasValue = true
    if low == -.infinity { self.low.open += 1 } else { self.low.add(min(low, 0), .low) }
    if high == .infinity { self.high.open += 1 } else { self.high.add(max(high, 0), .high) }
    least.double = min(least.double, low)
    most.double = max(most.double, high)
  }

  /// What its rows add at least: nothing, if none has to be there.
  func least(_ isThere: Bool) -> Amount { isOne(isThere, low) ? one(least) : low }
  func most(_ isThere: Bool) -> Amount { isOne(isThere, high) ? one(most) : high }

  private func isOne(_ isThere: Bool, _ sum: Amount) -> Bool {
    isThere && hasValue && !hasGap && sum == Amount(sum.kind)
  }

  private func one(_ value: (int: Int64, double: Double)) -> Amount {
    var amount = Amount(low.kind)
    if low.kind == .double {
      amount.double = value.double
    } else {
      amount.whole = Int128(value.int)
    }
    return amount
  }
}

extension Amount {
  fileprivate mutating func add(_ value: Double, _ bound: Bound) {
    double = double.adding(value, bound)
  }
}
