/// Gathers one aggregate for all groups while the batches pass.
protocol Accumulator: AnyObject {
  /// Adds the kept rows of a batch; `lanes` is nil if all are kept.
  func add(_ batch: BatchRunner, groups: [Int32], count: Int, lanes: [Int32]?) throws(RunError)
  /// One row for each group asked for.
  func column(_ groups: [Int32]) throws(RunError) -> Column
  /// How many rows were left out because they aren't reported.
  var skipped: Int { get }
  /// How many rows were counted with the bounds of the unknown.
  var unreported: Int { get }
}

extension Accumulator {
  var skipped: Int { 0 }
  var unreported: Int { 0 }
}

extension Array {
  /// Makes room for so many groups.
  fileprivate mutating func reach(_ count: Int, _ value: Element) {
    if self.count < count { append(contentsOf: repeatElement(value, count: count - self.count)) }
  }
}

/// `count()`
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []

  func add(_ batch: BatchRunner, groups: [Int32], count: Int, lanes: [Int32]?) {
    counts.reach(count, 0)
    if count == 1 {
      counts[0] += Int64(lanes?.count ?? batch.count)
    } else if let lanes {
      for lane in lanes { counts[Int(groups[Int(lane)])] += 1 }
    } else {
      for lane in 0..<batch.count { counts[Int(groups[lane])] += 1 }
    }
  }

  func column(_ groups: [Int32]) -> Column {
    let values = Buffer(groups.map { Int($0) < counts.count ? counts[Int($0)] : 0 })
    return Column(.quantities(.exact(values)))
  }
}

extension QuantityColumn {
  /// Plain whole numbers.
  static func exact(_ values: Buffer<Int64>, scale: Int = 0, unit: Unit? = nil) -> QuantityColumn {
    QuantityColumn(
      low: .decimals(values), best: .decimals(values), high: .decimals(values),
      kind: .decimal(scale: scale), isExact: true, unit: .one(unit))
  }
}

/// `sum(value)`: low, best and high each for itself.
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

  private var registers: [Register] { form.isExact ? [form.low] : [form.low, form.best, form.high] }
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
        if let end, values[lane] == end { open[index][group] = true } else { sums[group] += Int128(values[lane]) }
      }
      if let lanes { for lane in lanes { add(Int(lane)) } } else { for lane in 0..<batch.count { add(lane) } }
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

/// `min(value)`, `max(date)`, `min(title)`
final class ExtremeAccumulator: Accumulator {
  private let form: Form
  private let aggregate: Aggregate
  private let isMax: Bool
  /// For each group the ends that were found: low, best, high, or a rank.
  private var ends: [[Double]] = [[], [], []]
  private var ints: [[Int64]] = [[], [], []]
  private var state: [UInt8] = []
  private var units: [Set<Int32>] = []
  private let ranks: [Int32]
  private(set) var skipped = 0
  private(set) var unreported = 0

  init(_ form: Form, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    isMax = aggregate.function == .max
    if case .text(_, let dictionary) = form { ranks = dictionary.ranks() } else { ranks = [] }
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int, lanes: [Int32]?) {
    for index in 0..<3 {
      ends[index].reach(count, 0)
      ints[index].reach(count, 0)
    }
    state.reach(count, 0)
    units.reach(count, [])
    for lane in lanes ?? (0..<Int32(batch.count)).map({ $0 }) {
      let lane = Int(lane)
      add(lane, count == 1 ? 0 : Int(groups[lane]), batch)
    }
  }

  private func add(_ lane: Int, _ group: Int, _ batch: BatchRunner) {
    switch form {
    case .quantity(let form):
      if let known = form.known, batch.masks(known)[lane] == 0 {
        if aggregate.skipsUnknown {
          skipped += 1
          return
        }
        unreported += 1
      }
      if case .each(let codes, _) = form.unit { units[group].insert(batch.codes(codes)[lane]) }
      let registers = [form.low, form.best, form.high]
      if form.kind == .double {
        take(registers.map { batch.doubles($0)[lane] }, group)
      } else {
        take(registers.map { batch.ints($0)[lane] }, group, missing: form.isExact ? nil : Open.best)
      }
    case .date(let form):
      if let known = form.known, batch.masks(known)[lane] == 0 {
        skipped += 1
        return
      }
      let days = [batch.codes(form.earliest)[lane], 0, batch.codes(form.latest)[lane]]
      take(days.map(Int64.init), group, missing: nil)
    case .text(let codes, _):
      let code = batch.codes(codes)[lane]
      if code < 0 {
        skipped += 1
        return
      }
      take([Int64(ranks[Int(code)]), Int64(code), 0], group, missing: nil)
    case .truth, .period, .reference, .list, .missing: break
    }
  }

  private func take(_ values: [Int64], _ group: Int, missing: Int64?) {
    if state[group] == 0 {
      for index in 0..<3 { ints[index][group] = values[index] }
      state[group] = 1
      return
    }
    if case .text = form {
      if isMax ? values[0] > ints[0][group] : values[0] < ints[0][group] {
        for index in 0..<3 { ints[index][group] = values[index] }
      }
      return
    }
    for index in 0..<3 {
      let (old, new) = (ints[index][group], values[index])
      if index == 1, let missing, old == missing || new == missing {
        ints[1][group] = missing
      } else {
        ints[index][group] = isMax ? max(old, new) : min(old, new)
      }
    }
  }

  private func take(_ values: [Double], _ group: Int) {
    for index in 0..<3 {
      let (old, new) = (ends[index][group], values[index])
      if state[group] == 0 {
        ends[index][group] = new
      } else if index == 1, old == -.infinity || new == -.infinity {
        ends[1][group] = -.infinity
      } else {
        ends[index][group] = isMax ? max(old, new) : min(old, new)
      }
    }
    state[group] = 1
  }

  func column(_ groups: [Int32]) throws(RunError) -> Column {
    let known = Buffer(groups.map { Int($0) < state.count ? state[Int($0)] : 0 })
    func values(_ index: Int) -> [Int64] {
      groups.map { Int($0) < state.count ? ints[index][Int($0)] : 0 }
    }
    switch form {
    case .quantity(let form): return try quantities(form, groups, known)
    case .date:
      func days(_ index: Int) -> Buffer<Int32> {
        Buffer(values(index).map { Int32(truncatingIfNeeded: $0) })
      }
      return Column(.dates(DateColumn(earliest: days(0), latest: days(2), known: known)))
    case .text(_, let dictionary):
      let codes = zip(values(1), known.elements).map { $1 == 0 ? Code.unknown : Int32($0) }
      return Column(.texts(codes: Buffer(codes), dictionary))
    case .truth, .period, .reference, .list, .missing:
      return Column(.texts(codes: Buffer(groups.map { _ in Code.unknown }), TextDictionary([])))
    }
  }

  private func quantities(
    _ form: QuantityForm, _ groups: [Int32], _ known: Buffer<UInt8>
  ) throws(RunError) -> Column {
    func bound(_ index: Int) -> NumberBuffer {
      form.kind == .double
        ? .doubles(Buffer(groups.map { Int($0) < state.count ? ends[index][Int($0)] : 0 }))
        : .decimals(Buffer(groups.map { Int($0) < state.count ? ints[index][Int($0)] : 0 }))
    }
    let low = bound(0)
    var unit: QuantityColumn.UnitOfRows = .one(nil)
    switch form.unit {
    case .one(let one): unit = .one(one)
    case .each(_, let names):
      if units.contains(where: { $0.count > 1 }) {
        let all = units.reduce(into: Set<Int32>()) { $0.formUnion($1) }
        let found = all.sorted().map { names[Int($0)]?.name ?? "plain numbers" }
        throw RunError(cause: .unitsMixed(found), span: aggregate.span)
      }
      let codes = groups.map { Int($0) < units.count ? units[Int($0)].first ?? 0 : 0 }
      unit = .each(Buffer(codes), names)
    }
    return Column(
      .quantities(
        QuantityColumn(
          low: low, best: form.isExact ? low : bound(1), high: form.isExact ? low : bound(2),
          kind: form.kind, isExact: form.isExact, unit: unit, known: known)))
  }
}

/// `list(type)`: the values of a group in their order.
final class ListAccumulator: Accumulator {
  private let form: Form
  private let collector: LaneCollector
  private var owners: [Int32] = []

  init(_ form: Form, _ program: Program) {
    self.form = form
    collector = LaneCollector([form], program, expecting: 16)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int, lanes: [Int32]?) {
    let lanes = lanes ?? (0..<Int32(batch.count)).map { $0 }
    collector.add(batch, lanes: lanes)
    owners.append(contentsOf: lanes.map { count == 1 ? 0 : groups[Int($0)] })
  }

  func column(_ groups: [Int32]) -> Column {
    var places: [Int32: [Int32]] = [:]
    for (row, owner) in owners.enumerated() { places[owner, default: []].append(Int32(row)) }
    var offsets: [Int32] = [0]
    var rows: [Int32] = []
    for group in groups {
      rows.append(contentsOf: places[group] ?? [])
      offsets.append(Int32(rows.count))
    }
    let elements = ElementColumn(collector.column(form).gathered(rows))
    return Column(.lists(ListColumn(offsets: Buffer(offsets), elements: elements)))
  }
}
