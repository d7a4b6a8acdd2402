import Testing

@testable import Dossier

/// Every form of a date against a list of all days, made by counting and not by the reader's way.
@Suite struct EDTFTests {
  private struct CountedDay {
    let number: Int32
    let text: String
  }

  /// The days of 1895 to 2065 in order, counted one by one.
  private static let days: [CountedDay] = {
    var days: [CountedDay] = []
    var number: Int32 = -27_393
    for year in 1895...2065 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        for day in 1...length {
          let two = [month + 1, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
          days.append(CountedDay(number: number, text: "\(year)-\(two[0])-\(two[1])"))
          number += 1
        }
      }
    }
    return days
  }()

  private static let numbers = days.reduce(into: [String: Int32]()) { $0[$1.text] = $1.number }
  private static let years = [String: [CountedDay]](grouping: days) { String($0.text.prefix(4)) }

  private func range(_ text: String) throws -> DateRange {
    guard case .date(let range) = try EDTF(Array(text.utf8)[...]).form else {
      Issue.record("\(text) is a period")
      return .unknown
    }
    return range
  }

  private func period(_ text: String) throws -> PeriodRange {
    guard case .period(let period) = try EDTF(Array(text.utf8)[...]).form else {
      Issue.record("\(text) is a date")
      return .unknown
    }
    return period
  }

  /// The days that a pattern with X for any digit fits, from the list.
  private func fitting(_ pattern: String) -> [Int32] {
    func fits(_ text: String) -> Bool {
      zip(pattern.utf8, text.utf8).allSatisfy { $0 == $1 || $0 == UInt8(ascii: "X") }
    }
    let days = EDTFTests.years.filter { fits($0.key) }.flatMap(\.value)
    return days.filter { fits($0.text) }.map(\.number).sorted()
  }

  private func problem(_ text: String) -> EDTF.Problem? {
    do throws(EDTF.Problem) {
      _ = try EDTF(Array(text.utf8)[...])
      return nil
    } catch { return error }
  }

  @Test("the calendar counts as a list of days does")
  func calendar() {
    #expect(EDTFTests.days.first { $0.text == "1970-01-01" }?.number == 0)
    for day in EDTFTests.days {
      #expect(Day.text(day.number) == day.text)
    }
  }

  @Test("a day, a month, a year and digits not specified are the days that fit the pattern")
  func patterns() throws {
    var random = Random(seed: 3)
    var seen = 0
    for _ in 0..<400 {
      guard let day = EDTFTests.days.randomElement(using: &random)?.text,
        day > "1900", day < "2060"
      else { continue }
      let length = [4, 7, 10].randomElement(using: &random) ?? 10
      let kept = Int.random(in: 2...length, using: &random)
      let pattern = String(
        day.prefix(length).enumerated().map {
          $0.offset < kept || $0.element == "-" ? $0.element : "X"
        })
      guard pattern.prefix(4) != "20XX", pattern.prefix(4) != "19XX" else { continue }
      let days = fitting(pattern)
      let isWhole = zip(days, days.dropFirst()).allSatisfy { $0 + 1 == $1 }
      #expect(isWhole, "\(pattern)")
      let range = try range(pattern)
      #expect(range.earliest == days.first && range.latest == days.last, "\(pattern)")
      seen += 1
    }
    #expect(seen > 200)
  }

  @Test("what would leave gaps is refused, and no other pattern")
  func gaps() {
    for day in ["2024-12-17", "2023-02-29", "2024-02-29", "2021-10-31"] {
      for mask in 0..<256 {
        var bit = 0
        let pattern = String(
          day.map { character in
            if character == "-" { return "-" }
            defer { bit += 1 }
            return mask >> bit & 1 == 1 ? "X" : character
          })
        guard pattern.first != "X", pattern.prefix(2).last != "X" else { continue }
        let days = fitting(pattern)
        let isWhole = zip(days, days.dropFirst()).allSatisfy { $0 + 1 == $1 }
        let firstX = pattern.firstIndex(of: "X") ?? pattern.endIndex
        let isSuffix = pattern[firstX...].allSatisfy { $0 == "X" || $0 == "-" }
        if isSuffix, !days.isEmpty, isWhole {
          #expect(problem(pattern) == nil, "\(pattern)")
        } else {
          #expect(problem(pattern) != nil, "\(pattern)")
        }
      }
    }
  }

  /// Month by month, worked out by hand.
  private static let stretches: [(text: String, first: String, last: String)] = [
    ("2024-12-18~", "2024-12-17", "2024-12-19"), ("2024-03-01?", "2024-02-29", "2024-03-02"),
    ("2023-12-31%", "2023-12-30", "2024-01-01"), ("2024-12~", "2024-11-01", "2025-01-31"),
    ("2024-01?", "2023-12-01", "2024-02-29"), ("2024-03%", "2024-02-01", "2024-04-30"),
    ("2024~", "2023-01-01", "2025-12-31"), ("2024?", "2023-01-01", "2025-12-31"),
    ("2024%", "2023-01-01", "2025-12-31"), ("202X~", "2010-01-01", "2039-12-31"),
    ("2024-XX~", "2023-01-01", "2025-12-31"), ("2024-XX-XX", "2024-01-01", "2024-12-31"),
    ("2024-12-XX?", "2024-11-01", "2025-01-31"), ("2024-1X", "2024-10-01", "2024-12-31"),
    ("2024-0X", "2024-01-01", "2024-09-30"), ("2024-1X~", "2023-12-01", "2025-10-31"),
    ("2024-12-1X", "2024-12-10", "2024-12-19"), ("2024-12-0X", "2024-12-01", "2024-12-09"),
    ("2024-12-3X", "2024-12-30", "2024-12-31"), ("2024-12-1X~", "2024-11-30", "2024-12-29"),
    ("2024-1X-XX", "2024-10-01", "2024-12-31"), ("202X-XX-XX", "2020-01-01", "2029-12-31"),
    ("2024-21", "2024-03-01", "2024-05-31"), ("2024-22", "2024-06-01", "2024-08-31"),
    ("2024-23", "2024-09-01", "2024-11-30"), ("2024-24", "2024-12-01", "2025-02-28"),
    ("2023-24", "2023-12-01", "2024-02-29"), ("2024-21~", "2023-12-01", "2024-08-31"),
    ("2024-24?", "2024-09-01", "2025-05-31"), ("[2024-10..2024-12]", "2024-10-01", "2024-12-31"),
    ("[2024-10~..2024-12]", "2024-09-01", "2024-12-31"),
    ("[202X..2031-1X]", "2020-01-01", "2031-12-31"),
    ("[2024-22..2024-12-18~]", "2024-06-01", "2024-12-19"),
  ]

  @Test("qualifiers widen by one unit, seasons are three months, sets reach from end to end")
  func widened() throws {
    for stretch in EDTFTests.stretches {
      let range = try range(stretch.text)
      #expect(
        range.earliest == EDTFTests.numbers[stretch.first]
          && range.latest == EDTFTests.numbers[stretch.last], "\(stretch.text): \(range.text)")
    }
  }

  @Test("open and unknown ends")
  func ends() throws {
    let (june, july) = (try range("2024-06"), try range("2024-07"))
    #expect(
      try range("[2024-06..]") == DateRange(earliest: june.earliest, latest: Day.distantFuture))
    #expect(try range("[..2024-06]") == DateRange(earliest: Day.distantPast, latest: june.latest))
    #expect(try period("2024-06/2024-07") == PeriodRange(start: june, end: july))
    let (past, future) = (Day.distantPast, Day.distantFuture)
    #expect(try period("2024-06/..").end == DateRange(earliest: future, latest: future))
    #expect(try period("../2024-06").start == DateRange(earliest: past, latest: past))
    #expect(try period("2024-06/").end == DateRange(earliest: june.earliest, latest: future))
    #expect(try period("/2024-06").start == DateRange(earliest: past, latest: june.latest))
    for text in ["2024-06/..", "../2024-06", "2024-06/", "/2024-06", "2024-06/2024-07"] {
      #expect(try period(text).text == text)
    }
  }

  @Test("nothing ends before it begins: each end of a period narrows the other")
  func narrowed() throws {
    let period = try period("2024-06/2024-06-10")
    #expect(period.start.text == "[2024-06-01..2024-06-10]")
    #expect(period.end.text == "2024-06-10")
    #expect(problem("2024-07/2024-06") == .backwards)
    #expect(problem("[2024-07..2024-06]") == .backwards)
  }

  @Test("what is no date is refused with its reason")
  func refused() {
    let cases: [(String, EDTF.Problem)] = [
      ("", .malformed), ("/", .malformed), ("../..", .malformed), ("[..]", .malformed),
      ("2024-3", .twoDigits), ("2024-13", .noSuchMonth(13)), ("2024-25", .noSuchMonth(25)),
      ("2024-00", .noSuchMonth(0)), ("2024-2X", .noSuchMonth(20)), ("24", .malformed),
      ("2023-02-29", .noSuchDay(year: 2023, month: 2, day: 29)),
      ("2024-02-3X", .noSuchDay(year: 2024, month: 2, day: 30)),
      ("202X-12", .gaps), ("2024-X1", .gaps), ("2024-XX-01", .gaps), ("20X4", .gaps),
      ("202X-12-XX", .gaps), ("2024-1X-01", .gaps), ("202X-21", .gaps),
      ("9999~", .beyondYears), ("0000-01~", .beyondYears), ("9999-24", .beyondYears),
      ("[2024-10,2024-12]", .listed), ("2024~~", .malformed), ("2024~-12", .malformed),
      ("2024-12-17-", .malformed), ("2024-12-17T10", .malformed), ("2024/2025/2026", .malformed),
      ("{2024}", .malformed), ("-2024", .malformed), ("Y20240", .malformed),
    ]
    for (text, expected) in cases { #expect(problem(text) == expected, "\(text)") }
    #expect(problem("XXXX") == nil)
  }

  @Test("adding months keeps the day or takes the month's last one")
  func months() throws {
    var random = Random(seed: 5)
    for _ in 0..<500 {
      guard let day = EDTFTests.days.randomElement(using: &random), day.text > "1950",
        day.text < "2010"
      else { continue }
      let count = Int64.random(in: -600...600, using: &random)
      let parts = day.text.split(separator: "-").compactMap { Int($0) }
      var (year, month) = (parts[0], parts[1])
      for _ in 0..<abs(count) {
        month += count > 0 ? 1 : -1
        if month == 13 { (year, month) = (year + 1, 1) }
        if month == 0 { (year, month) = (year - 1, 12) }
      }
      let prefix = "\(year)-\(month < 10 ? "0" : "")\(month)-"
      let days = EDTFTests.years["\(year)", default: []].filter { $0.text.hasPrefix(prefix) }
      #expect(Day.later(day.number, months: count) == days[min(parts[2], days.count) - 1].number)
    }
    #expect(Day.later(Day.last, days: 1) == nil)
    #expect(Day.later(Day.first, days: -1) == nil)
    #expect(Day.later(Day.last, months: 1) == nil)
    #expect(Day.later(0, days: .max) == nil && Day.later(0, months: .min) == nil)
  }
}
