/// How the words of quantities are read: the published hedge table as a script changes it, and what a
/// script declares beside the units and families that are built in.
struct Readings: Sendable, Hashable {
  /// The units that a script declares, by their singular and their plural.
  private(set) var units: [String: BaseUnit] = [:]
  /// Measures that exclude each other.
  private(set) var families: [Set<String>] = [["killed", "wounded", "captured", "missing"]]
  /// The hedges that a script reads in its own way, in their order.
  private var assumed: [Assumption] = []

  private struct Assumption: Sendable, Hashable {
    let hedge: Hedge
    /// How far it reaches to one side, as a part of the number.
    var share: Number?
    /// What words without a number stand for.
    var range: ClosedRange<Int64>?
  }

  /// The readings that grammar.md publishes.
  static let published = Readings()

  /// How far `about` and `nearly` reach.
  func share(of hedge: Hedge) -> Number { assumption(hedge)?.share ?? Number(1, scale: 1) }

  /// What words without a number stand for; nil for the others.
  func range(of hedge: Hedge) -> (low: Int64, high: Int64)? {
    assumption(hedge)?.range.map { ($0.lowerBound, $0.upperBound) } ?? hedge.bulk
  }

  private func assumption(_ hedge: Hedge) -> Assumption? { assumed.first { $0.hedge == hedge } }

  /// Whether hedges are read as in another table.
  func readsHedges(as other: Readings) -> Bool { assumed == other.assumed }

  mutating func assume(_ hedge: Hedge, share: Number) {
    assume(Assumption(hedge: hedge, share: share))
  }

  mutating func assume(_ hedge: Hedge, _ range: ClosedRange<Int64>) {
    assume(Assumption(hedge: hedge, range: range))
  }

  private mutating func assume(_ new: Assumption) {
    assumed.removeAll { $0.hedge == new.hedge }
    assumed.append(new)
    assumed.sort { $0.hedge.rawValue < $1.hedge.rawValue }
  }

  mutating func add(family measures: Set<String>) {
    if !families.contains(measures) { families.append(measures) }
  }

  mutating func declare(_ unit: BaseUnit) {
    units[unit.singular] = unit
    units[unit.plural] = unit
  }

  // MARK: Units

  /// The unit of a written word; nil if there is none.
  func base(named word: String) -> BaseUnit? { Unit.base(named: word) ?? units[word] }

  /// The unit of a written word or of `word/word`.
  func unit(named over: String, per under: String?) -> Unit? {
    guard let top = base(named: over) else { return nil }
    guard let under else { return Unit(over: [top]) }
    guard let bottom = base(named: under) else { return nil }
    return Unit(over: [top], under: [bottom])
  }

  /// Every word that names a unit, for suggestions; those of the script come first.
  var words: [String] { ownWords + Unit.words }

  /// Those of a script alone.
  var ownWords: [String] { units.keys.sorted() }
}
