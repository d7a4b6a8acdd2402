import Dossier
import Testing

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
