/// Adds up `sum(value)`: low, best and high each for itself.
final class SumAccumulator: Accumulator {
  private let form: QuantityForm
  private let aggregate: Aggregate
  private var sums: [[Int128]]
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
    sums = Array(repeating: [], count: bounds)
    doubles = Array(repeating: [], count: bounds)
    open = Array(repeating: [], count: bounds)
  }

  private var registers: [Register] {
    form.isExact ? [form.low] : [form.low, form.best, form.high]
  }
  private var ends: [Int64] { [Open.low, Open.best, Open.high] }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int, lanes: [Int32]?) throws(RunError) {
    for index in registers.indices {
      sums[index].reach(count, 0)
      doubles[index].reach(count, 0)
      open[index].reach(count, false)
    }
    let lanes = known(batch, lanes)
    noteUnits(batch, groups, count, lanes)
    for (index, register) in registers.enumerated() {
      if form.kind == .double {
        addDoubles(index, batch.doubles(register), groups, count, lanes, batch.count)
      } else {
        addInts(index, batch.ints(register), groups, count, lanes, batch)
      }
    }
  }

  /// The lanes that count: of a host's table those that are reported.
  private func known(_ batch: BatchRunner, _ lanes: [Int32]?) -> [Int32]? {
    guard let register = form.known else { return lanes }
    let known = batch.masks(register)
    let all = lanes ?? (0..<Int32(batch.count)).map { $0 }
    let reported = all.filter { known[Int($0)] != 0 }
    if aggregate.skipsUnknown {
      skipped += all.count - reported.count
      return reported
    }
    unreported += all.count - reported.count
    return lanes
  }

  private func noteUnits(_ batch: BatchRunner, _ groups: [Int32], _ count: Int, _ lanes: [Int32]?) {
    guard case .each(let register, _) = form.unit else { return }
    units.reach(count, [])
    let codes = batch.codes(register)
    for lane in lanes ?? (0..<Int32(batch.count)).map({ $0 }) {
      let group = count == 1 ? 0 : Int(groups[Int(lane)])
      units[group].insert(codes[Int(lane)])
    }
  }

  private func addInts(
    _ index: Int, _ values: UnsafeMutablePointer<Int64>, _ groups: [Int32], _ count: Int,
    _ lanes: [Int32]?, _ batch: BatchRunner
  ) {
    let end = form.isExact ? nil : ends[index]
    if count == 1, !holdsOpenEnd(values, batch.count, end) {
      // One group and finite numbers: a vector loop over the mask.
      let isWhole = lanes == nil || lanes?.count == batch.selected
      if isWhole {
        let mask = batch.selected == batch.count ? nil : batch.selection
        sums[index][0] += Kernels.sum(values, mask, batch.count)
        return
      }
    }
    sums[index].withUnsafeMutableBufferPointer { sums in
      func add(_ lane: Int) {
        let group = count == 1 ? 0 : Int(groups[lane])
        if let end, values[lane] == end {
          open[index][group] = true
        } else {
          sums[group] += Int128(values[lane])
        }
      }
      if let lanes {
        for lane in lanes { add(Int(lane)) }
      } else {
        for lane in 0..<batch.count { add(lane) }
      }
    }
  }

  private func holdsOpenEnd(
    _ values: UnsafeMutablePointer<Int64>, _ count: Int, _ end: Int64?
  ) -> Bool {
    guard let end else { return false }
    var found: UInt8 = 0
    var i = 0
    while i < count {
      found |= unsafeBitCast(values[i] == end, to: UInt8.self)
      i &+= 1
    }
    return found != 0
  }

  private func addDoubles(
    _ index: Int, _ values: UnsafeMutablePointer<Double>, _ groups: [Int32], _ count: Int,
    _ lanes: [Int32]?, _ total: Int
  ) {
    for lane in lanes ?? (0..<Int32(total)).map({ $0 }) {
      doubles[index][count == 1 ? 0 : Int(groups[Int(lane)])] += values[Int(lane)]
    }
  }

  // MARK: Results

  func column(_ groups: [Int32]) throws(RunError) -> Column {
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
      guard group < sums[index].count else {
        result.start[row] = 0
        continue
      }
      guard !open[index][group] else {
        result.start[row] = ends[index]
        continue
      }
      guard let sum = Int64(exactly: sums[index][group]), sum != Open.low, sum != Open.high else {
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
      throw RunError(cause: .unitsMixed(found), span: aggregate.span)
    }
    let codes = groups.map { group in
      Int(group) < units.count ? units[Int(group)].first ?? 0 : 0
    }
    return .each(Buffer(codes), names)
  }
}
