/// Says of a result of maybe rows whether it is reported: there has to be a value, whichever of the
/// rows are there.
///
/// A group of maybe rows alone is only there if one of them is; without groups there may be none.
final class PresentAccumulator: Accumulator {
  private let inner: any Accumulator
  private let aggregate: Aggregate
  private let gaps: Gaps
  private let membership: GroupMembership
  private var hasCertainValue: [Bool] = []
  private var hasGap: [Bool] = []

  init(_ inner: any Accumulator, _ aggregate: Aggregate, _ membership: GroupMembership) {
    self.membership = membership
    self.inner = inner
    self.aggregate = aggregate
    gaps = Gaps(aggregate)
  }

  var skipped: Int { inner.skipped }
  var unreported: Int { inner.unreported }

  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    inner.mayRest(on: lane, batch, of: group)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    hasCertainValue.reach(count, false)
    hasGap.reach(count, false)
    let isGap = gaps.test(batch)
    let members = batch.membership
    batch.forEach(nil, groups, count) { lane, group in
      let isGap = isGap(lane)
      if isGap { hasGap[group] = true }
      if !isGap, members?[lane] != 0 { hasCertainValue[group] = true }
    }
    try inner.add(batch, groups: groups, count: count)
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    try inner.column(groups, meter).reported(where: Buffer(groups.map { isReported($0) ? 1 : 0 }))
  }

  private func isReported(_ group: Int32) -> Bool {
    let place = Int(group)
    guard place < hasGap.count else { return false }
    if hasCertainValue[place] { return true }
    return !aggregate.mayBeEmpty && !membership.hasCertain(group) && !hasGap[place]
  }
}

extension Column {
  /// The same, not reported where a mask has 0; of quantities and dates.
  fileprivate func reported(where mask: Buffer<UInt8>) -> Column {
    if !mask.elements.contains(0) { return self }
    switch storage {
    case .quantities(let column):
      return Column(
        .quantities(
          QuantityColumn(
            low: column.low.where(mask, orElse: Open.low, -.infinity),
            best: column.best.where(mask, orElse: Open.best, -.infinity),
            high: column.high.where(mask, orElse: Open.high, .infinity), kind: column.kind,
            isExact: false, unit: column.unit, known: column.known.and(mask))))
    case .dates(let column):
      return Column(
        .dates(
          DateColumn(
            earliest: column.earliest.where(mask, orElse: Day.distantPast),
            latest: column.latest.where(mask, orElse: Day.distantFuture),
            known: column.known.and(mask))))
    default: return self
    }
  }
}

extension NumberBuffer {
  fileprivate func `where`(
    _ mask: Buffer<UInt8>, orElse int: Int64, _ double: Double
  ) -> NumberBuffer {
    switch self {
    case .decimals(let buffer): .decimals(buffer.where(mask, orElse: int))
    case .doubles(let buffer): .doubles(buffer.where(mask, orElse: double))
    }
  }
}

extension Buffer {
  fileprivate func `where`(_ mask: Buffer<UInt8>, orElse value: Element) -> Buffer {
    Buffer(elements.indices.map { mask[$0] != 0 ? self[$0] : value })
  }
}

extension Buffer<UInt8>? {
  fileprivate func and(_ mask: Buffer<UInt8>) -> Buffer<UInt8> {
    guard let self else { return mask }
    return Buffer(zip(self.elements, mask.elements).map { $0 & $1 })
  }
}
