/// A date as files write it: `2024-12-17`, `2024-12-17T13:45:00Z`, `2024-12`, EDTF, or by a pattern.
struct DateText {
  let range: DateRange
  /// Where the time of day begins; nil if there is none.
  let timeStart: Int?
  /// Whether it follows the pattern.
  private(set) var isPatterned = false

  private init(_ range: DateRange, timeStart: Int? = nil) {
    self.range = range
    self.timeStart = timeStart
  }

  private init(_ day: Int32, timeStart: Int? = nil) {
    self.init(DateRange(earliest: day, latest: day), timeStart: timeStart)
  }

  /// Nil if the bytes aren't a date.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, pattern: DatePattern?) {
    if let day = DateText.day(bytes) {
      if bytes.count == 10 {
        self.init(day)
        return
      }
      if DateText.isTime(bytes) {
        self.init(day, timeStart: 11)
        return
      }
    }
    if let day = pattern?.day(bytes) {
      self.init(day)
      isPatterned = true
      return
    }
    if let day = DatePattern.dayMonthYear?.day(bytes) {
      self.init(day)
      return
    }
    // What is left to be read is rare: coarse dates and the other forms of EDTF.
    guard let first = bytes.first, first.isDigit || first == UInt8(ascii: "["), bytes.count <= 64,
      case .date(let range)? = (try? EDTF(Array(bytes)[...]))?.form
    else { return nil }
    self.init(range)
  }

  /// The day that the first ten bytes name as `2024-12-17`.
  static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    var wrong: UInt8 = 0
    @inline(__always) func digit(_ index: Int) -> Int {
      let value = bytes[index] &- 0x30
      wrong |= value > 9 ? 1 : 0
      return Int(value)
    }
    let year = digit(0) &* 1_000 &+ digit(1) &* 100 &+ digit(2) &* 10 &+ digit(3)
    let month = digit(5) &* 10 &+ digit(6)
    let day = digit(8) &* 10 &+ digit(9)
    guard wrong == 0, month >= 1, month <= 12, day >= 1 else { return nil }
    guard day <= 28 || day <= Day.count(year: year, month: month) else { return nil }
    return Day.number(year: year, month: month, day: day)
  }

  /// Whether a time of day follows the ten bytes of a day: `T13:45`, ` 13:45:00.5+02:00`.
  private static func isTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 16, bytes.count <= 40, bytes[10] == 0x20 || bytes[10] == UInt8(ascii: "T"),
      bytes[11].isDigit, bytes[12].isDigit, bytes[13] == UInt8(ascii: ":"), bytes[14].isDigit
    else { return false }
    return bytes[14...].allSatisfy { byte in
      byte.isDigit || byte == 0x20 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "Z")
    }
  }
}

/// A truth as files write it: `true`, `False`, `TRUE`; nothing else.
func truthText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
  guard bytes.count == 4 || bytes.count == 5 else { return nil }
  let wanted: [StaticString] =
    bytes.count == 4 ? ["true", "True", "TRUE"] : ["false", "False", "FALSE"]
  let isOne = wanted.contains { word in word.withUTF8Buffer { $0.elementsEqual(bytes) } }
  return isOne ? bytes.count == 4 : nil
}
