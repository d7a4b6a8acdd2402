/// Runs one summarize: groups, aggregates, the guard, and which facts each group rests on.
struct Summary {
  let program: Program
  let keys: [Field]
  let aggregates: [Aggregate]
  let isGuarded: Bool
  let facts: FactStore?

  /// What came of it, and what the footer says.
  struct Outcome {
    let table: Table
    let filters: [FilterNote]
    let skipped: Int
    let unreported: Int
    /// How many groups have a key that isn't exact.
    let inexactKeys: Int
  }

  func run(
    _ batches: BatchRunner, tracksFacts: Bool, tracksAll: Bool
  ) throws(RunError) -> Outcome {
    let keyForms = keys.compactMap { output -> Form? in
      if case .form(let form) = output.source { form } else { nil }
    }
    let grouping = Grouping(keyForms, batches)
    let membership = GroupMembership()
    let accumulators = aggregates.map { $0.accumulator(batches, facts, membership) }
    let counts = CountAccumulator()
    let table = batches.table
    var rests: [[Int32]] = []
    var behind: [[Int32]] = []
    let passages = tracksAll ? Passages(batches, facts) : nil
    let needsFacts = !table.provenance.isEmpty && (tracksFacts || isGuarded)
    let needsBehind = tracksFacts && (passages != nil || !table.behind.isEmpty)
    for start in stride(from: 0, to: table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      grouping.number()
      if batches.membership != nil {
        membership.add(batches, groups: grouping.ids, count: grouping.count)
      }
      if aggregates.contains(where: { $0.isGuarded && $0.isRepeated }) {
        counts.add(batches, groups: grouping.ids, count: grouping.count)
      }
      for accumulator in accumulators {
        try accumulator.add(batches, groups: grouping.ids, count: grouping.count)
      }
      if needsFacts { collect(&rests, table.provenance, grouping, batches) }
      if needsBehind { collect(&behind, table.behind, grouping, batches, passages) }
    }
    var (outcome, groups) = try finish(grouping, accumulators, batches, membership)
    if isGuarded { try check(rests, batches.meter) }
    try refuseRepetition(grouping, counts)
    if needsFacts || needsBehind, aggregates.allSatisfy(\.function.picksRow) {
      let chosen = try resting(on: accumulators, grouping, batches, passages)
      // Of a group in which nothing applies all rows say so.
      for (group, numbers) in chosen.enumerated() where !(numbers.facts + numbers.behind).isEmpty {
        if needsFacts { rests[group] = numbers.facts }
        if needsBehind { behind[group] = numbers.behind }
      }
    }
    if tracksFacts, facts != nil { outcome.provenance = provenance(of: groups, rests) }
    if needsBehind { outcome.behind = provenance(of: groups, behind) }
    outcome.shared = table.shared
    return Outcome(
      table: outcome, filters: batches.notes,
      skipped: accumulators.map(\.skipped).max() ?? 0,
      unreported: accumulators.map(\.unreported).max() ?? 0,
      inexactKeys: outcome.countInexact(keys.count))
  }

  /// What the rows rest on that results may be taken from, in a second run over the rows.
  private func resting(
    on accumulators: [any Accumulator], _ grouping: Grouping, _ batches: BatchRunner,
    _ passages: Passages?
  ) throws(RunError) -> [(facts: [Int32], behind: [Int32])] {
    var rests: [[Int32]] = []
    var behind: [[Int32]] = []
    let (notes, tallies) = (batches.notes, batches.tallies)
    for start in stride(from: 0, to: batches.table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      grouping.number()
      func mayRest(_ lane: Int, _ group: Int) -> Bool {
        accumulators.contains { $0.mayRest(on: lane, batches, of: group) }
      }
      collect(&rests, batches.table.provenance, grouping, batches, where: mayRest)
      collect(&behind, batches.table.behind, grouping, batches, passages, where: mayRest)
    }
    (batches.notes, batches.tallies) = (notes, tallies)
    return zip(rests, behind).map { ($0, $1) }
  }

  /// Adds the facts of the kept rows to those of their groups.
  func collect(
    _ rests: inout [[Int32]], _ provenance: Table.Provenance, _ grouping: Grouping,
    _ batches: BatchRunner, _ passages: Passages? = nil,
    where holds: (_ lane: Int, _ group: Int) -> Bool = { _, _ in true }
  ) {
    if rests.count < grouping.count {
      rests.append(contentsOf: repeatElement([], count: grouping.count - rests.count))
    }
    for lane in batches.keptLanes {
      let group = grouping.count == 1 ? 0 : Int(grouping.ids[Int(lane)])
      guard holds(Int(lane), group) else { continue }
      rests[group].append(contentsOf: provenance.facts(of: batches.start + Int(lane)))
      if let passages { rests[group].append(contentsOf: passages.numbers(Int(lane))) }
    }
  }

  /// Sums of figures that aren't shown disjoint end the run.
  func check(_ rests: [[Int32]], _ meter: Meter) throws(RunError) {
    guard let facts else { return }
    var disjointness = Guard(facts, meter: meter)
    var figures = rests.map(facts.figures(among:))
    // A group's share is of what all groups have together; a row's, which has no keys here, is of
    // its group.
    let shared =
      keys.isEmpty ? nil : aggregates.first { $0.isGuarded && $0.function == .share }
    if shared != nil { figures.append(Array(figures.joined())) }
    for (index, rest) in figures.enumerated() {
      if try disjointness.areDisjoint(rest) { continue }
      let added = index < rests.count ? aggregates.first(where: \.isGuarded) : shared
      guard let aggregate = added else { return }
      throw RunError(
        cause: .notDisjoint(
          rest.map(facts.summary(ofFigure:)),
          help: try mending(aggregate, rest, figures, &disjointness)), span: aggregate.span)
    }
  }

  /// Groups that keep apart what may be the same, else rivals put to one.
  private func mending(
    _ aggregate: Aggregate, _ rest: [Int32], _ figures: [[Int32]], _ disjointness: inout Guard
  ) throws(RunError) -> Mending? {
    if let place = aggregate.groupingPlace,
      try disjointness.isMended(bySubjectAndMeasure: rest)
    {
      return Mending(place, " by subject, measure")
    }
    guard let place = aggregate.reconcilingPlace,
      try disjointness.isMended(byReconciling: figures)
    else { return nil }
    return Mending(place, "reconcile range | ")
  }

  /// A claim that is the same in every row is added once or not at all.
  func refuseRepetition(
    _ grouping: Grouping, _ counts: CountAccumulator
  ) throws(RunError) {
    guard let aggregate = aggregates.first(where: { $0.isGuarded && $0.isRepeated }) else { return }
    let most = grouping.present.map(counts.count(of:)).max() ?? 0
    guard most > 1 else { return }
    throw RunError(cause: .repeated(rows: Int(most)), span: aggregate.span)
  }

  /// Groups in the order of their keys, one row each.
  private func finish(
    _ grouping: Grouping, _ accumulators: [any Accumulator], _ batches: BatchRunner,
    _ membership: GroupMembership
  ) throws(RunError) -> (Table, groups: [Int32]) {
    var groups = grouping.present
    var columns = grouping.keyColumns()
    if !columns.isEmpty {
      var sorter = Sorter(count: groups.count, facts: facts)
      for column in columns { sorter.add(column, descending: false) }
      let order = sorter.rows()
      columns = columns.map { $0.gathered(order) }
      groups = order.map { groups[Int($0)] }
    }
    for accumulator in accumulators { columns.append(try accumulator.column(groups)) }
    let fields = (keys + aggregates.map(\.field)).enumerated().map { $1.asColumn($0) }
    var table = Table(
      fields: fields, columns: columns.map { ColumnView($0) }, count: groups.count)
    // Groups stand in the order of their keys, no two at the same place.
    if !keys.isEmpty {
      table.order = RowOrder(places: Buffer((0..<Int32(groups.count)).map { $0 }), by: nil)
      let members = groups.map { UInt8(membership.hasCertain($0) ? 1 : 0) }
      if batches.membership != nil, members.contains(0) { table.membership = Buffer(members) }
    }
    return (table, groups)
  }

  private func provenance(of groups: [Int32], _ rests: [[Int32]]) -> Table.Provenance {
    var builder = FactSetBuilder()
    for group in groups {
      builder.add(Int(group) < rests.count ? Set(rests[Int(group)]).sorted() : [])
    }
    return builder.provenance
  }
}

extension Table {
  /// In how many rows one of the first columns isn't exact.
  fileprivate func countInexact(_ keyCount: Int) -> Int {
    let keys = columns.prefix(keyCount).map(\.column)
    return (0..<count).count { row in keys.contains { $0.isInexact(row) } }
  }
}

extension Table.Provenance {
  var isEmpty: Bool { if case .none = self { true } else { false } }
}

extension Aggregate {
  fileprivate var field: Field {
    Field(name: function.rawValue, source: .column(0), shape: shape, isClaim: isClaim)
  }

  /// What gathers it; a window's too.
  func accumulator(
    _ batch: BatchRunner, _ facts: FactStore?, _ membership: GroupMembership
  ) -> any Accumulator {
    let all =
      holdsMaybe ? ofMaybeRows(batch, facts, membership) : accumulatorOfAll(batch, facts)
    // Sums of maybe rows leave out by themselves what doesn't apply.
    guard let argument, !holdsMaybe || (function != .sum && function != .share) else { return all }
    let applying = ApplyingAccumulator(all, argument, function) ?? all
    return holdsMaybe && function.needsValue
      ? PresentAccumulator(applying, self, membership) : applying
  }

  private func ofMaybeRows(
    _ batch: BatchRunner, _ facts: FactStore?, _ membership: GroupMembership
  ) -> any Accumulator {
    if case .quantity(let form) = argument {
      let isDouble = form.kind == .double
      switch function {
      case .sum, .share: return TotalsAccumulator(form, self, membership)
      case .avg:
        return isDouble
          ? MaybeAverageAccumulator<Double>(form, self)
          : MaybeAverageAccumulator<Int64>(form, self)
      case .median:
        return isDouble
          ? MaybeMedianAccumulator<Double>(form, self) : MaybeMedianAccumulator<Int64>(form, self)
      default: break
      }
    }
    let certain = ofCertainRows
    var (all, opposite) = (certain, certain)
    if function == .min || function == .max { all.function = .hull }
    opposite.function = function == .any ? .all : .any
    let accumulators = [certain, all].map { $0.accumulatorOfAll(batch, facts) }
    return MaybeRowsAccumulator(
      self, membership, certain: accumulators[0], all: accumulators[1],
      opposite: function == .any || function == .all
        ? opposite.accumulatorOfAll(batch, facts) : nil)
  }

  private func accumulatorOfAll(_ batch: BatchRunner, _ facts: FactStore?) -> any Accumulator {
    guard let argument else {
      return function == .origins ? OriginsAccumulator(facts, self) : CountAccumulator()
    }
    switch (function, argument) {
    case (.countDistinct, _): return DistinctAccumulator(argument, self)
    case (.list, _): return ListAccumulator(argument, batch)
    case (.first, _), (.last, _): return FirstAccumulator(argument, self, batch)
    case (_, .quantity(let form)): return accumulator(form)
    case (_, .date(let form)): return RangeAccumulator<Int32>(form, self)
    case (_, .truth(let form)): return TruthAccumulator(form, self)
    case (_, .text(let codes, let texts)): return ExtremeAccumulator(codes, texts, self)
    default: return CountAccumulator()
    }
  }

  private func accumulator(_ form: QuantityForm) -> any Accumulator {
    let isDouble = form.kind == .double
    switch function {
    case .sum, .share: return TotalsAccumulator(form, self)
    case .avg: return AverageAccumulator(form, self)
    case .median:
      return isDouble
        ? MedianAccumulator<Double>(form, self) : MedianAccumulator<Int64>(form, self)
    default:
      return isDouble ? RangeAccumulator<Double>(form, self) : RangeAccumulator<Int64>(form, self)
    }
  }
}
