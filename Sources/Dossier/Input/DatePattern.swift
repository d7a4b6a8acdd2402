/// How the dates of a file are written: `d MMMM yyyy`, `dd/MM/yyyy`, `MMM d, yyyy`.
///
/// `d` and `dd` are the day (one or two digits, two), `M` and `MM` the month in digits, `MMM` its
/// English name's first three letters, `MMMM` its name, `yyyy` the year; everything else stands for
/// itself. A month is found by its name or its first three letters in both, whatever the case.
struct DatePattern: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case day(width: Int), month(width: Int), monthName, year, sign(UInt8)

    /// 0 for a sign, else what it says of a date.
    var role: Int {
      switch self {
      case .sign: 0
      case .day: 1
      case .month, .monthName: 2
      case .year: 3
      }
    }
  }

  /// As it was written.
  let text: String
  private let parts: [Part]

  /// Nil if day, month or year is missing or comes twice, or a letter has no meaning.
  init?(_ text: String) {
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    while let sign = rest.first {
      let run = rest.prefix { $0 == sign }.count
      rest = rest.dropFirst(sign.isLetter ? run : 1)
      switch (sign, run) {
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(width: run))
      case (UInt8(ascii: "M"), 1...2): parts.append(.month(width: run))
      case (UInt8(ascii: "M"), 3...4): parts.append(.monthName)
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case _ where sign.isLetter: return nil
      default: parts.append(.sign(sign))
      }
    }
    guard Set(parts.map(\.role)).isSuperset(of: [1, 2, 3]),
      parts.filter({ $0.role > 0 }).count == 3
    else { return nil }
    self.text = text
    self.parts = parts
  }

  /// Whether the month stands before the day.
  var startsWithMonth: Bool { parts.first { $0.role == 1 || $0.role == 2 }?.role == 2 }

  /// What ACLED and many tables of people write.
  static let dayMonthYear = DatePattern("d MMMM yyyy")

  /// The day that a text names; nil if it doesn't follow the pattern or there is no such day.
  func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var index = 0
    var (year, month, day) = (0, 0, 0)
    for part in parts {
      switch part {
      case .sign(let sign):
        guard index < bytes.count, bytes[index] == sign else { return nil }
        index += 1
      case .day(let width): day = DatePattern.digits(bytes, &index, atLeast: width, atMost: 2)
      case .month(let width): month = DatePattern.digits(bytes, &index, atLeast: width, atMost: 2)
      case .year: year = DatePattern.digits(bytes, &index, atLeast: 4, atMost: 4)
      case .monthName: month = DatePattern.month(bytes, &index)
      }
    }
    guard index == bytes.count, (1...12).contains(month), year >= 0 else { return nil }
    guard day >= 1, day <= Day.count(year: year, month: month) else { return nil }
    return Day.number(year: year, month: month, day: day)
  }

  /// −1 where there are too few digits.
  private static func digits(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, atLeast least: Int, atMost most: Int
  ) -> Int {
    var value = 0
    let start = index
    while index < bytes.count, index - start < most, bytes[index].isDigit {
      value = value * 10 + Int(bytes[index]) - 0x30
      index += 1
    }
    return index - start < least ? -1 : value
  }

  /// The month named at a place; 0 if none is.
  private static func month(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int {
    var word: [UInt8] = []
    while index < bytes.count, bytes[index].isLetter, word.count < 10 {
      word.append(bytes[index] | 0x20)
      index += 1
    }
    let found = monthNames.firstIndex { name in
      name.utf8.elementsEqual(word) || (word.count == 3 && name.utf8.prefix(3).elementsEqual(word))
    }
    return found.map { $0 + 1 } ?? 0
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
