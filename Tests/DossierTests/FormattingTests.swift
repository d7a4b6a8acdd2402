import Foundation
import Testing

@testable import Dossier

/// `fmt` changes how a script looks and nothing else.
@Suite struct FormattingTests {
  private func formatted(_ text: String) throws -> String {
    try SourceText(name: "input", text: text).formatted()
  }

  private func outline(_ text: String) throws -> String {
    try SourceText(name: "input", text: text).outline()
  }

  /// The comments of a script, each from its sign to the end of its line.
  private func comments(_ text: String) -> [String] {
    let source = SourceText(name: "", text: text)
    var end = 0
    var comments: [String] = []
    for token in Lexer.tokens(of: source).tokens where token.kind != .lineBreak {
      let gap = source.text(Span(end, Int(token.span.start)))
      for line in gap.components(separatedBy: "\n") {
        guard let sign = line.firstIndex(of: "#") else { continue }
        comments.append(line[sign...].trimmingCharacters(in: .whitespacesAndNewlines))
      }
      end = Int(token.span.end)
    }
    return comments
  }

  /// What must hold for each script that parses; false for one that doesn't.
  private func hold(_ text: String) throws -> Bool {
    guard Parser.parse(SourceText(name: "", text: text)).errors.isEmpty else { return false }
    let once = try formatted(text)
    do {
      #expect(try formatted(once) == once, "\(text)")
      #expect(try outline(once) == outline(text), "\(text)")
      #expect(comments(once) == comments(text), "\(text)")
      #expect(!once.contains(" \n"), "\(text)")
    } catch {
      Issue.record("\(text)\nis formatted to\n\(once)\n\(error)")
    }
    return true
  }

  // MARK: Any script

  @Test("scripts that people wrote mean the same, keep their comments and are formatted once")
  func written() throws {
    let folder = Folders.sources.appendingPathComponent("Dossier/Dossiers")
    var scripts =
      try GrammarTests.written()
      + [Folders.text(folder.appendingPathComponent("kursk.q"))]
    scripts += try Folders.files(Folders.fixtures, ending: "q").map(Folders.text)
    let count = try scripts.count { try hold($0) }
    #expect(count > 100)
  }

  @Test("so do sentences of the grammar, with line breaks and comments where they may stand")
  func generated() throws {
    var generator = Generator(try GrammarTests.grammar(), seed: 5)
    for _ in 0..<Cases.some(of: 3_000) {
      #expect(try hold(generator.text(generator.sentence())))
    }
  }

  // MARK: The style

  @Test(
    "each sign has its blanks",
    arguments: [
      ("figures|where(value>5people)|take  3", nil),
      ("figures|where  value>5 people|take  3", "figures | where value > 5 people | take 3"),
      ("a-b;-a;a- -b;a*(-b)", "a - b\n-a\na - -b\na * (-b)"),
      ("20 %;5 people/day;a/b;5 people / day", "20%\n5 people/day\na / b\n5 people / day"),
      ("1 .. 5 people ;..5;5 ..;x in(1 ..2)", "1..5 people\n..5\n5..\nx in (1..2)"),
      ("let f (x:text=\"a\",y)=x", "let f(x: text = \"a\", y) = x"),
      ("f( x ,1 , y :2, )", "f(x, 1, y: 2)"),
      ("check a:\"b\"", "check a : \"b\""),
      ("actor a\"A\"{type:\"state\"}", "actor a \"A\" { type: \"state\" }"),
      ("[ {a :1,b: 2} ,{ } ]", "[{a: 1, b: 2}, {}]"),
      ("\"a \\( b+c ) d\"", "\"a \\(b + c) d\""),
      ("a . b . `c d`", "a.b.`c d`"),
      ("early  @2024-08;x<@2024", "early @2024-08\nx < @2024"),
      ("a;;b;", "a\nb"), ("figures;|take 1", "figures;\n| take 1"), ("", ""), ("\n\n", ""),
      ("# only", "# only"),
    ])
  func blanks(_ text: String, _ expected: String?) throws {
    guard let expected else {
      #expect(throws: Failure.self) { try formatted(text) }
      return
    }
    #expect(try formatted(text) == (expected.isEmpty ? "" : expected + "\n"))
  }

  @Test("long queries break before their stages, long brackets behind their sign")
  func breaks() throws {
    let text = """
      figures | where subject in "Ukraine" and value is known and unit(value) == "people" | select subject, measure, value
      actor troops "The troops" {alias: ["one name of the troops", "another name of the troops"], type: "armed force"}
      count(figures | where subject in "North Korea" | where value is known | where measure == "killed or wounded")
      """
    #expect(
      try formatted(text) == """
        figures
          | where subject in "Ukraine" and value is known and unit(value) == "people"
          | select subject, measure, value
        actor troops "The troops" {
          alias: ["one name of the troops", "another name of the troops"], type: "armed force",
        }
        count(
          figures
            | where subject in "North Korea"
            | where value is known
            | where measure == "killed or wounded"
        )

        """)
  }

  @Test("comments and empty lines stay between what they stood between")
  func comments() throws {
    let text = """
      #!/usr/bin/env dossier



      # about a
      let a = 1   # one
      let b = [ # first
        1, 2 # last
        # own
      ]

      a # before a stage
        # between
        | take 1
      # end

      """
    #expect(
      try formatted(text) == """
        #!/usr/bin/env dossier

        # about a
        let a = 1  # one
        let b = [  # first
          1, 2,  # last
          # own
        ]

        a  # before a stage
          # between
          | take 1
        # end

        """)
  }

  @Test("a column without a name is called what fmt writes")
  func names() {
    let seen = transcript("figures | take 1 | select value . low*2,( measure )")
    #expect(seen.hasPrefix("value.low * 2 │ measure\n"))
  }
}
