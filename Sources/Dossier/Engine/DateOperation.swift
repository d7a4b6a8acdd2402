/// What is computed of days.
///
/// Open ends stay open; what leaves the years of dates fails the run.
enum DateOperation: Sendable {
  /// A day that lies so many steps later, or earlier; inputs are the day and the amount. A part of a
  /// step may end on either day.
  case moved(CalendarStep, NumberKind, isBack: Bool, Bound)
  /// The days between; inputs are the earliest and the latest day of both.
  case difference(Bound)
  /// A part of a day; inputs are the earliest and the latest.
  case part(DatePart, Bound)
  /// The first or the last day that year, month and day allow; inputs are the bounds of the three.
  case assembled(isLast: Bool)
  /// The earliest or the latest day of a date that a text writes.
  case read(Texts, isLatest: Bool)
}

/// The parts of a day that are numbers.
enum DatePart: String, Sendable, CaseIterable {
  case year, month, day, weekday, quarter

  /// The numbers it can be.
  var range: ClosedRange<Int64> {
    switch self {
    case .year: Open.low...Open.high
    case .month: 1...12
    case .day: 1...31
    case .weekday: 1...7
    case .quarter: 1...4
    }
  }

  /// Of one day; a week begins with Monday, as 1.
  func number(_ day: Int32) -> Int64 {
    let (year, month, dayOfMonth) = Day.civil(day)
    switch self {
    case .year: return Int64(year)
    case .month: return Int64(month)
    case .day: return Int64(dayOfMonth)
    case .weekday: return ((Int64(day) + 3) % 7 + 7) % 7 + 1
    case .quarter: return Int64(month + 2) / 3
    }
  }

  /// The numbers of all days from one to another.
  func numbers(_ earliest: Int32, _ latest: Int32) -> ClosedRange<Int64> {
    let isOpen = (past: earliest == Day.distantPast, future: latest == Day.distantFuture)
    if self == .year {
      let low = isOpen.past ? Open.low : number(earliest)
      return low...max(low, isOpen.future ? Open.high : number(latest))
    }
    if isOpen.past || isOpen.future { return range }
    let (low, high) = (number(earliest), number(latest))
    switch self {
    case .weekday:
      return Int64(latest) - Int64(earliest) < 6 && low <= high ? low...high : range
    case .day:
      let (first, last) = (CalendarMonth(of: earliest), CalendarMonth(of: latest))
      if first == last { return low...high }
      // The days up to the end of the first month, and those of up to two months behind it.
      let months = [first, first.later(by: 1), first.later(by: 2)].filter { $0 < last }
      let lengths = months.map { Int64($0.last) - Int64($0.first) + 1 }
      return 1...max(high, lengths.max() ?? 0)
    default:
      return DatePart.year.number(earliest) == DatePart.year.number(latest) ? low...high : range
    }
  }
}

extension DateOperation {
  /// A day so many steps later; nil if that is beyond the years of dates.
  static func moved(
    _ day: Int32, _ amount: Int64, _ step: CalendarStep, scale: Int, isBack: Bool, _ bound: Bound
  ) -> Int32? {
    if let open = open(day, isOpen: amount == Open.low || amount == Open.high, bound) {
      return open
    }
    let length =
      switch step {
      case .days(let days): days
      case .months(let months): months
      }
    let (product, overflow) = amount.multipliedReportingOverflow(by: isBack ? -length : length)
    let number = Number(product, scale: scale)
    let whole = (bound == .high ? number.roundedUp : number.roundedDown).coefficient
    return overflow ? nil : moved(day, whole, step)
  }

  static func moved(
    _ day: Int32, _ amount: Double, _ step: CalendarStep, isBack: Bool, _ bound: Bound
  ) -> Int32? {
    if let open = open(day, isOpen: !amount.isFinite, bound) { return open }
    let length =
      switch step {
      case .days(let days): Double(days)
      case .months(let months): Double(months)
      }
    let product = amount * (isBack ? -length : length)
    let whole = product.rounded(bound == .high ? .up : .down)
    return Int64(exactly: whole).flatMap { moved(day, $0, step) }
  }

  private static func open(_ day: Int32, isOpen: Bool, _ bound: Bound) -> Int32? {
    guard isOpen || day == Day.distantPast || day == Day.distantFuture else { return nil }
    return bound == .high ? Day.distantFuture : Day.distantPast
  }

  private static func moved(_ day: Int32, _ amount: Int64, _ step: CalendarStep) -> Int32? {
    switch step {
    case .days: Day.later(day, days: amount)
    case .months: Day.later(day, months: amount)
    }
  }

  /// How many days the first date lies behind the second.
  static func difference(
    _ bound: Bound, _ a: (earliest: Int32, latest: Int32), _ b: (earliest: Int32, latest: Int32)
  ) -> Int64 {
    func isOpen(_ day: Int32) -> Bool { day == Day.distantPast || day == Day.distantFuture }
    switch bound {
    case .high:
      let isOpen = isOpen(a.latest) || isOpen(b.earliest)
      return isOpen ? Open.high : Int64(a.latest) - Int64(b.earliest)
    case .best where a.earliest != a.latest || b.earliest != b.latest: return Open.best
    case .exact, .low, .best:
      let isOpen = isOpen(a.earliest) || isOpen(b.latest)
      // One day that stands open isn't known, and its number is nobody's.
      if isOpen { return bound == .exact ? 0 : Open.low }
      return Int64(a.earliest) - Int64(b.latest)
    }
  }

  /// The first or the last day that some years, months and days of a month allow; nil if none exists.
  static func assembled(
    isLast: Bool, years: (Int64, Int64), months: (Int64, Int64), days: (Int64, Int64)
  ) -> Int32? {
    if years.0 == Open.low, !isLast { return Day.distantPast }
    if years.1 == Open.high, isLast { return Day.distantFuture }
    func clamped(_ range: (Int64, Int64), _ limits: ClosedRange<Int64>) -> ClosedRange<Int>? {
      let (low, high) = (max(range.0, limits.lowerBound), min(range.1, limits.upperBound))
      return low <= high ? Int(low)...Int(high) : nil
    }
    guard let years = clamped(years, 0...9_999), let months = clamped(months, 1...12),
      let days = clamped(days, 1...31)
    else { return nil }
    // 29 February comes again after at most eight years.
    for step in 0...min(8, years.count - 1) {
      let year = isLast ? years.upperBound - step : years.lowerBound + step
      for offset in 0..<months.count {
        let month = isLast ? months.upperBound - offset : months.lowerBound + offset
        let last = min(days.upperBound, Day.count(year: year, month: month))
        guard days.lowerBound <= last else { continue }
        return Day.number(year: year, month: month, day: isLast ? last : days.lowerBound)
      }
    }
    return nil
  }
}
