/// Nothing is added up that may be the same thing.
///
/// Figures may be added if every two of them are *shown* disjoint: one unit; one measure, or members
/// of one family; and disjoint members of the family, subjects, places, events or periods. What
/// isn't stated overlaps everything, and a fact that occurs twice is the same thing.
struct Guard {
  private let facts: FactStore
  private let table: Table
  private var subjects: [Int32: [Truth]] = [:]
  private var places: [Int32: [Truth]] = [:]

  init(_ facts: FactStore) {
    self.facts = facts
    table = facts.table(.figure)
  }

  /// Whether some figures, with repetitions, are shown disjoint.
  mutating func areDisjoint(_ numbers: [Int32]) -> Bool {
    if Set(numbers).count != numbers.count { return false }
    for (index, a) in numbers.enumerated() {
      for b in numbers[..<index] where !areDisjoint(row(a), row(b)) { return false }
    }
    return true
  }

  /// The help holds if grouping by subject and measure leaves only disjoint figures together.
  mutating func isMended(bySubjectAndMeasure numbers: [Int32]) -> Bool {
    var groups: [[Int64]: [Int32]] = [:]
    for number in numbers {
      let row = row(number)
      let key = [Int64(code("subject", row)), Int64(code("measure", row))]
      groups[key, default: []].append(number)
    }
    for group in groups.values where group.count > 1 {
      if !areDisjoint(group) { return false }
    }
    return groups.count > 1
  }

  private func row(_ number: Int32) -> Int { Int(facts.facts[Int(number)].row) }

  private mutating func areDisjoint(_ a: Int, _ b: Int) -> Bool {
    guard unit(a) == unit(b), let measure = measures(of: a), let other = measures(of: b) else {
      return false
    }
    if unit(a)?.isPercent == true {
      // Percentages add only of the same thing.
      let (x, y) = (code("share_of", a), code("share_of", b))
      guard x >= 0, x == y else { return false }
    }
    if measure != other {
      let areExclusive = facts.families.contains {
        $0.isSuperset(of: measure) && $0.isSuperset(of: other)
      }
      guard areExclusive else { return false }
      if measure.isDisjoint(with: other) { return true }
    }
    return areApart("subject", .actor, a, b) || areApart("place", .place, a, b)
      || areDifferentEvents(a, b) || arePeriodsApart(a, b)
  }

  // MARK: Fields

  private func column(_ name: String) -> Column { facts.field(name, of: .figure) }

  private func code(_ name: String, _ row: Int) -> Int32 {
    switch column(name).storage {
    case .texts(let codes, _), .references(let codes, _): codes[row]
    default: Code.unknown
    }
  }

  private func unit(_ row: Int) -> Unit? {
    guard case .quantities(let values) = column("value").storage else { return nil }
    return values.unit(at: row)
  }

  /// The measure as a set: `killed or wounded` is the union of two.
  private func measures(of row: Int) -> Set<String>? {
    guard case .texts(let codes, let texts) = column("measure").storage, codes[row] >= 0 else {
      return nil
    }
    var parts: [String] = []
    var words: [Substring] = []
    for word in texts[codes[row]].split(separator: " ") {
      if word == "or" {
        parts.append(words.joined(separator: " "))
        words = []
      } else {
        words.append(word)
      }
    }
    return Set(parts + [words.joined(separator: " ")])
  }

  /// Neither is in the other, for certain.
  private mutating func areApart(_ name: String, _ kind: EntityKind, _ a: Int, _ b: Int) -> Bool {
    let (x, y) = (code(name, a), code(name, b))
    guard x >= 0, y >= 0 else { return false }
    return containment(kind, x)[Int(y)] == .false && containment(kind, y)[Int(x)] == .false
  }

  private mutating func containment(_ kind: EntityKind, _ target: Int32) -> [Truth] {
    if let known = kind == .actor ? subjects[target] : places[target] { return known }
    let truths = facts[kind].contained(in: [target])
    if kind == .actor { subjects[target] = truths } else { places[target] = truths }
    return truths
  }

  private func areDifferentEvents(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (code("event", a), code("event", b))
    return x >= 0 && y >= 0 && x != y
  }

  private func arePeriodsApart(_ a: Int, _ b: Int) -> Bool {
    guard case .periods(let periods) = column("period").storage, periods.start.isKnown(a),
      periods.start.isKnown(b)
    else { return false }
    let (x, y) = (periods[a], periods[b])
    return x.end.latest < y.start.earliest || y.end.latest < x.start.earliest
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
