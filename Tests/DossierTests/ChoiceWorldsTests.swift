import Testing

@testable import Dossier

/// `if`, `??`, `least`, `greatest`, `abs`, rounding and `in` over ranges against all worlds.
///
/// Each quantity picks a value between its bounds; the result must enclose every outcome and, since
/// the operands are independent, touch both its ends.
@Suite struct ChoiceWorldsTests {
  private static let rows = 200

  /// Ranges of small whole numbers; nil is not reported.
  private static func column(_ random: inout Random, unknown: Bool) -> [ClosedRange<Int64>?] {
    (0..<rows).map { _ in
      if unknown, Int.random(in: 0..<6, using: &random) == 0 { return nil }
      let low = Int64.random(in: -4...4, using: &random)
      return low...(low + Int64.random(in: 0...3, using: &random))
    }
  }

  private static func literal(_ range: ClosedRange<Int64>?) -> String {
    guard let range else { return "unknown km" }
    return range.lowerBound == range.upperBound
      ? "\(range.lowerBound) km" : "\(range.lowerBound)..\(range.upperBound) km"
  }

  /// The rows that a program derives from some columns, as the low and high of `r`; nil is unknown.
  private static func results(
    _ columns: [[ClosedRange<Int64>?]], _ expression: String
  ) throws -> [(low: Int64?, high: Int64?, isKnown: Bool)] {
    let records = (0..<rows).map { row in
      let fields = columns.indices.map { "\(["a", "b", "c"][$0]): \(literal(columns[$0][row]))" }
      return "{" + fields.joined(separator: ", ") + "}"
    }
    var session = Session()
    var results: [(low: Int64?, high: Int64?, isKnown: Bool)] = []
    let program = "[\(records.joined(separator: ", "))] | select r = \(expression)"
    try session.run(SourceText(name: "input", text: program)) { answer in
      guard case .table(let table) = answer.content,
        case .quantities(let values) = table.column(0).storage
      else { return }
      for row in 0..<table.count {
        let bounds = values.bounds(row)
        results.append(
          (
            bounds?.low?.rescaled(to: 0), bounds?.high?.rescaled(to: 0), values.isKnown(row)
          ))
      }
    }
    return results
  }

  @Test("if and ?? have the bounds of their worlds")
  func choices() throws {
    for seed in 0..<UInt64(Cases.some(of: 100)) {
      var random = Random(seed: seed)
      let columns = (0..<3).map { _ in ChoiceWorldsTests.column(&random, unknown: false) }
      let seen = try ChoiceWorldsTests.results(columns, "if a > 0 km then b else c")
      #expect(seen.count == ChoiceWorldsTests.rows)
      for row in seen.indices {
        let ranges = columns.compactMap { $0[row] }
        let worlds = range(over: ranges.map(Array.init)) { $0[0] > 0 ? $0[1] : $0[2] }
        #expect(seen[row].low == worlds?.lowerBound && seen[row].high == worlds?.upperBound)
      }
    }
    for seed in 0..<UInt64(Cases.some(of: 100)) {
      var random = Random(seed: 1_000 + seed)
      let a = ChoiceWorldsTests.column(&random, unknown: true)
      let b = ChoiceWorldsTests.column(&random, unknown: true)
      for (row, seen) in try ChoiceWorldsTests.results([a, b], "a ?? b").enumerated() {
        let wanted = a[row] ?? b[row]
        #expect(seen.isKnown == (wanted != nil))
        if let wanted {
          #expect(seen.low == wanted.lowerBound && seen.high == wanted.upperBound)
        }
      }
    }
  }

  @Test(
    "functions of numbers have the bounds of their worlds",
    arguments: ["least(a, b)", "greatest(a, b)", "abs(a)", "round(a, -1)", "floor(a, -1)"])
  func functions(expression: String) throws {
    func value(_ world: [Int64]) -> Int64 {
      switch expression {
      case "least(a, b)": min(world[0], world[1])
      case "greatest(a, b)": max(world[0], world[1])
      case "abs(a)": abs(world[0])
      case "floor(a, -1)": world[0] < 0 ? -10 : 0
      default: world[0] >= 5 ? 10 : world[0] <= -5 ? -10 : 0
      }
    }
    for seed in 0..<UInt64(Cases.some(of: 100)) {
      var random = Random(seed: 2_000 + seed)
      let columns = (0..<2).map { _ in ChoiceWorldsTests.column(&random, unknown: false) }
      for (row, seen) in try ChoiceWorldsTests.results(columns, expression).enumerated() {
        let ranges = columns.compactMap { $0[row] }
        let worlds = range(over: ranges.map(Array.init), value)
        #expect(seen.low == worlds?.lowerBound && seen.high == worlds?.upperBound)
      }
    }
  }

  @Test("in a list and in a query have the truths of their worlds")
  func membership() throws {
    for seed in 0..<UInt64(Cases.some(of: 100)) {
      var random = Random(seed: 3_000 + seed)
      let values = ChoiceWorldsTests.column(&random, unknown: true)
      let sets = ChoiceWorldsTests.column(&random, unknown: false).prefix(2).compactMap { $0 }
      let list = sets.map { ChoiceWorldsTests.literal($0) }
      let rows = list.map { "{r: \($0)}" }.joined(separator: ", ")
      for right in ["[\(list.joined(separator: ", "))]", "([\(rows)] | select r)"] {
        let condition = "a in \(right)"
        let seen = try ChoiceWorldsTests.results(
          [values],
          "if (\(condition)) is true then 1 km else if (\(condition)) is maybe then 0 km else -1 km"
        )
        for (row, value) in values.enumerated() {
          // A range stands for all of its values, so that a value lies in it or not.
          let isIn = value.map { Set($0.map { world in sets.contains { $0.contains(world) } }) }
          let certain = value.map { value in
            sets.contains { $0.contains(value.lowerBound) && $0.contains(value.upperBound) }
          }
          let wanted: Int64 = isIn == nil ? 0 : certain == true ? 1 : isIn == [false] ? -1 : 0
          #expect(seen[row].low == wanted, "\(String(describing: value)) in \(right)")
        }
      }
    }
  }
}
