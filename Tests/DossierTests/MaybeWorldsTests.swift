import Dossier
import Testing

/// Aggregates of rows that are only maybe there, held against all worlds: each row's value is any
/// that its bounds allow, and each maybe row is there or not.
@Suite struct MaybeWorldsTests {
  private enum Membership: Int64 {
    case out = -1
    case maybe = 0
    case certain = 1
  }

  private struct Sample {
    /// A value between two bounds; nil if it isn't reported.
    let bounds: ClosedRange<Int64>?
    let membership: Membership

    init(_ random: inout Random, least: Int64, isExact: Bool) {
      let low = Int64.random(in: least...4, using: &random)
      let width =
        isExact || Bool.random(using: &random) ? 0 : Int64.random(in: 0...2, using: &random)
      let isReported = !isExact || Int64.random(in: 0...5, using: &random) > 0
      bounds = isReported ? low...low + width : nil
      membership = [.out, .maybe, .maybe, .certain][Int.random(in: 0...3, using: &random)]
    }

    static let absent = Int64.min
    static let unreported = Int64.max

    /// Its values, and the signs for a row that isn't there and one without a value.
    var worlds: [Int64] {
      let values = bounds.map(Array.init) ?? [Sample.unreported]
      switch membership {
      case .out: return [Sample.absent]
      case .maybe: return values + [Sample.absent]
      case .certain: return values
      }
    }
  }

  private let groups: [[Sample]]
  private let table: Table

  private init(_ count: Int, seed: UInt64, least: Int64 = -3, isExact: Bool = false) throws {
    var random = Random(seed: seed)
    groups = (0..<count).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Sample(&random, least: least, isExact: isExact)
      }
    }
    let rows = groups.enumerated().flatMap { group, samples in samples.map { (group, $0) } }
    table = try Table(columns: [
      ("g", .numbers(rows.map { Int64($0.0) })),
      (
        "q",
        .quantities(
          low: rows.map { $0.1.bounds?.lowerBound ?? 0 },
          best: rows.map { $0.1.bounds?.lowerBound ?? 0 },
          high: rows.map { $0.1.bounds?.upperBound ?? 0 })
      ),
      ("s", .texts(rows.map { $0.1.bounds.map { "\($0.lowerBound)" } })),
      (
        "p",
        .quantities(
          low: rows.map { $0.1.membership.rawValue },
          best: rows.map { $0.1.membership.rawValue },
          high: rows.map { $0.1.membership == .out ? -1 : 1 })
      ),
    ])
  }

  private init() throws { try self.init(1, seed: 1) }

  private func answer(_ query: String, _ table: Table) throws -> Answer {
    var session = Session(tables: ["t": table])
    var answers: [Answer] = []
    try session.run(SourceText(name: "input", text: query)) { answers.append($0) }
    return try #require(answers.last)
  }

  /// What an aggregate is of the rows that are there, nil for those without a value; nil itself if
  /// it isn't reported.
  private typealias Function = @Sendable ([Int64?]) -> Double?

  private static let functions: [(call: String, of: Function)] = [
    ("count()", { Double($0.count) }),
    ("count(V > 1)", { Double($0.count { $0.map { $0 > 1 } ?? false }) }),
    (
      "sum(V)",
      { rows in
        let values = rows.compactMap { $0 }
        return values.isEmpty && !rows.isEmpty ? nil : Double(values.reduce(0, +))
      }
    ),
    (
      "avg(V)",
      { rows in
        let values = rows.compactMap { $0 }
        return values.isEmpty ? nil : Double(values.reduce(0, +)) / Double(values.count)
      }
    ),
    ("min(V)", { $0.compactMap { $0 }.min().map(Double.init) }),
    ("max(V)", { $0.compactMap { $0 }.max().map(Double.init) }),
    (
      "median(V)",
      { rows in
        let sorted = rows.compactMap { $0 }.sorted()
        let middle = sorted.count / 2
        if sorted.isEmpty { return nil }
        return sorted.count % 2 == 1
          ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
      }
    ),
    (
      "spread(V)",
      { rows in
        let values = rows.compactMap { $0 }
        guard let least = values.min(), let most = values.max() else { return nil }
        return Double(most - least)
      }
    ),
    ("count_distinct(V)", { Double(Set($0.compactMap { $0 }).count) }),
    ("any(V > 1)", { $0.contains { $0.map { $0 > 1 } ?? false } ? 1 : 0 }),
    ("all(V > 1)", { $0.allSatisfy { $0.map { $0 > 1 } ?? false } ? 1 : 0 }),
  ]

  /// Which functions are only held to be sound: their range may be wider than the worlds'.
  private static let wide = ["spread(V)", "count_distinct(V)"]

  /// All results of a function over worlds in which a group is there.
  private func results(
    _ group: [Sample], isThere: Bool, _ function: Function
  ) -> [Double?] {
    var results: [Double?] = []
    forEachWorld(group.map(\.worlds)) { world in
      let rows = world.filter { $0 != Sample.absent }
      if rows.isEmpty, isThere { return }
      results.append(function(rows.map { $0 == Sample.unreported ? nil : $0 }))
    }
    return results
  }

  private func expect(
    _ value: Value, _ results: [Double?], isTight: Bool, _ comment: @autoclosure () -> String
  ) {
    let numbers = results.compactMap { $0 }
    guard numbers.count == results.count, let low = numbers.min(), let high = numbers.max() else {
      #expect(value == .unknown, "\(comment())")
      return
    }
    var found: (low: Double, high: Double)?
    switch value {
    case .number(let number): found = (number, number)
    case .quantity(let quantity):
      if let low = quantity.low, let high = quantity.high { found = (low, high) }
    case .truth(let truth): found = (truth == .true ? 1 : 0, truth == .false ? 0 : 1)
    default: break
    }
    guard let found else {
      Issue.record("\(comment()): \(value), expected \(low)..\(high)")
      return
    }
    #expect(
      found.low <= low && found.high >= high, "\(comment()): \(found), worlds \(low)..\(high)")
    guard isTight else { return }
    #expect(
      found.low.nextUp >= low && found.high.nextDown <= high,
      "\(comment()): \(found), worlds \(low)..\(high)")
  }

  @Test(
    "groups have the bounds of the worlds in which they are there", arguments: [false, true])
  func grouped(isExact: Bool) throws {
    let world = try MaybeWorldsTests(Cases.some(of: 20_000), seed: 23, isExact: isExact)
    for (call, function) in MaybeWorldsTests.functions where !isExact || !call.contains(">") {
      let result = call.replacing("V", with: isExact ? "number(s)" : "q")
      let rows = try answer(
        "t | where possibly p > 0 | summarize r = \(result) by g", world.table
      ).rows
      var next = 0
      for (index, group) in world.groups.enumerated() {
        if group.allSatisfy({ $0.membership == .out }) { continue }
        let row = try #require(next < rows.count ? rows[next] : nil)
        next += 1
        #expect(row["g"] == .number(Double(index)))
        #expect(row.isMaybe == !group.contains { $0.membership == .certain })
        expect(
          row["r"], results(group, isThere: true, function),
          isTight: isExact || !MaybeWorldsTests.wide.contains(call), "\(result) of \(group)")
      }
      #expect(next == rows.count)
    }
  }

  @Test("a whole table has the bounds of all worlds, also of the empty one")
  func whole() throws {
    var random = Random(seed: 31)
    for _ in 0..<Cases.some(of: 3_000) {
      let isExact = Bool.random(using: &random)
      let one = try MaybeWorldsTests(1, seed: random.next(), isExact: isExact)
      let calls = MaybeWorldsTests.functions.filter { !isExact || !$0.call.contains(">") }
      let columns = calls.enumerated().map { index, pair in
        "r\(index) = \(pair.call.replacing("V", with: isExact ? "number(s)" : "q"))"
      }
      let query = "t | where possibly p > 0 | summarize \(columns.joined(separator: ", "))"
      let row = try #require(try answer(query, one.table).rows.first)
      for (index, (call, function)) in calls.enumerated() {
        expect(
          row["r\(index)"], results(one.groups[0], isThere: false, function),
          isTight: isExact || !MaybeWorldsTests.wide.contains(call), "\(call) of \(one.groups[0])")
      }
    }
  }

  @Test("shares of maybe rows are sound")
  func shares() throws {
    var random = Random(seed: 37)
    for _ in 0..<Cases.some(of: 3_000) {
      let world = try MaybeWorldsTests(
        Int.random(in: 1...3, using: &random), seed: random.next(), least: 1)
      let rows = try answer(
        "t | where possibly p > 0 | summarize r = share(q) by g", world.table
      ).rows
      let samples = world.groups.enumerated().flatMap { group, samples in
        samples.map { (group: group, sample: $0) }
      }
      for row in rows {
        guard case .number(let g) = row["g"] else { continue }
        forEachWorld(samples.map(\.sample.worlds)) { world in
          let there = zip(samples, world).filter { $0.1 != Sample.absent }
          guard there.contains(where: { $0.0.group == Int(g) }) else { return }
          let part = there.reduce(0) { $0 + ($1.0.group == Int(g) ? $1.1 : 0) }
          let whole = there.reduce(0) { $0 + $1.1 }
          let share = Double(part * 100) / Double(whole)
          switch row["r"] {
          case .quantity(let quantity):
            #expect((quantity.low ?? 0) <= share && (quantity.high ?? 100) >= share)
          case .number(let number): #expect(abs(number - share) < 1e-9)
          default: break
          }
        }
      }
    }
  }

  @Test("where p is derive p = p and where p, certain or possible")
  func filters() throws {
    let world = try MaybeWorldsTests(200, seed: 41)
    for word in ["", "possibly "] {
      let one = try answer("t | where \(word)p > 0 and q > 1 | select g, q", world.table)
      let two = try answer(
        "t | derive c = p > 0 and q > 1 | where \(word)c | select g, q", world.table)
      #expect(one.rows.map(\.isMaybe) == two.rows.map(\.isMaybe))
      #expect(one.rows.map { $0["q"] } == two.rows.map { $0["q"] })
    }
  }

  @Test("a different row is certain if one of its rows is, a joined one if both halves are")
  func rows() throws {
    let world = try MaybeWorldsTests(Cases.some(of: 3_000), seed: 43)
    let different = try answer("t | where possibly p > 0 | distinct g", world.table).rows
    let there = world.groups.indices.filter { group in
      world.groups[group].contains { $0.membership != .out }
    }
    #expect(different.map { $0["g"] } == there.map { .number(Double($0)) })
    for (row, group) in zip(different, there) {
      #expect(row.isMaybe == !world.groups[group].contains { $0.membership == .certain })
    }
    let pairs = try answer(
      "t | where possibly p > 0 | join (t | where possibly p > 0) as u on g same u.g", world.table
    ).rows
    var next = 0
    for group in world.groups {
      let members = group.map(\.membership).filter { $0 != .out }
      for a in members {
        for b in members {
          try #require(next < pairs.count)
          #expect(pairs[next].isMaybe == (a == .maybe || b == .maybe))
          next += 1
        }
      }
    }
    #expect(next == pairs.count)
  }
}
