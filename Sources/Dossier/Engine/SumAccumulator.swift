/// Adds up `sum(value)`: low, best and high each for itself.
final class SumAccumulator: Accumulator {
  private let form: QuantityForm
  private let aggregate: Aggregate
  /// The sums of a group's bounds lie side by side.
  private var sums: [Int128] = []
  /// What is not in the sums yet.
  private var partial: [Int64] = []
  private var rowsInPartial = 0
  private var doubles: [[Double]]
  /// Whether a bound stands open in a group.
  private var open: [[Bool]]
  private var units: [Set<Int32>] = []
  private(set) var skipped = 0
  private(set) var unreported = 0

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    let bounds = form.isExact ? 1 : 3
    doubles = Array(repeating: [], count: bounds)
    open = Array(repeating: [], count: bounds)
  }

  private var registers: [Register] {
    form.isExact ? [form.low] : [form.low, form.best, form.high]
  }
  private var ends: [Int64] { [Open.low, Open.best, Open.high] }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    sums.reach(count * registers.count, 0)
    for index in registers.indices {
      doubles[index].reach(count, 0)
      open[index].reach(count, false)
    }
    let lanes = reported(batch)
    noteUnits(batch, groups, count, lanes)
    if form.kind == .double {
      for (index, register) in registers.enumerated() {
        addDoubles(index, batch.doubles(register), groups, count, lanes ?? batch.keptLanes)
      }
    } else {
      addInts(groups, count, lanes, batch)
    }
  }

  /// The kept lanes whose value is reported; nil if all kept lanes count.
  private func reported(_ batch: BatchRunner) -> [Int32]? {
    guard let register = form.known else { return nil }
    let known = batch.masks(register)
    let reported = batch.keptLanes.filter { known[Int($0)] != 0 }
    let missing = batch.selected - reported.count
    if aggregate.skipsUnknown {
      skipped += missing
      return reported
    }
    unreported += missing
    return nil
  }

  private func noteUnits(_ batch: BatchRunner, _ groups: [Int32], _ count: Int, _ lanes: [Int32]?) {
    guard case .each(let register, let names) = form.unit else { return }
    units.reach(count, [])
    let codes = batch.codes(register)
    for lane in lanes ?? batch.keptLanes {
      let group = count == 1 ? 0 : Int(groups[Int(lane)])
      if names[Int(codes[Int(lane)])] != nil || reports(batch, lane) {
        units[group].insert(codes[Int(lane)])
      }
    }
  }

  /// Whether a lane's value is reported: what isn't has no unit unless it says so.
  private func reports(_ batch: BatchRunner, _ lane: Int32) -> Bool {
    form.known.map { batch.masks($0)[Int(lane)] != 0 } ?? true
  }

  private func addInts(_ groups: [Int32], _ count: Int, _ lanes: [Int32]?, _ batch: BatchRunner) {
    let bounds = registers.map(batch.ints)
    if lanes == nil, count == 1, addWhole(bounds, batch) { return }
    if lanes == nil, batch.isWhole, addGroups(bounds, groups, batch.count) { return }
    for lane in lanes ?? batch.keptLanes {
      let lane = Int(lane)
      let group = count == 1 ? 0 : Int(groups[lane])
      for (index, values) in bounds.enumerated() {
        if !form.isExact, values[lane] == ends[index] {
          open[index][group] = true
        } else {
          sums[group * bounds.count + index] += Int128(values[lane])
        }
      }
    }
  }

  /// One group and numbers that are neither open nor huge: vector loops over the mask.
  private func addWhole(_ bounds: [UnsafeMutablePointer<Int64>], _ batch: BatchRunner) -> Bool {
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
  private func addGroups(
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

  private func flush() {
    for index in partial.indices {
      sums[index] += Int128(partial[index])
      partial[index] = 0
    }
    rowsInPartial = 0
  }

  private func addDoubles(
    _ index: Int, _ values: UnsafeMutablePointer<Double>, _ groups: [Int32], _ count: Int,
    _ lanes: [Int32]
  ) {
    for lane in lanes {
      doubles[index][count == 1 ? 0 : Int(groups[Int(lane)])] += values[Int(lane)]
    }
  }

  // MARK: Results

  func column(_ groups: [Int32]) throws(RunError) -> Column {
    flush()
    let unit = try unit(groups)
    var bounds: [NumberBuffer] = []
    for index in registers.indices { bounds.append(try bound(index, groups)) }
    return Column(
      .quantities(
        QuantityColumn(
          low: bounds[0], best: bounds[form.isExact ? 0 : 1], high: bounds[form.isExact ? 0 : 2],
          kind: form.kind, isExact: form.isExact, unit: unit)))
  }

  private func bound(_ index: Int, _ groups: [Int32]) throws(RunError) -> NumberBuffer {
    if form.kind == .double {
      let values = groups.map { Int($0) < doubles[index].count ? doubles[index][Int($0)] : 0 }
      let open = [Bound.low, .best, .high][index].open
      return .doubles(Buffer(values.map { $0.isNaN ? open : $0 }))
    }
    let result = Buffer<Int64>(uninitialized: groups.count)
    for (row, group) in groups.enumerated() {
      let group = Int(group)
      let place = group * registers.count + index
      guard place < sums.count else {
        result.start[row] = 0
        continue
      }
      guard !open[index][group] else {
        result.start[row] = ends[index]
        continue
      }
      guard let sum = Int64(exactly: sums[place]), sum != Open.low, sum != Open.high else {
        throw RunError(cause: .overflow, span: aggregate.span)
      }
      result.start[row] = sum
    }
    return .decimals(result)
  }

  /// One unit a group, or the run ends.
  private func unit(_ groups: [Int32]) throws(RunError) -> QuantityColumn.UnitOfRows {
    guard case .each(_, let names) = form.unit else {
      if case .one(let unit) = form.unit { return .one(unit) }
      return .one(nil)
    }
    let all = units.reduce(into: Set<Int32>()) { $0.formUnion($1) }
    if units.contains(where: { $0.count > 1 }) {
      let found = all.sorted().map { names[Int($0)]?.name ?? "plain numbers" }
      throw RunError(
        cause: .unitsMixed(found, filterBy: aggregate.unitOfArgument), span: aggregate.span)
    }
    // A sum of nothing has no unit.
    let codes = groups.map { group in
      (Int(group) < units.count ? units[Int(group)].first : nil) ?? Int32(names.count)
    }
    return .each(Buffer(codes), names + [nil])
  }
}
