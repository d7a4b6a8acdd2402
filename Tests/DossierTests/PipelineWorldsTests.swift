import Dossier
import Testing

/// Whole pipelines over maybe rows, held against all worlds: in each world every range is one number,
/// so that the pipeline runs over exact rows there.
@Suite struct PipelineWorldsTests {
  /// A row with a key, two values to compute with and two to decide by.
  private struct Sample {
    let key: Int64
    let ranges: [ClosedRange<Int64>]

    init(_ random: inout Random) {
      key = Int64.random(in: 0...1, using: &random)
      ranges = (0..<4).map { index in
        let low = Int64.random(in: -2...2, using: &random)
        let isExact = Int.random(in: 0...2, using: &random) > (index < 2 ? 1 : 0)
        return low...low + (isExact ? 0 : 1)
      }
    }
  }

  /// A row of one world.
  private struct Exact {
    let key: Int64
    let values: [Int64]
  }

  private static func table(_ samples: [Sample]) throws -> Table {
    func column(_ index: Int) throws -> HostColumn {
      let ranges = samples.map { $0.ranges[index] }
      return try .quantities(
        low: ranges.map(\.lowerBound), best: ranges.map(\.lowerBound),
        high: ranges.map(\.upperBound))
    }
    return try Table(columns: [
      ("k", .numbers(samples.map(\.key))), ("q", column(0)), ("r", column(1)), ("a", column(2)),
      ("b", column(3)),
    ])
  }

  private static func forEachExactWorld(_ samples: [Sample], _ body: ([Exact]) -> Void) {
    forEachWorld(samples.flatMap { $0.ranges.map(Array.init) }) { world in
      body(
        samples.indices.map {
          Exact(key: samples[$0].key, values: Array(world[$0 * 4..<$0 * 4 + 4]))
        })
    }
  }

  private static let aggregates: [(call: String, of: @Sendable ([Int64]) -> Double)] = [
    ("count()", { Double($0.count) }), ("sum(d)", { Double($0.reduce(0, +)) }),
    ("min(d)", { Double($0.min() ?? 0) }), ("max(d)", { Double($0.max() ?? 0) }),
    ("avg(d)", { Double($0.reduce(0, +)) / Double($0.count) }),
    (
      "median(d)",
      { values in
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
          ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
      }
    ),
  ]

  /// The ends of what was found; nil where it stands open or isn't reported.
  private func ends(_ value: Value) -> (low: Double, high: Double)? {
    switch value {
    case .number(let number): return (number, number)
    case .quantity(let quantity):
      if let low = quantity.low, let high = quantity.high { return (low, high) }
      return nil
    default: return nil
    }
  }

  private func rows(_ query: String, _ tables: [String: Table]) throws -> [Row] {
    var session = Session(tables: tables)
    var rows: [Row] = []
    try session.run(SourceText(name: "input", text: query)) { rows = $0.rows }
    return rows
  }

  private func expect(
    _ row: Row, _ found: [[Double]], isTight: Bool, _ comment: @autoclosure () -> String
  ) {
    for (index, results) in found.enumerated() {
      guard let low = results.min(), let high = results.max() else { continue }
      guard let ends = ends(row["x\(index)"]) else {
        Issue.record("\(comment()): x\(index) is \(row["x\(index)"])")
        continue
      }
      #expect(
        ends.low <= low && ends.high >= high, "\(comment()): \(index) \(ends), \(low)..\(high)")
      if isTight {
        #expect(
          ends.low.nextUp >= low && ends.high.nextDown <= high,
          "\(comment()): \(index) \(ends), \(low)..\(high)")
      }
    }
  }

  @Test("where, derive, where and summarize find what the worlds have, no more and no less")
  func pipelines() throws {
    var random = Random(seed: 61)
    let columns = Self.aggregates.enumerated().map { "x\($0) = \($1.call)" }.joined(separator: ", ")
    for _ in 0..<Cases.some(of: 4_000) {
      let samples = (0..<Int.random(in: 1...2, using: &random)).map { _ in Sample(&random) }
      let (first, second) = (
        Int64.random(in: -2...1, using: &random), Int64.random(in: -2...1, using: &random)
      )
      let isSum = Bool.random(using: &random)
      let query =
        "t | where possibly a > \(first) | derive d = q \(isSum ? "+" : "-") r"
        + " | where possibly b <= \(second) | summarize \(columns) by k"
      var results: [Int64: [[Double]]] = [:]
      var absent: Set<Int64> = []
      Self.forEachExactWorld(samples) { world in
        let kept = world.filter { $0.values[2] > first && $0.values[3] <= second }
        for key: Int64 in 0...1 {
          let values = kept.filter { $0.key == key }.map {
            isSum ? $0.values[0] + $0.values[1] : $0.values[0] - $0.values[1]
          }
          guard !values.isEmpty else {
            absent.insert(key)
            continue
          }
          for (index, aggregate) in Self.aggregates.enumerated() {
            results[key, default: Self.aggregates.map { _ in [] }][index].append(
              aggregate.of(values))
          }
        }
      }
      let rows = try rows(query, ["t": Self.table(samples)])
      #expect(rows.map { $0["k"] } == results.keys.sorted().map { .number(Double($0)) }, "\(query)")
      for (row, key) in zip(rows, results.keys.sorted()) {
        #expect(row.isMaybe == absent.contains(key), "\(query) of \(samples)")
        expect(row, results[key] ?? [], isTight: true, "\(query) of \(samples)")
      }
    }
  }

  @Test("joined and different maybe rows are counted as the worlds have it, and added soundly")
  func joins() throws {
    var random = Random(seed: 67)
    for _ in 0..<Cases.some(of: 2_000) {
      let samples = (0..<2).map { _ in Sample(&random) }
      let query =
        "t | where possibly a > 0 | join (t | where possibly b > 0) as u on k same u.k"
        + " | summarize x0 = count(), x1 = sum(u.q), x2 = max(q)"
      var results: [[Double]] = [[], [], []]
      var hasEmpty = false
      Self.forEachExactWorld(samples) { world in
        let (left, right) = (
          world.filter { $0.values[2] > 0 }, world.filter { $0.values[3] > 0 }
        )
        let pairs = left.flatMap { a in right.filter { $0.key == a.key }.map { (a, $0) } }
        results[0].append(Double(pairs.count))
        results[1].append(Double(pairs.reduce(0) { $0 + $1.1.values[0] }))
        if let most = pairs.map(\.0.values[0]).max() {
          results[2].append(Double(most))
        } else {
          hasEmpty = true
        }
      }
      let row = try #require(try rows(query, ["t": Self.table(samples)]).first)
      if hasEmpty {
        #expect(row["x2"] == .unknown, "\(samples)")
        results[2] = []
      }
      expect(row, results, isTight: false, "\(samples)")
      let keys = try rows(
        "t | where possibly a > 0 | distinct k | summarize x0 = count()", ["t": Self.table(samples)]
      )
      var counts: [Double] = []
      Self.forEachExactWorld(samples) { world in
        counts.append(Double(Set(world.filter { $0.values[2] > 0 }.map(\.key)).count))
      }
      expect(try #require(keys.first), [counts], isTight: true, "distinct of \(samples)")
    }
  }
}
