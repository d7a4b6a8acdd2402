/// Reads one date from the left; what is left over is the caller's to refuse.
struct EDTFReader {
  private(set) var rest: ArraySlice<UInt8>

  init(rest: ArraySlice<UInt8>) { self.rest = rest }

  /// One day somewhere: a stretch of days that is somehow written.
  private struct Point {
    var range: DateRange
    var isCoarse: Bool
    var isMonth = false
  }

  /// An end of an interval.
  private enum Side {
    case point(Point)
    /// `..`
    case open
    /// Nothing is written.
    case unknown

    var range: DateRange? { if case .point(let point) = self { point.range } else { nil } }
  }

  // edtf = point | side "/" side | "[" [ point ] ".." [ point ] "]" .    side = [ point | ".." ] .
  mutating func readForm() throws(EDTF.Problem) -> EDTF {
    if eat("[") { return try readSet() }
    let start = try readSide()
    if eat("/") { return EDTF(form: .period(try period(start, readSide())), isCoarse: false) }
    guard case .point(let point) = start else { throw .malformed }
    return EDTF(form: .date(point.range), isCoarse: point.isCoarse, isMonth: point.isMonth)
  }

  private mutating func readSide() throws(EDTF.Problem) -> Side {
    if eat("..") { return .open }
    return rest.isEmpty || rest.first == UInt8(ascii: "/") ? .unknown : .point(try readPoint())
  }

  /// Nothing ends before it begins: each end narrows the other.
  private func period(_ from: Side, _ to: Side) throws(EDTF.Problem) -> PeriodRange {
    guard from.range != nil || to.range != nil else { throw .malformed }
    let (past, future) = (Day.distantPast, Day.distantFuture)
    var start = from.range ?? DateRange(earliest: past, latest: past)
    var end = to.range ?? DateRange(earliest: future, latest: future)
    if case .unknown = from { start.latest = end.latest }
    if case .unknown = to { end.earliest = start.earliest }
    guard start.earliest <= end.latest else { throw .backwards }
    start.latest = min(start.latest, end.latest)
    end.earliest = max(end.earliest, start.earliest)
    return PeriodRange(start: start, end: end)
  }

  private mutating func readSet() throws(EDTF.Problem) -> EDTF {
    let from = eat("..") ? nil : try readPoint()
    if from != nil, !eat("..") { throw rest.first == UInt8(ascii: ",") ? .listed : .malformed }
    let to = eat("]") ? nil : try readPoint()
    if to != nil, !eat("]") { throw rest.first == UInt8(ascii: ",") ? .listed : .malformed }
    guard from != nil || to != nil else { throw .malformed }
    let range = DateRange(
      earliest: from?.range.earliest ?? Day.distantPast,
      latest: to?.range.latest ?? Day.distantFuture)
    guard range.earliest <= range.latest else { throw .backwards }
    return EDTF(form: .date(range), isCoarse: false)
  }

  // MARK: Points

  // point = year [ "-" two [ "-" two ] ] [ "~" | "?" | "%" ] .    (* X for a digit not specified *)
  private mutating func readPoint() throws(EDTF.Problem) -> Point {
    guard let year = try readDigits(4) else { throw .malformed }
    let decades = [1, 10, 100, 1_000, 10_000][year.unspecified]
    let years = CalendarMonth(year: year.low, month: 1)...CalendarMonth(year: year.high, month: 12)
    guard eat("-") else { return try months(years, step: 12 * decades) }
    guard let month = try readDigits(2) else { throw .twoDigits }
    if month.unspecified == 2 {
      guard !eat("-") else { return try unspecifiedDay(years, step: 12 * decades) }
      return try months(years, step: 12 * decades)
    }
    guard year.unspecified == 0 else { throw .gaps }
    if (21...24).contains(month.low), month.unspecified == 0 {
      let first = CalendarMonth(year: year.low, month: 3 + (month.low - 21) * 3)
      return try months(first...first.later(by: 2), step: 3)
    }
    guard month.high >= 1, month.low <= 12 else { throw .noSuchMonth(month.low) }
    let first = CalendarMonth(year: year.low, month: max(month.low, 1))
    let last = CalendarMonth(year: year.low, month: min(month.high, 12))
    guard eat("-") else {
      return try months(first...last, step: last == first ? 1 : 10, isMonth: month.unspecified == 0)
    }
    guard month.unspecified == 0 else { return try unspecifiedDay(first...last, step: 10) }
    return try readDay(of: first)
  }

  /// Behind a month that isn't specified stands no day.
  private mutating func unspecifiedDay(
    _ months: ClosedRange<CalendarMonth>, step: Int
  ) throws(EDTF.Problem) -> Point {
    guard let day = try readDigits(2) else { throw .twoDigits }
    guard day.unspecified == 2 else { throw .gaps }
    return try self.months(months, step: step)
  }

  private mutating func readDay(of month: CalendarMonth) throws(EDTF.Problem) -> Point {
    guard let day = try readDigits(2) else { throw .twoDigits }
    if day.unspecified == 2 { return try months(month...month, step: 1) }
    let days = Int(month.last - month.first) + 1
    guard day.high >= 1, day.low <= days else {
      throw .noSuchDay(year: month.year, month: month.month, day: day.low)
    }
    let range = DateRange(
      earliest: month.first + Int32(max(day.low, 1)) - 1,
      latest: month.first + Int32(min(day.high, days)) - 1)
    let step: Int32 = day.unspecified == 0 ? 1 : 10
    guard eatQualifier() else { return Point(range: range, isCoarse: day.unspecified > 0) }
    let wider = DateRange(earliest: range.earliest - step, latest: range.latest + step)
    return Point(range: try checked(wider), isCoarse: false)
  }

  /// The days of some months; a qualifier adds one unit before and one behind.
  private mutating func months(
    _ months: ClosedRange<CalendarMonth>, step: Int, isMonth: Bool = false
  ) throws(EDTF.Problem) -> Point {
    let (first, last) = (months.lowerBound, months.upperBound)
    guard eatQualifier() else {
      let range = try checked(DateRange(earliest: first.first, latest: last.last))
      return Point(range: range, isCoarse: true, isMonth: isMonth)
    }
    let range = DateRange(earliest: first.later(by: -step).first, latest: last.later(by: step).last)
    return Point(range: try checked(range), isCoarse: false)
  }

  private func checked(_ range: DateRange) throws(EDTF.Problem) -> DateRange {
    guard range.earliest >= Day.first, range.latest <= Day.last else { throw .beyondYears }
    return range
  }

  // MARK: Digits

  /// What some digits may say.
  private struct Digits {
    var low = 0
    var high = 0
    /// How many of them aren't specified, all at the end.
    var unspecified = 0
  }

  /// Digits, where an `X` stands for any; nil if there are fewer.
  private mutating func readDigits(_ count: Int) throws(EDTF.Problem) -> Digits? {
    let head = rest.prefix(count)
    let isDigits = head.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "X") }
    guard head.count == count, isDigits else { return nil }
    rest = rest.dropFirst(count)
    var digits = Digits()
    for byte in head {
      let isX = byte == UInt8(ascii: "X")
      if !isX, digits.unspecified > 0 { throw .gaps }
      digits.low = digits.low * 10 + (isX ? 0 : Int(byte) - 48)
      digits.high = digits.high * 10 + (isX ? 9 : Int(byte) - 48)
      if isX { digits.unspecified += 1 }
    }
    return digits
  }

  private mutating func eatQualifier() -> Bool { eat("~") || eat("?") || eat("%") }

  private mutating func eat(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard rest.count >= length else { return false }
    let matches = text.withUTF8Buffer { wanted in rest.prefix(length).elementsEqual(wanted) }
    if matches { rest = rest.dropFirst(length) }
    return matches
  }
}
