extension Scale {
  /// Days in steps of days, weeks, months or years, as fine as labels fit into so many cells.
  static func dates(_ extent: ClosedRange<Double>, cells: Int) -> Scale {
    let first = Int(exactly: extent.lowerBound.rounded(.down)) ?? 0
    let last = max(Int(exactly: extent.upperBound.rounded(.up)) ?? 0, first + 1)
    var ticks: [Int] = []
    var step = DateStep.days(1)
    for candidate in DateStep.all {
      step = candidate
      // A look at the length saves counting out the days of centuries.
      guard (last - first) / candidate.days <= cells else { continue }
      ticks = candidate.ticks(first, last)
      if ticks.count * (candidate.labelWidth + 2) <= max(cells, 30) { break }
    }
    return Scale(
      lower: Double(ticks.first ?? first), upper: Double(ticks.last ?? last),
      ticks: ticks.map { Tick(position: Double($0), label: step.label($0)) })
  }
}

/// How far apart the ticks of a time axis stand.
private enum DateStep {
  case days(Int)
  case months(Int)
  case years(Int)

  static let all: [DateStep] =
    [.days(1), .days(2), .days(7), .days(14), .months(1), .months(3), .months(6)]
    + (0...6).flatMap { exponent in
      [1, 2, 5].map { .years($0 * Int(Number.powers[exponent])) }
    }

  /// About how many days it has, never more.
  var days: Int {
    switch self {
    case .days(let count): count
    case .months(let count): count * 28
    case .years(let count): count * 365
    }
  }

  var labelWidth: Int {
    switch self {
    case .days: 10
    case .months: 7
    case .years: 4
    }
  }

  /// Round days from the last one not behind `first` to the first one not before `last`.
  func ticks(_ first: Int, _ last: Int) -> [Int] {
    var index = self.index(of: first)
    var days = [day(index)]
    while let day = days.last, day < last {
      index += 1
      days.append(self.day(index))
    }
    return days
  }

  /// 1970-01-05 was a Monday.
  private static let monday = 4

  /// The number of the step that a day lies in.
  private func index(of day: Int) -> Int {
    switch self {
    case .days(let count): return (day - DateStep.monday).dividedDown(by: count)
    case .months(let count):
      let date = Day.civil(Int32(clamping: day))
      return (date.year * 12 + date.month - 1).dividedDown(by: count)
    case .years(let count): return Day.civil(Int32(clamping: day)).year.dividedDown(by: count)
    }
  }

  /// The day that a step begins with.
  private func day(_ index: Int) -> Int {
    switch self {
    case .days(let count): return index * count + DateStep.monday
    case .months(let count):
      let month = index * count
      return DateStep.day(year: month.dividedDown(by: 12), month: month.remainder(12) + 1)
    case .years(let count): return DateStep.day(year: index * count, month: 1)
    }
  }

  /// The first day of a month.
  ///
  /// A host's days reach further than `Day` counts: the calendar repeats itself after 400 years,
  /// which are 146,097 days.
  private static func day(year: Int, month: Int) -> Int {
    let day = Day.number(year: year.remainder(400), month: month, day: 1)
    return Int(day) + year.dividedDown(by: 400) * 146_097
  }

  func label(_ day: Int) -> String {
    let date = Day.civil(Int32(clamping: day))
    switch self {
    case .days: return Day.text(Int32(clamping: day))
    case .months: return "\(Day.digits(date.year, 4))-\(Day.digits(date.month, 2))"
    case .years: return Day.digits(date.year, 4)
    }
  }
}

extension Int {
  /// The quotient, rounded down.
  fileprivate func dividedDown(by divisor: Int) -> Int {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// What is left over, not negative.
  fileprivate func remainder(_ divisor: Int) -> Int { self - dividedDown(by: divisor) * divisor }
}
