/// Several ways to write dates, as bits.
struct DatePatterns: OptionSet, Sendable, Hashable {
  let rawValue: UInt16

  /// The ways that a help may propose; of two that fit the first is named first.
  static let known: [DatePattern] = [
    "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy",
    "MM-dd-yyyy", "yyyy/MM/dd", "yyyy.MM.dd", "MMMM d, yyyy", "d-MMM-yyyy",
  ].compactMap { DatePattern($0) }
  static let all = DatePatterns(rawValue: 0x0FFF)

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The ways in which a value is a day.
  init(_ bytes: UnsafeBufferPointer<UInt8>, among patterns: DatePatterns = .all) {
    var found: UInt16 = 0
    for (index, pattern) in DatePatterns.known.enumerated()
    where patterns.rawValue & 1 << index != 0 {
      if pattern.day(bytes) != nil { found |= 1 << index }
    }
    rawValue = found
  }

  /// The first way, and the first that gives other days if there is one.
  var choice: (first: DatePattern, other: DatePattern?)? {
    let patterns = DatePatterns.known.enumerated().compactMap {
      rawValue & 1 << $0 != 0 ? $1 : nil
    }
    guard let first = patterns.first else { return nil }
    return (first, patterns.first { $0.startsWithMonth != first.startsWithMonth })
  }
}
