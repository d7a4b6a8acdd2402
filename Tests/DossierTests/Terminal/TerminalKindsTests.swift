import Foundation
import Testing

/// The same session on every kind of terminal and in every locale.
@Suite("Kinds of terminals")
struct TerminalKindsTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  static let names = [
    "xterm-256color", "xterm", "screen", "linux", "vt100", "dumb", "", "nonsense",
  ]
  static let locales = ["C.UTF-8", "C", "xx_XX.UTF-8"]

  @Test("what is seen of answers, errors and blocks is the same", arguments: names, locales)
  func same(_ name: String, _ locale: String) throws {
    let terminal = try PseudoTerminal.session(
      home: home, environment: ["TERM": name, "LC_ALL": locale])
    func see(_ lines: String..., sourceLocation: SourceLocation = #_sourceLocation) {
      terminal.see("\(lines)", sourceLocation: sourceLocation) {
        $0.lines.suffix(lines.count) == lines && $0.cursor == ($0.lines.count - 1, 9)
      }
    }
    see("dossier 0.1.0 · .help tells more, Ctrl-D ends", "dossier>")
    terminal.type("\"é日\"\r")
    see("dossier> \"é日\"", "é日", "dossier>")
    terminal.type("[{name: \"é\", n: 1}, {name: \"日本\", n: 22}]\r")
    see("name │ n", "é    │  1", "日本 │ 22", "2 rows", "dossier>")
    terminal.type("| where nam is known\r")
    see(
      "  ┌─ input 3:1:9", "1 │ | where nam is known", "  │         ^^^ did you mean 'name'?",
      "  = help: | where name is known", "dossier>")
    terminal.type("half")
    terminal.see("the line") { $0.line == "dossier> half" }
    terminal.type(PseudoTerminal.Key.drop)
    see("dossier> half^C", "dossier>")
    terminal.type("(20 +\r")
    let isPlain = name.isEmpty || name == "dumb"
    terminal.see("a row") { $0.line.isEmpty && $0.cursor.column == 2 || $0.line == "    ...>" }
    terminal.type("22)\r")
    see("dossier> (20 +", isPlain ? "    ...> 22)" : "  22)", "42", "dossier>")
    if isPlain { #expect(!terminal.everything.contains("\u{1B}")) }
    terminal.leave()
  }

  @Test("a terminal that never answers gets its prompt, and is asked nothing")
  func silent() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
    // Where is the cursor, what are you, which colours: questions end in one of these.
    let questions = [
      "\u{1B}[6n", "\u{1B}[5n", "\u{1B}[c", "\u{1B}[>c", "\u{1B}[0c", "\u{1B}]", "\u{1B}P",
    ]
    for question in questions { #expect(!terminal.everything.contains(question)) }
  }

  @Test(
    "NO_COLOR and --color never leave all plain, FORCE_COLOR colours",
    arguments: [
      (["NO_COLOR": "1"], [], false), ([:], ["--color", "never"], false),
      ([:], [], true), (["NO_COLOR": "1"], ["--color", "always"], true),
      (["FORCE_COLOR": "1"], [], true),
    ] as [([String: String], [String], Bool)])
  func colour(_ environment: [String: String], _ options: [String], _ isColoured: Bool) throws {
    let terminal = try PseudoTerminal(options, home: home, environment: environment)
    terminal.expect(PseudoTerminal.prompt)
    terminal.type("figures | where measur == \"killed\"")
    terminal.see("the line") {
      $0.line == "dossier> figures | where measur == \"killed\""
        && ($0.text(inStyle: "0;35") == "where") == isColoured
    }
    terminal.ask("", for: "did you mean")
    terminal.leave()
    #expect(terminal.everything.contains("\u{1B}[31m") == isColoured)
  }

  @Test(
    "tables are fitted to the terminal, and long ones cut with the exact total",
    arguments: [40, 60, 100])
  func tables(columns: Int) throws {
    let terminal = try PseudoTerminal.session(
      home: home, environment: ["PAGER": "cat"], columns: columns)
    terminal.ask("events | select title, status, date", for: "rows")
    let lines = terminal.everything.split(whereSeparator: \.isNewline).filter { $0.contains("│") }
    #expect(lines.count > 5 && lines.allSatisfy { $0.count <= columns })
    #expect(lines.contains { $0.contains("…") })
    terminal.ask("facts | select id", for: "42 rows (40 shown)")
    terminal.ask(".last", for: "42 rows")
    terminal.leave()
  }

  @Test("a `|` goes on from the last result, `it` names it, and after a number it is an error")
  func refining() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.ask("figures | select measure", for: "9 rows")
    terminal.ask("| take 2", for: "2 rows")
    terminal.ask("count(it)", for: "\n2 [1]")
    terminal.ask("| take 1", for: "error[E")
    terminal.leave()
  }

  @Test("a command is known by its beginning, and a mistyped one gets a suggestion")
  func commands() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.ask(".tab", for: "figures")
    terminal.ask(".tabels", for: "did you mean '.tables'?")
    terminal.ask(".help mode", for: "sets how answers are written")
    terminal.type(".quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }
}
