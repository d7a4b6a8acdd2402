/// The sums of a column's bounds in each group, exact where its numbers are: what `sum`, `avg` and
/// `share` are made of.
struct Totals {
  let form: QuantityForm
  /// low, best and high; one register where they are the same.
  let registers: [Register]
  private(set) var reporting: Reporting
  private(set) var units: GroupUnits
  /// The sums of a group's bounds lie side by side.
  private var sums: [Int128] = []
  /// What is not in the sums yet.
  private var partial: [Int64] = []
  private var rowsInPartial = 0
  private var doubles: [Double] = []
  /// How many rows of a group leave a bound open.
  private var open: [Int32] = []
  /// What rows that are only maybe there can add to the sums of the others.
  private var additions: MaybeTotals?

  init(
    _ form: QuantityForm, _ aggregate: Aggregate, _ membership: GroupMembership? = nil
  ) {
    self.form = form
    registers = form.isExact ? [form.low] : [form.low, form.best, form.high]
    additions = membership.map { MaybeTotals(form, aggregate, $0) }
    reporting = Reporting(form.known, skipsUnknown: aggregate.skipsUnknown)
    units = GroupUnits(form, allowsNone: true)
  }

  /// Whether there is one sum a group, not a range of three.
  var isExact: Bool { form.isExact && additions == nil }

  /// The bounds that a sum has.
  var bounds: [Bound] { isExact ? [.exact] : [.low, .best, .high] }

  /// Which bound a register holds.
  private func bound(_ index: Int) -> Bound {
    form.isExact ? .exact : [.low, .best, .high][index]
  }

  /// Adds the kept rows of a batch.
  mutating func add(_ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    guard var additions else {
      addCertain(batch, groups, count)
      return
    }
    // Else there would be two of them, and each change a copy.
    self.additions = nil
    batch.parted {
      applying(batch) { addCertain(batch, groups, count) }
    } maybe: {
      additions.noteMaybe(batch, groups, count)
      applying(batch) {
        let lanes = reporting.lanes(batch)
        units.note(batch, lanes, groups, count)
        additions.add(batch, lanes, groups, count)
      }
    }
    self.additions = additions
  }

  /// Leaves out the rows whose value doesn't apply.
  private func applying(_ batch: BatchRunner, _ body: () -> Void) {
    if let none = form.none { batch.without(batch.masks(none), body) } else { body() }
  }

  /// Notes the units of values that are added elsewhere.
  mutating func noteUnits(
    _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int
  ) {
    units.note(batch, lanes, groups, count)
  }

  /// Adds kept rows as certain; returns the lanes that had a value, nil for all kept ones.
  @discardableResult
  mutating func addCertain(_ batch: BatchRunner, _ groups: [Int32], _ count: Int) -> [Int32]? {
    let places = count * registers.count
    open.reach(places, 0)
    let lanes = reporting.lanes(batch)
    units.note(batch, lanes, groups, count)
    if form.kind == .double {
      doubles.reach(places, 0)
      for index in registers.indices { addDoubles(index, batch, lanes, groups, count) }
    } else {
      sums.reach(places, 0)
      addInts(batch, lanes, groups, count)
    }
    return lanes
  }

  // MARK: Decimals

  private mutating func addInts(
    _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int
  ) {
    let bounds = registers.map(batch.ints)
    if lanes == nil, count == 1, addWhole(bounds, batch) { return }
    if lanes == nil, batch.isWhole, addGroups(bounds, groups, batch.count) { return }
    let ends = [Open.low, Open.best, Open.high]
    for (index, values) in bounds.enumerated() {
      let width = bounds.count
      let end = ends[index]
      let isExact = form.isExact
      batch.forEach(lanes, groups, count) { lane, group in
        let place = group &* width &+ index
        if !isExact, values[lane] == end {
          open[place] += 1
        } else {
          sums[place] += Int128(values[lane])
        }
      }
    }
  }

  /// One group and numbers that are neither open nor huge: vector loops over the mask.
  private mutating func addWhole(
    _ bounds: [UnsafeMutablePointer<Int64>], _ batch: BatchRunner
  ) -> Bool {
    let mask = batch.isWhole ? nil : batch.selection
    var partial: [Int64] = []
    for values in bounds {
      // Few rows are faster listed than masked.
      let isSparse = batch.selected * 3 < batch.count
      let found =
        isSparse
        ? Kernels.sum(values, lanes: batch.keptLanes) : Kernels.sum(values, mask, batch.count)
      guard let sum = found else { return false }
      partial.append(sum)
    }
    for (index, sum) in partial.enumerated() { sums[index] += Int128(sum) }
    return true
  }

  /// Small numbers are added in 64 bits; before those can overflow they go into the wide sums.
  private mutating func addGroups(
    _ bounds: [UnsafeMutablePointer<Int64>], _ groups: [Int32], _ count: Int
  ) -> Bool {
    guard bounds.allSatisfy({ Kernels.areSmall($0, count) }) else { return false }
    partial.reach(sums.count, 0)
    partial.withUnsafeMutableBufferPointer { partial in
      groups.withUnsafeBufferPointer { groups in
        guard let start = partial.baseAddress, let first = groups.baseAddress else { return }
        for (index, values) in bounds.enumerated() {
          Kernels.add(values, first, to: start + index, stride: bounds.count, count)
        }
      }
    }
    rowsInPartial += count
    if rowsInPartial > 1 << 22 { flush() }
    return true
  }

  /// Brings everything into the wide sums; before they are read.
  mutating func flush() {
    for index in partial.indices {
      sums[index] += Int128(partial[index])
      partial[index] = 0
    }
    rowsInPartial = 0
  }

  // MARK: Doubles

  private mutating func addDoubles(
    _ index: Int, _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int
  ) {
    let values = batch.doubles(registers[index])
    let (bound, width) = (bound(index), registers.count)
    batch.forEach(lanes, groups, count) { lane, group in
      let place = group &* width &+ index
      if values[lane].isFinite {
        doubles[place] = doubles[place].adding(values[lane], bound)
      } else {
        open[place] += 1
      }
    }
  }

  // MARK: Results

  /// The sum of one of the `bounds` in a group; of a group of maybe rows as one that is there, if
  /// not told otherwise.
  func amount(of group: Int32, _ index: Int, isThere: Bool = true) -> Amount {
    guard let additions else { return certain(of: group, index) }
    return additions.amount(index, of: group, isThere: isThere) {
      certain(of: group, form.isExact ? 0 : $0)
    }
  }

  private func certain(of group: Int32, _ index: Int) -> Amount {
    let place = Int(group) * registers.count + index
    guard place < open.count else { return Amount(form.kind) }
    var amount = Amount(form.kind)
    if form.kind == .double { amount.double = doubles[place] } else { amount.whole = sums[place] }
    amount.open = Int(open[place])
    return amount
  }
}

/// A sum that is still exact, and how many of its terms have no end.
struct Amount: Equatable {
  let kind: NumberKind
  /// The coefficient of a decimal.
  var whole: Int128 = 0
  var double: Double = 0
  var open = 0

  init(_ kind: NumberKind) { self.kind = kind }

  var isNegative: Bool { open == 0 && (whole < 0 || double < 0) }

  /// Both together; doubles are rounded as the bound allows.
  func adding(_ other: Amount, _ bound: Bound) -> Amount {
    var result = self
    result.whole += other.whole
    result.double = double.adding(other.double, bound)
    result.open += other.open
    return result
  }
}
