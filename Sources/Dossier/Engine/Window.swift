/// Values that look at the other rows of a group: columns beside those that are there.
struct Window: Sendable {
  enum Function: Sendable {
    /// `sum(best)`: the same in all rows of the group; `share(best)`: the row's part of the group
    case whole(Aggregate)
    /// `running(sum(best))`: of the rows of the group up to this one
    case running(Aggregate)
    /// `row()`
    case row
    /// `rank()`: how many rows of the group stand before those at the same place, and one
    case rank
    /// `lag(best, 2)`: what the row so many rows before has, in the group; behind, if negative
    case shifted(Form, by: Int)
  }

  let program: Program
  let keys: [Form]
  let functions: [Function]
  /// The claim columns of the functions, behind so many of the rows'.
  let claims: [Claim]
  let keptClaims: Int
  /// The fields of the rows with those of the functions behind them.
  let fields: [Field]
  let span: Span

  /// A claim column of a function: whose figures it has, of those that some sources say.
  struct Claim: Sendable {
    enum Rows: Sendable {
      case own, group, groupSoFar
      case shifted(by: Int)
    }

    let sources: [ClaimSource]
    let rows: Rows
  }

  /// What the rows rest on by way of names that stand in those that it looks at; nil if there are
  /// none.
  fileprivate func named(in table: Table) -> Table.Provenance? {
    let named = claims.indices.filter { claims[$0].sources.contains { $0.register != nil } }
    if named.isEmpty { return nil }
    return Table.Provenance(
      (0..<table.count).map { row in
        named.flatMap { table.figures(keptClaims + $0, of: row) }
      })
  }

  var aggregates: [Aggregate] {
    functions.compactMap { function in
      switch function {
      case .whole(let aggregate), .running(let aggregate): aggregate
      case .row, .rank, .shifted: nil
      }
    }
  }
}

extension PlanRunner {
  func windowed(_ window: Window, _ input: Result) throws(RunError) -> Result {
    let (scalars, scalarNotes) = try scalars(of: window.program)
    let batches = try BatchRunner(window.program, input.table, meter, scalars: scalars)
    let passages = tracksAll ? Passages(batches, facts) : nil
    let run = try WindowRun(window, batches, facts, passages)
    var table = input.table.with(
      fields: window.fields, columns: input.table.columns + (try run.columns()))
    table.claims = run.claims()
    if tracksFacts {
      var rows = input.table
      if let passages { rows.behind = rows.behind.joined(passages.provenance, count: rows.count) }
      table.behind = try run.behind(of: rows)
    }
    if tracksFacts, let named = window.named(in: table) {
      table.behind = table.behind.joined(named, count: table.count)
    }
    var notes = input.notes + scalarNotes + batches.notes.map { .filter($0) }
    notes += batches.tallyNotes
    if run.inexactKeys > 0 { notes.append(.inexactKeys(run.inexactKeys)) }
    notes += [.skipped(run.skipped), .unreported(run.unreported)]
    return Result(table: table, notes: notes)
  }
}

/// One pass over the rows in their order, which numbers their groups and gathers what the functions
/// need.
final class WindowRun {
  private let window: Window
  private let batches: BatchRunner
  private let table: Table
  private let grouping: Grouping
  private let collector: LaneCollector
  /// What gathers each function's whole groups, or the rows so far.
  private var accumulators: [(any Accumulator)?]
  private let membership = GroupMembership()
  /// The values of running aggregates, a column for each batch.
  private var running: [[Column]]
  /// The group of each row.
  private var ids: [Int32] = []
  /// The rows of each group, in order: row `k` is `rows[starts[g] + k]`.
  private var rows: [Int32] = []
  private var starts: [Int] = []
  /// The place of each row in its group, from 0.
  private var positions: [Int32] = []
  /// What each row itself gives to the claim columns.
  private var figures: WindowFigures

  init(
    _ window: Window, _ batches: BatchRunner, _ facts: FactStore?, _ passages: Passages?
  ) throws(RunError) {
    self.window = window
    self.batches = batches
    table = batches.table
    grouping = Grouping(window.keys, batches)
    let shifted = window.functions.compactMap { function -> Form? in
      switch function {
      case .shifted(let form, _): form
      case .whole(let aggregate) where aggregate.function == .share: aggregate.argument
      case .whole, .running, .row, .rank: nil
      }
    }
    collector = LaneCollector(shifted, batches, expecting: batches.table.count)
    figures = WindowFigures(window.claims, batches, facts)
    let membership = membership
    accumulators = window.functions.map { function in
      switch function {
      case .whole(let aggregate), .running(let aggregate):
        aggregate.accumulator(
          batches, facts, membership)
      case .row, .rank, .shifted: nil
      }
    }
    running = window.functions.map { _ in [] }
    try meter.charge(
      bytes: table.count * (16 + 8 * window.functions.count), at: window.span)
    try gather(facts, passages)
    listRows()
  }

  private var meter: Meter { batches.meter }
  var inexactKeys: Int { grouping.inexactKeys }
  var skipped: UnreportedValues { counted(\.skipped) }
  var unreported: UnreportedValues { counted(\.unreported) }

  private func counted(_ count: (any Accumulator) -> Int) -> UnreportedValues {
    let names = window.aggregates.map(\.argumentName)
    return UnreportedValues(zip(names, accumulators.compactMap { $0 }.map(count)).map { ($0, $1) })
  }

  private func gather(_ facts: FactStore?, _ passages: Passages?) throws(RunError) {
    var sums = SumGuard(window.aggregates, batches, facts)
    for start in stride(from: 0, to: table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      try grouping.number()
      passages?.add()
      let groups =
        window.keys.isEmpty ? [Int32](repeating: 0, count: batches.count) : grouping.ids
      ids.append(contentsOf: groups.prefix(batches.count))
      if batches.membership != nil {
        membership.add(batches, groups: groups, count: grouping.count)
      }
      try add(groups)
      try collector.add(at: window.span)
      try sums?.add(groups: groups, count: grouping.count)
      try figures.add()
    }
    try sums?.check(hasKeys: false)
  }

  private func add(_ groups: [Int32]) throws(RunError) {
    for (index, function) in window.functions.enumerated() {
      guard let accumulator = accumulators[index] else { continue }
      if case .running(let aggregate) = function {
        running[index].append(try steps(accumulator, aggregate, groups))
      } else {
        try accumulator.add(batches, groups: groups, count: grouping.count)
      }
    }
  }

  /// The aggregate after each row of the batch.
  private func steps(
    _ accumulator: any Accumulator, _ aggregate: Aggregate, _ groups: [Int32]
  ) throws(RunError) -> Column {
    try meter.charge(steps: batches.count * 16, at: aggregate.span)
    var columns: [Column] = []
    for lane in 0..<batches.count {
      try batches.only(lane) { () throws(RunError) in
        try accumulator.add(batches, groups: groups, count: grouping.count)
      }
      columns.append(try accumulator.column([groups[lane]], meter))
    }
    return try WindowRun.joined(columns[...], as: aggregate, meter)
  }

  /// Columns one behind the other, halves first, so that each value is copied a few times only.
  private static func joined(
    _ columns: ArraySlice<Column>, as aggregate: Aggregate, _ meter: Meter
  ) throws(RunError) -> Column {
    if columns.count == 1, let only = columns.first { return only }
    let middle = columns.startIndex + columns.count / 2
    let first = try joined(columns[..<middle], as: aggregate, meter)
    let second = try joined(columns[middle...], as: aggregate, meter)
    let both = try first.followed(by: second, as: aggregate.shape, meter, at: aggregate.span)
    guard let column = both else {
      throw RunError(cause: .overflow, span: aggregate.span)
    }
    return column
  }

  private func listRows() {
    starts = [Int](repeating: 0, count: grouping.count + 1)
    for id in ids { starts[Int(id) + 1] += 1 }
    for id in 0..<grouping.count { starts[id + 1] += starts[id] }
    rows = [Int32](repeating: 0, count: ids.count)
    positions = rows
    var next = starts
    for (row, id) in ids.enumerated() {
      rows[next[Int(id)]] = Int32(row)
      positions[row] = Int32(next[Int(id)] - starts[Int(id)])
      next[Int(id)] += 1
    }
  }

  // MARK: Columns

  /// A column for each function.
  func columns() throws(RunError) -> [ColumnView] {
    var columns: [ColumnView] = []
    for (index, function) in window.functions.enumerated() {
      switch function {
      case .whole(let aggregate) where aggregate.function == .share:
        columns.append(ColumnView(try shares(aggregate)))
      case .whole: columns.append(try whole(index))
      case .running(let aggregate):
        let empty = try accumulators[index]?.column([], meter)
        let values = running[index].isEmpty ? empty.map { [$0] } ?? [] : running[index]
        columns.append(ColumnView(try WindowRun.joined(values[...], as: aggregate, meter)))
      case .row: columns.append(numbers(positions.map { Int64($0) + 1 }))
      case .rank: columns.append(numbers(ranks()))
      case .shifted(let form, let distance):
        let values = try collector.column(form).endingInAbsent(
          isNone: true, meter, at: window.span)
        let none = Int32(table.count)
        let rows = sources(shiftedBy: distance).map { $0 < 0 ? none : $0 }
        columns.append(ColumnView(values, Selection(rows)))
      }
    }
    return columns
  }

  private func numbers(_ values: [Int64]) -> ColumnView {
    ColumnView(Column(.quantities(.exact(Buffer(values)))))
  }

  /// The aggregate of each row's group.
  private func whole(_ index: Int) throws(RunError) -> ColumnView {
    let groups = grouping.present
    var places = [Int32](repeating: 0, count: grouping.count)
    for (place, group) in groups.enumerated() { places[Int(group)] = Int32(place) }
    let values =
      try accumulators[index]?.column(groups, meter) ?? Column(.quantities(.exact(Buffer([]))))
    return ColumnView(values, Selection(ids.map { places[Int($0)] }))
  }

  /// The part that each row has of its group.
  private func shares(_ aggregate: Aggregate) throws(RunError) -> Column {
    guard let form = aggregate.argument,
      case .quantities(let values) = collector.column(form).storage
    else { return Column(.quantities(.exact(Buffer([])))) }
    let groups = (0..<grouping.count).map { rows[starts[$0]..<starts[$0 + 1]] }
    return try RowShares(
      values: values, aggregate: aggregate, membership: table.membership
    ).column(groups)
  }

  private func ranks() -> [Int64] {
    var ranks = [Int64](repeating: 1, count: ids.count)
    for row in ids.indices {
      let position = Int(positions[row])
      guard position > 0 else { continue }
      let before = Int(rows[starts[Int(ids[row])] + position - 1])
      let isTied = table.order.map { $0.places[before] == $0.places[row] } ?? false
      ranks[row] = isTied ? ranks[before] : Int64(position) + 1
    }
    return ranks
  }

  /// The row that stands so many rows before each in its group; −1 if there is none.
  private func sources(shiftedBy distance: Int) -> [Int32] {
    ids.indices.map { row in
      let group = Int(ids[row])
      let (place, overflow) = Int(positions[row]).subtractingReportingOverflow(distance)
      guard !overflow, place >= 0, place < starts[group + 1] - starts[group] else { return -1 }
      return rows[starts[group] + place]
    }
  }

  // MARK: Facts

  /// The claim columns of the rows, and those of the functions.
  func claims() -> [FigureSets] {
    let kept = (0..<window.keptClaims).map { claim in
      claim < table.claims.count ? table.claims[claim] : FigureSets([], count: table.count)
    }
    let begins = ids.map { starts[Int($0)] }
    return kept
      + window.claims.enumerated().map { index, claim in
        switch claim.rows {
        case .own: figures.own(index)
        case .shifted(let distance):
          figures.own(index).gathered(sources(shiftedBy: distance))
        case .group:
          figures.ofGroups(index, in: rows, from: begins, to: ids.map { starts[Int($0) + 1] })
        case .groupSoFar:
          figures.ofGroups(
            index, in: rows, from: begins,
            to: begins.indices.map { begins[$0] + Int(positions[$0]) + 1 })
        }
      }
  }

  /// The facts of other rows that each row's values rest on.
  func behind(of table: Table) throws(RunError) -> Table.Provenance {
    if table.provenance.isEmpty && table.behind.isEmpty { return .none }
    var builder = FactSetBuilder()
    let isWhole = window.functions.contains { if case .whole = $0 { true } else { false } }
    let isRunning = window.functions.contains { if case .running = $0 { true } else { false } }
    let shifts = window.functions.compactMap { function -> [Int32]? in
      if case .shifted(_, let distance) = function { sources(shiftedBy: distance) } else { nil }
    }
    let ofGroups = isWhole ? factsOfGroups(table) : []
    var soFar = [Set<Int32>](repeating: [], count: isRunning ? grouping.count : 0)
    for row in ids.indices {
      let group = Int(ids[row])
      var facts = Set(table.behind.facts(of: row))
      if isWhole { facts.formUnion(ofGroups[group]) }
      if isRunning {
        soFar[group].formUnion(table.evidence(of: row))
        facts.formUnion(soFar[group])
      }
      for shift in shifts where shift[row] >= 0 {
        facts.formUnion(table.evidence(of: Int(shift[row])))
      }
      try meter.charge(bytes: (facts.count + 1) * 4, at: window.span)
      builder.add(facts.sorted())
    }
    return builder.provenance
  }

  private func factsOfGroups(_ table: Table) -> [Set<Int32>] {
    var facts = [Set<Int32>](repeating: [], count: grouping.count)
    for row in ids.indices { facts[Int(ids[row])].formUnion(table.evidence(of: row)) }
    return facts
  }
}
