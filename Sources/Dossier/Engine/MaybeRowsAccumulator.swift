/// Finds an aggregate of rows some of which are only maybe there, from what it is of the certain rows
/// and of all.
///
/// There are at least as many rows, different values and origins as among the certain rows, at most
/// as many as among all. The least value is somewhere from the least low end of all rows to the least
/// high end of the certain ones. `any` is true if it is for the certain rows, `all` if it is for all.
///
/// A group of maybe rows alone is only there if one of them is, so it has at least what one row has.
final class MaybeRowsAccumulator: Accumulator {
  private let aggregate: Aggregate
  private let certain: any Accumulator
  private let all: any Accumulator
  /// `all` for `any` and the other way round: what every row has, some row has.
  private let opposite: (any Accumulator)?
  private let gaps: Gaps
  private let membership: GroupMembership
  private let rowCounts = CountAccumulator()
  /// What rows each group has.
  private var groups: [Rows] = []

  private struct Rows {
    var hasMaybe = false
    /// Whether one of them has no value.
    var hasGap = false
  }

  init(
    _ aggregate: Aggregate, _ membership: GroupMembership, certain: any Accumulator,
    all: any Accumulator, opposite: (any Accumulator)?
  ) {
    self.membership = membership
    self.aggregate = aggregate
    self.certain = certain
    self.all = all
    self.opposite = opposite
    gaps = Gaps(aggregate)
  }

  var skipped: Int { all.skipped }
  var unreported: Int { all.unreported }

  func add(_ batch: BatchRunner, groups ids: [Int32], count: Int) throws(RunError) {
    groups.reach(count, Rows())
    if aggregate.argument != nil { rowCounts.add(batch, groups: ids, count: count) }
    try batch.parted { () throws(RunError) in
      try certain.add(batch, groups: ids, count: count)
    } maybe: { () throws(RunError) in
      let isGap = gaps.areNever ? nil : gaps.test(batch)
      let needsFacts = aggregate.function == .origins
      groups.withUnsafeMutableBufferPointer { groups in
        batch.forEach(nil, ids, count) { lane, group in
          groups[group].hasMaybe = true
          if let isGap, isGap(lane) { groups[group].hasGap = true }
          if needsFacts, batch.table.facts(of: batch.start + lane).isEmpty {
            groups[group].hasGap = true
          }
        }
      }
    }
    try all.add(batch, groups: ids, count: count)
    try opposite?.add(batch, groups: ids, count: count)
  }

  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    certain.mayRest(on: lane, batch, of: group)
  }

  /// Whether a group is only there if one of its rows is.
  private func isOnlyMaybe(_ group: Int32) -> Bool {
    !aggregate.mayBeEmpty && !membership.hasCertain(group)
  }

  private func rows(of group: Int32) -> Rows {
    Int(group) < groups.count ? groups[Int(group)] : Rows()
  }

  // MARK: Results

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    let (few, many) = (try certain.column(groups, meter), try all.column(groups, meter))
    switch (few.storage, many.storage) {
    case (.truths(let few), .truths(let many)):
      guard case .truths(let others)? = try opposite?.column(groups, meter).storage else { break }
      return Column(.truths(truths(few, many, others, groups)))
    case (.quantities(let few), .quantities(let many)):
      if aggregate.function.needsValue {
        return Column(.quantities(quantities(few, many, groups)))
      }
      if case (.decimals(let few), .decimals(let sure), .decimals(let most)) =
        (few.low, many.low, many.high)
      {
        return Column(.quantities(.counts(least(few, sure, groups), most)))
      }
    case (.dates(let few), .dates(let many)):
      let ends = merged(
        [few.earliest, few.latest, few.latest], [many.earliest, many.latest, many.latest], groups,
        hasFew: few.known, missing: Day.distantPast)
      return Column(
        .dates(DateColumn(earliest: ends[0], latest: ends[2], known: many.known)))
    default: break
    }
    return many
  }

  /// `any` is certain if the certain rows make it so, `all` possible if they leave it so.
  private func truths(
    _ few: TruthColumn, _ many: TruthColumn, _ others: TruthColumn, _ groups: [Int32]
  ) -> TruthColumn {
    let isAny = aggregate.function == .any
    var (certain, possible, aside): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for (row, group) in groups.enumerated() {
      let fewer = isOnlyMaybe(group) ? others : few
      certain.append(isAny ? fewer.certain[row] : many.certain[row])
      possible.append(isAny ? many.possible[row] : fewer.possible[row])
      let isAside = few.aside?[row] == 1 || many.aside?[row] == 1
      aside.append(isAside && certain[row] == 0 && possible[row] != 0 ? 1 : 0)
    }
    let hasAside = few.aside != nil || many.aside != nil
    return TruthColumn(
      certain: Buffer(certain), possible: Buffer(possible), aside: hasAside ? Buffer(aside) : nil)
  }

  /// The least numbers of rows or of different values.
  private func least(
    _ few: Buffer<Int64>, _ many: Buffer<Int64>, _ groups: [Int32]
  ) -> Buffer<Int64> {
    Buffer(
      groups.enumerated().map { row, group in
        guard isOnlyMaybe(group) else { return few[row] }
        if aggregate.function == .count, aggregate.argument != nil {
          return many[row] == rowCounts.count(of: group) ? 1 : 0
        }
        return rows(of: group).hasGap ? 0 : 1
      })
  }

  private func quantities(
    _ few: QuantityColumn, _ many: QuantityColumn, _ groups: [Int32]
  ) -> QuantityColumn {
    let ends: [NumberBuffer]
    switch (few.low, few.best, few.high, many.low, many.best, many.high) {
    case (
      .decimals(let a), .decimals(let b), .decimals(let c), .decimals(let x), .decimals(let y),
      .decimals(let z)
    ):
      ends = merged(
        [a, b, c], [x, y, z], groups, hasFew: few.known, missing: Open.best
      ).map(NumberBuffer.decimals)
    case (
      .doubles(let a), .doubles(let b), .doubles(let c), .doubles(let x), .doubles(let y),
      .doubles(let z)
    ):
      ends = merged(
        [a, b, c], [x, y, z], groups, hasFew: few.known, missing: -.infinity
      ).map(NumberBuffer.doubles)
    default: return many
    }
    return QuantityColumn(
      low: ends[0], best: ends[1], high: ends[2], kind: many.kind, isExact: false, unit: many.unit,
      known: many.known)
  }

  /// low, best and high of each group.
  private func merged<End: BitwiseCopyable & Equatable>(
    _ few: [Buffer<End>], _ many: [Buffer<End>], _ groups: [Int32], hasFew: Buffer<UInt8>?,
    missing: End
  ) -> [Buffer<End>] {
    var ends: [[End]] = [[], [], []]
    for (row, group) in groups.enumerated() {
      let certain = few.map { $0[row] }
      guard rows(of: group).hasMaybe else {
        for index in ends.indices { ends[index].append(certain[index]) }
        continue
      }
      var (low, high) = (many[0][row], many[2][row])
      let isThere = hasFew?[row] != 0
      switch aggregate.function {
      case .min: if isThere { high = certain[2] }
      case .max: if isThere { low = certain[0] }
      case .hull: break
      default: low = certain[0]
      }
      ends[0].append(low)
      ends[1].append(low == high ? low : missing)
      ends[2].append(high)
    }
    return ends.map { Buffer($0) }
  }
}
