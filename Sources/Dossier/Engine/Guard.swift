/// Nothing is added up that may be the same thing.
///
/// Figures may be added if every two of them are *shown* disjoint: one unit; one measure, or members
/// of one family; and disjoint members of the family, subjects, places, events or periods. What
/// isn't stated overlaps everything, and a fact that occurs twice is the same thing.
///
/// Of many figures not every pair is looked at: only pairs that one aspect leaves open, the aspect
/// that leaves the fewest.
struct Guard {
  private let facts: FactStore
  private let meter: Meter?
  private let known: FigureScopes
  private var subjects: Wholes
  private var places: Wholes
  private var exclusive: [[Int32]: Exclusion] = [:]

  /// How two different measures stand to each other: in no family together, or in one, where they
  /// may share a member (`killed` and `killed or wounded`).
  private enum Exclusion { case none, sharing, disjoint }

  init(_ facts: FactStore, meter: Meter? = nil) {
    self.facts = facts
    self.meter = meter
    known = FigureScopes(facts)
    subjects = Wholes(facts[.actor])
    places = Wholes(facts[.place])
  }

  /// Whether some figures, with repetitions, are shown disjoint.
  mutating func areDisjoint(_ numbers: [Int32]) throws(RunError) -> Bool {
    if Set(numbers).count != numbers.count { return false }
    let scopes = numbers.map(scope)
    guard let first = scopes.first, scopes.count > 1 else { return true }
    // Two of the same scope are never shown disjoint, and these must be the same in all.
    guard Set(scopes).count == scopes.count,
      scopes.allSatisfy({
        $0.unit == first.unit && $0.shareOf == first.shareOf && $0.measure >= 0
      })
    else { return false }
    if known.units[Int(first.unit)]?.isPercent == true, first.shareOf < 0 { return false }
    guard try areOfOneFamily(Set(scopes.map(\.measure)).sorted()) else { return false }
    return try areDisjoint(scopes)
  }

  /// The help holds if grouping by subject and measure leaves only disjoint figures together.
  mutating func isMended(bySubjectAndMeasure numbers: [Int32]) throws(RunError) -> Bool {
    var keys = KeyTable()
    var groups: [[Int32]] = []
    for number in numbers {
      let scope = scope(of: number)
      let (group, isNew) = keys.number(of: [Int64(scope.subject), Int64(scope.measure)])
      if isNew { groups.append([]) }
      groups[Int(group)].append(number)
    }
    guard groups.count > 1 else { return false }
    for group in groups {
      guard try areDisjoint(group) else { return false }
    }
    return true
  }

  /// The help holds if the rivals in some groups, each put to one, leave only disjoint figures in
  /// each.
  mutating func isMended(byReconciling groups: [[Int32]]) throws(RunError) -> Bool {
    let figures = Array(groups.joined())
    guard Set(figures).count == figures.count else { return false }
    let rivals = Rivals(figures, facts, known)
    let claims = try ClaimGroups(rivals, among: figures.indices.map(Int32.init), meter)
    var kept: Set<Int32> = []
    for rows in claims.rows {
      if rivals.parted(rows) != nil { return false }
      kept.formUnion(known.general(rows.map { figures[Int($0)] }, facts))
    }
    guard kept.count < figures.count else { return false }
    for group in groups {
      guard try areDisjoint(group.filter(kept.contains)) else { return false }
    }
    return true
  }

  private func scope(of number: Int32) -> FigureScope {
    known.scopes[Int(facts.facts[Int(number)].row)]
  }

  // MARK: Pairs

  private mutating func areDisjoint(_ scopes: [FigureScope]) throws(RunError) -> Bool {
    let aspects = [
      subjects.aspect(of: scopes.map(\.subject)), places.aspect(of: scopes.map(\.place)),
      Aspect(codes: scopes.map(\.event)), period(scopes),
    ]
    guard let best = aspects.min(by: { $0.pairCount < $1.pairCount }) else { return true }
    for (index, scope) in scopes.enumerated() {
      let others = best.pairs(index)
      try meter?.charge(steps: others.count, at: .nowhere)
      for other in others where other != index {
        if !areDisjoint(scope, scopes[other]) { return false }
      }
    }
    return true
  }

  /// Whether some measures may be added at all, of whatever they are.
  private mutating func areOfOneFamily(_ measures: [Int32]) throws(RunError) -> Bool {
    for (index, measure) in measures.enumerated() {
      try meter?.charge(steps: index, at: .nowhere)
      for other in measures[..<index] where exclusion(measure, other) == .none { return false }
    }
    return true
  }

  /// Whether two figures of one unit, whose measures may be added, are shown disjoint.
  private mutating func areDisjoint(_ a: FigureScope, _ b: FigureScope) -> Bool {
    if a.measure != b.measure, exclusion(a.measure, b.measure) == .disjoint { return true }
    return subjects.areApart(a.subject, b.subject) || places.areApart(a.place, b.place)
      || (a.event >= 0 && b.event >= 0 && a.event != b.event) || arePeriodsApart(a, b)
  }

  private mutating func exclusion(_ a: Int32, _ b: Int32) -> Exclusion {
    let key = [min(a, b), max(a, b)]
    if let found = exclusive[key] { return found }
    let (one, other) = (known.measures[Int(a)], known.measures[Int(b)])
    let isFamily = facts.families.contains { $0.isSuperset(of: one) && $0.isSuperset(of: other) }
    let found: Exclusion = !isFamily ? .none : one.isDisjoint(with: other) ? .disjoint : .sharing
    exclusive[key] = found
    return found
  }

  // MARK: Periods

  private func arePeriodsApart(_ a: FigureScope, _ b: FigureScope) -> Bool {
    guard a.period >= 0, b.period >= 0 else { return false }
    let (x, y) = (known.periods[Int(a.period)], known.periods[Int(b.period)])
    return x.end.latest < y.start.earliest || y.end.latest < x.start.earliest
  }

  /// The pairs whose periods meet, or aren't stated.
  private func period(_ scopes: [FigureScope]) -> Aspect {
    Aspect(
      stretches: scopes.map { scope in
        guard scope.period >= 0 else { return nil }
        let period = known.periods[Int(scope.period)]
        return (period.start.earliest, period.end.latest)
      })
  }
}

/// Pairs of figures that one aspect doesn't tell apart; each is given from at least one of its sides.
private struct Aspect {
  /// The figures beside which each is looked at: one list for all that share it.
  private var lists: [[Int]] = []
  private var list: [Int]
  private(set) var pairCount = 0

  /// Figures are apart if their codes, where both are stated, differ.
  init(codes: [Int32]) { self.init(codes: codes) { [$0] } }

  /// Figures are apart if neither code reaches the other; nil for a code that may reach any.
  init(codes: [Int32], reaches: (Int32) -> [Int32]?) {
    var holders: [Int32: [Int]] = [:]
    for (index, code) in codes.enumerated() { holders[code, default: []].append(index) }
    var lists: [[Int]] = [Array(codes.indices)]
    var numbers: [Int32: Int] = [:]
    for (code, _) in holders.sorted(by: { $0.key < $1.key }) {
      guard code >= 0, let reached = reaches(code) else {
        numbers[code] = 0
        continue
      }
      numbers[code] = lists.count
      lists.append(reached.flatMap { holders[$0] ?? [] })
    }
    list = codes.map { numbers[$0] ?? 0 }
    self.lists = lists
    pairCount = list.reduce(0) { $0 + lists[$1].count }
  }

  /// Figures are apart if their stretches, where both are stated, don't meet.
  init(stretches: [(first: Int32, last: Int32)?]) {
    let stated = stretches.indices.filter { stretches[$0] != nil }
    let first = stated.map { stretches[$0]?.first ?? 0 }
    let order = stated.indices.sorted { (first[$0], $0) < (first[$1], $1) }
    lists = [Array(stretches.indices)]
    list = [Int](repeating: 0, count: stretches.count)
    let starts = order.map { first[$0] }
    pairCount = (stretches.count - stated.count) * stretches.count
    // Beside each stand those that begin while it lasts; of many that last long there is no list.
    for (place, index) in order.enumerated() {
      let figure = stated[index]
      guard let last = stretches[figure]?.last else { continue }
      var end = place + 1
      while end < starts.count, starts[end] <= last { end += 1 }
      pairCount += end - place - 1
      guard pairCount <= 64 * stretches.count else {
        pairCount = .max
        return
      }
      list[figure] = lists.count
      lists.append(order[(place + 1)..<end].map { stated[$0] })
    }
  }

  /// The figures to look at beside one.
  func pairs(_ index: Int) -> [Int] { lists[list[index]] }
}

/// Who is part of whom, from the part to its wholes.
private struct Wholes {
  private let table: EntityTable
  /// What each is or is part of; nil where something on the way up isn't reported.
  private var reached: [Int32: [Int32]?] = [:]

  init(_ table: EntityTable) { self.table = table }

  /// Neither is in the other, for certain.
  mutating func areApart(_ a: Int32, _ b: Int32) -> Bool {
    guard a >= 0, b >= 0, a != b, let x = wholes(of: a), let y = wholes(of: b) else {
      return false
    }
    return !x.contains(b) && !y.contains(a)
  }

  mutating func aspect(of codes: [Int32]) -> Aspect {
    for code in Set(codes) where code >= 0 { _ = wholes(of: code) }
    let reached = reached
    return Aspect(codes: codes) { reached[$0] ?? nil }
  }

  private mutating func wholes(of code: Int32) -> [Int32]? {
    if let known = reached[code] { return known }
    let found = table.allWholes(of: code)
    reached[code] = .some(found)
    return found
  }
}

extension FactStore {
  /// Those of some facts that are figures.
  func figures(among numbers: [Int32]) -> [Int32] {
    numbers.filter { facts[Int($0)].kind == .figure }
  }

  /// `several hundred people killed or wounded`: a figure in a few words.
  func summary(ofFigure number: Int32) -> String {
    let row = Int(facts[Int(number)].row)
    let value = field("value", of: .figure).text(row, names: self)
    let measure = field("measure", of: .figure).text(row, names: self)
    if value != "·" { return "\(value) \(measure)" }
    return "unknown \(unit(ofFigure: row)) \(measure)"
  }

  private func unit(ofFigure row: Int) -> String {
    guard case .quantities(let values) = field("value", of: .figure).storage else { return "" }
    return values.unit(at: row)?.name ?? ""
  }
}
