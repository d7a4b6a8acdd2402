import Testing

@testable import Dossier

/// Columns of texts that could be numbers or dates: what the footer and every mistake say.
@Suite struct AdviceTests {
  private func answer(_ program: String, _ file: String, cite: Bool = false) -> String {
    var session = Session()
    session.files = MemoryFiles(files: ["t.csv": Array(file.utf8)])
    return transcript(program, options: DisplayOptions(cite: cite), session: session)
  }

  private static let grouped = "c;v\nA;1 234\nB;56\n"
  private static let commas = "c;v\nA;1,5\nB;2\n"
  private static let days = "day;n\n25/02/2031;1\n08/03/2031;2\n"

  @Test(
    "a mistake with such a column has a help that runs",
    arguments: [
      (grouped, "| summarize s = sum(v)", "thousands: \" \""),
      (grouped, "| where v > 5", "thousands: \" \""),
      (commas, "| derive x = 2 * v", "decimal: \",\""),
      (commas, "| derive x = round(v)", "decimal: \",\""),
      (commas, "| where 5 < v and c == \"A\"", "decimal: \",\""),
      (commas, "| where v in 1..2", "decimal: \",\""),
      (commas, "| select c, w = v | summarize s = avg(w) by c", "decimal: \",\""),
      ("c;v\nA;1.234.567,5\n", "| summarize s = sum(v)", "decimal: \",\", thousands: \".\""),
      ("c;v\nA;1’234.5\n", "| summarize s = sum(v)", "thousands: \"'\""),
      ("c;v\nA;1 234\nB;n.d.\n", "| summarize s = sum(v)", "thousands: \" \", unknown: [\"n.d.\"]"),
      ("c;v;w\nA;1 234;1,5\n", "| summarize s = sum(v)", "decimal: \",\", thousands: \" \""),
      ("c,v\nA,1\nB,NA\n", "| summarize s = sum(v)", "unknown: [\"NA\"]"),
      ("c,v\nA,\"1,234\"\n", "| summarize s = sum(v)", "thousands: \",\""),
      (
        commas, "| join (open(\"t.csv\") | take 1) as o on c same o.c | summarize s = sum(v)",
        "decimal: \",\""
      ),
      (commas, "| render bar v by c", "decimal: \",\""),
      (days, "| derive next = day + 3 days", "date: \"dd/MM/yyyy\""),
      (days, "| where day in @2031", "date: \"dd/MM/yyyy\""),
      (days, "| where day > @2031-02-01", "date: \"dd/MM/yyyy\""),
      (days, "| derive y = year(day)", "date: \"dd/MM/yyyy\""),
    ])
  func help(file: String, stages: String, option: String) {
    let told = answer("open(\"t.csv\") \(stages)", file)
    let help = "open(\"t.csv\", \(option)) \(stages)"
    #expect(told.hasPrefix("error[E03"))
    #expect(told.contains("= help: \(help)\n"), "\(told)")
    let mended = answer(help, file)
    #expect(!mended.contains("error") && !mended.isEmpty, "\(mended)")
  }

  @Test(
    "no help throws a number away",
    arguments: ["1 23", "12 kg", "about 5", "1 234 567 8", "2031?"])
  func noHelp(value: String) {
    let told = answer("open(\"t.csv\") | summarize s = sum(v)", "c;v\nA;\(value)\nB;56\n")
    #expect(told.hasPrefix("error[E0320]") && !told.contains("unknown:"))
  }

  @Test("a column of a joined table has its help at the call that opens it")
  func joined() {
    #expect(
      answer(
        "open(\"t.csv\") | join (open(\"t.csv\")) as o on c same o.c | summarize s = sum(o.v)",
        AdviceTests.commas
      ).contains("| join (open(\"t.csv\", decimal: \",\")) as o on"))
  }

  @Test("options of other languages are named as here")
  func otherNames() {
    for (written, meant) in [("sep", "separator"), ("decimal_separator", "decimal")] {
      #expect(
        answer("open(\"t.csv\", \(written): \",\")", AdviceTests.commas).contains(
          "did you mean '\(meant)'?\n  = help: open(\"t.csv\", \(meant): \",\")\n"))
    }
  }

  @Test("where two ways fit both are named")
  func twoWays() {
    #expect(
      answer("open(\"t.csv\") | summarize s = sum(v)", "c;v\nA;1,234\n").contains(
        """
          = '1,234' is a number with decimal: ","
          = it could be thousands: ",", too
          = help: open("t.csv", decimal: ",") | summarize s = sum(v)

        """))
    #expect(
      answer("open(\"t.csv\") | where d in @2031", "d;n\n08/03/2031;1\n").contains(
        "= it could be date: \"MM/dd/yyyy\", too\n"))
  }

  @Test("the footer says which columns are texts, in what was asked for only")
  func footer() {
    let note = "v of t.csv is text: `decimal: \",\"` makes numbers of it\n"
    #expect(answer("open(\"t.csv\") | sort v", AdviceTests.commas).hasSuffix(note))
    #expect(!answer("open(\"t.csv\") | select c", AdviceTests.commas).contains("is text"))
    #expect(
      answer("open(\"t.csv\")", "a;b;c\n1,5;2,25;x\n").hasSuffix(
        "a, b of t.csv are texts: `decimal: \",\"` makes numbers of them\n"))
    #expect(
      !answer("open(\"t.csv\", types: {v: text})", AdviceTests.commas).contains("is text"))
  }

  @Test(
    "a comma gives way to another separator that fits as well, and the footer says so",
    arguments: [
      ("commune;masse, t\nPornic;1,5\nBatz;2,5\n", ";", true),
      ("a, m;b, t\n1,5;2,5\n", ";", true),
      ("a\tb, t\nx\t1,5\n", "\\t", true),
      ("a;b;c, t\nx;y;1\nz;u;2,5\n", ";", false),
      ("a,b;c\nx,y\nz,u;v\n", ",", false),
      ("a,b\nx;y,z\n", ",", false),
    ])
  func separator(file: String, separator: String, isTie: Bool) {
    let told = answer("open(\"t.csv\")", file)
    let note =
      "t.csv is read with `separator: \"\(separator)\"`; `separator: \",\"` would fit as well"
    #expect(told.contains(note) == isTie, "\(told)")
    let plain = answer("open(\"t.csv\", separator: \"\(separator)\")", file)
    #expect(told.replacing(note + "\n", with: "") == plain)
  }

  @Test("the standard input is called so in notes, and as it is opened in data")
  func standardInput() {
    var session = Session()
    session.files = MemoryFiles(files: ["-": Array("a\n1\n".utf8)])
    let program = "open(\"-\")\nopen(\"-\") | why | select file, line"
    #expect(
      transcript(program, session: session)
        == "a\n1 [1]\n1 row\n[1] standard input\nfile │ line\n-    │    2 [1]\n1 row\n[1] standard input\n"
    )
    #expect(
      transcript("open(\"-\") | cite", as: .json, session: session)
        == "[\n{\"a\": 1, \"sources\": [{\"file\": \"-\"}]}\n]\n")
  }

  @Test("values left out are told for each argument")
  func leftOut() {
    let rows = (0..<3_000).map { "\($0 % 2 == 0 ? "" : "1"),\($0 == 0 ? "" : "2")\n" }.joined()
    let file = "found,cost\n" + rows
    #expect(
      answer("open(\"t.csv\") | summarize a = sum(found), b = avg(cost), c = max(found)", file)
        .hasSuffix("found: 1,500 not reported, left out; cost: 1\n"))
    #expect(
      answer("open(\"t.csv\") | summarize a = sum(found), c = max(found)", file)
        .hasSuffix("\n1,500 not reported, left out\n"))
    #expect(
      answer("open(\"t.csv\") | derive q = quantity(2, 1, 0, \"km\") | take 2", file)
        .contains("3,000 rows have bounds the wrong way round"))
  }

  @Test(
    "a name that needs backticks gets them",
    arguments: [
      ("summarize s = sum(masse moyenne (t))", "summarize s = sum(`masse moyenne (t)`)"),
      ("summarize s = sum(masse moyenne)", "summarize s = sum(`masse moyenne (t)`)"),
      ("where masse moyenne (t) > 2", "where `masse moyenne (t)` > 2"),
      ("sort coût (EUR) desc", "sort `coût (EUR)` desc"),
      ("derive x = abs(coût)", "derive x = abs(`coût (EUR)`)"),
      ("select début-fin", "select `début-fin`"),
      ("derive x = a % b + 1", "derive x = `a % b` + 1"),
    ])
  func backticks(written: String, mended: String) {
    let file = "coût (EUR),masse moyenne (t),masse,coat,début-fin,a % b\n1,2,3,4,5,6\n"
    for start in [
      "open(\"t.csv\") | ", "let t = open(\"t.csv\")\nt | ", "let u = open(\"t.csv\") | ",
    ] {
      let told = answer(start + written, file)
      let line = start.split(separator: "\n").last ?? ""
      #expect(told.contains("= help: \(line)\(mended)\n"), "\(told)")
      #expect(!answer(start + mended, file).contains("error"))
    }
  }
}
