/// One day, somewhere between an earliest and a latest day.
///
/// `@2024-08` is one day of August 2024, not the whole month. Open ends are
/// `Day.distantPast` and `Day.distantFuture`.
struct DateRange: Hashable, Sendable {
  var earliest: Int32
  var latest: Int32

  static let unknown = DateRange(earliest: Day.distantPast, latest: Day.distantFuture)

  var isExact: Bool { earliest == latest }

  /// The shortest EDTF text of the range: `2024-12-17`, `2024-12`, `2024`,
  /// `[2024-08-01..2024-08-10]`, `[..2024-12-19]`.
  var text: String {
    if isExact { return Day.text(earliest) }
    if let whole = wholeUnit { return whole }
    let from = earliest == Day.distantPast ? "" : Day.text(earliest)
    let to = latest == Day.distantFuture ? "" : Day.text(latest)
    return "[\(from)..\(to)]"
  }

  /// `2024-12` or `2024` if the range is just that month or year.
  private var wholeUnit: String? {
    guard earliest != Day.distantPast, latest != Day.distantFuture else { return nil }
    let (first, last) = (Day.civil(earliest), Day.civil(latest))
    guard first.year == last.year, first.day == 1 else { return nil }
    guard last.day == Day.count(year: last.year, month: last.month) else { return nil }
    let year = Day.digits(first.year, 4)
    if first.month == last.month { return "\(year)-\(Day.digits(first.month, 2))" }
    return first.month == 1 && last.month == 12 ? year : nil
  }
}

/// Throughout a stretch of days, from one somewhere in `start` to one somewhere in `end`.
struct PeriodRange: Hashable, Sendable {
  var start: DateRange
  var end: DateRange

  static let unknown = PeriodRange(start: .unknown, end: .unknown)

  /// EDTF: `2022-02/2024-12-18`, `2024-06/..`, `2024-06/`.
  var text: String {
    func side(_ range: DateRange, _ outer: Int32, _ inner: Int32, open: Int32) -> String {
      outer == open ? inner == open ? ".." : "" : range.text
    }
    return side(start, start.earliest, start.latest, open: Day.distantPast) + "/"
      + side(end, end.latest, end.earliest, open: Day.distantFuture)
  }
}
