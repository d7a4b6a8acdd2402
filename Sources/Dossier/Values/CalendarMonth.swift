/// A month of the calendar, counted from January of the year 0.
struct CalendarMonth: Comparable, Hashable, Sendable {
  let index: Int

  init(index: Int) { self.index = index }

  init(year: Int, month: Int) { index = year * 12 + month - 1 }

  /// The month that a day lies in.
  init(of day: Int32) {
    let (year, month, _) = Day.civil(day)
    self.init(year: year, month: month)
  }

  var year: Int { (index - month + 1) / 12 }
  var month: Int { (index % 12 + 12) % 12 + 1 }

  /// Its first day and its last.
  var first: Int32 { Day.number(year: year, month: month, day: 1) }
  var last: Int32 {
    Day.number(year: year, month: month, day: Day.count(year: year, month: month))
  }

  func later(by months: Int) -> CalendarMonth { CalendarMonth(index: index + months) }

  static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { a.index < b.index }
}

extension Day {
  /// The first and the last day that a date may be: years 0000 to 9999.
  static let first = number(year: 0, month: 1, day: 1)
  static let last = number(year: 9_999, month: 12, day: 31)

  /// So many days later; nil beyond the years of dates.
  static func later(_ day: Int32, days: Int64) -> Int32? {
    let (sum, overflow) = Int64(day).addingReportingOverflow(days)
    guard !overflow, sum >= first, sum <= last else { return nil }
    return Int32(sum)
  }

  /// So many months later, on the same day of the month or on its last day if it has no such one;
  /// nil beyond the years of dates.
  static func later(_ day: Int32, months: Int64) -> Int32? {
    guard (-120_000...120_000).contains(months) else { return nil }
    let month = CalendarMonth(of: day).later(by: Int(months))
    guard (0...9_999).contains(month.year) else { return nil }
    return min(month.first + Int32(civil(day).day) - 1, month.last)
  }
}
