import Testing

@testable import Dossier

/// Columns of files without any value: they take the type that their use asks for.
@Suite struct OpenColumnTests {
  private func answer(_ program: String, _ file: String) -> String {
    var session = Session()
    session.files = MemoryFiles(files: ["t.csv": Array(file.utf8)])
    return transcript(
      "let t = open(\"t.csv\")\n" + program, options: DisplayOptions(cite: false),
      session: session)
  }

  @Test("an export with only a header can be added up and compared")
  func onlyHeader() {
    let queries = """
      t | summarize s = sum(a), m = avg(a), n = count(), x = any(b)
      sum(t.a)
      count(t | where a > 5 and b == "x" and c > @2024)
      count(t | where b | derive d = a + 1, e = b - @2024, f = a ?? 0, g = quantity(a, b, c, "km"))
      """
    #expect(
      answer(queries, "a,b,c\n")
        == """
        s │ m │ n │ x
        0 │ · │ 0 │ false
        1 row
        0
        0
        0

        """)
  }

  @Test("an empty column is unknown of any type")
  func emptyColumn() {
    let queries = """
      t | summarize s = sum(b), m = max(b), n = count(b)
      t | select d = a + b, e = a * b, f = b > 1, g = b + 5 km, h = b == "x", i = b in [@2024], j = b ?? 7
      t | where b and a > 0
      """
    #expect(
      answer(queries, "a,b\n1,\n2,\n")
        == """
        s │ m │ n
        · │ · │ 0..2
        1 row
        b: 2 undetermined, counted as possible: 2 not reported
        2 not reported, left out
        d │ e │ f     │ g │ h     │ i     │ j
        · │ · │ maybe │ · │ maybe │ maybe │ 7
        · │ · │ maybe │ · │ maybe │ maybe │ 7
        2 rows
        a │ b
        0 rows
        2 undetermined (`where possibly` keeps them)

        """)
  }

  @Test("a value beyond the samples gives the column its type after all", arguments: ["7", "x"])
  func valueBehindSamples(value: String) {
    let rows = (0..<300_000).map { "\($0),\($0 == 100_000 ? value : "")\n" }.joined()
    let seen = answer("t | summarize s = sum(b)", "a,b\n" + rows)
    #expect(
      seen.hasPrefix(value == "7" ? "s\n7\n1 row\n" : "error[E0320]: 'sum' doesn't take a text"))
    #expect(
      answer("count(t | where b == \"x\")", "a,b\n" + rows).hasPrefix(value == "x" ? "1" : "error"))
  }

  @Test("of a column that one word makes a text the error says what to do")
  func marker() {
    #expect(
      answer("t | summarize s = sum(a)", "a\n1\nNA\n3\n").contains(
        "\n  = numbers but for 'NA'\n  = help: let t = open(\"t.csv\", unknown: [\"NA\"])\n"))
  }
}
