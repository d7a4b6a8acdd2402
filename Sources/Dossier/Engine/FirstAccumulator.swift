/// Finds `first(value)` and `last(value)`: what the first or last row of a group has, as it stands.
final class FirstAccumulator: Accumulator {
  private let form: Form
  private let isLast: Bool
  private let collector: LaneCollector
  /// The collected row of each group, −1 before there is one.
  private var places: [Int32] = []
  private var collected: Int32 = 0

  init(_ form: Form, _ aggregate: Aggregate, _ batch: BatchRunner) {
    self.form = form
    isLast = aggregate.function == .last
    collector = LaneCollector([form], batch, expecting: 16)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    places.reach(count, -1)
    var lanes: [Int32] = []
    if count == 1 {
      guard isLast || places[0] < 0 else { return }
      lanes = batch.isWhole ? [isLast ? Int32(batch.count - 1) : 0] : oneOf(batch.keptLanes)
      places[0] = collected
    } else if isLast {
      // The last row of each group in the batch is the first one from its end.
      let before = collected
      for lane in batch.keptLanes.reversed() where places[Int(groups[Int(lane)])] < before {
        places[Int(groups[Int(lane)])] = before + Int32(lanes.count)
        lanes.append(lane)
      }
    } else {
      batch.forEach(nil, groups, count) { lane, group in
        guard places[group] < 0 else { return }
        places[group] = collected + Int32(lanes.count)
        lanes.append(Int32(lane))
      }
    }
    if !lanes.isEmpty { collector.add(lanes: lanes) }
    collected += Int32(lanes.count)
  }

  private func oneOf(_ lanes: [Int32]) -> [Int32] {
    Array(isLast ? lanes.suffix(1) : lanes.prefix(1))
  }

  func column(_ groups: [Int32]) -> Column {
    let column = collector.column(form)
    // Only the one group of a table without rows has none.
    return collected == 0
      ? column.unknown(groups.count) : column.gathered(groups.map { places[Int($0)] })
  }
}

extension Column {
  /// So many values of the same type that aren't reported.
  fileprivate func unknown(_ count: Int) -> Column {
    let codes = Buffer(repeating: Code.unknown, count: count)
    switch storage {
    case .texts(_, let dictionary): return Column(.texts(codes: codes, dictionary))
    case .references(_, let kind): return Column(.references(codes: codes, kind))
    case .truths(let column):
      let none = Buffer<UInt8>(repeating: 0, count: count)
      return Column(
        .truths(
          TruthColumn(
            certain: none, possible: Buffer(repeating: 1, count: count), known: none,
            aside: column.aside == nil ? nil : none)))
    case .quantities(let column): return Column(.quantities(column.unknown(count)))
    case .dates(let column): return Column(.dates(column.unknown(count)))
    case .periods(let column):
      return Column(
        .periods(
          PeriodColumn(start: column.start.unknown(count), end: column.end.unknown(count))))
    case .lists(let column):
      return Column(
        .lists(
          ListColumn(
            offsets: Buffer(repeating: 0, count: count + 1), elements: column.elements,
            known: Buffer(repeating: 0, count: count))))
    }
  }
}

extension QuantityColumn {
  fileprivate func unknown(_ count: Int) -> QuantityColumn {
    func numbers(_ int: Int64, _ double: Double) -> NumberBuffer {
      kind == .double
        ? .doubles(Buffer(repeating: double, count: count))
        : .decimals(Buffer(repeating: int, count: count))
    }
    let low = numbers(Open.low, -.infinity)
    var unit = unit
    if case .each(_, let units) = unit { unit = .each(Buffer(repeating: 0, count: count), units) }
    return QuantityColumn(
      low: low, best: isExact ? low : numbers(Open.best, -.infinity),
      high: isExact ? low : numbers(Open.high, .infinity), kind: kind, isExact: isExact,
      unit: unit, known: Buffer(repeating: 0, count: count))
  }
}

extension DateColumn {
  fileprivate func unknown(_ count: Int) -> DateColumn {
    let first = Buffer(repeating: Day.distantPast, count: count)
    return DateColumn(
      earliest: first,
      latest: earliest === latest ? first : Buffer(repeating: Day.distantFuture, count: count),
      known: Buffer(repeating: 0, count: count))
  }
}
