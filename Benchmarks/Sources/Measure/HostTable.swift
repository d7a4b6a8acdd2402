import Dossier

/// A million rows of a host: a text of a thousand different ones, an exact number, a quantity.
struct HostTable {
  static let rows = 1_000_000

  private static let queries = [
    ("sum-where-amount", "t | where amount > 750_000 | summarize total = sum(amount)"),
    ("sum-where-code", #"t | where code == "c007" | summarize total = sum(amount)"#),
    ("sum-by-code", "t | summarize total = sum(amount) by code"),
    ("range-sum-where", "t | where dead > 750_000 people | summarize total = sum(dead)"),
    ("range-sum-by-code", "t | summarize total = sum(dead) by code"),
  ]

  /// What only we are asked: the same of certain rows and of rows that may be there.
  private static let own = [
    ("count-sum", "t | where amount > 750_000 | summarize n = count(), total = sum(amount)"),
    (
      "maybe-count-sum",
      "t | where possibly dead > 750_000 people | summarize n = count(), total = sum(amount)"
    ),
    (
      "maybe-sum-by-code",
      "t | where possibly dead > 750_000 people | summarize n = count(), total = sum(amount) by code"
    ),
    (
      "count-sum-by-code",
      "t | where amount > 750_000 | summarize n = count(), total = sum(amount) by code"
    ),
  ]

  private let names = (0..<1_000).map { "c" + String(String($0 + 1_000).dropFirst()) }
  private var codes: [Int32] = []
  private var amounts: [Int64] = []
  private var low: [Int64] = []
  private var best: [Int64] = []
  private var high: [Int64] = []

  init() {
    var random = SplitMix64()
    // Zipf: the text of rank r weighs 1/r; which text has which rank is stirred.
    var total: UInt64 = 0
    let ends = names.indices.map { rank in
      total += (1 << 40) / UInt64(rank + 1)
      return total
    }
    for _ in 0..<HostTable.rows {
      let place = random.next(upTo: total)
      codes.append(Int32(HostTable.rank(of: place, ends) * 7 % names.count))
      amounts.append(Int64(random.next(upTo: 1_000_000)))
      let value = Int64(random.next(upTo: 1_000_000))
      let width = UInt64(value / 10 + 1)
      best.append(value)
      low.append(value - Int64(random.next(upTo: width)))
      high.append(value + Int64(random.next(upTo: width)))
    }
  }

  private static func rank(of place: UInt64, _ ends: [UInt64]) -> Int {
    var range = ends.indices
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = place < ends[middle] ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }

  private func session() throws -> Session {
    let table = try Table(columns: [
      ("code", .texts(codes: Buffer(codes), dictionary: names)),
      ("amount", .numbers(amounts)),
      ("dead", .quantities(low: low, best: best, high: high, unit: "people")),
    ])
    return Session(tables: ["t": table])
  }

  /// Writes the rows, and what each query answers, for the peers to check.
  func write(to folder: String) throws {
    var rows = Array("code,amount,low,best,high\n".utf8)
    for row in codes.indices {
      let cells = [amounts[row], low[row], best[row], high[row]].map(String.init)
      rows += (names[Int(codes[row])] + "," + cells.joined(separator: ",") + "\n").utf8
    }
    try Measure.write(rows, toFile: folder + "/rows.csv")
    var session = try session()
    for (name, query) in HostTable.queries {
      var answers = Memory()
      var notes = Memory()
      try session.run(SourceText(name: "input", text: query)) { answer in
        try answer.write(as: .csv, options: DisplayOptions(), to: &answers, notes: &notes)
      }
      try Measure.write(answers.bytes, toFile: folder + "/\(name).csv")
      try Measure.write(notes.bytes, toFile: folder + "/\(name).notes")
    }
  }

  func report() throws {
    var session = try session()
    let works = (HostTable.queries + HostTable.own).map { name, query in
      Work(name: name) {
        try session.run(SourceText(name: "input", text: query)) { answer in
          precondition(answer.table.count > 0)
        }
      }
    }
    try reportInterleaved(works, rounds: 5, unit: "ms", nanoseconds: 1e6)
  }
}

/// A small generator with a fixed seed, so that all runs see the same rows.
struct SplitMix64 {
  private var state: UInt64 = 2_024

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word &>> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word &>> 31)
  }

  /// A number below a limit.
  mutating func next(upTo limit: UInt64) -> UInt64 { next().multipliedFullWidth(by: limit).high }
}
