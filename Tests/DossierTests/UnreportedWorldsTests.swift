import Dossier
import Testing

/// Aggregates over values that aren't reported: in a dossier they may be anything, in a host's
/// table they are left out.
@Suite struct UnreportedWorldsTests {
  /// A value between two bounds, or one that isn't reported.
  private struct Sample {
    let bounds: ClosedRange<Int64>?

    init(_ random: inout Random) {
      if Int64.random(in: 0...4, using: &random) == 0 {
        bounds = nil
      } else {
        let low = Int64.random(in: 0...5, using: &random)
        let width = Bool.random(using: &random) ? 0 : Int64.random(in: 0...3, using: &random)
        bounds = low...low + width
      }
    }

    /// The values that it may have; what isn't reported is any of some, and far away.
    func worlds(_ unreported: [Int64]) -> [Int64] { bounds.map(Array.init) ?? unreported }
  }

  /// A fact of a group: a value, a day of May and a truth.
  private struct Row {
    let value: Sample
    let day: Sample
    let truth: Bool?

    init(_ random: inout Random) {
      value = Sample(&random)
      day = Sample(&random)
      truth = [true, false, nil][Int.random(in: 0...2, using: &random)]
    }

    func figure(_ id: String, measure: String, subject: Int) -> String {
      let value = value.bounds.map { "\($0.lowerBound)..\($0.upperBound)" } ?? "unknown"
      let day = day.bounds.map { days in
        "@[\(Row.text(days.lowerBound))..\(Row.text(days.upperBound))]"
      }
      return "figure \(id) { subject: actor\(subject), measure: \"\(measure)\", "
        + "value: \(value) people, stated: \(day ?? "unknown"), "
        + "on_record: \(truth.map { "\($0)" } ?? "unknown") }"
    }

    static func text(_ day: Int64) -> String { "2024-05-" + (day < 9 ? "0" : "") + "\(day + 1)" }
  }

  private let groups: [[Row]]
  private let dossier: String

  init() {
    var random = Random(seed: 23)
    groups = (0..<Cases.some(of: 2_000)).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in Row(&random) }
    }
    var lines = ["source log"] + (0..<4).map { "actor actor\($0)" }
    for (group, rows) in groups.enumerated() {
      for (index, row) in rows.enumerated() {
        lines.append(
          row.figure("f\(group)_\(index)", measure: "\(100_000 + group)", subject: index))
      }
    }
    dossier = lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ query: String) throws -> [Dossier.Row] {
    var session = Session()
    var answers: [Answer] = []
    try session.run(SourceText(name: "input", text: dossier + query)) { answers.append($0) }
    let rows = try #require(answers.last?.rows)
    try #require(rows.count == groups.count)
    return rows
  }

  /// The range of a function over all worlds, open where it goes on with what isn't reported.
  private func expected(
    _ samples: [Sample], _ near: [Int64], _ far: [[Int64]], _ function: ([Int64]) -> Double
  ) throws -> (low: Double?, high: Double?) {
    let ranges = far.compactMap { far in
      range(over: samples.map { $0.worlds(near + far) }, function)
    }
    try #require(ranges.count == 2)
    let (a, b) = (ranges[0], ranges[1])
    return (
      a.lowerBound == b.lowerBound ? a.lowerBound : nil,
      a.upperBound == b.upperBound ? a.upperBound : nil
    )
  }

  private func bounds(_ value: Value) -> (low: Double?, high: Double?) {
    switch value {
    case .number(let number): (number, number)
    case .quantity(let quantity): (quantity.low, quantity.high)
    default: (nil, nil)
    }
  }

  private static func spread(_ values: [Int64]) -> Double {
    Double((values.max() ?? 0) - (values.min() ?? 0))
  }

  private static func median(_ values: [Int64]) -> Double {
    let sorted = values.sorted()
    return Double(sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }

  private static let functions: [(name: String, of: @Sendable ([Int64]) -> Double)] = [
    ("sum", { Double($0.reduce(0, +)) }),
    ("avg", { Double($0.reduce(0, +)) / Double($0.count) }),
    ("min", { Double($0.min() ?? 0) }), ("max", { Double($0.max() ?? 0) }),
    ("median", median), ("spread", spread),
  ]

  @Test(
    "people that aren't reported are any number from 0 in every aggregate of a dossier",
    arguments: functions.map(\.name))
  func numbers(name: String) throws {
    let function = try #require(UnreportedWorldsTests.functions.first { $0.name == name }?.of)
    let rows = try rows("figures | summarize r = \(name)(value) by measure")
    for (group, row) in zip(groups, rows) {
      let worlds = try expected(
        group.map(\.value), Array(0...9), [[1_000], [2_000]], function)
      let found = bounds(row["r"])
      #expect(
        (found.low ?? 0).isNearly(worlds.low ?? 0)
          && (found.high ?? -1).isNearly(worlds.high ?? -1),
        "\(name) of \(group.map(\.value.bounds)): \(found)")
    }
  }

  @Test("the hull and the number of different people hold what isn't reported")
  func hullAndDifferent() throws {
    let rows = try rows("figures | summarize r = hull(value), n = count_distinct(value) by measure")
    for (group, row) in zip(groups, rows) {
      let samples = group.map(\.value)
      let isOpen = samples.contains { $0.bounds == nil }
      let all = samples.flatMap { $0.worlds([0]) }
      let hull = bounds(row["r"])
      #expect(hull.low == all.min().map(Double.init))
      #expect(hull.high == (isOpen ? nil : all.max().map(Double.init)))
      let worlds = try #require(
        range(over: samples.map { $0.worlds(Array(0...9)) }) { Set($0).count })
      let points = Set(samples.compactMap { $0.bounds?.count == 1 ? $0.bounds?.lowerBound : nil })
      let bound = points.count + samples.count { $0.bounds?.count != 1 }
      let found = bounds(row["n"])
      #expect(found.low == Double(worlds.lowerBound), "\(samples.map(\.bounds))")
      #expect(found.high == Double(bound) && bound >= worlds.upperBound)
    }
  }

  @Test("days that aren't reported are any day at all")
  func days() throws {
    let rows = try rows(
      """
      figures | summarize a = min(stated), b = max(stated), h = hull(stated), d = spread(stated),
        n = count_distinct(stated) by measure
      | derive a_low = a.earliest, a_high = a.latest, b_low = b.earliest, b_high = b.latest,
        h_low = h.earliest, h_high = h.latest
      """)
    func date(_ day: Double?) -> Value {
      day.map { .date(Row.text(Int64($0))) } ?? .unknown
    }
    let far: [[Int64]] = [[-1_000, 1_000], [-2_000, 2_000]]
    for (group, row) in zip(groups, rows) {
      let samples = group.map(\.day)
      let near = Array(Int64(0)...9)
      let first = try expected(samples, near, far) { Double($0.min() ?? 0) }
      let last = try expected(samples, near, far) { Double($0.max() ?? 0) }
      let spread = try expected(samples, near, far, UnreportedWorldsTests.spread)
      #expect(row["a_low"] == date(first.low) && row["a_high"] == date(first.high))
      #expect(row["b_low"] == date(last.low) && row["b_high"] == date(last.high))
      #expect(row["h_low"] == date(first.low) && row["h_high"] == date(last.high))
      let found = bounds(row["d"])
      #expect(found.low == spread.low && found.high == spread.high, "\(samples.map(\.bounds))")
      let worlds = try #require(range(over: samples.map { $0.worlds(near) }) { Set($0).count })
      #expect(bounds(row["n"]).low == Double(worlds.lowerBound))
      #expect((bounds(row["n"]).high ?? 0) >= Double(worlds.upperBound))
    }
  }

  @Test("truths that aren't reported may be either")
  func truths() throws {
    let rows = try rows(
      """
      figures | summarize a = any(on_record), b = all(on_record), n = count(on_record),
        d = count_distinct(on_record) by measure
      """)
    for (group, row) in zip(groups, rows) {
      let worlds = group.map { row -> [Int64] in row.truth.map { [$0 ? 1 : 0] } ?? [0, 1] }
      func truth(_ holds: ([Int64]) -> Bool) throws -> Value {
        let found = range(over: worlds) { holds($0) ? 1 : 0 }
        let truths = try #require(found)
        return .truth(truths.lowerBound == 1 ? .true : truths.upperBound == 0 ? .false : .maybe)
      }
      #expect(row["a"] == (try truth { $0.contains(1) }))
      #expect(row["b"] == (try truth { !$0.contains(0) }))
      for (name, function) in [
        ("n", { Double($0.count { $0 == 1 }) }), ("d", { Double(Set($0).count) }),
      ] as [(String, ([Int64]) -> Double)] {
        let expected = range(over: worlds, function)
        let found = bounds(row[name])
        #expect(
          found.low == expected?.lowerBound && found.high == expected?.upperBound, "\(worlds)")
      }
    }
  }

  @Test("in a host's table they are left out and counted")
  func hosts() throws {
    var random = Random(seed: 29)
    let count = Cases.some(of: 20_000)
    let owners = (0..<count).map { _ in Int64.random(in: 0...Int64(count / 4), using: &random) }
    let values = (0..<count).map { _ in Int64.random(in: -9...9, using: &random) }
    let divisors = (0..<count).map { _ in Int64.random(in: 0...3, using: &random) > 0 ? 1 : 0 }
    let table = try Table(columns: [
      ("g", .numbers(owners)), ("x", .numbers(values)), ("z", .numbers(divisors.map(Int64.init))),
    ])
    var session = Session(tables: ["t": table])
    var answers: [Answer] = []
    let query =
      """
      t | derive y = x / z | summarize s = sum(y), a = avg(y), b = min(y), c = max(y),
        m = median(y), d = spread(y), n = count_distinct(y), h = hull(y), f = first(y) by g
      """
    try session.run(SourceText(name: "input", text: query)) { answers.append($0) }
    let answer = try #require(answers.last)
    let missing = Number(Int64(divisors.count { $0 == 0 })).grouped
    #expect(answer.notes == ["\(missing) not reported, left out"])
    for row in answer.rows {
      guard case .number(let owner) = row["g"] else { continue }
      let own = (0..<count).filter { Double(owners[$0]) == owner }
      let known = own.filter { divisors[$0] == 1 }.map { values[$0] }
      func number(_ function: ([Int64]) -> Double) -> Value {
        known.isEmpty ? .unknown : .number(function(known))
      }
      #expect(row["s"] == number { Double($0.reduce(0, +)) })
      #expect(row["a"] == number { Double($0.reduce(0, +)) / Double($0.count) })
      #expect(row["b"] == number { Double($0.min() ?? 0) })
      #expect(row["c"] == number { Double($0.max() ?? 0) })
      #expect(row["m"] == number(UnreportedWorldsTests.median))
      #expect(row["d"] == number(UnreportedWorldsTests.spread))
      #expect(row["n"] == .number(Double(Set(known).count)))
      let hull = bounds(row["h"])
      #expect(hull.low == known.min().map(Double.init) && hull.high == known.max().map(Double.init))
      let first = own.first.flatMap { divisors[$0] == 1 ? Double(values[$0]) : nil }
      #expect(row["f"] == first.map { .number($0) } ?? .unknown)
    }
  }
}

extension Double {
  /// The same but for the last digit of what was rounded outward.
  fileprivate func isNearly(_ other: Double) -> Bool {
    self == other || nextUp == other || nextDown == other
  }
}
