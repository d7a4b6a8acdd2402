/// Dates and periods on an axis of days.
///
/// A date is one day somewhere in its span, so that nothing of the span is certain; a period holds
/// throughout, for certain from the latest day it may begin to the earliest day it may end.
extension Mark {
  init(day range: DateRange) {
    if range.isExact {
      low = range.start + 0.5
      high = low
      point = low
    } else {
      low = range.earliest == Day.distantPast ? nil : range.start
      high = range.latest == Day.distantFuture ? nil : range.end
    }
  }

  init(period: PeriodRange) {
    let (start, end) = (period.start, period.end)
    low = start.earliest == Day.distantPast ? nil : start.start
    high = end.latest == Day.distantFuture ? nil : end.end
    guard start.latest != Day.distantFuture, end.earliest != Day.distantPast else { return }
    // An end that stands open lies behind everything that the axis shows.
    let first = start.latest == Day.distantPast ? -Double.infinity : Double(start.latest)
    let last = end.earliest == Day.distantFuture ? Double.infinity : Double(end.earliest) + 1
    if first < last { certain = first...last }
  }
}

extension DateRange {
  /// Where its first day begins.
  fileprivate var start: Double { Double(earliest) }
  /// Where its last day ends.
  fileprivate var end: Double { Double(latest) + 1 }
}
