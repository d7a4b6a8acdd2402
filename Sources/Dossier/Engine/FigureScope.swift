/// What a figure is a figure of: all that tells two figures apart before their values do.
///
/// Numbers below 0 stand for what isn't stated.
struct FigureScope: Hashable, Sendable {
  var unit: Int32
  var measure: Int32
  /// Of a percentage, what it is a share of.
  var shareOf: Int32
  var subject: Int32
  var place: Int32
  var event: Int32
  var period: Int32

  /// Whether another is at least as general: it states the same, or less.
  func isCovered(by other: FigureScope) -> Bool {
    func holds(_ part: KeyPath<FigureScope, Int32>) -> Bool {
      other[keyPath: part] < 0 || other[keyPath: part] == self[keyPath: part]
    }
    return unit == other.unit && measure == other.measure && shareOf == other.shareOf
      && holds(\.subject) && holds(\.place) && holds(\.event) && holds(\.period)
  }
}

/// The scopes of a dossier's figures, and what the numbers in them stand for.
struct FigureScopes {
  let scopes: [FigureScope]
  private(set) var units: [Unit?] = []
  /// Each measure as a set: `killed or wounded` is the union of two.
  private(set) var measures: [Set<String>] = []
  private(set) var periods: [PeriodRange] = []

  init(_ facts: FactStore) {
    let count = facts.table(.figure).count
    var unitNumbers: [Unit?: Int32] = [:]
    var measureNumbers: [Set<String>: Int32] = [:]
    var periodNumbers: [PeriodRange: Int32] = [:]
    var scopes: [FigureScope] = []
    scopes.reserveCapacity(count)
    func codes(_ name: String) -> [Int32] {
      guard case .references(let codes, _) = facts.field(name, of: .figure).storage else {
        return [Int32](repeating: Code.unknown, count: count)
      }
      return codes.elements.map { max($0, Code.unknown) }
    }
    func number<Value: Hashable>(
      _ value: Value, _ numbers: inout [Value: Int32], _ values: inout [Value]
    ) -> Int32 {
      if let number = numbers[value] { return number }
      let number = Int32(values.count)
      numbers[value] = number
      values.append(value)
      return number
    }
    let (subjects, places, events) = (codes("subject"), codes("place"), codes("event"))
    let shares = codes("share_of")
    let measureTexts = facts.field("measure", of: .figure)
    let values = facts.field("value", of: .figure)
    let stretches = facts.field("period", of: .figure)
    for row in 0..<count {
      var unit: Unit?
      if case .quantities(let column) = values.storage { unit = column.unit(at: row) }
      var measure = Code.unknown
      if case .texts(let codes, let texts) = measureTexts.storage, codes[row] >= 0 {
        measure = number(texts[codes[row]].measures, &measureNumbers, &measures)
      }
      var period = Code.unknown
      if case .periods(let column) = stretches.storage, column.start.isKnown(row),
        stretches.none?[row] != 1
      {
        period = number(column[row], &periodNumbers, &periods)
      }
      scopes.append(
        FigureScope(
          unit: number(unit, &unitNumbers, &units), measure: measure,
          shareOf: unit?.isPercent == true ? shares[row] : Code.unknown,
          subject: subjects[row], place: places[row],
          event: events[row], period: period))
    }
    self.scopes = scopes
  }
}

extension String {
  /// The measures that a text names: those that stand between "or".
  fileprivate var measures: Set<String> {
    var parts: [String] = []
    var words: [Substring] = []
    for word in split(separator: " ") {
      if word == "or" {
        parts.append(words.joined(separator: " "))
        words = []
      } else {
        words.append(word)
      }
    }
    return Set(parts + [words.joined(separator: " ")])
  }
}
