/// Nothing is added up that may be the same thing.
///
/// Each addend rests on some figures. No figure may be in two addends, and every two figures of
/// different addends must be *shown* disjoint: one unit; one measure, or members of one family; and
/// disjoint members of the family, subjects, places, events or periods. What isn't stated overlaps
/// everything. Rates add up within one period only.
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

  /// Some figures, and the addend that each is in.
  struct Addends {
    private(set) var figures: [Int32] = []
    private(set) var owners: [Int32] = []
    private(set) var count: Int32 = 0

    mutating func add(_ addend: some Sequence<Int32>) {
      let before = figures.count
      for figure in addend {
        figures.append(figure)
        owners.append(count)
      }
      if figures.count > before { count += 1 }
    }
  }

  /// Whether addends may be added.
  enum Verdict {
    case disjoint
    /// A figure that is in so many addends, which rest on it alone or on others too.
    case repeated(Int32, times: Int, isAlone: Bool)
    case overlapping
    /// Rates that aren't stated for one period.
    case periodsDiffer
  }

  /// How two different measures stand to each other: in no family together, or in one, where they
  /// may share a member (`killed` and `killed or wounded`).
  private enum Exclusion { case none, sharing, disjoint }

  init(_ facts: FactStore, meter: Meter? = nil) {
    self.facts = facts
    self.meter = meter
    known = FigureScopes(facts)
    subjects = Wholes(facts[.actor], meter)
    places = Wholes(facts[.place], meter)
  }

  /// - Parameter isRate: nil if the addends have the units of their figures.
  mutating func verdict(on addends: Addends, isRate: Bool?) throws(RunError) -> Verdict {
    guard addends.count > 1 else { return .disjoint }
    if let repeated = repeated(in: addends) { return repeated }
    let figures = Scoped(addends, known, facts)
    guard let first = figures.scopes.first, !figures.hasOneScopeTwice,
      figures.scopes.allSatisfy({
        $0.unit == first.unit && $0.shareOf == first.shareOf && $0.measure >= 0
      })
    else { return .overlapping }
    let unit = known.units[Int(first.unit)]
    if unit?.isPercent == true, first.shareOf < 0 { return .overlapping }
    guard try areOfOneFamily(figures), try areDisjoint(figures) else { return .overlapping }
    let isOfOnePeriod = first.period >= 0 && figures.scopes.allSatisfy { $0.period == first.period }
    return (isRate ?? unit?.isRate ?? false) && !isOfOnePeriod ? .periodsDiffer : .disjoint
  }

  /// Whether addends of one figure each may be added.
  mutating func areDisjoint(_ numbers: [Int32]) throws(RunError) -> Bool {
    var addends = Addends()
    for number in numbers { addends.add(CollectionOfOne(number)) }
    if case .disjoint = try verdict(on: addends, isRate: nil) { return true }
    return false
  }

  private func repeated(in addends: Addends) -> Verdict? {
    var owners: [Int32: Int32] = [:]
    var found: Int32?
    for (figure, owner) in zip(addends.figures, addends.owners) {
      if let before = owners[figure], before != owner { found = min(found ?? figure, figure) }
      owners[figure] = owner
    }
    guard let found else { return nil }
    let holders = addends.figures.indices.filter { addends.figures[$0] == found }
      .map { addends.owners[$0] }
    let isAlone = Set(holders).isDisjoint(
      with: zip(addends.figures, addends.owners).filter { $0.0 != found }.map(\.1))
    return .repeated(found, times: Set(holders).count, isAlone: isAlone)
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

  // MARK: Pairs

  private mutating func areDisjoint(_ figures: Scoped) throws(RunError) -> Bool {
    let scopes = figures.scopes
    let aspects = [
      try subjects.aspect(of: scopes.map(\.subject)), try places.aspect(of: scopes.map(\.place)),
      Aspect(codes: scopes.map(\.event)), period(scopes),
    ]
    guard let best = aspects.min(by: { $0.pairCount < $1.pairCount }) else { return true }
    for (index, scope) in scopes.enumerated() {
      let others = best.pairs(index)
      try meter?.charge(steps: others.count, at: .nowhere)
      for other in others where figures.owners[other] != figures.owners[index] {
        if !areDisjoint(scope, scopes[other]) { return false }
      }
    }
    return true
  }

  /// Whether the measures of different addends may be added at all, of whatever they are.
  private mutating func areOfOneFamily(_ figures: Scoped) throws(RunError) -> Bool {
    // The only addend that has a measure; nil if several have it.
    var owners: [Int32: Int32?] = [:]
    for (scope, owner) in zip(figures.scopes, figures.owners) {
      if let known = owners[scope.measure] {
        if known != owner { owners[scope.measure] = .some(nil) }
      } else {
        owners[scope.measure] = .some(owner)
      }
    }
    let measures = owners.sorted { $0.key < $1.key }
    for (index, measure) in measures.enumerated() {
      try meter?.charge(steps: index, at: .nowhere)
      for other in measures[..<index] where measure.value == nil || measure.value != other.value {
        if exclusion(measure.key, other.key) == .none { return false }
      }
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

/// The scopes of figures that are to be added.
private struct Scoped {
  private(set) var scopes: [FigureScope] = []
  /// The addend that each is in.
  private(set) var owners: [Int32] = []
  /// Two of the same scope are never shown disjoint.
  private(set) var hasOneScopeTwice = false

  init(_ addends: Guard.Addends, _ known: FigureScopes, _ facts: FactStore) {
    var seen: [FigureScope: Int32] = [:]
    owners = addends.owners
    scopes.reserveCapacity(owners.count)
    for (figure, owner) in zip(addends.figures, owners) {
      let scope = known.scopes[Int(facts.facts[Int(figure)].row)]
      scopes.append(scope)
      if let before = seen.updateValue(owner, forKey: scope), before != owner {
        hasOneScopeTwice = true
      }
    }
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
