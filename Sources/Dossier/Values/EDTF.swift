/// Dates as the Extended Date/Time Format writes them (ISO 8601-2:2019, annex A), without the `@`.
///
/// One day somewhere: `2024-12-17`, `2024-12`, `2024`, `2024-22` (a season), `2024-12-18~`
/// (approximate), `[2024-10..2024-12]`, `[..2024-12-18~]`. Throughout: `2022-02/2024-12`, `2024-06/..`.
/// Two readings are Dossier's own and published in grammar.md: `~` widens by one unit of the
/// precision given; seasons 21–24 are Mar–May, Jun–Aug, Sep–Nov, Dec–Feb.
struct EDTF: Sendable, Hashable {
  enum Form: Sendable, Hashable {
    case date(DateRange)
    case period(PeriodRange)
  }

  let form: Form
  /// Whether it is coarser than a day and not hedged, so that `<` and `>=` mean its edges.
  let isCoarse: Bool

  /// Why a date can't be read; the words are in `SyntaxError`.
  enum Problem: Error, Sendable, Hashable {
    case malformed
    case twoDigits
    case noSuchMonth(Int)
    case noSuchDay(year: Int, month: Int, day: Int)
    case backwards
  }
}

/// The words before a date: days 1–10, 11–20 and 21 to the end of the month.
enum MonthPart: String, Sendable, CaseIterable {
  case early, mid, late

  /// The part's days of a month; nil for a range that isn't one month.
  func narrowed(_ range: DateRange) -> DateRange? {
    let (first, last) = (Day.civil(range.earliest), Day.civil(range.latest))
    guard first.year == last.year, first.month == last.month, first.day == 1, last.day > 27 else {
      return nil
    }
    switch self {
    case .early: return DateRange(earliest: range.earliest, latest: range.earliest + 9)
    case .mid: return DateRange(earliest: range.earliest + 10, latest: range.earliest + 19)
    case .late: return DateRange(earliest: range.earliest + 20, latest: range.latest)
    }
  }
}

extension EDTF {
  /// Reads the text behind `@`.
  ///
  /// - Throws: what is wrong with it.
  init(_ bytes: ArraySlice<UInt8>) throws(Problem) {
    var reader = EDTFReader(rest: bytes)
    self = try reader.readForm()
    guard reader.rest.isEmpty else { throw .malformed }
  }
}

/// Reads one date from the left; what is left over is the caller's to refuse.
private struct EDTFReader {
  var rest: ArraySlice<UInt8>

  struct Part {
    var range: DateRange
    var isCoarse: Bool
  }

  // edtf = day | [ day ] "/" [ day | ".." ] | "../" day | "[" [ day ] ".." [ day ] "]" .
  mutating func readForm() throws(EDTF.Problem) -> EDTF {
    if eat("[") { return try readSet() }
    let start: Part?
    if eat("..") { start = nil } else { start = try readDay() }
    guard eat("/") else {
      guard let start else { throw .malformed }
      return EDTF(form: .date(start.range), isCoarse: start.isCoarse)
    }
    let end = eat("..") || rest.isEmpty ? nil : try readDay()
    guard start != nil || end != nil else { throw .malformed }
    let past = DateRange(earliest: Day.distantPast, latest: Day.distantPast)
    let future = DateRange(earliest: Day.distantFuture, latest: Day.distantFuture)
    let period = PeriodRange(start: start?.range ?? past, end: end?.range ?? future)
    guard period.start.earliest <= period.end.latest else { throw .backwards }
    return EDTF(form: .period(period), isCoarse: false)
  }

  private mutating func readSet() throws(EDTF.Problem) -> EDTF {
    let from = eat("..") ? nil : try readDay()
    if from != nil, !eat("..") { throw .malformed }
    let to = eat("]") ? nil : try readDay()
    if to != nil, !eat("]") { throw .malformed }
    guard from != nil || to != nil else { throw .malformed }
    let range = DateRange(
      earliest: from?.range.earliest ?? Day.distantPast,
      latest: to?.range.latest ?? Day.distantFuture)
    guard range.earliest <= range.latest else { throw .backwards }
    return EDTF(form: .date(range), isCoarse: false)
  }

  // day = year [ "-" two [ "-" two ] ] [ "~" ] .
  private mutating func readDay() throws(EDTF.Problem) -> Part {
    guard let year = digits(4) else { throw .malformed }
    guard eat("-") else { return qualified(EDTFReader.year(year), step: .year(year)) }
    guard let month = digits(2) else { throw .twoDigits }
    if (21...24).contains(month) {
      return qualified(EDTFReader.season(year, month), step: .season(year, month))
    }
    guard (1...12).contains(month) else { throw .noSuchMonth(month) }
    guard eat("-") else {
      return qualified(EDTFReader.month(year, month), step: .month(year, month))
    }
    guard let day = digits(2) else { throw .twoDigits }
    guard day >= 1, day <= Day.count(year: year, month: month) else {
      throw .noSuchDay(year: year, month: month, day: day)
    }
    let number = Day.number(year: year, month: month, day: day)
    return qualified(DateRange(earliest: number, latest: number), step: .day)
  }

  private enum Step {
    case day, month(Int, Int), season(Int, Int), year(Int)
  }

  private mutating func qualified(_ range: DateRange, step: Step) -> Part {
    guard eat("~") else {
      if case .day = step { return Part(range: range, isCoarse: false) }
      return Part(range: range, isCoarse: true)
    }
    let wider: (before: DateRange, after: DateRange)
    switch step {
    case .day:
      let (before, after) = (range.earliest - 1, range.latest + 1)
      wider = (
        DateRange(earliest: before, latest: before), DateRange(earliest: after, latest: after)
      )
    case .month(let year, let month):
      let before = month == 1 ? EDTFReader.month(year - 1, 12) : EDTFReader.month(year, month - 1)
      let after = month == 12 ? EDTFReader.month(year + 1, 1) : EDTFReader.month(year, month + 1)
      wider = (before, after)
    case .season(let year, let season):
      let before =
        season == 21 ? EDTFReader.season(year - 1, 24) : EDTFReader.season(year, season - 1)
      let after =
        season == 24 ? EDTFReader.season(year + 1, 21) : EDTFReader.season(year, season + 1)
      wider = (before, after)
    case .year(let year):
      wider = (EDTFReader.year(year - 1), EDTFReader.year(year + 1))
    }
    let range = DateRange(earliest: wider.before.earliest, latest: wider.after.latest)
    return Part(range: range, isCoarse: false)
  }

  private static func year(_ year: Int) -> DateRange {
    DateRange(
      earliest: Day.number(year: year, month: 1, day: 1),
      latest: Day.number(year: year, month: 12, day: 31))
  }

  private static func month(_ year: Int, _ month: Int) -> DateRange {
    let first = Day.number(year: year, month: month, day: 1)
    return DateRange(
      earliest: first, latest: first + Int32(Day.count(year: year, month: month)) - 1)
  }

  /// Three months from March on; season 24 ends in February of the next year.
  private static func season(_ year: Int, _ season: Int) -> DateRange {
    let first = 3 + (season - 21) * 3
    let last = season == 24 ? month(year + 1, 2) : month(year, first + 2)
    return DateRange(earliest: month(year, first).earliest, latest: last.latest)
  }

  private mutating func digits(_ count: Int) -> Int? {
    let head = rest.prefix(count)
    guard head.count == count, head.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    rest = rest.dropFirst(count)
    return head.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private mutating func eat(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard rest.count >= length else { return false }
    let matches = text.withUTF8Buffer { wanted in rest.prefix(length).elementsEqual(wanted) }
    if matches { rest = rest.dropFirst(length) }
    return matches
  }
}
