/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
enum Day {
  /// Earlier than every day: an open beginning.
  static let distantPast = Int32.min
  /// Later than every day: an open end.
  static let distantFuture = Int32.max

  /// The day's number; the date must exist.
  ///
  /// The formula is H. Hinnant's `days_from_civil` ("chrono-Compatible Low-Level Date
  /// Algorithms"), in eras of 400 years.
  static func number(year: Int, month: Int, day: Int) -> Int32 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day of a day's number (`civil_from_days` of the same source).
  static func civil(_ number: Int32) -> (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// How many days a month has.
  static func count(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2024-12-17`.
  static func text(_ number: Int32) -> String {
    let (year, month, day) = civil(number)
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - text.utf8.count))
    return (number < 0 ? "-" : "") + zeros + text
  }
}
