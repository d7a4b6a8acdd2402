/// Dates as the Extended Date/Time Format writes them (ISO 8601-2:2019, annex A), without the `@`.
///
/// One day somewhere: `2024-12-17`, `2024-12`, `2024`, `2024-22` (a season), `2024-12-18~`
/// (approximate; `?` uncertain, `%` both), `2024-1X`, `202X` (digits not specified),
/// `[2024-10..2024-12]`, `[..2024-12-18~]`. Throughout: `2022-02/2024-12`, `2024-06/..` (open),
/// `2024-06/` (an end that isn't known).
/// Two readings are Dossier's own and published in grammar.md: `~ ? %` widen by one unit of the
/// precision given; seasons 21–24 are Mar–May, Jun–Aug, Sep–Nov, Dec–Feb.
struct EDTF: Sendable, Hashable {
  enum Form: Sendable, Hashable {
    case date(DateRange)
    case period(PeriodRange)
  }

  let form: Form
  /// Whether it is coarser than a day and not hedged, so that `<` and `>=` mean its edges.
  let isCoarse: Bool
  /// Whether it is written as a month: `2024-08`.
  var isMonth = false

  /// Why a date can't be read; the words are in `SyntaxError`.
  enum Problem: Error, Sendable, Hashable {
    case malformed
    case twoDigits
    case noSuchMonth(Int)
    case noSuchDay(year: Int, month: Int, day: Int)
    case backwards
    /// `202X-12`: ten months with gaps between them
    case gaps
    /// `9999~`
    case beyondYears
    /// `[2024-10,2024-12]`
    case listed
  }
}

/// The words before a date: days 1–10, 11–20 and 21 to the end of the month.
enum MonthPart: String, Sendable, CaseIterable {
  case early, mid, late

  /// Which days it is read as.
  var days: String {
    switch self {
    case .early: "days 1 to 10"
    case .mid: "days 11 to 20"
    case .late: "from day 21"
    }
  }

  /// The part of a date; nil for one that isn't written as a month.
  func narrowed(_ date: EDTF) -> EDTF? {
    guard date.isMonth, case .date(let range) = date.form else { return nil }
    let days =
      switch self {
      case .early: DateRange(earliest: range.earliest, latest: range.earliest + 9)
      case .mid: DateRange(earliest: range.earliest + 10, latest: range.earliest + 19)
      case .late: DateRange(earliest: range.earliest + 20, latest: range.latest)
      }
    return EDTF(form: .date(days), isCoarse: false)
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

extension EDTF {
  /// As a period; a date begins and ends with its day.
  var days: PeriodRange {
    switch form {
    case .date(let range): PeriodRange(start: range, end: range)
    case .period(let period): period
    }
  }

  /// The shortest text that says it.
  var shortest: String {
    switch form {
    case .date(let range): range.text
    case .period(let period): period.text
    }
  }
}
