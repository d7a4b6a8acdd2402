import Dossier
import Testing

/// What the engine says of ranges is held against all worlds: every value that the bounds allow.
@Suite struct UncertaintyTests {
  private struct Sample {
    let low: Int64
    let high: Int64

    var worlds: ClosedRange<Int64> { low...high }
  }

  private static let rows = 5_000

  private static func samples(_ random: inout Random) -> [Sample] {
    (0..<rows).map { _ in
      let a = Int64.random(in: -4...4, using: &random)
      let width = Int64.random(in: 0...4, using: &random)
      return Sample(low: a, high: a + (Bool.random(using: &random) ? width : 0))
    }
  }

  private static func table(_ a: [Sample], _ b: [Sample]) throws -> Table {
    func column(_ samples: [Sample]) throws -> HostColumn {
      try .quantities(low: samples.map(\.low), best: samples.map(\.low), high: samples.map(\.high))
    }
    return try Table(columns: [
      ("a", column(a)), ("b", column(b)), ("row", .numbers((0..<Int64(rows)).map { $0 })),
    ])
  }

  /// The answer's rows to a query over the table `t`.
  private func answer(_ query: String, _ table: Table) throws -> Answer {
    var session = Session(tables: ["t": table])
    var answers: [Answer] = []
    try session.run(SourceText(name: "input", text: query)) { answers.append($0) }
    return try #require(answers.last)
  }

  private static let comparisons: [(sign: String, test: @Sendable (Int64, Int64) -> Bool)] = [
    ("<", { $0 < $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), (">=", { $0 >= $1 }),
    ("==", { $0 == $1 }), ("!=", { $0 != $1 }),
  ]

  @Test(
    "a comparison is true, false or maybe as all, none or some worlds have it", arguments: 0..<6)
  func comparison(index: Int) throws {
    let (sign, test) = UncertaintyTests.comparisons[index]
    var random = Random(seed: UInt64(index))
    let (a, b) = (UncertaintyTests.samples(&random), UncertaintyTests.samples(&random))
    let answer = try answer("t | select x = a \(sign) b", try UncertaintyTests.table(a, b))
    for (row, value) in answer.rows.enumerated() {
      var some = false
      var all = true
      for x in a[row].worlds {
        for y in b[row].worlds {
          some = some || test(x, y)
          all = all && test(x, y)
        }
      }
      let expected: Truth = all ? .true : some ? .maybe : .false
      #expect(value["x"] == .truth(expected), "\(a[row]) \(sign) \(b[row])")
    }
  }

  @Test(
    "sums, differences and products have the bounds of their worlds", arguments: ["+", "-", "*"])
  func arithmetic(sign: String) throws {
    var random = Random(seed: 7)
    let (a, b) = (UncertaintyTests.samples(&random), UncertaintyTests.samples(&random))
    let answer = try answer("t | select x = a \(sign) b", try UncertaintyTests.table(a, b))
    for (row, value) in answer.rows.enumerated() {
      let results = a[row].worlds.flatMap { x in
        b[row].worlds.map { y in sign == "+" ? x + y : sign == "-" ? x - y : x * y }
      }
      guard case .quantity(let quantity) = value["x"], let low = results.min(),
        let high = results.max()
      else {
        Issue.record("row \(row) has no quantity")
        continue
      }
      #expect(
        quantity.low == Double(low) && quantity.high == Double(high), "\(a[row]) \(sign) \(b[row])")
    }
  }

  @Test("where keeps the certain rows, where possibly the possible ones, and the footer counts")
  func filters() throws {
    var random = Random(seed: 11)
    let (a, b) = (UncertaintyTests.samples(&random), UncertaintyTests.samples(&random))
    let table = try UncertaintyTests.table(a, b)
    let certain = (0..<UncertaintyTests.rows).filter { a[$0].high < b[$0].low }
    let possible = (0..<UncertaintyTests.rows).filter { a[$0].low < b[$0].high }
    let sure = try answer("t | where a < b | select row", table)
    #expect(sure.rows.map { $0["row"] } == certain.map { .number(Double($0)) })
    #expect(sure.notes.count == 1)
    #expect(sure.notes[0].hasPrefix("\(possible.count - certain.count) undetermined: "))
    let maybe = try answer("t | where possibly a < b | select row", table)
    #expect(maybe.rows.map { $0["row"] } == possible.map { .number(Double($0)) })
    #expect(
      maybe.rows.filter { !$0.isMaybe }.map { $0["row"] } == certain.map { .number(Double($0)) })
  }

  @Test("not, and, or are Kleene's over columns of truths")
  func logic() throws {
    let values: [Truth] = [.false, .maybe, .true]
    func word(_ rank: UInt8) -> String { Truth(rawValue: rank)?.description ?? "" }
    for x in values {
      let negated = transcript("not \(x.description)")
      #expect(negated == word(2 - x.rawValue) + "\n")
      for y in values {
        let (least, most) = (min(x.rawValue, y.rawValue), max(x.rawValue, y.rawValue))
        #expect(transcript("\(x.description) and \(y.description)") == word(least) + "\n")
        #expect(transcript("\(x.description) or \(y.description)") == word(most) + "\n")
      }
    }
  }

  @Test("aggregates by group equal a plain loop, over several batches")
  func aggregates() throws {
    var random = Random(seed: 13)
    let count = 10_000
    let keys = (0..<count).map { _ in ["a", "b", "c", "d"].randomElement(using: &random) }
    let lows = (0..<count).map { _ in Int64.random(in: -1_000...1_000, using: &random) }
    let highs = lows.map { $0 + Int64.random(in: 0...50, using: &random) }
    let table = try Table(columns: [
      ("key", .texts(keys)), ("q", .quantities(low: lows, best: lows, high: highs)),
      ("x", .numbers(lows)),
    ])
    let query =
      "t | where x > -500 | summarize n = count(), s = sum(q), e = sum(x), m = min(q), w = max(q) by key"
    let answer = try answer(query, table)
    #expect(answer.rows.map { $0["key"] } == ["a", "b", "c", "d"].map { .text($0) })
    for row in answer.rows {
      guard case .text(let key) = row["key"] else { continue }
      let kept = (0..<count).filter { keys[$0] == key && lows[$0] > -500 }
      func bounds(_ value: Value) -> [Double?] {
        if case .quantity(let quantity) = value { [quantity.low, quantity.high] } else { [] }
      }
      #expect(row["n"] == .number(Double(kept.count)))
      #expect(row["e"] == .number(Double(kept.reduce(0) { $0 + lows[$1] })))
      #expect(
        bounds(row["s"]) == [lows, highs].map { side in Double(kept.reduce(0) { $0 + side[$1] }) })
      #expect(
        bounds(row["m"]) == [lows, highs].map { side in kept.map { Double(side[$0]) }.min() })
      #expect(
        bounds(row["w"]) == [lows, highs].map { side in kept.map { Double(side[$0]) }.max() })
    }
  }

  @Test("sorting is stable, total and the same both ways but for ties")
  func sorting() throws {
    var random = Random(seed: 17)
    let values = (0..<3_000).map { _ in Int64.random(in: 0...50, using: &random) }
    let table = try Table(columns: [
      ("x", .numbers(values)), ("row", .numbers((0..<3_000).map { Int64($0) })),
    ])
    let up = try answer("t | sort x | select row", table)
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(up.rows.map { $0["row"] } == expected.map { .number(Double($0)) })
    let down = try answer("t | sort x desc | take 100 | select row", table)
    let falling = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }.prefix(100)
    #expect(down.rows.map { $0["row"] } == falling.map { .number(Double($0)) })
  }
}
