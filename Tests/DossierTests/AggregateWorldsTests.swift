import Dossier
import Testing

/// Aggregates over ranges, held against all worlds: every value that the rows' bounds allow.
///
/// Each group of one table is a case of its own, so that thousands of them are one query.
@Suite struct AggregateWorldsTests {
  private struct Sample {
    let low: Int64
    let best: Int64
    let high: Int64

    var worlds: [Int64] { Array(low...high) }

    init(_ random: inout Random, from lowest: Int64 = -4) {
      low = Int64.random(in: lowest...4, using: &random)
      high = low + (Bool.random(using: &random) ? Int64.random(in: 0...3, using: &random) : 0)
      best = Int64.random(in: low...high, using: &random)
    }
  }

  /// The numbers of a result; nil where it stands open.
  private struct Bounds: Equatable, CustomStringConvertible {
    var low: Double?
    var best: Double?
    var high: Double?

    init(_ low: Double?, _ best: Double?, _ high: Double?) {
      (self.low, self.best, self.high) = (low, best, high)
    }

    init(_ value: Value) {
      switch value {
      case .number(let number): self.init(number, number, number)
      case .quantity(let quantity): self.init(quantity.low, quantity.best, quantity.high)
      default: self.init(nil, nil, nil)
      }
    }

    var description: String {
      [low, best, high].map { $0.map { "\($0)" } ?? "open" }.joined(separator: " ")
    }

    /// Whether the other ends are these, but for the last digit of a double that was rounded outward.
    func encloses(_ range: ClosedRange<Double>) -> Bool {
      guard let low, let high else { return false }
      return low <= range.lowerBound && low.nextUp >= range.lowerBound
        && high >= range.upperBound && high.nextDown <= range.upperBound
    }
  }

  private func answer(_ query: String, _ tables: [String: Table] = [:]) throws -> Answer {
    var session = Session(tables: tables)
    var answers: [Answer] = []
    try session.run(SourceText(name: "input", text: query)) { answers.append($0) }
    return try #require(answers.last)
  }

  /// Random groups of one to five rows, and the table that holds them row by row.
  private func groups(
    _ count: Int, seed: UInt64
  ) throws -> (groups: [[Sample]], table: Table) {
    var random = Random(seed: seed)
    let groups = (0..<count).map { _ in
      (0..<Int.random(in: 1...5, using: &random)).map { _ in Sample(&random) }
    }
    // The rows of all groups are mixed, those of one stay in order.
    var rows: [(group: Int, sample: Sample)] = []
    var next = [Int](repeating: 0, count: count)
    var waiting = groups.indices.flatMap { group in groups[group].map { _ in group } }
    waiting.shuffle(using: &random)
    for group in waiting {
      rows.append((group, groups[group][next[group]]))
      next[group] += 1
    }
    let table = try Table(columns: [
      ("g", .numbers(rows.map { Int64($0.group) })),
      (
        "q",
        .quantities(
          low: rows.map(\.sample.low), best: rows.map(\.sample.best), high: rows.map(\.sample.high))
      ), ("x", .numbers(rows.map(\.sample.best))),
    ])
    return (groups, table)
  }

  private static func median(_ values: [Int64]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
      ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
  }

  private static func spread(_ values: [Int64]) -> Int64 {
    (values.max() ?? 0) - (values.min() ?? 0)
  }

  // MARK: Numbers

  private static let functions: [(name: String, of: @Sendable ([Int64]) -> Double)] = [
    ("sum", { Double($0.reduce(0, +)) }),
    ("avg", { Double($0.reduce(0, +)) / Double($0.count) }),
    ("min", { Double($0.min() ?? 0) }), ("max", { Double($0.max() ?? 0) }),
    ("median", median), ("spread", { Double(spread($0)) }),
  ]

  @Test(
    "numbers of a group have the bounds of their worlds and the best of the best",
    arguments: functions.map(\.name))
  func numbers(name: String) throws {
    let function = try #require(AggregateWorldsTests.functions.first { $0.name == name }?.of)
    let (groups, table) = try groups(Cases.some(of: 20_000), seed: 3)
    let query = "t | summarize r = \(name)(q), e = \(name)(x) by g"
    let rows = try answer(query, ["t": table]).rows
    try #require(rows.count == groups.count)
    for (group, row) in zip(groups, rows) {
      let worlds = try #require(range(over: group.map(\.worlds), function))
      let best = function(group.map(\.best))
      let found = Bounds(row["r"])
      #expect(found.encloses(worlds) && found.best == best, "\(name) of \(group): \(found)")
      #expect(row["e"] == .number(best), "\(name) of \(group.map(\.best))")
    }
  }

  @Test("the least and the greatest have a best value that values without one can't change")
  func bests() throws {
    var random = Random(seed: 31)
    let groups = (0..<Cases.some(of: 3_000)).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ -> (text: String, worlds: [Int]) in
        let low = Int.random(in: 1...12, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: return ("\(low) people", [low])
        case 1: return ("about \(low * 10) people", [low * 10])
        default:
          let high = low * 10 + Int.random(in: 0...30, using: &random)
          return ("\(low)..\(high) people", Array(low...high))
        }
      }
    }
    let rows = groups.enumerated().flatMap { index, group in
      group.map { "{g: \(index), v: \($0.text)}" }
    }
    let query =
      "[\(rows.joined(separator: ", "))] | summarize a = min(v), b = max(v) by g"
      + " | select least = a.best, most = b.best"
    let found = try answer(query, [:]).rows
    try #require(found.count == groups.count)
    for (group, row) in zip(groups, found) {
      for (name, least) in [("least", true), ("most", false)] {
        // Of values one by one: which results there can be.
        let results = group.reduce(into: Set<Int>()) { results, value in
          if results.isEmpty {
            results = Set(value.worlds)
          } else {
            results = Set(
              results.flatMap { a in value.worlds.map { least ? min(a, $0) : max(a, $0) } })
          }
        }
        let best = results.count == 1 ? results.first.map(Double.init) : nil
        #expect(Bounds(row[name]).low == best, "\(name) of \(group.map(\.text))")
      }
    }
  }

  @Test("the hull is what the values have in all worlds")
  func hull() throws {
    let (groups, table) = try groups(Cases.some(of: 20_000), seed: 5)
    let rows = try answer("t | summarize r = hull(q), e = hull(x) by g", ["t": table]).rows
    for (group, row) in zip(groups, rows) {
      let all = group.flatMap(\.worlds).map(Double.init)
      let best = Set(group.map(\.best))
      let found = Bounds(row["r"])
      #expect(found.low == all.min() && found.high == all.max(), "\(group)")
      #expect(found.best == (best.count == 1 ? best.first.map(Double.init) : nil), "\(group)")
      #expect(
        Bounds(row["e"]).low == best.min().map(Double.init)
          && Bounds(row["e"]).high == best.max().map(Double.init), "\(group)")
    }
  }

  @Test("different values are as few as worlds allow, and no more than exact ones and ranges")
  func different() throws {
    let (groups, table) = try groups(Cases.some(of: 20_000), seed: 7)
    let query = "t | summarize r = count_distinct(q), e = count_distinct(x) by g"
    for (group, row) in zip(groups, try answer(query, ["t": table]).rows) {
      let worlds = try #require(range(over: group.map(\.worlds)) { Set($0).count })
      let points = Set(group.filter { $0.low == $0.high }.map(\.low))
      let bound = points.count + group.count { $0.low != $0.high }
      let found = Bounds(row["r"])
      #expect(found.low == Double(worlds.lowerBound), "\(group)")
      #expect(found.high == Double(bound) && bound >= worlds.upperBound, "\(group)")
      #expect(row["e"] == .number(Double(Set(group.map(\.best)).count)), "\(group)")
    }
  }

  // MARK: Truths and order

  @Test("any, all and counts of a truth are true, false or maybe as the worlds have it")
  func truths() throws {
    let (groups, table) = try groups(Cases.some(of: 20_000), seed: 11)
    let query = "t | summarize a = any(q > 1), b = all(q > 1), n = count(q > 1), m = count() by g"
    func truth(_ range: ClosedRange<Int>) -> Value {
      .truth(range.lowerBound == 1 ? .true : range.upperBound == 0 ? .false : .maybe)
    }
    for (group, row) in zip(groups, try answer(query, ["t": table]).rows) {
      let worlds = group.map(\.worlds)
      let some = try #require(range(over: worlds) { $0.contains { $0 > 1 } ? 1 : 0 })
      let every = try #require(range(over: worlds) { $0.allSatisfy { $0 > 1 } ? 1 : 0 })
      let count = try #require(range(over: worlds) { $0.count { $0 > 1 } })
      #expect(row["a"] == truth(some) && row["b"] == truth(every), "\(group)")
      let found = Bounds(row["n"])
      #expect(
        found.low == Double(count.lowerBound) && found.high == Double(count.upperBound), "\(group)")
      #expect(row["m"] == .number(Double(group.count)))
    }
  }

  @Test("first and last are the first and last row of a group, as they stand")
  func order() throws {
    let (groups, table) = try groups(Cases.some(of: 20_000), seed: 13)
    let query =
      "t | summarize a = first(q), b = last(q), c = first(x), d = last(x), l = list(x) by g"
    for (group, row) in zip(groups, try answer(query, ["t": table]).rows) {
      func bounds(_ sample: Sample?) -> Bounds {
        Bounds(
          (sample?.low).map(Double.init), (sample?.best).map(Double.init),
          (sample?.high).map(Double.init))
      }
      #expect(Bounds(row["a"]) == bounds(group.first) && Bounds(row["b"]) == bounds(group.last))
      #expect(Bounds(row["c"]).low == (group.first?.best).map(Double.init))
      #expect(Bounds(row["d"]).low == (group.last?.best).map(Double.init))
      #expect(row["l"] == .list(group.map { .number(Double($0.best)) }))
    }
  }

  // MARK: Shares

  @Test("shares of groups have the bounds of their worlds, and none where the whole may be 0")
  func shares() throws {
    var random = Random(seed: 17)
    for _ in 0..<Cases.some(of: 5_000) {
      let samples = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Sample(&random, from: 0)
      }
      let owners = samples.map { _ in Int64.random(in: 0...2, using: &random) }
      let table = try Table(columns: [
        ("g", .numbers(owners)),
        (
          "q",
          .quantities(
            low: samples.map(\.low), best: samples.map(\.best), high: samples.map(\.high))
        ),
      ])
      for row in try answer(
        "t | summarize r = share(q), d = share(q / 4) by g", ["t": table]
      ).rows {
        guard case .number(let owner) = row["g"] else { continue }
        func share(_ values: [Int64]) -> Double {
          let part = zip(values, owners).reduce(0) { $0 + (Double($1.1) == owner ? $1.0 : 0) }
          let whole = values.reduce(0, +)
          return whole == 0 ? .infinity : Double(part * 100) / Double(whole)
        }
        let worlds = try #require(range(over: samples.map(\.worlds), share))
        let found = Bounds(row["r"])
        if worlds.upperBound == .infinity {
          #expect(row["r"] == .unknown && row["d"] == .unknown, "\(samples) \(owners)")
        } else {
          #expect(Bounds(row["d"]) == found, "\(samples) \(owners): \(Bounds(row["d"]))")
          #expect(
            found.encloses(worlds) && found.best == share(samples.map(\.best)),
            "\(samples) \(owners): \(found)")
        }
      }
    }
  }
}
