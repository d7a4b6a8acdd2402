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
    let own = try Folders.text(Folders.examples.appendingPathComponent("my-own.q"))
    for text in [script, own] {
      let bytes = Array(text.utf8)
      for end in stride(from: 0, through: bytes.count, by: 7) {
        _ = codes(Array(bytes[..<end]))
        _ = codes(Array(bytes[..<end]) + Array(bytes[min(end + 5, bytes.count)...]))
      }
    }
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
