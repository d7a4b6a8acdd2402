import Foundation
import Testing

@testable import Dossier

/// What the language says of uncertain dates, periods and lengths of time is held against all worlds:
/// every day and every number that the operands allow.
@Suite struct DateWorldsTests {
  private struct Days {
    let earliest: Int32
    let latest: Int32

    var worlds: ClosedRange<Int32> { earliest...latest }
  }

  private struct Amount {
    let low: Int64
    let high: Int64

    var worlds: ClosedRange<Int64> { low...high }
  }

  private struct Period {
    let start: Days
    let end: Days

    /// First and last days, none before the other.
    var worlds: [(Int32, Int32)] {
      start.worlds.flatMap { first in
        end.worlds.compactMap { last in first <= last ? (first, last) : nil }
      }
    }
  }

  private static let count = Cases.some(of: 20_000)

  // MARK: Operands

  /// Days about the ends of months, of leap years and others.
  private static func dates(_ random: inout Random, width: Int32 = 4) -> [Days] {
    (0..<count).map { _ in
      let year = Int.random(in: 2022...2025, using: &random)
      let month = Int.random(in: 1...12, using: &random)
      let middle = Day.number(year: year, month: month, day: 1)
      let earliest = middle + Int32.random(in: -5...5, using: &random)
      let isExact = Int.random(in: 0..<4, using: &random) == 0
      let added = isExact ? 0 : Int32.random(in: 0...width, using: &random)
      return Days(earliest: earliest, latest: earliest + added)
    }
  }

  private static func amounts(_ random: inout Random) -> [Amount] {
    (0..<count).map { _ in
      let low = Int64.random(in: -14...14, using: &random)
      let width = Bool.random(using: &random) ? Int64.random(in: 0...3, using: &random) : 0
      return Amount(low: low, high: low + width)
    }
  }

  /// Periods of a few days, so that they meet often.
  private static func periods(_ random: inout Random) -> [Period] {
    (0..<count).map { _ in
      let start = Int32.random(in: 0...8, using: &random)
      let startWidth = Int32.random(in: 0...3, using: &random)
      let end = start + Int32.random(in: 0...6, using: &random)
      let endWidth = Int32.random(in: 0...3, using: &random)
      return Period(
        start: Days(earliest: start, latest: min(start + startWidth, end + endWidth)),
        end: Days(earliest: end, latest: end + endWidth))
    }
  }

  private static func column(_ dates: [Days]) -> HostColumn {
    HostColumn(column: Column(.dates(dateColumn(dates))))
  }

  private static func dateColumn(_ dates: [Days]) -> DateColumn {
    DateColumn(
      earliest: Buffer(dates.map(\.earliest)), latest: Buffer(dates.map(\.latest)))
  }

  private static func column(_ periods: [Period]) -> HostColumn {
    let column = PeriodColumn(
      start: dateColumn(periods.map(\.start)), end: dateColumn(periods.map(\.end)))
    return HostColumn(column: Column(.periods(column)))
  }

  private static func column(_ amounts: [Amount], _ unit: String) throws -> HostColumn {
    try .quantities(
      low: amounts.map(\.low), best: amounts.map(\.low), high: amounts.map(\.high), unit: unit)
  }

  /// The values of one column.
  private func values(
    _ expression: String, _ columns: [(String, HostColumn)]
  ) throws -> Column {
    let session = Session(tables: ["t": try Table(columns: columns)])
    var work = session
    var answers: [Answer] = []
    try work.run(SourceText(name: "input", text: "t | select x = \(expression)")) {
      answers.append($0)
    }
    guard case .table(let table) = try #require(answers.last).content else {
      Issue.record("no table")
      return Column(.texts(codes: Buffer<Int32>(uninitialized: 0), .empty))
    }
    return table.column(0)
  }

  private func ranges(_ expression: String, _ columns: [(String, HostColumn)]) throws -> [DateRange]
  {
    guard case .dates(let dates) = try values(expression, columns).storage else { return [] }
    return (0..<DateWorldsTests.count).map { dates[$0] }
  }

  private func numbers(_ expression: String, _ columns: [(String, HostColumn)]) throws -> [Bounds] {
    guard case .quantities(let numbers) = try values(expression, columns).storage else { return [] }
    return (0..<DateWorldsTests.count).compactMap { numbers.bounds($0) }
  }

  private func truths(_ expression: String, _ columns: [(String, HostColumn)]) throws -> [Truth] {
    guard case .truths(let truths) = try values(expression, columns).storage else { return [] }
    return (0..<DateWorldsTests.count).map { truths[$0] }
  }

  private func truth(_ worlds: some Sequence<Bool>) -> Truth {
    var some = false
    var all = true
    for world in worlds {
      some = some || world
      all = all && world
    }
    return all ? .true : some ? .maybe : .false
  }

  // MARK: Dates

  @Test(
    "a date and a length of time give the days of all worlds",
    arguments: ["days", "weeks", "months", "years"], ["+", "-"])
  func moved(unit: String, sign: String) throws {
    var random = Random(seed: UInt64(unit.utf8.count * 2 + (sign == "+" ? 1 : 0)))
    let dates = DateWorldsTests.dates(&random)
    let amounts = DateWorldsTests.amounts(&random)
    let seen = try ranges(
      "d \(sign) n",
      [
        ("d", DateWorldsTests.column(dates)), ("n", try DateWorldsTests.column(amounts, unit)),
      ])
    #expect(seen.count == DateWorldsTests.count)
    for (row, range) in seen.enumerated() {
      let results = dates[row].worlds.flatMap { day in
        amounts[row].worlds.compactMap { amount in
          later(day, sign == "+" ? amount : -amount, unit)
        }
      }
      #expect(
        range.earliest == results.min() && range.latest == results.max(),
        "\(dates[row]) \(sign) \(amounts[row]) \(unit)")
    }
  }

  /// The day so much later, found on the calendar step by step.
  private func later(_ day: Int32, _ amount: Int64, _ unit: String) -> Int32 {
    switch unit {
    case "days": return day + Int32(amount)
    case "weeks": return day + Int32(amount) * 7
    default:
      var (year, month, dayOfMonth) = Day.civil(day)
      for _ in 0..<(unit == "years" ? 12 : 1) * amount.magnitude {
        month += amount < 0 ? -1 : 1
        if month == 0 { (year, month) = (year - 1, 12) }
        if month == 13 { (year, month) = (year + 1, 1) }
      }
      dayOfMonth = min(dayOfMonth, Day.count(year: year, month: month))
      return Day.number(year: year, month: month, day: dayOfMonth)
    }
  }

  @Test(
    "the days between two dates are those of all worlds",
    arguments: ["a - b", "days_between(b, a)"])
  func distance(expression: String) throws {
    var random = Random(seed: 23)
    let (a, b) = (DateWorldsTests.dates(&random), DateWorldsTests.dates(&random))
    let seen = try numbers(
      expression, [("a", DateWorldsTests.column(a)), ("b", DateWorldsTests.column(b))])
    #expect(seen.count == DateWorldsTests.count)
    for (row, bounds) in seen.enumerated() {
      let results = a[row].worlds.flatMap { x in b[row].worlds.map { Int64(x) - Int64($0) } }
      let isExact = a[row].worlds.count * b[row].worlds.count == 1
      #expect(
        bounds.low?.coefficient == results.min() && bounds.high?.coefficient == results.max()
          && bounds.best?.coefficient == (isExact ? results.first : nil), "\(a[row]) - \(b[row])")
    }
  }

  @Test("a part of a date is that of all its days", arguments: DatePart.allCases)
  func parts(part: DatePart) throws {
    var random = Random(seed: 29)
    let dates = DateWorldsTests.dates(&random, width: 70)
    let seen = try numbers("\(part.rawValue)(d)", [("d", DateWorldsTests.column(dates))])
    #expect(seen.count == DateWorldsTests.count)
    for (row, bounds) in seen.enumerated() {
      let results = dates[row].worlds.map { day in
        let (year, month, dayOfMonth) = Day.civil(day)
        return switch part {
        case .year: year
        case .month: month
        case .day: dayOfMonth
        // 2024-01-01 was a Monday.
        case .weekday: (Int(day) - 19_723 + 70_000) % 7 + 1
        case .quarter: (month - 1) / 3 + 1
        }
      }
      #expect(
        bounds.low?.coefficient == results.min().map(Int64.init)
          && bounds.high?.coefficient == results.max().map(Int64.init), "\(dates[row])")
    }
  }

  @Test("a date made of numbers is one of the days that exist")
  func assembled() throws {
    var random = Random(seed: 31)
    func numbers(_ range: ClosedRange<Int64>, _ width: Int64) -> [Amount] {
      (0..<DateWorldsTests.count).map { _ in
        let low = Int64.random(in: range, using: &random)
        return Amount(low: low, high: low + Int64.random(in: 0...width, using: &random))
      }
    }
    let years = numbers(2019...2025, 2)
    let months = numbers(1...11, 3)
    let days = numbers(20...28, 12)
    let columns = try [("y", years), ("m", months), ("d", days)].map { name, amounts in
      let column = try HostColumn.quantities(
        low: amounts.map(\.low), best: amounts.map(\.low), high: amounts.map(\.high))
      return (name, column)
    }
    let seen = try ranges("date(y, m, d)", columns)
    #expect(seen.count == DateWorldsTests.count)
    for (row, range) in seen.enumerated() {
      var results: [Int32] = []
      for year in years[row].worlds {
        for month in months[row].worlds where (1...12).contains(month) {
          for day in days[row].worlds
          where day <= Day.count(year: Int(year), month: Int(month)) {
            results.append(Day.number(year: Int(year), month: Int(month), day: Int(day)))
          }
        }
      }
      #expect(range.earliest == results.min() && range.latest == results.max())
    }
  }

  // MARK: Stretches of days

  @Test("'in' and 'overlaps' between dates and periods are true, false or maybe as the worlds are")
  func stretches() throws {
    var random = Random(seed: 37)
    let (a, b) = (DateWorldsTests.periods(&random), DateWorldsTests.periods(&random))
    let d = DateWorldsTests.periods(&random).map(\.start)
    let e = DateWorldsTests.periods(&random).map(\.start)
    let columns: [(String, HostColumn)] = [
      ("a", DateWorldsTests.column(a)), ("b", DateWorldsTests.column(b)),
      ("d", DateWorldsTests.column(d)), ("e", DateWorldsTests.column(e)),
    ]
    func expect(_ expression: String, _ worlds: (Int) -> [Bool]) throws {
      let seen = try truths(expression, columns)
      #expect(seen.count == DateWorldsTests.count)
      for (row, value) in seen.enumerated() {
        #expect(value == truth(worlds(row)), "\(expression), row \(row)")
      }
    }
    func pairs<A, B>(
      _ x: some Sequence<A>, _ y: [B], _ test: (A, B) -> Bool
    ) -> [Bool] { x.flatMap { x in y.map { test(x, $0) } } }
    try expect("a overlaps b") { row in
      pairs(a[row].worlds, b[row].worlds) { $0.0 <= $1.1 && $1.0 <= $0.1 }
    }
    try expect("a in b") { row in
      pairs(a[row].worlds, b[row].worlds) { $1.0 <= $0.0 && $0.1 <= $1.1 }
    }
    try expect("d in b") { row in
      pairs(d[row].worlds, b[row].worlds) { $1.0 <= $0 && $0 <= $1.1 }
    }
    try expect("d overlaps b") { row in
      pairs(d[row].worlds, b[row].worlds) { $1.0 <= $0 && $0 <= $1.1 }
    }
    try expect("a overlaps d") { row in
      pairs(a[row].worlds, Array(d[row].worlds)) { $0.0 <= $1 && $1 <= $0.1 }
    }
    try expect("d overlaps e") { row in
      pairs(d[row].worlds, Array(e[row].worlds)) { $0 == $1 }
    }
    try expect("a in d") { row in
      a[row].worlds.map { d[row].earliest <= $0.0 && $0.1 <= d[row].latest }
    }
  }

  @Test("a rate times a length of time has the bounds of all worlds", arguments: 0..<4)
  func rates(index: Int) throws {
    var random = Random(seed: UInt64(47 + index))
    let (unit, length) = DateWorldsTests.lengths[index]
    let a = DateWorldsTests.amounts(&random)
    let b = DateWorldsTests.amounts(&random)
    let columns = [
      ("a", try DateWorldsTests.column(a, "km/day")), ("b", try DateWorldsTests.column(b, unit)),
    ]
    let seen = try numbers("a * b", columns)
    #expect(seen.count == DateWorldsTests.count)
    for (row, bounds) in seen.enumerated() {
      let results = a[row].worlds.flatMap { x in
        b[row].worlds.flatMap { y in [x * y * length.lowerBound, x * y * length.upperBound] }
      }
      #expect(
        bounds.low?.coefficient == results.min() && bounds.high?.coefficient == results.max(),
        "\(a[row]) * \(b[row]) \(unit)")
    }
    let days = try numbers("b to days", columns)
    for (row, bounds) in days.enumerated() {
      let results = b[row].worlds.flatMap { [$0 * length.lowerBound, $0 * length.upperBound] }
      #expect(
        bounds.low?.coefficient == results.min() && bounds.high?.coefficient == results.max(),
        "\(b[row]) \(unit) to days")
    }
  }

  // MARK: Lengths of time

  private static let lengths: [(unit: String, days: ClosedRange<Int64>)] = [
    ("days", 1...1), ("weeks", 7...7), ("months", 28...31), ("years", 365...366),
  ]

  @Test(
    "lengths of time in different units compare as their days", arguments: 0..<4, ["<", "<=", "=="])
  func lengths(index: Int, sign: String) throws {
    var random = Random(seed: UInt64(41 + index))
    let (unit, length) = DateWorldsTests.lengths[index]
    let a = DateWorldsTests.amounts(&random)
    let b = DateWorldsTests.amounts(&random).map { near in
      let low = near.low * length.lowerBound
      return Amount(low: low, high: low + (near.high - near.low) * 2)
    }
    let seen = try truths(
      "a \(sign) b",
      [("a", try DateWorldsTests.column(a, unit)), ("b", try DateWorldsTests.column(b, "days"))])
    #expect(seen.count == DateWorldsTests.count)
    for (row, value) in seen.enumerated() {
      var low = Int64.max
      var high = Int64.min
      for count in a[row].worlds {
        for days in [length.lowerBound, length.upperBound] {
          (low, high) = (min(low, count * days), max(high, count * days))
        }
      }
      let (x, y) = (low...high, b[row].worlds)
      let expected: Truth =
        switch sign {
        case "<":
          x.upperBound < y.lowerBound ? .true : x.lowerBound >= y.upperBound ? .false : .maybe
        case "<=":
          x.upperBound <= y.lowerBound ? .true : x.lowerBound > y.upperBound ? .false : .maybe
        default:
          !x.overlaps(y) ? .false : x.count == 1 && y.count == 1 ? .true : .maybe
        }
      #expect(value == expected, "\(a[row]) \(unit) \(sign) \(b[row]) days")
    }
  }
}
