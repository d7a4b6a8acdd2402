/// Which rows hold claims of the same thing.
struct ClaimGroups {
  /// The rows of each group, in order.
  private(set) var rows: [[Int32]] = []

  /// Rows whose keys are the same records.
  init(_ keys: [Column], among rows: [Int32]) {
    var table = KeyTable()
    for row in rows {
      var words: [Int64] = []
      for key in keys { key.appendWords(Int(row), &words) }
      let (group, isNew) = table.number(of: words)
      if isNew { self.rows.append([]) }
      self.rows[Int(group)].append(row)
    }
  }

  /// Rows of figures that may be rivals, and those that are by way of others.
  init(_ rivals: Rivals, among rows: [Int32], _ meter: Meter?) throws(RunError) {
    var groups: [Int32: Int] = [:]
    let components = try rivals.components(meter)
    for row in rows {
      let component = components[Int(rivals.numbers[Int(row)])]
      if groups[component] == nil {
        groups[component] = self.rows.count
        self.rows.append([])
      }
      self.rows[groups[component] ?? 0].append(row)
    }
  }
}

extension ClaimGroups {
  /// How many groups go by a key that isn't exact.
  func notes(of keys: [Column]) -> [Note] {
    let inexact = rows.count { group in
      group.first.map { row in keys.contains { $0.isInexact(Int(row)) } } ?? false
    }
    return inexact > 0 ? [.inexactKeys(inexact)] : []
  }
}

/// Which figures are claims of the same thing: of one measure, subject and unit; and of one place,
/// event and period, where both say so.
///
/// This is narrower than what the guard takes for the same: a part and its whole overlap, but may
/// both be right.
struct Rivals {
  private let known: FigureScopes
  /// The different scopes that rows have.
  private(set) var scopes: [FigureScope] = []
  /// The number of each row's scope.
  private(set) var numbers: [Int32] = []

  /// Nil if a row doesn't rest on one figure.
  init?(_ table: Table, _ facts: FactStore) {
    var figures: [Int32] = []
    for row in 0..<table.count {
      let rest = table.facts(of: row)
      guard rest.count == 1, let number = rest.first, facts.facts[Int(number)].kind == .figure
      else { return nil }
      figures.append(number)
    }
    self.init(figures, facts, FigureScopes(facts))
  }

  /// Some figures, one a row.
  init(_ figures: [Int32], _ facts: FactStore, _ known: FigureScopes) {
    self.known = known
    var places: [FigureScope: Int32] = [:]
    for number in figures {
      let scope = known.scopes[Int(facts.facts[Int(number)].row)]
      // What doesn't say what it measures, or a share of what, is beside nothing.
      if places[scope] == nil || !isComparable(scope) {
        places[scope] = Int32(scopes.count)
        scopes.append(scope)
      }
      numbers.append(places[scope] ?? 0)
    }
  }

  func areRivals(_ a: Int32, _ b: Int32) -> Bool {
    let (x, y) = (numbers[Int(a)], numbers[Int(b)])
    return x == y || areRivals(scopes[Int(x)], scopes[Int(y)])
  }

  private func isComparable(_ scope: FigureScope) -> Bool {
    let isPercent = known.units[Int(scope.unit)]?.isPercent == true
    return scope.measure >= 0 && (scope.shareOf >= 0 || !isPercent)
  }

  /// The last stated aspects go with what isn't stated.
  private func areRivals(_ a: FigureScope, _ b: FigureScope) -> Bool {
    func mayBeSame(_ x: Int32, _ y: Int32) -> Bool { x < 0 || y < 0 || x == y }
    guard isComparable(a), a.subject == b.subject, a.measure == b.measure, a.unit == b.unit,
      a.shareOf == b.shareOf, mayBeSame(a.place, b.place), mayBeSame(a.event, b.event)
    else { return false }
    guard !mayBeSame(a.period, b.period) else { return true }
    let (x, y) = (known.periods[Int(a.period)], known.periods[Int(b.period)])
    return x.start.meets(y.start) && x.end.meets(y.end)
  }

  /// The number of the group of each scope: scopes that are rivals, directly or by way of others.
  fileprivate func components(_ meter: Meter?) throws(RunError) -> [Int32] {
    var parent = (0..<Int32(scopes.count)).map { $0 }
    func root(_ scope: Int32) -> Int32 {
      var scope = scope
      while parent[Int(scope)] != scope { scope = parent[Int(scope)] }
      return scope
    }
    for group in sameButForLess() {
      for (index, a) in group.enumerated() {
        try meter?.charge(steps: index, at: .nowhere)
        for b in group[..<index] where areRivals(scopes[Int(a)], scopes[Int(b)]) {
          let (x, y) = (root(a), root(b))
          if x != y { parent[Int(max(x, y))] = min(x, y) }
        }
      }
    }
    return (0..<Int32(scopes.count)).map(root)
  }

  /// Scopes that share what rivals must share.
  private func sameButForLess() -> [[Int32]] {
    var numbers: [FigureScope: Int] = [:]
    var groups: [[Int32]] = []
    for (index, scope) in scopes.enumerated() {
      var key = scope
      (key.place, key.event, key.period) = (Code.unknown, Code.unknown, Code.unknown)
      if numbers[key] == nil {
        numbers[key] = groups.count
        groups.append([])
      }
      groups[numbers[key] ?? 0].append(Int32(index))
    }
    return groups
  }

  /// Two rows of a group that state different things, so that one of them may not be the same thing
  /// as what joins them; nil if there are none.
  func parted(_ rows: [Int32]) -> (Int32, Int32)? {
    var seen: [(scope: Int32, row: Int32)] = []
    for row in rows where !seen.contains(where: { $0.scope == numbers[Int(row)] }) {
      for other in seen where !areRivals(other.row, row) { return (other.row, row) }
      seen.append((numbers[Int(row)], row))
    }
    return nil
  }
}

extension DateRange {
  fileprivate func meets(_ other: DateRange) -> Bool {
    earliest <= other.latest && other.earliest <= latest
  }
}
