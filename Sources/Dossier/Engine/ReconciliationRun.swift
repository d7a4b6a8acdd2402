/// One `reconcile` at work: what became of each group so far.
struct ReconciliationRun {
  /// What became of a group.
  struct Settlement {
    /// The group's first claim that gives bounds, or its first row.
    let first: Int32
    /// The rows that give the ends; nil where the claims have come to nothing.
    var ends: (low: Int32, high: Int32)?
    /// The claims that the value comes from.
    var rests: [Int32]
    /// All claims of the group, which `origins` and `claims` count.
    var all: [Int32]
    var method: String
    var claims = 0
    var origins: (low: Int64, high: Int64) = (0, 0)
  }

  let step: Reconciliation
  let column: Column
  let ends: ClaimEnds
  private let testimony: Testimony
  private(set) var settled: [Settlement] = []
  private var tally = ReconciliationTally()
  private var valueWords: ReadWords
  private var dateWords: ReadWords

  init(_ step: Reconciliation, _ column: Column, _ ends: ClaimEnds, _ testimony: Testimony) {
    self.step = step
    self.column = column
    self.ends = ends
    self.testimony = testimony
    valueWords = ReadWords(step.readings)
    dateWords = ReadWords(step.readings)
  }

  var notes: [Note] { tally.notes(step.method) + valueWords.notes + dateWords.notes }

  /// Puts the claims of a group to one.
  mutating func settle(_ group: [Int32]) throws(RunError) {
    let rows = group.filter(ends.isKnown)
    tally.unreported += group.count - rows.count
    guard let first = rows.first else {
      settled.append(
        Settlement(
          first: group[0], ends: nil, rests: group, all: group, method: step.method.word))
      return
    }
    try refuseSeveralUnits(rows)
    let origins = rows.map { testimony.origins(of: Int($0)) }
    var settlement = Settlement(
      first: first, rests: rows, all: rows, method: step.method.word)
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
      if rows.count > 1 { for row in rows { dateWords.add(testimony.statedText(Int(row))) } }
      found = claims.hull(of: chosen)
      settlement.rests = chosen.map { rows[$0] }
    }
    settlement.ends = found.map { (rows[$0.low], rows[$0.high]) }
    // A claim that stands as it was made is shown in its words.
    if !keepsWords(settlement) { valueWords.add(settlement.rests, of: column) }
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
