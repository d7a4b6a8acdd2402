import Dossier
import Testing

/// Queries that a host checks once and runs often.
@Suite struct PreparedQueryTests {
  private func codes(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let failure as Failure {
      return failure.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  private struct Loss: Decodable { let measure: String, value: Quantity? }

  @Test("the README's prepared query gives rows with their sources")
  func rows() throws {
    let query = try Facts.builtIn.prepare(
      "figures | where subject == side | select measure, value", parameters: ["side": .text])
    let answer = try query.run(["side": "Russia"], limits: .untrusted)
    #expect(answer.rows.map { $0["measure"] } == [.text("reconquered"), .text("territory lost")])
    #expect(answer.citations(of: answer.rows[0]).count == 1)
    let losses = try answer.decode([Loss].self)
    #expect(losses.map(\.measure) == ["reconquered", "territory lost"])
    #expect(losses.map { $0.value?.low } == [18, nil])
    #expect(try query.run(["side": "United States"]).rows.count == 1)
    #expect(try query.run(["side": "Russia"]).rows.count == 2)
  }

  @Test("parameters have types; what is wrong with them is told by code")
  func parameters() throws {
    let query = try Facts.builtIn.prepare(
      "param most: quantity = 1 bn people\nfigures | where value > least and value < most and stated > since",
      parameters: ["least": .quantity, "since": .date])
    #expect(try query.run(["least": "100 people", "since": "2024-12-01"]).rows.count == 1)
    #expect(
      try query.run(["least": "0 people", "since": "2024-12", "most": "5 people"]).rows.isEmpty)
    #expect(codes { _ = try query.run(["since": "2023"]) } == ["E0215"])
    #expect(codes { _ = try query.run(["least": true, "since": "2023"]).rows } == ["E0321"])
    #expect(
      codes { _ = try query.run(["least": "5 people", "since": "2023", "sinc": 1]) } == ["E0216"])
    #expect(codes { _ = try query.run(["least": "5 km", "since": "2023"]) } == ["E0305"])
  }

  @Test("values of each type, lists with commas in their texts")
  func values() throws {
    let query = try Facts.builtIn.prepare(
      "figures | take 1 | select a = n + 1, b = x * 2, c = not t, d = length(l), e = \"a, b\" in l",
      parameters: ["n": .integer, "x": .number, "t": .truth, "l": .list(.text)])
    let row = try #require(
      try query.run(["n": 4, "x": 0.5, "t": true, "l": ["a, b", "c"]]).rows.first)
    #expect(row["a"] == .number(5))
    #expect(row["b"] == .number(1))
    #expect(row["c"] == .truth(.false))
    #expect(row["d"] == .number(2))
    #expect(row["e"] == .truth(.true))
    #expect(codes { _ = try query.run(["n": 4.5, "x": 0.5, "t": true, "l": []]) } == ["E0321"])
  }

  @Test("what is wrong is told when the query is made, unless it hangs on a value")
  func mistakes() throws {
    #expect(codes { _ = try Facts.builtIn.prepare("figures | where nosuch > 5") } == ["E0201"])
    #expect(
      codes { _ = try Facts.builtIn.prepare("figures | where", parameters: ["a": .text]) }
        == ["E0114"])
    let nothing = try Facts.builtIn.prepare("let a = figures")
    #expect(codes { _ = try nothing.run() } == ["E0707"])
  }

  @Test("the answer is that of the last statement; runs don't see each other")
  func last() throws {
    let tables = ["t": try Table(columns: [("n", .numbers([1, 2, 3]))])]
    let query = try Facts.builtIn.prepare(
      "sum(t.n); t | where n > 1\n| where n > 2", tables: tables)
    for _ in 0..<3 { #expect(try query.run().rows.map { $0["n"] } == [.number(3)]) }
  }

  @Test("threads may share a query")
  func threads() async throws {
    let query = try Facts.builtIn.prepare(
      "figures | where subject == side | summarize n = count()", parameters: ["side": .text])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for thread in 0..<8 {
        group.addTask {
          let (side, count) = thread % 2 == 0 ? ("Russia", 2.0) : ("Ukrainian army", 2.0)
          return try (0..<100).allSatisfy { _ in
            try query.run(["side": Parameter(side)]).rows[0]["n"] == .number(count)
          }
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test("a cancelled or bounded run ends with an error, and the next one is right")
  func cancelling() async throws {
    let many = Array(0..<Int64(20_000))
    let tables = [
      "t": try Table(columns: [("n", .numbers(many)), ("k", .numbers(many.map { _ in 1 }))])
    ]
    let query = try Facts.builtIn.prepare("count(t | join t as u on k same u.k)", tables: tables)
    #expect(codes { _ = try query.run(limits: .untrusted) }.count == 1)
    let cancel = CancelToken()
    cancel.cancel()
    #expect(codes { _ = try query.run(cancel: cancel) } == ["E0690"])
    let least = try Facts.builtIn.prepare("figures")
    #expect(codes { _ = try least.run(cancel: cancel) } == ["E0690"])
    let task = Task { try await query.runInTask() }
    task.cancel()
    await #expect(throws: Failure.self) { _ = try await task.value }
    let small = try Facts.builtIn.prepare("count(t)", tables: tables)
    #expect(try small.run(limits: .untrusted).rows[0]["count(t)"] == .number(20_000))
  }

  // MARK: Own types

  private struct Figure: Decodable, Equatable {
    struct Bounds: Decodable, Equatable {
      let low: Double?
      let high: Double?
    }

    let id: String
    let subject: String
    let on_record: Bool?
    let stated: String?
    let para: [Int]
    let value: Bounds?
  }

  @Test("rows become values of a host's type")
  func decoding() throws {
    let query = try Facts.builtIn.prepare(
      "figures | where id in [\"ua_killed\", \"nk_casualties\", \"nk_killed\"] | sort id")
    let figures = try query.run().decode([Figure].self)
    #expect(
      figures == [
        Figure(
          id: "nk_casualties", subject: "nk_troops", on_record: false, stated: "2024-12-17",
          para: [2, 3], value: .init(low: 200, high: 999)),
        Figure(
          id: "nk_killed", subject: "nk_troops", on_record: false, stated: "2024-12-17",
          para: [3], value: nil),
        Figure(
          id: "ua_killed", subject: "ukrainian_army", on_record: true, stated: "[..2024-12-18~]",
          para: [9], value: .init(low: 43_000, high: 43_000)),
      ])
  }

  @Test("a truth is read with its maybe, or refused as a Bool")
  func truths() throws {
    struct Kept: Decodable { let more: Truth }
    struct Decided: Decodable { let more: Bool }
    let answer = try Facts.builtIn.prepare(
      "figures | where unit(value) == \"people\" | sort id | select more = value > 9_500 people"
    ).run()
    #expect(try answer.decode([Kept].self).map(\.more) == [.false, .maybe, .maybe, .true, .true])
    #expect(throws: DecodingError.self) { _ = try answer.decode([Decided].self) }
    let text = try Facts.builtIn.prepare("sources | select more = lang").run()
    #expect(throws: DecodingError.self) { _ = try text.decode([Kept].self) }
  }

  @Test("what doesn't fit a type names the row and the field")
  func misfits() throws {
    struct Exact: Decodable { let value: Int }
    let query = try Facts.builtIn.prepare(
      "figures | where unit(value) == \"people\" | select value")
    let answer = try query.run()
    do {
      _ = try answer.decode([Exact].self)
      Issue.record("a range was read as a number")
    } catch let DecodingError.typeMismatch(_, context) {
      #expect(context.codingPath.map(\.stringValue) == ["0", "value"])
      #expect(context.debugDescription == "expected an exact number, found several hundred people")
    }
    struct Other: Decodable { let nosuch: Int }
    #expect(throws: DecodingError.self) { _ = try answer.decode([Other].self) }
  }
}
