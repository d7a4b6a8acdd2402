/// Finds the amounts of a sentence: hedge, number or range, unit.
struct AmountReader {
  let words: [Word]
  /// Units of the dossier, which may declare its own.
  let units: Set<String>
  /// Words that belong to dates.
  let taken: Set<Int>

  func amounts() -> [Amount] {
    var found: [Amount] = []
    var index = 0
    while index < words.count {
      if let amount = amount(at: index) {
        found.append(amount)
        index = amount.words.upperBound
      } else {
        index += 1
      }
    }
    return found
  }

  private func amount(at start: Int) -> Amount? {
    if let bulk = Wording.bulks.first(where: { begins($0.words, at: start) }) {
      return measured(bulk.bulk, start, start + bulk.words.count, currency: nil)
    }
    let hedge = Wording.hedges.first { begins($0.words, at: start) }
    let isBetween = key(start) == "between"
    let place = start + (hedge?.words.count ?? (isBetween ? 1 : 0))
    guard let first = number(at: place) else { return nil }
    var (literal, end) = (first.literal, first.end)
    let joining = isBetween ? ["and"] : ["to", "–", "-", "—"]
    if key(end).map(joining.contains) == true, let last = number(at: end + 1) {
      (literal, end) = (Self.range(literal, last.literal), last.end)
    }
    let amount = measured(
      (hedge.map { $0.hedge + " " } ?? "") + literal, start, end, currency: first.currency)
    // `two of them` is no claim, `two people` is.
    return words[place].kind == .word && amount.unit == nil ? nil : amount
  }

  // MARK: Numbers

  /// `11,000`, `$5.6 billion`, `two thousand` as the language writes it.
  private func number(at index: Int) -> (literal: String, end: Int, currency: String?)? {
    let currency = key(index).flatMap { Wording.currencies[$0] }
    let place = currency == nil ? index : index + 1
    guard words.indices.contains(place), !taken.contains(place),
      let digits = words[place].digits ?? Wording.numbers[words[place].key]
    else { return nil }
    guard let magnitude = key(place + 1).flatMap({ Wording.magnitudes[$0] }) else {
      return (digits, place + 1, currency)
    }
    return ("\(digits) \(magnitude)", place + 2, currency)
  }

  /// `10 to 12 thousand`: a magnitude behind the range is meant for both ends.
  private static func range(_ low: String, _ high: String) -> String {
    let magnitude = high.drop { $0 != " " }
    return low.contains(" ") ? "\(low)..\(high)" : "\(low)\(magnitude)..\(high)"
  }

  // MARK: Units

  private func measured(_ literal: String, _ start: Int, _ end: Int, currency: String?) -> Amount {
    if let currency { return Amount(literal: literal, unit: currency, words: start..<end) }
    guard let (unit, behind) = unit(from: end) else {
      return Amount(literal: literal, unit: nil, words: start..<end)
    }
    guard let (time, last) = time(from: behind) else {
      return Amount(literal: literal, unit: unit, words: start..<behind)
    }
    return Amount(literal: literal, unit: "\(unit)/\(time)", words: start..<last)
  }

  /// The noun that is counted stands at most five words behind: `of its North Korean soldiers`.
  private func unit(from index: Int) -> (unit: String, end: Int)? {
    for place in index..<min(index + 6, max(words.count, index)) {
      guard let key = key(place) else { return nil }
      if let next = self.key(place + 1), let unit = Wording.units["\(key) \(next)"] {
        return (unit, place + 2)
      }
      if let unit = units.contains(key) ? key : Wording.units[key] { return (unit, place + 1) }
      if words[place].kind != .word || Wording.boundaries.contains(key) { return nil }
    }
    return nil
  }

  /// `a day`, `per week`, `daily`.
  private func time(from index: Int) -> (unit: String, end: Int)? {
    guard let first = key(index) else { return nil }
    if let time = Wording.times[first], first.hasSuffix("ly") { return (time, index + 1) }
    guard ["a", "per", "each", "every"].contains(first),
      let time = key(index + 1).flatMap({ Wording.times[$0] })
    else { return nil }
    return (time, index + 2)
  }

  // MARK: Words

  private func key(_ index: Int) -> String? {
    words.indices.contains(index) ? words[index].key : nil
  }

  private func begins(_ phrase: [String], at index: Int) -> Bool {
    phrase.indices.allSatisfy { key(index + $0) == phrase[$0] }
  }
}
