import Dossier
import Testing

@testable import DossierCLI

/// Where libedit puts characters, and the same characters in colour.
@Suite("The coloured line")
struct ColouredLineTests {
  init() { Terminal.useUTF8() }

  private func places(_ text: String, columns: Int, prompt: Int = 9) -> [[Int]] {
    EditLayout(Array(text.unicodeScalars), columns: columns, promptWidth: prompt).places
      .map { [$0.row, $0.column] }
  }

  @Test("rows of the screen count the prompt and what is folded")
  func rows() {
    func rows(_ text: String, _ columns: Int) -> Int {
      EditLayout(Array(text.unicodeScalars), columns: columns, promptWidth: 9).rows
    }
    #expect(rows("", 10) == 1)
    #expect(rows("ab", 10) == 2)
    #expect(rows("a\nb\n", 80) == 3)
    #expect(rows("a", 10) == 2)
    // A row that is just full is followed by an empty one.
    #expect(rows("a\nb", 10) == 3)
    #expect(rows(String(repeating: "x", count: 50), 5) == 12)
  }

  @Test("tabs, wide and combining letters, and what can't be shown have their cells")
  func cells() {
    #expect(places("\tx", columns: 80) == [[0, 9], [0, 16], [0, 17]])
    #expect(places("\tx", columns: 12) == [[0, 9], [1, 0], [1, 1]])
    #expect(places("a山b", columns: 11) == [[0, 9], [1, 0], [1, 2], [1, 3]])
    #expect(places("山b", columns: 11) == [[0, 9], [1, 0], [1, 1]])
    #expect(places("山b", columns: 10) == [[1, 0], [1, 2], [1, 3]])
    #expect(places("e\u{301}x", columns: 80) == [[0, 9], [0, 10], [0, 10], [0, 11]])
    #expect(places("\u{1}\u{85}", columns: 80) == [[0, 9], [0, 11], [0, 18]])
    #expect(places("\u{1}x", columns: 10) == [[0, 9], [1, 1], [1, 2]])
  }

  /// What a terminal shows after libedit's plain text and then the coloured line.
  private func screen(
    _ text: String, columns: Int, cursor: Int? = nil, hint: String = ""
  ) throws -> (before: Screen, after: Screen) {
    var block = EditBlock(text)
    let layout = EditLayout(block.scalars, columns: columns, promptWidth: 9)
    var screen = Screen(rows: 10, columns: columns)
    screen.write("dossier> ")
    for (index, scalar) in block.scalars.enumerated() {
      let place = layout.places[index]
      screen.write("\r\u{1B}[H" + String(repeating: "\n", count: place.row))
      screen.write(place.column > 0 ? "\u{1B}[\(place.column)C" : "")
      if scalar != "\n", scalar != "\t" { screen.write(String(scalar)) }
    }
    block.cursor = cursor ?? block.cursor
    let place = layout.places[block.cursor]
    screen.write("\r\u{1B}[H" + String(repeating: "\n", count: place.row))
    screen.write(place.column > 0 ? "\u{1B}[\(place.column)C" : "")
    let line = ColouredLine(
      block: block, highlights: Session().highlights(of: text), hint: hint, columns: columns,
      promptWidth: 9)
    var after = screen
    after.write(try #require(line.text(mostRows: 10)))
    return (screen, after)
  }

  @Test(
    "the same characters stand at the same cells, and the cursor where it was",
    arguments: [
      "", "figures", "where \"山田\" and 5", "(1 +\n  2)", "\t5\tand", "\"12345678山\" and\n5",
      "1234567890 1\n\n2", "é # e\u{301} 山", "\"\n\n",
    ], [10, 11, 12, 20, 80])
  func samePlaces(_ text: String, columns: Int) throws {
    for cursor in 0...text.unicodeScalars.count {
      let (before, after) = try screen(text, columns: columns, cursor: cursor)
      #expect(before.lines == after.lines)
      #expect(before.cursor == after.cursor)
      #expect(after.strange == [] && after.isCursorShown)
    }
  }

  @Test("a hint stands behind the text, cut where the row ends")
  func hint() throws {
    let (_, wide) = try screen("fig", columns: 30, hint: "ures | take 1")
    #expect(wide.lines == ["dossier> figures | take 1"])
    #expect(wide.text(inStyle: "90") == "ures | take 1")
    let (before, narrow) = try screen("fig", columns: 20, hint: "ures | take 1")
    #expect(narrow.lines == ["dossier> figures |…"])
    #expect(narrow.cursor == before.cursor)
    #expect(
      try screen("fig", columns: 30, hint: "ures\n| take 1").after.lines == ["dossier> figures …"])
    #expect(try screen("1234567890 ", columns: 20, hint: "+ 1").after.lines.last == "+ 1")
  }

  @Test("what libedit writes as a number, or what is taller than the screen, is left as it is")
  func leftAlone() {
    func line(_ text: String, columns: Int = 80) -> String? {
      ColouredLine(block: EditBlock(text), highlights: [], columns: columns, promptWidth: 9)
        .text(mostRows: 3)
    }
    #expect(line("\u{1B}[2J") == nil)
    #expect(line("a\u{85}") == nil)
    #expect(line("a\n\n\nb") == nil)
    #expect(line("a", columns: 9) == nil)
    #expect(line("a\n\nb") != nil)
  }

  @Test("words are coloured only where they are words of the language")
  func highlights() {
    func coloured(_ text: String) -> [String] {
      Session().highlights(of: text).map {
        "\($0.kind) \(String(decoding: Array(text.utf8)[$0.range], as: UTF8.self))"
      }
    }
    #expect(
      coloured("figures | where value > 5.6 bn USD and not on_record # why") == [
        "keyword where", "value 5.6", "value bn", "keyword and", "keyword not", "comment # why",
      ])
    #expect(coloured("let where = count(figures)") == ["keyword let", "function count"])
    #expect(
      coloured("figures | sort sort desc, by") == ["keyword sort", "keyword desc"])
    #expect(
      coloured("figures | summarize n = count() by by") == [
        "keyword summarize", "function count", "keyword by",
      ])
    #expect(
      coloured("value is known or several hundred people") == [
        "keyword is", "keyword known", "keyword or", "value several", "value hundred",
      ])
    #expect(coloured("about 5 k") == ["value about", "value 5", "value k"])
    #expect(coloured("early @2024-08") == ["value early", "value @2024-08"])
    #expect(coloured("a.by == \"x") == ["text \"x"])
    #expect(coloured("\"a \\(count(b)) c\"") == ["text \"a \\(", "function count", "text ) c\""])
    #expect(coloured("§ 'x'") == ["mistake §", "mistake 'x'"])
    #expect(coloured("# a\n1") == ["comment # a\n", "value 1"])
    #expect(coloured("") == [])
  }

  @Test("a command is coloured by its name, and a query behind it as a query")
  func commands() {
    let context = EntryContext(session: Session(), history: [])
    func kinds(_ text: String) -> [Highlight.Kind] { context.highlights(of: text).map(\.kind) }
    #expect(kinds(".mode json") == [.keyword])
    #expect(kinds(".nonsense 5") == [.mistake])
    #expect(kinds(".explain figures | take 5") == [.keyword, .keyword, .value])
    #expect(context.highlights(of: ".ast 5")[1].range == 5..<6)
  }

  @Test("the hint is what the latest entry that begins so has more, at the end of what is typed")
  func hints() {
    let context = EntryContext(session: Session(), history: ["figures | take 1", "figures", "é x"])
    func hint(_ text: String) -> String { context.hint(behind: EditBlock(text)) { _ in true } }
    #expect(hint("fig") == "ures")
    #expect(hint("figures") == " | take 1")
    #expect(hint("figures | take 1") == "")
    #expect(hint("é") == " x")
    #expect(hint("e\u{301}") == "")
    #expect(hint("") == "" && hint("  ") == "")
    var inside = EditBlock("fig")
    inside.cursor = 1
    #expect(context.hint(behind: inside) { _ in true } == "")
    #expect(context.hint(behind: EditBlock("fig")) { $0.text != "figures" } == "ures | take 1")
  }
}
