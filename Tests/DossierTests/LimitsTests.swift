import Testing

@testable import Dossier

/// The limits on what a text is and on what is written of an answer; those on runs stand beside what
/// they limit.
@Suite struct LimitsTests {
  private func failure(_ text: String, _ limits: Limits) throws -> String {
    do throws(Failure) {
      _ = try Facts.builtIn.prepare(text, limits: limits).run(limits: limits)
      return "no error"
    } catch {
      return "\(error.diagnostics[0].code) \(error.diagnostics[0].message)"
    }
  }

  @Test("a text that is too large, nests too deep or has too long words is refused with its limit")
  func texts() throws {
    let script = "count(figures | where title == \"abcdefgh\")"
    #expect(try failure(script, Limits(sourceSize: 10)) == "E0602 a script may have 10 bytes")
    #expect(
      try failure(script, Limits(literalSize: 9))
        == "E0603 a text, a number or a name may have 9 bytes here")
    #expect(try failure(script, Limits(literalSize: 10)) == "no error")
    let nested = String(repeating: "(", count: 9) + "1" + String(repeating: ")", count: 9)
    #expect(try failure(nested, Limits(nesting: 8)) == "E0116 nested deeper than 8")
    #expect(try failure(nested, Limits(nesting: 20)) == "no error")
    // More than the stack bears isn't granted.
    let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
    #expect(try failure(deep, Limits(nesting: 1_000)) == "E0116 nested deeper than 250")
  }

  @Test("an error of a limit says which, its value and where")
  func places() throws {
    let rows = (0..<5_000).map(Int64.init)
    let session = Session(tables: ["t": try Table(columns: [("n", .numbers(rows))])])
    func error(_ text: String, _ limits: Limits) throws -> String {
      let query = try session.prepare(SourceText(name: "t.q", text: text))
      do throws(Failure) {
        _ = try query.run(limits: limits)
        return "no error"
      } catch {
        let found = error.diagnostics[0]
        let span = found.primary.span
        return "\(found.code) \(found.message) | \(found.primary.source?.text(span) ?? "nowhere")"
      }
    }
    let text = "1 + 1\nt | derive m = n * 2 | sort m desc"
    let query = "t | derive m = n * 2 | sort m desc"
    #expect(try error(text, Limits()) == "no error")
    #expect(
      try error(text, Limits(steps: 1_000)) == "E0601 the limit of 1000 steps is reached | \(query)"
    )
    #expect(
      try error(text, Limits(memory: 50_000))
        == "E0601 the limit of 50000 bytes is reached | \(query)")
    #expect(
      try error(text, Limits(rows: 4_999)) == "E0601 the limit of 4999 rows is reached | \(query)")
    #expect(
      try error(text, Limits(time: .zero)) == "E0601 the limit of 0 milliseconds is reached | 1 + 1"
    )
  }

  @Test("names that stand for each other are checked within the limits")
  func checks() throws {
    let lines = (1...30).map {
      "let a\($0) = a\($0 - 1) | union (a\($0 - 1) | derive value = value + 1 people)"
    }
    let script =
      "let a0 = figures | where unit(value) == \"people\"\n\(lines.joined(separator: "\n"))\na30"
    #expect(
      try failure(script, Limits(steps: 100_000)) == "E0601 the limit of 100000 steps is reached")
  }

  @Test(
    "an answer that is too large to be written is refused with its limit",
    arguments: OutputFormat.allCases)
  func output(format: OutputFormat) throws {
    let query = try Facts.builtIn.prepare("figures | select title, subject")
    func write(_ limit: Int) throws -> Int {
      let answer = try query.run(limits: Limits(output: limit))
      var (output, notes) = (Bytes(), Bytes())
      try answer.write(as: format, options: DisplayOptions(), to: &output, notes: &notes)
      return output.bytes.count
    }
    let size = try write(.max)
    #expect(throws: Failure.self) { _ = try write(100) }
    #expect(throws: Failure.self) { _ = try write(size / 2) }
    #expect(try write(size) == size)
  }
}
