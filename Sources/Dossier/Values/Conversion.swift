/// By what a quantity is multiplied to be in another unit: a fraction, as a range where a month or
/// a year is counted in days.
///
/// A second to a week are multiples of each other, and so are month and year. Between the two a
/// month has 28..31 days and a year 365..366.
struct Conversion: Sendable, Hashable {
  /// The least and the greatest numerator and denominator; all positive.
  var numerator: ClosedRange<Int64> = 1...1
  var denominator: ClosedRange<Int64> = 1...1

  var isExact: Bool {
    numerator.lowerBound == numerator.upperBound && denominator.lowerBound == denominator.upperBound
  }

  /// Whether it multiplies by whole numbers only.
  var isWhole: Bool { denominator == 1...1 }

  /// Both, one after the other; nil if the numbers don't fit.
  func times(_ other: Conversion) -> Conversion? {
    guard let above = Conversion.product(numerator, other.numerator),
      let below = Conversion.product(denominator, other.denominator)
    else { return nil }
    let divisor = [above.lowerBound, above.upperBound, below.lowerBound, below.upperBound]
      .reduce(0, greatestCommonDivisor)
    return Conversion(
      numerator: above.lowerBound / divisor...above.upperBound / divisor,
      denominator: below.lowerBound / divisor...below.upperBound / divisor)
  }

  private static func product(
    _ a: ClosedRange<Int64>, _ b: ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    let (low, lowOverflow) = a.lowerBound.multipliedReportingOverflow(by: b.lowerBound)
    let (high, highOverflow) = a.upperBound.multipliedReportingOverflow(by: b.upperBound)
    return lowOverflow || highOverflow ? nil : low...high
  }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}

/// What a unit of time is a multiple of.
private enum TimeLength {
  case seconds(Int64)
  case months(Int64)

  static let day: Int64 = 86_400

  /// In seconds: a range for months and years.
  var seconds: ClosedRange<Int64> {
    switch self {
    case .seconds(let count): count...count
    case .months(12): 365 * TimeLength.day...366 * TimeLength.day
    case .months(let count): count * 28 * TimeLength.day...count * 31 * TimeLength.day
    }
  }

  /// How many of another length it is.
  func divided(by other: TimeLength) -> Conversion {
    switch (self, other) {
    case (.seconds(let a), .seconds(let b)), (.months(let a), .months(let b)):
      Conversion(numerator: a...a, denominator: b...b)
    default: Conversion(numerator: seconds, denominator: other.seconds)
    }
  }

  func isAlike(_ other: TimeLength) -> Bool {
    switch (self, other) {
    case (.seconds, .seconds), (.months, .months): true
    default: false
    }
  }
}

extension Unit {
  /// What is missing where one of two is a rate and the other a total.
  ///
  /// - Parameter isExchanged: whether one currency stands for another.
  func hint(to other: Unit, isExchanged: Bool = false) -> String? {
    guard over == other.over || isExchanged else { return nil }
    let (rate, total) = under.isEmpty ? (other, self) : (self, other)
    guard total.under.isEmpty, rate.under.count == 1, rate.under[0].time != nil else { return nil }
    return under.isEmpty
      ? "\(name) is a total: divided by a length of time it is a rate"
      : "\(name) is a rate: times a length of time it is a total"
  }
}

extension BaseUnit {
  fileprivate var time: TimeLength? {
    switch singular {
    case "second": .seconds(1)
    case "minute": .seconds(60)
    case "hour": .seconds(3_600)
    case "day": .seconds(TimeLength.day)
    case "week": .seconds(7 * TimeLength.day)
    case "month": .months(1)
    case "year": .months(12)
    default: nil
    }
  }
}

extension Unit {
  /// By what a quantity of this unit is multiplied to be in another; nil if the two measure different
  /// things.
  func conversion(to other: Unit) -> Conversion? {
    guard let quotient = Unit.quotient(self, other) else { return Conversion() }
    let (rest, conversion) = quotient.withoutTimeTwice
    return rest == nil ? conversion : nil
  }

  /// Time above the bar against time below it: `people/day*week` is people, times 7.
  var withoutTimeTwice: (unit: Unit?, Conversion) {
    var (above, below) = (over, under)
    var result = Conversion()
    for alike in [true, false] {
      while let (i, j) = Unit.pair(above, below, alike: alike), let a = above[i].time,
        let b = below[j].time, let product = Conversion().times(a.divided(by: b)),
        let next = result.times(product)
      {
        result = next
        above.remove(at: i)
        below.remove(at: j)
      }
    }
    let isBare = above.isEmpty && below.isEmpty
    return (isBare ? nil : Unit(over: above, under: below), result)
  }

  private static func pair(_ above: [BaseUnit], _ below: [BaseUnit], alike: Bool) -> (Int, Int)? {
    for (i, upper) in above.enumerated() {
      for (j, lower) in below.enumerated() {
        if let a = upper.time, let b = lower.time, !alike || a.isAlike(b) { return (i, j) }
      }
    }
    return nil
  }

  /// Whether it is so much in a length of time: `people/day`.
  var isRate: Bool { under.contains { $0.time != nil } }

  /// The unit of a length of time by which dates move; nil for any other.
  var calendarStep: CalendarStep? {
    guard under.isEmpty, over.count == 1 else { return nil }
    switch over[0].singular {
    case "day": return .days(1)
    case "week": return .days(7)
    case "month": return .months(1)
    case "year": return .months(12)
    default: return nil
    }
  }
}

/// By what dates move: whole days, or months of the calendar.
enum CalendarStep: Hashable, Sendable {
  case days(Int64)
  case months(Int64)
}
