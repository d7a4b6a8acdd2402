/// Finds `first(value)` and `last(value)`: what the first or last row of a group has, as it stands.
final class FirstAccumulator: Accumulator {
  private let form: Form
  private let isLast: Bool
  private let collector: LaneCollector
  /// The collected row of each group, −1 before there is one.
  private var places: [Int32] = []
  /// The rows of the table that were collected.
  private var rows: [Int] = []
  private var collected: Int32 = 0

  init(_ form: Form, _ aggregate: Aggregate, _ batch: BatchRunner) {
    self.form = form
    isLast = aggregate.function == .last
    collector = LaneCollector([form], batch, expecting: 16)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    places.reach(count, -1)
    guard batch.selected > 0 else { return }
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
    if !lanes.isEmpty { try collector.add(lanes: lanes, at: .nowhere) }
    rows.append(contentsOf: lanes.map { batch.start + Int($0) })
    collected += Int32(lanes.count)
  }

  private func oneOf(_ lanes: [Int32]) -> [Int32] {
    Array(isLast ? lanes.suffix(1) : lanes.prefix(1))
  }

  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    places[group] >= 0 && rows[Int(places[group])] == batch.start + lane
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    // A group of which no row has a value, and the one group of a table without rows.
    let column = try collector.column(form).endingInAbsent(
      isNone: false, meter, at: .nowhere)
    return column.gathered(
      groups.map { group in
        let place = Int(group) < places.count ? places[Int(group)] : -1
        return place < 0 ? collected : place
      })
  }
}
