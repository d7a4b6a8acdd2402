import Dossier
import Testing

/// Joins, unions, lists taken apart and windows over random exact tables, against brute force.
@Suite struct RowStagesTests {
  /// A row of a random table; a key of nil isn't reported, an empty one doesn't apply.
  struct Entry {
    let key: String?
    let number: Int64
    let value: Int64
  }

  static let seeds: Range<UInt64> = 0..<40

  private func entries(_ random: inout Random, upTo most: Int) -> [Entry] {
    let names: [String?] = ["a", "b", "c", "é", nil, ""]
    return (0..<Int.random(in: 0...most, using: &random)).map { _ in
      Entry(
        key: names.randomElement(using: &random) ?? nil,
        number: Int64.random(in: 0...3, using: &random),
        value: Int64.random(in: -50...50, using: &random))
    }
  }

  /// The rows with their places as field `i`; numbers have `scale` digits behind the point.
  private func table(
    _ entries: [Entry], scale: Int, words: [String], value: String = "v"
  ) throws -> Table {
    let codes = entries.map { entry -> Int32 in
      guard let key = entry.key else { return -1 }
      return key.isEmpty ? -2 : Int32(words.firstIndex(of: key) ?? 0)
    }
    let power = scale == 1 ? Int64(10) : 1
    return try Table(columns: [
      ("i", .numbers(entries.indices.map(Int64.init))),
      ("k", .texts(codes: Buffer(codes), dictionary: words)),
      ("n", .numbers(entries.map { $0.number * power }, scale: scale)),
      (value, .numbers(entries.map(\.value))),
    ])
  }

  private func lines(_ program: String, _ tables: [String: Table]) -> [String] {
    let seen = transcript(program, as: .csv, session: Session(tables: tables))
    return seen.split(separator: "\n").map(String.init)
  }

  /// The rows of an answer, numbers by their best value; what isn't there is empty.
  private func answered(_ program: String, _ tables: [String: Table]) throws -> [String] {
    var session = Session(tables: tables)
    var lines: [String] = []
    try session.run(SourceText(name: "input", text: program)) { answer in
      lines += answer.rows.map { row in
        answer.table.fieldNames.map { RowStagesTests.text(row[$0]) }.joined(separator: ",")
      }
    }
    return lines
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .number(let number): "\(Int(number))"
    case .quantity(let quantity): quantity.best.map { "\(Int($0))" } ?? ""
    case .text(let text): text
    default: ""
    }
  }

  // MARK: join

  @Test("a join gives the pairs whose keys are the same", arguments: seeds)
  func joins(seed: UInt64) throws {
    var random = Random(seed: seed)
    let (left, right) = (entries(&random, upTo: 30), entries(&random, upTo: 30))
    let tables = [
      "l": try table(left, scale: 0, words: ["a", "b", "c", "é"]),
      "r": try table(right, scale: 1, words: ["é", "c", "zz", "b", "a"]),
    ]
    for isLeft in [false, true] {
      var expected = ["i,b.i"]
      var missed = 0
      for (i, x) in left.enumerated() {
        let found = right.indices.filter { j in
          x.key != nil && x.key != "" && x.key == right[j].key && x.number == right[j].number
        }
        expected += found.map { "\(i),\($0)" }
        if isLeft, found.isEmpty { expected.append("\(i),") }
        if !isLeft, found.isEmpty, x.key != nil { missed += 1 }
      }
      let unknown = (left + right).count { $0.key == nil }
      if unknown == 1 { expected.append("1 row with an unknown key matches nothing") }
      if unknown > 1 { expected.append("\(unknown) rows with an unknown key match nothing") }
      if missed == 1 { expected.append("1 row matches nothing (`join left` keeps it)") }
      if missed > 1 { expected.append("\(missed) rows match nothing (`join left` keeps them)") }
      let word = isLeft ? "join left" : "join"
      #expect(
        lines("l | \(word) r as b on k same b.k and b.n same n | select i, b.i", tables)
          == expected)
    }
  }

  @Test("what a left join doesn't find is none, and goes on being none")
  func misses() throws {
    let tables = [
      "l": try Table(columns: [("k", .texts(["a", "b"]))]),
      "r": try Table(columns: [
        ("k", .texts(["a"])), ("q", .quantities(low: [1], best: [2], high: [3], unit: "people")),
        ("d", .days(Buffer([Int32(0)]))), ("t", .truths([true])),
      ]),
    ]
    let fields = "q = r.q + 1 people, d = r.d, t = r.t, x = r.q > 0 people, n = r.t is none"
    #expect(
      lines("l | join left r on k same r.k | select k, \(fields)", tables) == [
        "k,q,q.low,q.best,q.high,q.unit,d,t,x,n",
        "a,2..4 people,2,3,4,people,1970-01-01,true,true,false",
        "b,,,,,,,,false,true",
      ])
  }

  @Test("a join that would explode ends at the limit, before memory is taken")
  func explosion() throws {
    let table = try Table(columns: [("k", .texts([String](repeating: "a", count: 60_000)))])
    var session = Session(tables: ["t": table])
    session.limits.memory = 64 << 20
    for program in [
      "t | join t as b on k same b.k", "t | join left t as b on k same b.k",
      "count(t | union t | union t | join t as b on k same b.k)",
    ] {
      #expect(transcript(program, session: session).contains("E0601"), "\(program)")
    }
    session.limits.memory = 4 << 20
    let lists = "(t | summarize l = list(k))"
    #expect(
      transcript("count(\(lists) | expand l | union \(lists) | expand l)", session: session)
        .contains("E0"))
  }

  // MARK: union, expand

  @Test("a union has the rows of both tables and the fields of both", arguments: seeds)
  func unions(seed: UInt64) throws {
    var random = Random(seed: seed)
    let (left, right) = (entries(&random, upTo: 12), entries(&random, upTo: 12))
    let tables = [
      "l": try table(left, scale: 0, words: ["a", "b", "c", "é"], value: "x"),
      "r": try table(right, scale: 1, words: ["é", "c", "zz", "b", "a"], value: "y"),
    ]
    var expected: [String] = []
    for (i, row) in left.enumerated() {
      expected.append("\(i),\(row.key ?? ""),\(row.number),\(row.value),")
    }
    for (i, row) in right.enumerated() {
      expected.append("\(i),\(row.key ?? ""),\(row.number),,\(row.value)")
    }
    #expect(try answered("l | union r", tables) == expected)
  }

  @Test("expand takes apart what list put together", arguments: seeds)
  func expands(seed: UInt64) throws {
    var random = Random(seed: seed)
    let rows = entries(&random, upTo: 30)
    let tables = ["l": try table(rows, scale: 0, words: ["a", "b", "c", "é"])]
    var expected = ["n,l"]
    for number in Set(rows.map(\.number)).sorted() {
      expected += rows.filter { $0.number == number }.map { "\(number),\($0.value)" }
    }
    #expect(lines("l | summarize l = list(v) by n | expand l", tables) == expected)
  }

  // MARK: Windows

  @Test("windows look at the rows of the group, in order", arguments: seeds)
  func windows(seed: UInt64) throws {
    var random = Random(seed: seed)
    let rows = entries(&random, upTo: 40)
    let tables = ["l": try table(rows, scale: 0, words: ["a", "b", "c", "é"])]
    let sorted = rows.enumerated().sorted {
      ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
    }
    var expected: [String] = []
    for (place, (i, row)) in sorted.enumerated() {
      let group = sorted.filter { $0.element.key == row.key }
      let before = sorted[...place].filter { $0.element.key == row.key }
      let values = group.map(\.element.value)
      let position = before.count - 1
      func shifted(_ distance: Int) -> String {
        group.indices.contains(position - distance) ? "\(values[position - distance])" : ""
      }
      let rank = group.count { $0.element.number < row.number } + 1
      let soFar = before.map(\.element.value)
      expected.append(
        [
          "\(i)", "\(values.reduce(0, +))", "\(values.min() ?? 0)", "\(soFar.reduce(0, +))",
          "\(soFar.count)", "\(soFar.max() ?? 0)", "\(position + 1)", "\(rank)", shifted(2),
          shifted(-1),
        ].joined(separator: ","))
    }
    let windows = """
      total = sum(v), least = min(v), so_far = running(sum(v)), n = running(count()),
      highest = running(max(v)), r = row(), place = rank(), before = lag(v, 2), after = lead(v)
      """
    let names = "i, total, least, so_far, n, highest, r, place, before, after"
    #expect(
      try answered("l | sort n | derive \(windows) by k | select \(names)", tables) == expected)
  }

  @Test("running sums of ranges enclose the sums of all that they may be", arguments: seeds)
  func runningRanges(seed: UInt64) throws {
    var random = Random(seed: seed)
    let count = Int.random(in: 1...9_000, using: &random) % (seed == 7 ? 9_000 : 20) + 1
    let low = (0..<count).map { _ in Int64.random(in: -9...9, using: &random) }
    let best = low.map { $0 + Int64.random(in: 0...3, using: &random) }
    let high = best.map { $0 + Int64.random(in: 0...3, using: &random) }
    let tables = [
      "t": try Table(columns: [("q", .quantities(low: low, best: best, high: high, unit: "km"))])
    ]
    var expected: [String] = []
    var sums: (Int64, Int64, Int64) = (0, 0, 0)
    for row in 0..<count {
      sums = (sums.0 + low[row], sums.1 + best[row], sums.2 + high[row])
      expected.append("\(sums.0),\(sums.1),\(sums.2),km")
    }
    // Behind the text stand low, best, high and the unit.
    let seen = lines("t | derive s = running(sum(q)) | select s", tables).dropFirst().map { line in
      line.split(separator: ",").suffix(4).joined(separator: ",")
    }
    #expect(seen == expected)
  }

  // MARK: Plans

  @Test("the plan shows each of the steps")
  func plan() throws {
    let numbers = try Table(columns: [("k", .texts(["a"])), ("v", .numbers([1]))])
    var session = Session(tables: ["t": numbers])
    let program = """
      t | join left t as b on k same b.k | sort v | derive n = rank(), so_far = running(sum(v)) by k
        | union t | skip 2 | summarize l = list(v) | expand l
      """
    let steps = try session.explain(SourceText(name: "input", text: program)).split(separator: "\n")
    let shown = steps.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != "(" && $0 != "=" } }
    #expect(
      shown == [
        "scan t: 1 row", "join left on column 0 same column 0:", "sort column 1", "compute k ",
        "window rank", "compute k ", "window running", "compute k ", "union:", "skip 2",
        "summarize list", "compute l ", "expand column 0",
      ])
  }
}
