/// Rival claims put to one, group by group: the step of `reconcile`.
struct Reconciliation: Sendable {
  enum Method: Sendable {
    case range, overlap
    /// Nil for more than half of the origins.
    case agree(Int?)
    case prefer([Testimony.Claimant])
    case latest

    static let words = ["range", "overlap", "agree", "prefer", "latest"]

    var word: String {
      switch self {
      case .range: "range"
      case .overlap: "overlap"
      case .agree: "agree"
      case .prefer: "prefer"
      case .latest: "latest"
      }
    }
  }

  /// Where the stage and its parts are written, for errors.
  struct Places: Sendable {
    let stage: Span
    let method: Span
    /// Behind the method: `2`, `["a", "b"]`.
    var argument: Span?
    /// Behind `of`.
    var value: Span?
    var keys: Span?
    /// `unit(value)`, as the field is written.
    var unit = ""
  }

  let method: Method
  /// The column of the claims.
  let value: Int
  /// The columns that group; nil where the rule of rivals does.
  let keys: [Int]?
  /// The columns of a file that say who claims and when.
  let claimants: Int?
  let stated: Int?
  /// Keys, value, method, origins, claims.
  let fields: [Field]
  let places: Places

  /// The fields that group where nothing else does.
  static let aspects = ["subject", "measure", "place", "event", "period"]
}

extension PlanRunner {
  func reconciled(_ step: Reconciliation, _ input: Result) throws(RunError) -> Result {
    let table = input.table
    let column = table.column(step.value)
    guard let ends = ClaimEnds(column) else { return input }
    try meter.charge(steps: table.count * 2, at: step.places.stage)
    try meter.charge(bytes: table.count * 64, at: step.places.stage)
    let rows = (0..<Int32(table.count)).filter(ends.applies)
    let keys = try keyColumns(of: step, table)
    let groups: ClaimGroups
    if let rivals = keys.rivals {
      groups = try ClaimGroups(rivals, among: rows, meter)
      for group in groups.rows { try refuseParted(group, rivals, table, step) }
    } else {
      groups = ClaimGroups(keys.columns, among: rows)
    }
    let testimony = Testimony(
      table, facts, claimants: step.claimants.map(table.column),
      stated: step.stated.map(table.column))
    var work = ReconciliationRun(step, column, ends, testimony)
    for group in groups.rows {
      try meter.charge(steps: group.count, at: step.places.stage)
      try work.settle(group)
    }
    try work.refuseNothing(rows)
    return Result(
      table: work.table(from: table, keys, facts), notes: input.notes + work.notes)
  }

  /// The columns that name the groups, and the rule of rivals if it makes them.
  private func keyColumns(
    of step: Reconciliation, _ table: Table
  ) throws(RunError) -> (columns: [Column], rivals: Rivals?) {
    if let keys = step.keys { return (keys.map(table.column), nil) }
    guard let facts, let rivals = Rivals(table, facts) else {
      throw RunError(cause: .reconcile(.notFigures, step.places), span: step.places.method)
    }
    let rows = (0..<table.count).flatMap { table.facts(of: $0) }.map { facts.facts[Int($0)].row }
    let columns = Reconciliation.aspects.map { facts.field($0, of: .figure).gathered(rows) }
    return (columns, rivals)
  }

  /// What joins two claims that state different things may belong to either.
  private func refuseParted(
    _ group: [Int32], _ rivals: Rivals, _ table: Table, _ step: Reconciliation
  ) throws(RunError) {
    guard let (a, b) = rivals.parted(group), let facts else { return }
    let names = [a, b].compactMap { table.facts(of: Int($0)).first }.map(facts.scopeText)
    throw RunError(cause: .reconcile(.parted(names), step.places), span: step.places.method)
  }
}

extension FactStore {
  /// `43,000 people killed, Kursk, 2024`: a figure with what its scope states.
  fileprivate func scopeText(_ number: Int32) -> String {
    let row = Int(facts[Int(number)].row)
    let stated = ["place", "event", "period"].map {
      field($0, of: .figure).text(row, names: self)
    }
    return ([summary(ofFigure: number)] + stated.filter { $0 != "·" && !$0.isEmpty }).joined(
      separator: ", ")
  }
}

/// One `reconcile` at work: what became of each group so far.
struct ReconciliationRun {
  /// What became of a group.
  private struct Settlement {
    /// The group's first claim that gives bounds, or its first row.
    let first: Int32
    /// The rows that give the ends; nil where the claims have come to nothing.
    var ends: (low: Int32, high: Int32)?
    /// The rows that it rests on.
    var rests: [Int32]
    var method: String
    var claims = 0
    var origins: (low: Int64, high: Int64) = (0, 0)
  }

  private let step: Reconciliation
  private let column: Column
  private let ends: ClaimEnds
  private let testimony: Testimony
  private var settled: [Settlement] = []
  private var tally = ReconciliationTally()

  init(_ step: Reconciliation, _ column: Column, _ ends: ClaimEnds, _ testimony: Testimony) {
    self.step = step
    self.column = column
    self.ends = ends
    self.testimony = testimony
  }

  var notes: [Note] { tally.notes(step.method) }

  /// Puts the claims of a group to one.
  mutating func settle(_ group: [Int32]) throws(RunError) {
    let rows = group.filter(ends.isKnown)
    tally.unreported += group.count - rows.count
    guard let first = rows.first else {
      settled.append(
        Settlement(first: group[0], ends: nil, rests: group, method: step.method.word))
      return
    }
    try refuseSeveralUnits(rows)
    let origins = rows.map { testimony.origins(of: Int($0)) }
    var settlement = Settlement(first: first, rests: rows, method: step.method.word)
    settlement.claims = rows.count
    settlement.origins = Set(origins.joined()).originCount
    let claims = ends.claims(of: rows)
    var found: RivalClaims.Ends?
    switch step.method {
    case .range: found = claims.hull(of: claims.low.indices)
    case .overlap:
      found = claims.overlap
      if found == nil { conflict(&settlement, rows, "nothing fits all of") }
    case .agree(let count):
      found = agree(count, claims, origins, &settlement)
    case .prefer(let claimants):
      let chosen = preferred(claimants, rows, &settlement)
      found = claims.hull(of: chosen)
      settlement.rests = chosen.isEmpty ? rows : chosen.map { rows[$0] }
    case .latest:
      let dates = rows.map { testimony.stated(Int($0)) }
      let chosen = RivalClaims.newest(dates)
      if chosen.count > 1 { tally.undecided += 1 }
      found = claims.hull(of: chosen)
      settlement.rests = chosen.map { rows[$0] }
    }
    settlement.ends = found.map { (rows[$0.low], rows[$0.high]) }
    settled.append(settlement)
  }

  private mutating func agree(
    _ count: Int?, _ claims: RivalClaims, _ origins: [[Origin]], _ settlement: inout Settlement
  ) -> RivalClaims.Ends? {
    let most = Int(clamping: settlement.origins.high)
    // More than half of those that there are at least.
    let needed = count ?? Int(clamping: settlement.origins.low / 2 + 1)
    settlement.method = "agree \(needed)"
    tally.mostOrigins = max(tally.mostOrigins, most)
    guard needed <= most else {
      settlement.method += ": too few"
      tally.tooFew += 1
      return nil
    }
    let found = claims.agreement(of: needed, origins: origins)
    if found == nil {
      conflict(
        &settlement, settlement.rests,
        "nothing fits \(needed) \(needed == 1 ? "origin" : "origins") of")
    }
    return found
  }

  /// The claims of the first claimant who has some: of one who may be meant, those of the next too.
  private mutating func preferred(
    _ claimants: [Testimony.Claimant], _ rows: [Int32], _ settlement: inout Settlement
  ) -> [Int] {
    var chosen: [Int] = []
    var names: [String] = []
    for claimant in claimants {
      let truths = rows.map { testimony.isClaimed(Int($0), by: claimant) }
      let found = truths.indices.filter { truths[$0] != .false && !chosen.contains($0) }
      if !found.isEmpty { names.append(claimant.name) }
      chosen += found
      guard truths.contains(.true) else { continue }
      if names.count > 1 || truths.contains(.maybe) { tally.undecided += 1 }
      settlement.method = "prefer " + names.joined(separator: " or ")
      return chosen.sorted()
    }
    settlement.method =
      names.isEmpty ? "prefer: nobody" : "prefer " + names.joined(separator: " or ")
    if names.isEmpty { tally.nobody += 1 } else { tally.undecided += 1 }
    return chosen.sorted()
  }

  private mutating func conflict(_ settlement: inout Settlement, _ rows: [Int32], _ what: String) {
    settlement.method += ": conflict"
    tally.conflicts += 1
    guard tally.examples.count < 3 else { return }
    let claims = rows.prefix(4).map { row in
      let names = testimony.names(of: [row]).joined(separator: ", ")
      return "'\(column.text(Int(row), names: nil))'" + (names.isEmpty ? "" : " (\(names))")
    }
    let more = rows.count > 4 ? ["\(rows.count - 4) more"] : []
    tally.examples.append("\(what) \((claims + more).joined(separator: ", "))")
  }

  // MARK: Refusals

  private func refuseSeveralUnits(_ rows: [Int32]) throws(RunError) {
    guard case .quantities(let values) = column.storage, case .each = values.unit else { return }
    let units = rows.map { values.unit(at: Int($0)) }
    guard let other = units.firstIndex(where: { $0 != units[0] }) else { return }
    let found = units.map { $0?.name ?? "no unit" }
    let shown = [rows[0], rows[other]].map { "'\(values.text(Int($0)))'" }
    throw RunError(
      cause: .reconcile(.severalUnits(Set(found).sorted(), shown), step.places),
      span: step.places.value ?? step.places.method)
  }

  /// A method that comes to nothing in every group is a mistake.
  func refuseNothing(_ rows: [Int32]) throws(RunError) {
    guard let argument = step.places.argument, tally.mostOrigins + tally.nobody > 0 else { return }
    if case .agree(let count?) = step.method, count > tally.mostOrigins {
      throw RunError(
        cause: .reconcile(.fewerOrigins(count, most: tally.mostOrigins), step.places),
        span: argument)
    }
    if case .prefer = step.method, tally.nobody == settled.count(where: { $0.claims > 0 }) {
      throw RunError(
        cause: .reconcile(.nobodyClaims(testimony.names(of: rows)), step.places), span: argument)
    }
  }
}

// MARK: The result

extension ReconciliationRun {
  /// One row a group, in the order of the keys.
  func table(
    from table: Table, _ keys: (columns: [Column], rivals: Rivals?), _ facts: FactStore?
  ) -> Table {
    var sorter = Sorter(count: self.settled.count, facts: facts)
    var names = keys.columns.map { $0.gathered(self.settled.map(\.first)) }
    if keys.rivals != nil { names = keys.columns.map(stated) }
    for name in names { sorter.add(name, descending: false) }
    let order = sorter.rows()
    let settled = order.map { self.settled[Int($0)] }
    var methods = ColumnBuilder(.text)
    for settlement in settled { methods.add(text: settlement.method) }
    let low = Buffer(settled.map(\.origins.low))
    var origins = QuantityColumn.exact(low)
    if case .quantity(_, isExact: false, _, _, _, _) = step.fields[step.fields.count - 2].shape {
      origins = .counts(low, Buffer(settled.map(\.origins.high)))
    }
    let columns =
      names.map { $0.gathered(order) } + [
        value(settled), methods.column, Column(.quantities(origins)),
        Column(.quantities(.exact(Buffer(settled.map { Int64($0.claims) })))),
      ]
    var result = Table(
      fields: step.fields, columns: columns.map { ColumnView($0) }, count: settled.count)
    (result.provenance, result.behind) = provenance(settled, table, facts)
    result.shared = table.shared
    result.order = RowOrder(places: Buffer((0..<Int32(settled.count)).map { $0 }), by: nil)
    return result
  }

  /// What the rivals of each group state of an aspect: not all of them need to.
  private func stated(_ aspect: Column) -> Column {
    aspect.gathered(
      settled.map { settlement in
        settlement.rests.first { !aspect.isUnknown(Int($0)) } ?? settlement.first
      })
  }

  private func value(_ settled: [Settlement]) -> Column {
    switch column.storage {
    case .quantities(let values): Column(.quantities(quantities(values, settled)))
    case .dates(let dates): Column(.dates(self.dates(dates, settled)))
    default: column
    }
  }

  private func quantities(_ values: QuantityColumn, _ settled: [Settlement]) -> QuantityColumn {
    let open = settled.map { values.unit(at: Int($0.first))?.isCounted == true }
    let lows = settled.map { $0.ends?.low }
    let highs = settled.map { $0.ends?.high }
    let isExact = values.isExact
    let low = values.low.gathered(lows) { open[$0] ? (0, 0) : (Open.low, -.infinity) }
    // An exact column has one memory for all three.
    let best = (isExact ? values.low : values.best).gathered(settled.map(best)) { _ in
      (Open.best, -.infinity)
    }
    let high = (isExact ? values.low : values.high).gathered(highs) { _ in (Open.high, .infinity) }
    var unit = values.unit
    if case .each(let codes, let units) = unit {
      unit = .each(codes.gathered(settled.map(\.first)), units)
    }
    return QuantityColumn(
      low: low, best: best, high: high, kind: values.kind, isExact: false, unit: unit,
      known: known(settled), none: nil, written: written(values.written, settled))
  }

  /// The row whose best value the result has: one that all claims give, or the only value left.
  private func best(_ settlement: Settlement) -> Int32? {
    guard let range = settlement.ends else { return nil }
    let (low, high) = (ends.low[Int(range.low)], ends.high[Int(range.high)])
    let best = ends.best[Int(settlement.rests[0])]
    let isShared = settlement.rests.allSatisfy { ends.best[Int($0)] == best }
    if isShared, best != Open.best, low <= best, best <= high { return settlement.rests[0] }
    guard low == high else { return nil }
    return settlement.rests.first { ends.best[Int($0)] == low }
  }

  private func dates(_ dates: DateColumn, _ settled: [Settlement]) -> DateColumn {
    DateColumn(
      earliest: dates.earliest.gathered(
        settled.map { $0.ends?.low }, else: { _ in Day.distantPast }),
      latest: dates.latest.gathered(
        settled.map { $0.ends?.high }, else: { _ in Day.distantFuture }),
      known: known(settled), none: nil, written: written(dates.written, settled))
  }

  private func known(_ settled: [Settlement]) -> Buffer<UInt8>? {
    Buffer(settled.map { $0.ends == nil ? 0 : 1 })
  }

  /// What is one claim as it stands keeps its words.
  private func written(
    _ words: (codes: Buffer<Int32>, dictionary: TextDictionary)?, _ settled: [Settlement]
  ) -> (codes: Buffer<Int32>, dictionary: TextDictionary)? {
    words.map { codes, dictionary in
      let rows = settled.map { settlement -> Int32? in
        guard let ends = settlement.ends, ends.low == ends.high else { return nil }
        let isBest = column.isDate || best(settlement).map { $0 == ends.low } ?? true
        return isBest ? ends.low : nil
      }
      return (codes.gathered(rows, else: { _ in -1 }), dictionary)
    }
  }

  /// A row stands for the most general of the figures that it was made of, since they are claims of
  /// one thing, and rests on all of them.
  private func provenance(
    _ settled: [Settlement], _ table: Table, _ facts: FactStore?
  ) -> (Table.Provenance, behind: Table.Provenance) {
    func numbers(_ provenance: Table.Provenance) -> [Set<Int32>] {
      settled.map { Set($0.rests.flatMap { provenance.facts(of: Int($0)) }) }
    }
    guard let facts, !table.provenance.isEmpty else {
      return (.none, table.behind.isEmpty ? .none : .init(numbers(table.behind).map(Array.init)))
    }
    let known = FigureScopes(facts)
    let rests = numbers(table.provenance)
    let general = rests.map { known.general($0.sorted(), facts) }
    let behind = numbers(table.behind)
    let others = rests.indices.map { index in
      rests[index].union(behind[index]).subtracting(general[index])
    }
    return (.init(general), .init(others.map(Array.init)))
  }
}

extension FigureScopes {
  /// Of figures that state the same things, one; of those that state more than another, none.
  func general(_ numbers: [Int32], _ facts: FactStore) -> [Int32] {
    var kept: [(number: Int32, scope: FigureScope?)] = []
    for number in numbers {
      let fact = facts.facts[Int(number)]
      guard fact.kind == .figure else {
        kept.append((number, nil))
        continue
      }
      let scope = scopes[Int(fact.row)]
      if kept.contains(where: { $0.scope.map(scope.isCovered) ?? false }) { continue }
      kept.removeAll { $0.scope?.isCovered(by: scope) ?? false }
      kept.append((number, scope))
    }
    return kept.map(\.number)
  }
}

extension Column {
  fileprivate var isDate: Bool { if case .dates = storage { true } else { false } }
}

extension Buffer {
  /// The elements at some rows; nil for one of its own.
  fileprivate func gathered(_ rows: [Int32?], else absent: (Int) -> Element) -> Buffer {
    Buffer(rows.enumerated().map { place, row in row.map { self[Int($0)] } ?? absent(place) })
  }
}

extension NumberBuffer {
  fileprivate func gathered(
    _ rows: [Int32?], else absent: (Int) -> (Int64, Double)
  ) -> NumberBuffer {
    switch self {
    case .decimals(let values): .decimals(values.gathered(rows, else: { absent($0).0 }))
    case .doubles(let values): .doubles(values.gathered(rows, else: { absent($0).1 }))
    }
  }
}
