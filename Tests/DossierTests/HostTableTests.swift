import Dossier
import Testing

/// Tables that a host hands in.
@Suite struct HostTableTests {
  private func code(_ make: () throws -> Void) -> String {
    do {
      try make()
      return "none"
    } catch let error as HostError {
      return error.code
    } catch {
      return "\(error)"
    }
  }

  @Test("what can't be taken is refused with its code")
  func refusals() throws {
    #expect(
      code {
        _ = try Table(columns: [("a", .numbers([1])), ("b", .numbers([1, 2]))])
      } == "E0701")
    #expect(
      code { _ = try HostColumn.quantities(low: [1], best: [1, 2], high: [1]) } == "E0701")
    #expect(
      code { _ = try HostColumn.texts(codes: Buffer([0, 3]), dictionary: ["a"]) } == "E0702")
    #expect(code { _ = try HostColumn.numbers([.min]) } == "E0703")
    #expect(code { _ = try HostColumn.numbers([1], scale: 19) } == "E0703")
    #expect(code { _ = try HostColumn.days(Buffer([Int32.max])) } == "E0703")
    #expect(code { _ = try HostColumn.quantities(low: [2], best: [2], high: [1]) } == "E0704")
    #expect(code { _ = try HostColumn.quantities(low: [1], best: [9], high: [3]) } == "E0704")
    #expect(code { _ = try HostColumn.numbers([1], unit: "peple") } == "E0705")
    #expect(
      code {
        _ = try Table(columns: [("a", .numbers([1])), ("a", .numbers([2]))])
      } == "E0706")
  }

  @Test("a host's column is used where it lies, and its owner is kept alive")
  func borrowing() throws {
    final class Owner {
      let memory: UnsafeMutableBufferPointer<Int64>
      init(_ values: [Int64]) {
        memory = .allocate(capacity: values.count)
        _ = memory.initialize(from: values)
      }
      deinit { memory.deallocate() }
    }
    var owner: Owner? = Owner([1, 2, 3])
    weak let watched = owner
    var session: Session?
    if let owner {
      let column = Buffer(borrowing: UnsafeBufferPointer(owner.memory), owner: owner)
      session = Session(tables: ["t": try Table(columns: [("x", .numbers(column))])])
    }
    owner = nil
    #expect(watched != nil)
    #expect(session.map { transcript("sum(t.x)", session: $0) } == "6\n")
    session = nil
    #expect(watched == nil)
  }

  @Test("values that aren't reported may hold anything, bounds may stand open")
  func masks() throws {
    let known = Buffer<UInt8>([1, 0, 7])
    let garbage = Buffer<Int64>([4, .min, 5])
    let table = try Table(columns: [
      ("n", .numbers(garbage, known: known, unit: "people")),
      ("x", .doubles(Buffer([0.5, .nan, 2]))),
      (
        "q",
        .quantities(
          low: Buffer([.min, 9, 1]), best: nil, high: Buffer([3, 0, .max]), known: known)
      ),
      (
        "r",
        .doubles(
          low: Buffer([-.infinity, .nan, 1]), best: Buffer([.nan, .nan, 1.5]),
          high: Buffer([1, .nan, .nan]))
      ),
      ("d", .days(Buffer([0, .max, 1]), known: known)),
      ("e", .days(earliest: Buffer([.min, 1, 5]), latest: Buffer([1, 0, .max]), known: known)),
      ("t", .truths(Buffer([2, 9, 1]), known: known)),
    ])
    let seen = transcript("t", as: .csv, session: Session(tables: ["t": table]))
    #expect(
      seen == """
        n,n.low,n.best,n.high,n.unit,x,q,q.low,q.best,q.high,q.unit,r,r.low,r.best,r.high,r.unit,d,e,t
        4 people,4,4,4,people,0.5,..3,,,3,,..1,,,1,,1970-01-01,[..1970-01-02],true
        ,,,,people,,,,,,,,,,,,,,
        5 people,5,5,5,people,2,1..,1,,,,1..,1,1.5,,,1970-01-02,[1970-01-06..],maybe

        """)
    #expect(code { _ = try HostColumn.numbers(Buffer([1]), known: known) } == "E0701")
    #expect(code { _ = try HostColumn.doubles(Buffer([.infinity])) } == "E0703")
    #expect(code { _ = try HostColumn.truths(Buffer([3])) } == "E0703")
    #expect(
      code { _ = try HostColumn.days(earliest: Buffer([2]), latest: Buffer([1])) } == "E0704")
    #expect(
      code { _ = try HostColumn.quantities(low: Buffer([.max]), best: nil, high: Buffer([.max])) }
        == "E0704")
  }

  @Test("empty tables, tables of one row and names with blanks answer")
  func shapes() throws {
    let empty = try Table(columns: [("x", .numbers([])), ("s", .texts([]))])
    let odd = try Table(columns: [("Event Date", .numbers([7])), ("s", .texts([nil]))])
    let session = Session(tables: ["empty": empty, "odd": odd])
    #expect(transcript("count(empty); sum(empty.x)", session: session) == "0\n0\n")
    #expect(transcript("empty | where x > 1 | sort s", session: session) == "x │ s\n0 rows\n")
    #expect(
      transcript("odd | select `Event Date`", session: session) == "Event Date\n         7\n1 row\n"
    )
    let wrong = transcript("odd | where `Event Dat` > 1", session: session)
    #expect(wrong.contains("= help: odd | where `Event Date` > 1"))
  }

  @Test("values not reported are left out of a host's sums, and counted")
  func unreported() throws {
    let table = try Table(columns: [
      ("x", .numbers([10, 0, 5])), ("y", .numbers([1, 0, 1])),
    ])
    let session = Session(tables: ["t": table])
    let seen = transcript("t | derive q = x / y | summarize s = sum(q)", session: session)
    #expect(seen == "s\n15\n1 row\n1 not reported, left out\n")
  }

  @Test("the least of nothing goes on being unknown in arithmetic")
  func leastOfNothing() throws {
    let session = Session(tables: ["t": try Table(columns: [("x", .numbers([]))])])
    let seen = transcript(
      "t | summarize a = min(x), b = max(x) | select c = a - 1, d = b * 2", session: session)
    #expect(seen == "c │ d\n· │ ·\n1 row\n")
  }

  @Test("the README's way to embed gives rows")
  func embedding() throws {
    let table = try Table(columns: [
      ("country", .texts(["Mali", "Chad", "Mali"])),
      ("deaths", .quantities(low: [1, 0, 5], best: [2, 0, 5], high: [4, 1, 5], unit: "people")),
    ])
    var session = Session(tables: ["ged": table])
    var seen: [[Value]] = []
    let text = "ged | summarize n = sum(deaths) by country"
    try session.run(SourceText(name: "input", text: text)) { answer in
      for row in answer.rows { seen.append([row["country"], row["n"]]) }
    }
    #expect(seen.map { $0[0] } == [.text("Chad"), .text("Mali")])
    let sums = seen.compactMap { values in
      if case .quantity(let quantity) = values[1] { quantity } else { nil }
    }
    #expect(sums.map(\.text) == ["0..1 people", "6..9 people"])
    #expect(sums.map(\.best) == [0, 7])
    #expect(sums.map(\.unit) == ["people", "people"])
  }
}
