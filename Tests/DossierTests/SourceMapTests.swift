import Testing

@testable import Dossier

/// Mistakes are shown in the text where they are written, also if a later one runs into them.
@Suite struct SourceMapTests {
  /// What the last of some texts, named `a`, `b`, …, says of its failure.
  private func failure(of texts: [String]) throws -> String {
    var session = Session()
    for (index, text) in texts.enumerated() {
      let name = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index)))
      do {
        try session.run(SourceText(name: name, text: text)) { _ in }
      } catch let failure as Failure where index == texts.count - 1 {
        return failure.rendered(colour: false)
      }
    }
    return ""
  }

  @Test("an overflow in a definition is shown where it was defined")
  func definition() throws {
    let seen = try failure(of: [
      "let one = 1", "let two = 2\nlet huge = 9_000_000_000_000_000_000 * 9", "\n\nhuge",
    ])
    #expect(
      seen == """
        error[E0401]: a result of this doesn't fit into 64 bits
          ┌─ b:2:12
        2 │ let huge = 9_000_000_000_000_000_000 * 9
          │            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        """)
  }

  @Test("an id that an earlier text declared is shown with both places")
  func declaration() throws {
    let seen = try failure(of: ["actor x \"X\"", "1\n  actor x \"Y\""])
    #expect(seen.contains("  ┌─ b:2:9\n2 │   actor x \"Y\"\n"))
    #expect(seen.contains("  ┌─ a:1:7\n1 │ actor x \"X\"\n"))
  }

  @Test("an error that has no place names the text that was run, and no line of it")
  func nowhere() {
    var session = Session()
    session.parameters = ["sid": "Russia"]
    do {
      try session.run(SourceText(name: "mine", text: "5")) { _ in }
      Issue.record("nothing is wrong")
    } catch let failure as Failure {
      #expect(failure.rendered(colour: false) == "error[E0216]: the script has no param 'sid'\n")
      #expect(failure.renderedAsJSON().contains("\"source\": \"mine\", \"line\": null"))
    } catch {
      Issue.record(error)
    }
  }

  @Test("places are counted from the start of each text, also as data")
  func asData() throws {
    var session = Session()
    try session.run(SourceText(name: "first", text: "let a = 1")) { _ in }
    do {
      try session.check(SourceText(name: "second", text: "b"))
      Issue.record("nothing is wrong")
    } catch let failure as Failure {
      let label = try #require(failure.diagnostics.first?.primary)
      #expect(label.span == Span(0, 1))
      #expect(label.source?.name == "second")
      #expect(failure.source.name == "second")
      #expect(failure.renderedAsJSON().contains("\"start\": 0, \"end\": 1"))
    }
  }

  @Test("texts that defined nothing are let go")
  func growth() throws {
    var session = Session()
    try session.run(SourceText(name: "a", text: "let a = 1")) { _ in }
    let count = session.sourceMap.texts.count
    for _ in 0..<200 {
      try session.run(SourceText(name: "b", text: "a + 1; check a == 1")) { _ in }
    }
    #expect(session.sourceMap.texts.count == count)
    try session.run(SourceText(name: "c", text: "let c = a")) { _ in }
    #expect(session.sourceMap.texts.count == count + 1)
  }

  @Test("texts that don't fit into the space of offsets are refused")
  func limit() {
    let last = Int(Int32.max)
    var sources = SourceMap(SourceText(name: "long", bytes: [0x31], base: last - 10))
    #expect(sources.append(SourceText(name: "more", text: "123456789")) == nil)
    #expect(sources.append(SourceText(name: "less", text: "1234"))?.base == last - 8)
    #expect(sources.append(SourceText(name: "less", text: "1234")) == nil)
  }

  @Test("a text behind another parses to the same tree, further on")
  func moved() throws {
    let text = SourceText(
      name: "", text: "figures | where value > 9.5e3 people\n| sort `a b`; \"\\q\"")
    let moved = SourceText(name: "", bytes: text.bytes, base: 1_000)
    let (here, there) = (Parser.parse(text), Parser.parse(moved))
    #expect(there.errors.map(\.span) == here.errors.map { $0.span.moved(by: 1_000) })
    #expect(
      there.tree.expressions.map(\.span) == here.tree.expressions.map { $0.span.moved(by: 1_000) })
    #expect(there.tree.quantities.map(\.number) == here.tree.quantities.map(\.number))
  }
}
