/// Runs one summarize: groups, aggregates, the guard, and which facts each group rests on.
struct Summary {
  let program: Program
  let keys: [Field]
  let aggregates: [Aggregate]
  let claims: [GroupClaims]
  let facts: FactStore?

  /// What came of it, and what the footer says.
  struct Outcome {
    let table: Table
    let filters: [FilterNote]
    let skipped: UnreportedValues
    let unreported: UnreportedValues
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
    let table = batches.table
    var rests: [[Int32]] = []
    var behind: [[Int32]] = []
    let passages = tracksAll ? Passages(batches, facts) : nil
    var sums = SumGuard(aggregates, batches, facts)
    var figures = GroupFigures(claims, batches, facts)
    let needsFacts = !table.provenance.isEmpty && tracksFacts
    let needsBehind = tracksFacts && (passages != nil || !table.behind.isEmpty)
    for start in stride(from: 0, to: table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      try grouping.number()
      if batches.membership != nil {
        membership.add(batches, groups: grouping.ids, count: grouping.count)
      }
      for accumulator in accumulators {
        try accumulator.add(batches, groups: grouping.ids, count: grouping.count)
      }
      try sums?.add(groups: grouping.ids, count: grouping.count)
      try figures.add(grouping)
      if needsFacts { collect(&rests, table.provenance, grouping, batches) }
      if needsBehind { collect(&behind, table.behind, grouping, batches, passages) }
    }
    var (outcome, groups) = try finish(grouping, accumulators, batches, membership)
    try sums?.check(hasKeys: !keys.isEmpty)
    let picksAll = aggregates.allSatisfy(\.function.picksRow) && (needsFacts || needsBehind)
    if picksAll || figures.hasChooser {
      let chosen = try resting(on: accumulators, grouping, batches, passages, &figures)
      // Of a group in which nothing applies all rows say so.
      for (group, numbers) in chosen.enumerated()
      where picksAll && !(numbers.facts + numbers.behind).isEmpty {
        if needsFacts { rests[group] = numbers.facts }
        if needsBehind { behind[group] = numbers.behind }
      }
    }
    outcome.claims = figures.columns(of: groups)
    if tracksFacts, facts != nil { outcome.provenance = provenance(of: groups, rests) }
    if needsBehind { outcome.behind = provenance(of: groups, behind) }
    if tracksFacts, let named = figures.named(groups) {
      outcome.behind = outcome.behind.joined(named, count: groups.count)
    }
    outcome.shared = table.shared
    let names = aggregates.map(\.argumentName)
    return Outcome(
      table: outcome, filters: batches.notes,
      skipped: UnreportedValues(zip(names, accumulators.map(\.skipped)).map { ($0, $1) }),
      unreported: UnreportedValues(zip(names, accumulators.map(\.unreported)).map { ($0, $1) }),
      inexactKeys: grouping.inexactKeys)
  }

  /// What the rows rest on that results may be taken from, in a second run over the rows.
  private func resting(
    on accumulators: [any Accumulator], _ grouping: Grouping, _ batches: BatchRunner,
    _ passages: Passages?, _ figures: inout GroupFigures
  ) throws(RunError) -> [(facts: [Int32], behind: [Int32])] {
    var rests: [[Int32]] = []
    var behind: [[Int32]] = []
    let (notes, tallies) = (batches.notes, batches.tallies)
    figures.startAgain()
    for start in stride(from: 0, to: batches.table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      try grouping.number()
      func mayRest(_ lane: Int, _ group: Int) -> Bool {
        accumulators.contains { $0.mayRest(on: lane, batches, of: group) }
      }
      try figures.add(grouping) { accumulators[$2].mayRest(on: $0, batches, of: $1) }
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

  /// Groups in the order of their keys, one row each.
  private func finish(
    _ grouping: Grouping, _ accumulators: [any Accumulator], _ batches: BatchRunner,
    _ membership: GroupMembership
  ) throws(RunError) -> (Table, groups: [Int32]) {
    var groups = grouping.present
    var columns = grouping.keyColumns()
    if !columns.isEmpty {
      var sorter = Sorter(count: groups.count, facts: facts, batches.meter)
      for column in columns { try sorter.add(column, descending: false) }
      let order = try sorter.rows()
      columns = columns.map { $0.gathered(order) }
      groups = order.map { groups[Int($0)] }
    }
    for accumulator in accumulators {
      columns.append(try accumulator.column(groups, batches.meter))
    }
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

extension Table.Provenance {
  var isEmpty: Bool { if case .none = self { true } else { false } }
}

extension Aggregate {
  fileprivate var field: Field {
    Field(name: function.rawValue, source: .column(0), shape: shape)
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
    case (.list, _): return ListAccumulator(argument, batch, at: span)
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
