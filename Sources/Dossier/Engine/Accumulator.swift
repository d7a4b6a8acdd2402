/// Gathers one aggregate for all groups while the batches pass.
protocol Accumulator: AnyObject {
  /// Adds the kept rows of a batch; `groups` numbers its rows below `count`.
  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError)
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
  mutating func reach(_ count: Int, _ value: Element) {
    if self.count < count { append(contentsOf: repeatElement(value, count: count - self.count)) }
  }
}

/// Counts rows: `count()`.
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    counts.reach(count, 0)
    if count == 1 {
      counts[0] += Int64(batch.selected)
    } else if !batch.isWhole {
      for lane in batch.keptLanes { counts[Int(groups[Int(lane)])] += 1 }
    } else {
      for lane in 0..<batch.count { counts[Int(groups[lane])] += 1 }
    }
  }

  /// The rows of a group.
  func count(of group: Int32) -> Int64 { Int(group) < counts.count ? counts[Int(group)] : 0 }

  func column(_ groups: [Int32]) -> Column {
    let values = Buffer(groups.map(count(of:)))
    return Column(.quantities(.exact(values)))
  }
}
