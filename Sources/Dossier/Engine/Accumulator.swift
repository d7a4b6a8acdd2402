/// Gathers one aggregate for all groups while the batches pass.
///
/// The batches come in the order of the rows; a group is a number below `count`, which may grow
/// from batch to batch. Where there is one group only `groups` may be empty.
protocol Accumulator: AnyObject {
  /// Adds the kept rows of a batch; `groups` numbers its rows below `count`.
  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError)
  /// One row for each group asked for.
  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column
  /// Whether a group's result may be what a row of the batch has, asked after all rows were added;
  /// true for results that all rows have a part in.
  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool
  /// How many rows were left out because they aren't reported.
  var skipped: Int { get }
  /// How many rows were counted with the bounds of the unknown.
  var unreported: Int { get }
}

extension Accumulator {
  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool { true }
  var skipped: Int { 0 }
  var unreported: Int { 0 }
}

extension Array {
  /// Makes room for so many groups.
  mutating func reach(_ count: Int, _ value: Element) {
    if self.count < count { append(contentsOf: repeatElement(value, count: count - self.count)) }
  }
}

extension BatchRunner {
  /// Hands each lane and its group to the body; without a list all lanes that the filters keep.
  @inline(__always)
  func forEach(
    _ lanes: [Int32]?, _ groups: [Int32], _ groupCount: Int,
    _ body: (_ lane: Int, _ group: Int) -> Void
  ) {
    let isOne = groupCount == 1
    groups.withUnsafeBufferPointer { groups in
      if lanes == nil, isWhole {
        for lane in 0..<count { body(lane, isOne ? 0 : Int(groups[lane])) }
      } else {
        for lane in lanes ?? keptLanes { body(Int(lane), isOne ? 0 : Int(groups[Int(lane)])) }
      }
    }
  }
}

/// Which rows of a batch have a value to add, and how many have none.
struct Reporting {
  private let known: Register?
  private let skipsUnknown: Bool
  private(set) var skipped = 0
  private(set) var unreported = 0

  init(_ known: Register?, skipsUnknown: Bool) {
    self.known = known
    self.skipsUnknown = skipsUnknown
  }

  /// The kept lanes whose value is reported; nil if all kept lanes count.
  mutating func lanes(_ batch: BatchRunner) -> [Int32]? {
    guard let known else { return nil }
    let mask = batch.masks(known)
    let reported = batch.keptLanes.filter { mask[Int($0)] != 0 }
    let missing = batch.selected - reported.count
    if skipsUnknown {
      skipped += missing
      return reported
    }
    unreported += missing
    return nil
  }
}

/// Counts rows: `count()`.
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    add(batch, nil, groups, count)
  }

  /// Counts some lanes only.
  func add(_ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int) {
    counts.reach(count, 0)
    if count == 1 {
      counts[0] += Int64(lanes?.count ?? batch.selected)
    } else {
      batch.forEach(lanes, groups, count) { counts[$1] += 1 }
    }
  }

  /// The rows of a group.
  func count(of group: Int32) -> Int64 { Int(group) < counts.count ? counts[Int(group)] : 0 }

  func column(_ groups: [Int32], _ meter: Meter) -> Column {
    let values = Buffer(groups.map(count(of:)))
    return Column(.quantities(.exact(values)))
  }
}
