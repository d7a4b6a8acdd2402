/// Finds `min(value)`, `max(date)`, `min(title)`.
final class ExtremeAccumulator: Accumulator {
  private let form: Form
  private let aggregate: Aggregate
  private let isMax: Bool
  /// For each group the ends that were found: low, best, high, or a rank.
  private var ends: [[Double]] = [[], [], []]
  private var ints: [[Int64]] = [[], [], []]
  private var state: [UInt8] = []
  private var units: [Set<Int32>] = []
  /// Of texts: those of the codes.
  private var dictionary = TextDictionary.empty
  private(set) var skipped = 0
  private(set) var unreported = 0

  init(_ form: Form, _ aggregate: Aggregate) {
    self.form = form
    self.aggregate = aggregate
    isMax = aggregate.function == .max
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    for index in 0..<3 {
      ends[index].reach(count, 0)
      ints[index].reach(count, 0)
    }
    state.reach(count, 0)
    units.reach(count, [])
    for lane in batch.keptLanes {
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
      var days = [batch.codes(form.earliest)[lane], 0, batch.codes(form.latest)[lane]]
      if let known = form.known, batch.masks(known)[lane] == 0 {
        if aggregate.skipsUnknown {
          skipped += 1
          return
        }
        // Any day at all.
        unreported += 1
        days = [Day.distantPast, 0, Day.distantFuture]
      }
      take(days.map(Int64.init), group, missing: nil)
    case .text(let codes, let texts): add(batch.codes(codes)[lane], group, batch.dictionary(texts))
    case .truth, .period, .reference, .list, .missing: break
    }
  }

  /// Texts by their bytes.
  private func add(_ code: Int32, _ group: Int, _ texts: TextDictionary) {
    guard code >= 0 else {
      skipped += 1
      return
    }
    dictionary = texts
    let first = Int32(truncatingIfNeeded: ints[1][group])
    guard state[group] == 0 || first != code else { return }
    if state[group] == 0 || (isMax ? texts[first] < texts[code] : texts[code] < texts[first]) {
      ints[1][group] = Int64(code)
      state[group] = 1
    }
  }

  private func take(_ values: [Int64], _ group: Int, missing: Int64?) {
    if state[group] == 0 {
      for index in 0..<3 { ints[index][group] = values[index] }
      state[group] = 1
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
      let (earliest, latest) = (days(0), days(2))
      let isBounded = (0..<groups.count).map { row -> UInt8 in
        let isOpen = earliest[row] == Day.distantPast && latest[row] == Day.distantFuture
        return isOpen ? 0 : known[row]
      }
      return Column(
        .dates(DateColumn(earliest: earliest, latest: latest, known: Buffer(isBounded))))
    case .text:
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
        throw RunError(
          cause: .unitsMixed(found, filterBy: aggregate.unitOfArgument), span: aggregate.span)
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
