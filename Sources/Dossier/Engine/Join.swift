/// Two tables side by side: each row of the left one with the rows of the right one whose keys are
/// the same records.
struct Join: Sendable {
  /// One pair of columns that are compared with `same`.
  struct Key: Sendable {
    let left: Int
    let right: Int
    /// What holds the values of both.
    let shape: Shape
  }

  let right: Plan
  /// Whether a row of the left side that matches nothing stays, with none at its right.
  let isLeft: Bool
  let keys: [Key]
  /// How many columns of each side go on; those behind them are keys.
  let leftCount: Int
  let rightCount: Int
  /// How many claim columns of each side go on.
  let leftClaims: Int
  let rightClaims: Int
  let fields: [Field]
  let span: Span
}

extension PlanRunner {
  func joined(_ join: Join, _ input: Result) throws(RunError) -> Result {
    let other = try run(join.right)
    let (left, right) = (input.table, other.table)
    let matches = try Matches(join, left, right, meter)
    var columns = Array(left.columns.prefix(join.leftCount)).picked(Selection(matches.left))
    columns += try rightColumns(join, right, matches)
    var table = Table(fields: join.fields, columns: columns, count: matches.left.count)
    table.provenance = try joined(
      left.provenance, right.provenance, matches, tracksFacts, at: join.span)
    table.claims =
      (0..<join.leftClaims).map { left.figureSets($0, at: matches.left) }
      + (0..<join.rightClaims).map { right.figureSets($0, at: matches.right) }
    table.behind = try joined(left.behind, right.behind, matches, tracksFacts, at: join.span)
    table.shared = left.shared
    table.rest(on: Set(right.shared))
    table.order = left.order?.gathered(matches.left)
    table.membership = membership(left, right, matches)
    var notes = input.notes + other.notes
    if matches.unknown > 0 { notes.append(.unmatched(matches.unknown)) }
    if matches.missed > 0 { notes.append(.missed(matches.missed)) }
    if matches.inexact > 0 { notes.append(.inexactKeys(matches.inexact)) }
    return Result(table: table, notes: notes)
  }

  /// The columns of the right side at the rows that match; where none does stands none.
  private func rightColumns(
    _ join: Join, _ table: Table, _ matches: Matches
  ) throws(RunError) -> [ColumnView] {
    let views = Array(table.columns.prefix(join.rightCount))
    guard matches.hasMisses else { return views.picked(Selection(matches.right)) }
    var result: [ColumnView] = []
    for view in views {
      try meter.charge(bytes: (view.base.count + matches.right.count) * 8, at: join.span)
      let last = Int32(view.base.count)
      let rows = matches.right.map { row in
        row < 0 ? last : view.selection?.rows[Int(row)] ?? row
      }
      let base = try view.base.endingInAbsent(isNone: true, meter, at: join.span)
      result.append(ColumnView(base, Selection(rows)))
    }
    return result
  }

  /// A row is only maybe there if one of its two halves is.
  private func membership(_ left: Table, _ right: Table, _ matches: Matches) -> Buffer<UInt8>? {
    guard left.membership != nil || right.membership != nil else { return nil }
    return Buffer(
      zip(matches.left, matches.right).map { a, b in
        left.isMaybe(Int(a)) || (b >= 0 && right.isMaybe(Int(b))) ? 0 : 1
      })
  }

  /// A row rests on the facts of both halves.
  private func joined(
    _ left: Table.Provenance, _ right: Table.Provenance, _ matches: Matches, _ isWanted: Bool,
    at span: Span
  ) throws(RunError) -> Table.Provenance {
    if right.isEmpty || !isWanted { return left.gathered(matches.left) }
    var builder = FactSetBuilder()
    for (a, b) in zip(matches.left, matches.right) {
      let mine = left.facts(of: Int(a))
      let others = b < 0 ? [] : right.facts(of: Int(b))
      try meter.charge(bytes: (mine.count + others.count + 1) * 4, at: span)
      builder.add(others.isEmpty ? Array(mine) : Set(mine).union(others).sorted())
    }
    return builder.provenance
  }
}

/// Which rows of two tables belong together.
///
/// The keys of the right side are numbered, and its rows lie grouped by number; each row of the left
/// side looks its number up. So the result is in the left's order, then in the right's, and how many
/// rows it has is known before memory is taken for one.
struct Matches {
  /// Rows of the left table, in order.
  private(set) var left: [Int32] = []
  /// Their rows of the right table, −1 where nothing matches.
  private(set) var right: [Int32] = []
  /// How many rows have a key that isn't reported, so that they match nothing.
  private(set) var unknown = 0
  /// How many rows of the left table are left out because no row has their key.
  private(set) var missed = 0
  /// How many rows have a key that isn't exact.
  private(set) var inexact = 0
  private(set) var hasMisses = false
  /// The keys of both sides, one behind the other.
  private let keys: [Column]
  private let meter: Meter
  private let span: Span

  init(_ join: Join, _ left: Table, _ right: Table, _ meter: Meter) throws(RunError) {
    self.meter = meter
    span = join.span
    let rows = left.count + right.count
    try meter.charge(bytes: rows * (join.keys.count * 16 + 16), at: span)
    var keys: [Column] = []
    for key in join.keys {
      let column = try left.column(key.left).followed(
        by: right.column(key.right), as: key.shape, meter, at: span)
      guard let column else { throw RunError(cause: .overflow, span: span) }
      keys.append(column)
    }
    self.keys = keys
    var table = KeyTable()
    let rightIDs = try numbers(left.count..<rows, &table, addsKeys: true)
    let unknownRight = unknown
    let leftIDs = try numbers(0..<left.count, &table, addsKeys: false)
    missed = unknownRight - unknown
    try pair(leftIDs, rightIDs, table.count, keepsAll: join.isLeft)
  }

  /// The number of each row's key; −1 where there is no key or it has no number.
  private mutating func numbers(
    _ rows: Range<Int>, _ table: inout KeyTable, addsKeys: Bool
  ) throws(RunError) -> [Int32] {
    var ids: [Int32] = []
    ids.reserveCapacity(rows.count)
    var words: [Int64] = []
    for row in rows {
      if row % BatchRunner.batchSize == 0 {
        try meter.charge(steps: BatchRunner.batchSize, at: span)
      }
      // What doesn't apply is no key, and what isn't reported could be any.
      if keys.contains(where: { $0.isNone(row) || $0.isUnknown(row) }) {
        if keys.contains(where: { $0.isUnknown(row) }) { unknown += 1 }
        ids.append(-1)
        continue
      }
      if keys.contains(where: { $0.isInexact(row) }) { inexact += 1 }
      words.removeAll(keepingCapacity: true)
      for key in keys { key.appendWords(row, &words) }
      ids.append(addsKeys ? table.number(of: words).id : table.known(words) ?? -1)
    }
    return ids
  }

  private mutating func pair(
    _ leftIDs: [Int32], _ rightIDs: [Int32], _ count: Int, keepsAll: Bool
  ) throws(RunError) {
    var starts = [Int](repeating: 0, count: count + 1)
    for id in rightIDs where id >= 0 { starts[Int(id) + 1] += 1 }
    for id in 0..<count { starts[id + 1] += starts[id] }
    var total = 0
    for id in leftIDs {
      let found = id < 0 ? 0 : starts[Int(id) + 1] - starts[Int(id)]
      if found == 0 {
        hasMisses = hasMisses || keepsAll
        missed += 1
      }
      total += found == 0 && keepsAll ? 1 : found
    }
    if keepsAll { missed = 0 }
    guard total < Int(Int32.max) else {
      throw RunError(cause: .limit("rows", Int(Int32.max)), span: span)
    }
    try meter.charge(bytes: total * 8, at: span)
    var next = starts
    var grouped = [Int32](repeating: 0, count: starts[count])
    for (row, id) in rightIDs.enumerated() where id >= 0 {
      grouped[next[Int(id)]] = Int32(row)
      next[Int(id)] += 1
    }
    left.reserveCapacity(total)
    right.reserveCapacity(total)
    for (row, id) in leftIDs.enumerated() {
      let found = id < 0 ? 0..<0 : starts[Int(id)]..<starts[Int(id) + 1]
      try meter.charge(steps: found.count + 1, at: span)
      if found.isEmpty, keepsAll {
        left.append(Int32(row))
        right.append(-1)
      }
      for place in found {
        left.append(Int32(row))
        right.append(grouped[place])
      }
    }
  }
}

extension Column {
  /// Whether a value is a range or a maybe: as a record it is the same only as one like it.
  func isInexact(_ row: Int) -> Bool {
    if isNone(row) || isUnknown(row) { return false }
    switch storage {
    case .truths(let column): return column.certain[row] != column.possible[row]
    case .quantities(let column): return column.isInexact(row)
    case .dates(let column): return column.earliest[row] != column.latest[row]
    case .periods, .texts, .references, .lists: return false
    }
  }
}

extension QuantityColumn {
  fileprivate func isInexact(_ row: Int) -> Bool {
    switch (low, high) {
    case (.decimals(let low), .decimals(let high)): low[row] != high[row]
    case (.doubles(let low), .doubles(let high)): low[row] != high[row]
    default: false
    }
  }
}
