import Dossier
import Testing

/// No text makes the program trap; what is wrong is told with its place.
@Suite struct HostileInputTests {
  private func codes(_ bytes: [UInt8]) -> [String] {
    var session = Session()
    do {
      try session.run(SourceText(name: "input", bytes: bytes)) { _ in }
      return []
    } catch let failure as Failure {
      for diagnostic in failure.diagnostics {
        #expect(diagnostic.primary.span.end <= bytes.count)
      }
      _ = failure.rendered(colour: false)
      return failure.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  private func codes(_ text: String) -> [String] { codes(Array(text.utf8)) }

  @Test("zero bytes, bytes that are no UTF-8 and bidi controls are refused anywhere")
  func bytes() {
    #expect(codes("figures\0") == ["E0102"])
    #expect(codes(Array("\"a".utf8) + [0] + Array("b\"".utf8)) == ["E0102"])
    #expect(codes(Array("figures # ".utf8) + [0xFF]) == ["E0103"])
    #expect(
      codes(Array("figures | where measure == \"".utf8) + [0xC3, 0x28] + Array("\"".utf8)) == [
        "E0103"
      ])
    #expect(codes([0xED, 0xA0, 0x80]).first == "E0103")
    #expect(codes("\"\u{202E}abc\"") == ["E0104"])
    #expect(codes("# \u{2066}comment") == ["E0104"])
  }

  @Test("functions that call each other very often, or nest in each other, are an error")
  func calls() {
    var doubling = ["let f0(x) = x"]
    for level in 1...20 {
      doubling.append("let f\(level)(x) = f\(level - 1)(x) + f\(level - 1)(x)")
    }
    #expect(codes((doubling + ["f20(1)"]).joined(separator: "\n")).contains("E0223"))
    let signs = String(repeating: "not ", count: 200)
    var nested = ["let g0(x) = x"]
    for level in 1...20 { nested.append("let g\(level)(x) = \(signs) g\(level - 1)(x)") }
    #expect(codes((nested + ["g20(true)"]).joined(separator: "\n")) == ["E0224"])
    #expect(codes((nested + ["g1(true)"]).joined(separator: "\n")) == [])
  }

  @Test(
    "10,000 nested brackets, signs and nots are an error, not a crash",
    arguments: ["(", "[", "-", "not "])
  func nesting(opening: String) {
    let text = String(repeating: opening, count: 10_000) + "1"
    #expect(codes(text).first == "E0116")
  }

  @Test("a chain of 100,000 operands is fine", arguments: ["or", "and"])
  func chains(word: String) {
    let text = Array(repeating: "true", count: 100_000).joined(separator: " \(word) ")
    #expect(codes(text) == [])
    let fields = Array(repeating: "value is known", count: 20_000).joined(separator: " \(word) ")
    #expect(codes("figures | where " + fields) == [])
  }

  @Test("sums and products of 100,000 operands are fine")
  func longSums() {
    #expect(codes(Array(repeating: "1", count: 100_000).joined(separator: " + ")) == [])
    #expect(codes(Array(repeating: "1", count: 100_000).joined(separator: " * ")) == [])
  }

  @Test("a line of a megabyte is read, and an error in it is drawn in a few words")
  func longLine() {
    let text =
      "figures | where measure == \"" + String(repeating: "x", count: 1_000_000) + "\" and zzz"
    #expect(codes(text) == ["E0201"])
    #expect(transcript(text).utf8.count < 2_000)
  }

  @Test("a script of garbage tells some mistakes and ends")
  func garbage() {
    #expect(codes(String(repeating: "§", count: 10_000)).count <= 100)
    #expect(codes(String(repeating: "figures | foo\n", count: 10_000)).count <= 100)
  }

  @Test("every prefix and every cut of a script is taken without a trap")
  func cuts() throws {
    let script = try Folders.text(Folders.examples.appendingPathComponent("tour.q"))
    let own = try Folders.text(Folders.examples.appendingPathComponent("15-my-own.q"))
    var runs = 0
    for text in [script, own] {
      let bytes = Array(text.utf8)
      for end in stride(from: 0, through: bytes.count, by: 7) {
        _ = codes(Array(bytes[..<end]))
        _ = codes(Array(bytes[..<end]) + Array(bytes[min(end + 5, bytes.count)...]))
        runs += 2
      }
    }
    #expect(runs > 500)
  }

  @Test("limits end a run with an error that names them, and the session goes on")
  func limits() throws {
    var session = Session(limits: .untrusted)
    session.limits.rows = 5
    #expect(throws: Failure.self) {
      try session.run(SourceText(name: "input", text: "events")) { _ in }
    }
    session.limits.steps = 10
    do {
      try session.run(SourceText(name: "input", text: "count(events)")) { _ in }
      Issue.record("no limit was reached")
    } catch let failure as Failure {
      #expect(failure.diagnostics.map(\.code) == ["E0601"])
      #expect(failure.diagnostics[0].message.contains("steps"))
    }
    session.limits = .default
    session.limits.sourceSize = 10
    #expect(throws: Failure.self) {
      try session.run(SourceText(name: "input", text: "count(figures)")) { _ in }
    }
    session.limits = .default
    var count = 0
    try session.run(SourceText(name: "input", text: "count(figures)")) { _ in count += 1 }
    #expect(count == 1)
  }

  @Test("a cancelled run ends with its own error, and the next one runs")
  func cancelling() throws {
    let token = CancelToken()
    var session = Session(cancel: token)
    token.cancel()
    do {
      try session.run(SourceText(name: "input", text: "count(figures)")) { _ in }
      Issue.record("it was not cancelled")
    } catch let failure as Failure {
      #expect(failure.diagnostics.map(\.code) == ["E0690"])
      #expect(failure.exitCode == 130)
    }
    token.reset()
    try session.run(SourceText(name: "input", text: "count(figures)")) { _ in }
  }
}

/// Several texts in one session, as the prompt hands them over.
@Suite struct SessionTests {
  private func seen(_ texts: [String]) -> [String] {
    var session = Session()
    return texts.map { text in
      var seen = Bytes()
      do {
        try session.run(SourceText(name: "input", text: text)) { answer in
          var notes = Bytes()
          try answer.write(
            as: .table, options: DisplayOptions(cite: false), to: &seen, notes: &notes)
        }
        return seen.text
      } catch let failure as Failure {
        return failure.diagnostics.map { "\($0.code)\n" }.joined()
      } catch {
        return "\(error)"
      }
    }
  }

  @Test("a text that fails leaves no trace")
  func noTrace() {
    #expect(seen(["let a = 1; let b = zzz", "a"]) == ["E0202\n", "E0202\n"])
    #expect(
      seen(["let a = 1; 5 people * 9_000_000_000_000_000_000", "a"]) == ["E0401\n", "E0202\n"])
  }

  @Test("names stay, and a later text may give them anew")
  func names() {
    #expect(seen(["let a = 1", "a", "let a = 2", "a"]) == ["", "1\n", "", "2\n"])
  }

  @Test("a leading bar and `it` go on from the last query, and from nothing else")
  func last() {
    #expect(
      seen(["figures | take 2", "| select measure | take 1", "count(it)", "count(it)"]) == [
        seen(["figures | take 2"])[0], "measure\nkilled or wounded\n1 row\n", "1\n", "E0202\n",
      ])
  }

  @Test("rows that are only maybe there stay so")
  func maybeRows() {
    let texts = ["figures | where possibly value > 9_500 people", "count(it)"]
    #expect(seen(texts).last?.hasPrefix("2..4\n") == true)
  }

  @Test("a text that declares a source stands alone; what rested on the report is gone")
  func standingAlone() {
    let texts = [
      "let u = figures | where subject in \"Ukraine\"", "count(u)", "source s \"S\"",
      "count(figures)",
      "count(u)",
    ]
    #expect(seen(texts) == ["", "2\n", "", "0\n", "E0202\n"])
  }

  @Test("a source that would leave earlier declarations hanging is refused")
  func hangingDeclarations() {
    let texts = ["actor x \"X\" { part_of: russia }", "source s \"S\"", "count(figures)"]
    #expect(seen(texts) == ["", "E0220\n", "9\n"])
  }

  @Test("definitions see facts that are added later")
  func addedFacts() {
    let texts = [
      "source s \"S\"; actor a \"A\"; let n = figures | where subject == a", "count(n)",
      "figure f { subject: a, measure: \"sent\", value: 5 people }", "count(n)",
    ]
    #expect(seen(texts) == ["", "0\n", "", "1\n"])
  }

  @Test("a chain of definitions may be long, but not endless")
  func chains() {
    var texts = ["let x0 = count(figures)"]
    for index in 1...300 { texts.append("let x\(index) = x\(index - 1) + 1") }
    let answers = seen(texts + ["x150"])
    #expect(answers.last == "159\n")
    #expect(answers.contains("E0219\n"))
  }

  @Test(
    "calls inside of calls are an error, not a crash",
    arguments: [
      String(repeating: "f(", count: 240) + "1" + String(repeating: ")", count: 240),
      String(repeating: "g(", count: 240) + "figures" + String(repeating: ")", count: 240),
      "figures" + String(repeating: " | g()", count: 3_000),
    ])
  func nestedCalls(call: String) {
    let definitions = "let f(x) = x + 1\nlet g(t) = t | take 5\n"
    #expect(transcript(definitions + call).hasPrefix("error[E0224]"))
  }

  @Test("many calls beside each other don't count as nested")
  func manyCalls() {
    let calls = [String](repeating: "count(g(figures))", count: 300).joined(separator: " + ")
    #expect(transcript("let g(t) = t | take 5\n" + calls).hasPrefix("1,500 "))
  }
}
