import Dossier
import Synchronization
import Testing

/// Functions that a host gives to scripts.
@Suite struct HostFunctionTests {
  struct NoMap: Error, CustomStringConvertible { let description = "no map of 'Kursk'" }

  private static let functions: [String: HostFunction] = [
    "twice": HostFunction(takes: [.number], gives: .number) { values in
      guard case .number(let number) = values[0] else { return .unknown }
      return .number(number * 2)
    },
    "widened": HostFunction(takes: [.quantity], gives: .quantity(unit: "people")) { values in
      guard case .quantity(let given) = values[0] else { return .unknown }
      return .quantity(
        Quantity(low: given.low.map { $0 - 1 }, best: nil, high: given.high, unit: "people"))
    },
    "initials": HostFunction(takes: [.text], gives: .text) { values in
      guard case .text(let text) = values[0] else { return .unknown }
      return .text(String(text.split(separator: " ").compactMap(\.first)))
    },
    "longest": HostFunction(takes: [.list(.text)], gives: .integer) { values in
      guard case .list(let texts) = values[0] else { return .none }
      let counts = texts.map { if case .text(let text) = $0 { text.count } else { 0 } }
      return .number(Double(counts.max() ?? 0))
    },
    "is_even": HostFunction(takes: [.integer], gives: .truth) { values in
      guard case .number(let number) = values[0] else { return .unknown }
      return .truth(number == 3 ? .maybe : Int(number) % 2 == 0 ? .true : .false)
    },
    "month": HostFunction(takes: [.integer], gives: .date) { values in
      guard case .number(let number) = values[0] else { return .unknown }
      return number > 9 ? .none : .date("2024-0\(Int(number))")
    },
    "through": HostFunction(takes: [.date], gives: .period) { values in
      guard case .date(let date) = values[0] else { return .unknown }
      return .date("\(date)/..")
    },
    "or_zero": HostFunction(takes: [.integer], gives: .integer, seesAbsent: true) { values in
      if case .number(let number) = values[0] { .number(number) } else { .number(0) }
    },
    "lost": HostFunction(takes: [.text], gives: .number) { _ in throw NoMap() },
    "wrong": HostFunction(takes: [.number], gives: .text) { _ in .number(1) },
    "nan": HostFunction(takes: [], gives: .number) { _ in .number(.nan) },
    "backwards": HostFunction(takes: [], gives: .quantity(unit: "km")) { _ in
      .quantity(Quantity(low: 2, best: nil, high: 1, unit: nil))
    },
    "league": HostFunction(takes: [], gives: .quantity(unit: "league")) { _ in .unknown },
    "nowhen": HostFunction(takes: [], gives: .date) { _ in .date("2024-13") },
  ]

  /// The cells of a column of one text's answer, or its errors.
  private func cells(
    _ text: String, functions: [String: HostFunction] = functions, limits: Limits = .default
  ) throws -> [String] {
    do throws(Failure) {
      let query = try Facts.builtIn.prepare(text, functions: functions)
      let answer = try query.run(limits: limits)
      let name = answer.table.fieldNames[0]
      return answer.rows.map { words($0[name]) }
    } catch {
      return error.diagnostics.map { "\($0.code) \($0.message)" }
    }
  }

  private func words(_ value: Value) -> String {
    switch value {
    case .truth(let truth): truth.description
    case .number(let number): "\(number)"
    case .quantity(let quantity): quantity.text
    case .text(let text), .date(let text): text
    case .reference(let id, _): id
    case .list(let values): values.map(words).joined(separator: " ")
    case .unknown: "unknown"
    case .none: "none"
    }
  }

  private static let rows = """
    [{ n: 1, who: "Kim Jong-un" }, { n: 2 }, { n: unknown, who: "Rustem Umerov" }, \
    { n: 3, who: unknown }]
    """

  @Test(
    "values of each type go in and come out, those that aren't there by themselves",
    arguments: [
      ("twice(n)", ["2.0", "4.0", "unknown", "6.0"]),
      ("initials(who)", ["KJ", "unknown", "RU", "unknown"]),
      ("is_even(n)", ["false", "true", "unknown", "maybe"]),
      ("month(n)", ["2024-01", "2024-02", "unknown", "2024-03"]),
      ("month(n + 8)", ["2024-09", "none", "unknown", "none"]),
      ("through(month(n))", ["2024-01/..", "2024-02/..", "unknown", "2024-03/.."]),
      ("or_zero(n) + 1", ["2.0", "3.0", "1.0", "4.0"]),
      ("or_zero(unknown)", ["0.0", "0.0", "0.0", "0.0"]),
      ("longest([\"ab\", \"abc\"])", ["3.0", "3.0", "3.0", "3.0"]),
      ("widened(5..6 people)", ["4..6 people", "4..6 people", "4..6 people", "4..6 people"]),
      ("if n > 1 then twice(n) else 0", ["0", "4", "unknown", "6"]),
    ])
  func values(call: String, expected: [String]) throws {
    let found = try cells("\(HostFunctionTests.rows) | select x = \(call)")
    #expect(found == expected)
  }

  @Test(
    "what a function can't take is an error before the run",
    arguments: [
      ("twice(5..6)", "E0373 expected number, found a range"),
      ("twice(5 people)", "E0373 expected number, found a quantity in people"),
      ("initials(3)", "E0373 expected text, found a number"),
      ("is_even(1.5)", "E0373 expected integer, found a number"),
      ("twice()", "E0315 'twice' is written twice(number)"),
      ("longest(\"a\")", "E0373 expected [text], found a text"),
      ("league()", "E0206 no unit 'league'"),
      ("twise(1)", "E0203 no function 'twise'"),
    ])
  func misuse(call: String, expected: String) throws {
    let found = try cells(call)
    #expect(found == [expected])
  }

  @Test(
    "what a function does wrong ends the run and says which",
    arguments: [
      (
        "twice(range(1, 2))",
        "E0734 the host's function 'twice' takes numbers, and this is 1..2 in a row"
      ),
      ("lost(\"Kursk\")", "E0731 the host's function 'lost' failed: no map of 'Kursk'"),
      ("wrong(1)", "E0732 the host's function 'wrong' gave a number, not a text"),
      ("nan()", "E0732 the host's function 'nan' gave the number nan, not a number"),
      (
        "backwards()",
        "E0732 the host's function 'backwards' gave bounds of 2.0 to 1.0, not a quantity in km"
      ),
      ("nowhen()", "E0732 the host's function 'nowhen' gave the date '2024-13', not a date"),
    ])
  func failures(call: String, expected: String) throws {
    #expect(try cells(call) == [expected])
    // In rows that aren't kept, or that need no answer, it isn't asked.
    let rows = HostFunctionTests.rows
    let unasked = try cells("\(rows) | where n > 5 | select x = \(call)")
    #expect(unasked == [])
    let decided = try cells("\(rows) | select x = (n ?? 0) > 5 and \(call) == \(call)")
    #expect(decided == ["false", "false", "false", "false"])
  }

  @Test("a pure function is asked once for equal values, another one in each row")
  func purity() throws {
    for isPure in [true, false] {
      let calls = Mutex(0)
      let counted = HostFunction(takes: [.integer], gives: .integer, isPure: isPure) { values in
        calls.withLock { $0 += 1 }
        return values[0]
      }
      let text = "[{ a: 1 }, { a: 1 }, { a: 2 }, { a: 1 }] | summarize s = sum(counted(a))"
      #expect(try cells(text, functions: ["counted": counted]) == ["5.0"])
      #expect(calls.withLock { $0 } == (isPure ? 2 : 4))
    }
  }

  @Test("calls count against the limit of steps with their cost")
  func cost() throws {
    let dear = HostFunction(takes: [.integer], gives: .integer, cost: 600) { $0[0] }
    let limits = Limits(
      steps: 1_000, memory: 1 << 20, rows: 10, sourceSize: 1_000, time: .seconds(60))
    let found = try cells(
      "[{ a: 1 }, { a: 2 }] | select x = dear(a)", functions: ["dear": dear], limits: limits)
    #expect(found == ["E0601 the limit of 1000 steps is reached"])
  }

  @Test("a result rests on the figures that its values rest on")
  func provenance() throws {
    let doubled = HostFunction(takes: [.quantity], gives: .quantity(unit: "people")) { values in
      guard case .quantity(let value) = values[0] else { return .unknown }
      return .quantity(
        Quantity(
          low: value.low.map { $0 * 2 }, best: nil, high: value.high.map { $0 * 2 }, unit: nil))
    }
    let text = "figures | where unit(value) == \"people\" | summarize total = sum(doubled(value))"
    let found = try cells(text, functions: ["doubled": doubled])
    #expect(found.first?.hasPrefix("E0430 ") == true)
  }

  @Test("a function may run queries, but not itself without an end")
  func reentry() throws {
    let inner = try Facts.builtIn.prepare("count(figures)")
    let figures = HostFunction(takes: [], gives: .integer) { _ in
      try inner.run().rows[0][inner.run().table.fieldNames[0]]
    }
    #expect(try cells("figure_count() > 3", functions: ["figure_count": figures]) == ["true"])

    let itself = Mutex<PreparedQuery?>(nil)
    let endless = HostFunction(takes: [], gives: .integer) { _ in
      let query = itself.withLock { $0 }
      return try query?.run().rows[0]["x"] ?? .unknown
    }
    let query = try Facts.builtIn.prepare(
      "[{ a: 1 }] | select x = endless()", functions: ["endless": endless])
    itself.withLock { $0 = query }
    do {
      _ = try query.run()
      Issue.record("it came to an end")
    } catch {
      #expect(error.diagnostics[0].code == "E0731")
      #expect(error.diagnostics[0].message.contains("E0733"))
    }
  }

  @Test("a function that takes long sees that its run is stopped")
  func stopping() throws {
    #expect(!HostFunction.isStopped)
    let cancel = CancelToken()
    let patient = HostFunction(takes: [], gives: .truth) { _ in
      cancel.cancel()
      while !HostFunction.isStopped {}
      return .truth(.true)
    }
    let query = try Facts.builtIn.prepare(
      "[{ a: 1 }, { a: 2 }] | select x = patient()", functions: ["patient": patient])
    do {
      _ = try query.run(cancel: cancel)
      Issue.record("it wasn't stopped")
    } catch {
      #expect(error.diagnostics[0].code == "E0690")
    }
  }
}
