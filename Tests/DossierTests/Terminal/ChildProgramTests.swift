import Foundation
import Testing

@testable import DossierCLI

@Suite("The editor and the pager")
struct ChildProgramTests {
  private let home: TemporaryFolder
  private let prompt = "dossier> "

  init() throws {
    home = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: home.path + "/tmp", withIntermediateDirectories: true)
  }

  private func start(_ environment: [String: String]) throws -> PseudoTerminal {
    let own = ["TMPDIR": home.path + "/tmp"].merging(environment) { $1 }
    let terminal = try PseudoTerminal(home: home, environment: own)
    terminal.expect(prompt)
    return terminal
  }

  /// A program that does what a script of the shell says.
  ///
  /// The shell reads it: as a program of its own it would be busy while another test that is just
  /// starting one holds it open, too.
  private func program(_ script: String) throws -> String {
    let path = home.path + "/program"
    try Data("\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
    return "/bin/sh \(path)"
  }

  private func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home.path + "/tmp")
  }

  @Test("the last entry is edited, runs and is kept as one")
  func edit() throws {
    let editor = try program(#"cat "$2" >>"$HOME/seen"; printf '(20 +\n22)\n\n' >"$2""#)
    let terminal = try start(["EDITOR": "\(editor) -w", "VISUAL": ""])
    terminal.type("1 + 1\r")
    terminal.expect(prompt)
    terminal.type(".timer off\r")
    terminal.expect(prompt)
    terminal.type(".edit\r")
    terminal.expect("dossier> (20 +\n22)\n42")
    terminal.expect(prompt)
    terminal.type(".edit\r")
    terminal.expect("nothing was changed, and nothing is run")
    terminal.expect(prompt)
    let seen = { try String(contentsOfFile: home.path + "/seen", encoding: .utf8) }
    #expect(try seen() == "1 + 1\n(20 +\n22)\n")
    terminal.type("\u{1B}[A\u{1B}[A\r")
    terminal.expect("\n42")
    terminal.expect(prompt)
    terminal.type(".edit 1\r")
    terminal.expect("42")
    terminal.expect(prompt)
    #expect(try seen() == "1 + 1\n(20 +\n22)\n1 + 1\n")
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(try leftovers().isEmpty)
  }

  @Test("an error in an edited text is told with its number, and a command is one")
  func editedMistake() throws {
    let editor = try program(
      #"if grep -q 1 "$1"; then echo .mode json >"$1"; else echo figurs >"$1"; fi"#)
    let terminal = try start(["VISUAL": editor, "EDITOR": "false"])
    terminal.type(".edit\r")
    terminal.expect("input 2:1:1")
    terminal.expect(prompt)
    terminal.type("1\r")
    terminal.expect(prompt)
    terminal.type(".edit\r")
    terminal.expect(prompt + ".mode json")
    terminal.expect(prompt)
    terminal.type("\"a\"\r")
    terminal.expect("\n\"a\"")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test(
    "an editor that is missing, fails or changes nothing is told, and nothing runs",
    arguments: [
      ("/nowhere/ed", "there is no editor '/nowhere/ed': VISUAL or EDITOR names one"),
      ("false", "'false' ended with 1: nothing is run"), ("true", "nothing was changed"),
      ("kill -9 $$ #", "ended with 137: nothing is run"), (": >", "nothing was changed"),
      ("printf '\\377' >", "what the editor left is no text"),
    ])
  func failures(_ editor: String, _ message: String) throws {
    let terminal = try start(["EDITOR": editor])
    terminal.type("20 + 22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type(".edit\r")
    terminal.expect(message)
    terminal.expect(prompt)
    terminal.type(".edit 99\r")
    terminal.expect("there is no entry 99; see .history")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.settings == terminal.firstSettings)
    #expect(try leftovers().isEmpty)
  }

  @Test("Ctrl-C in the editor is the editor's, and a signal leaves no file")
  func signals() throws {
    let editor = try program(
      #"trap 'echo 20 + 22 >"$1"; exit 0' INT; echo ready; while :; do sleep 0.1; done"#)
    let terminal = try start(["EDITOR": editor])
    terminal.type(".edit\r")
    terminal.expect("ready")
    terminal.type("\u{3}")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type(".edit\r")
    terminal.expect("ready")
    #expect(try leftovers().count == 1)
    terminal.signal(SIGTERM)
    #expect(terminal.end() == -SIGTERM)
    #expect(try leftovers().isEmpty)
  }

  @Test("an editor needs a terminal")
  func noTerminal() throws {
    let said = try Conversation.hold("1", ".edit", "20 + 22")
    #expect(said.notes == "an editor needs a terminal\n")
    #expect(said.output == "1\n42\n")
  }

  @Test("the last answer goes through the pager if it is taller than the terminal")
  func pager() throws {
    let terminal = try start(["PAGER": "sed 's/^/> /'"])
    terminal.type("facts | select id\r")
    terminal.expect("42 rows (40 shown)")
    terminal.expect(prompt)
    terminal.type(".last\r")
    terminal.expect("> id\n")
    terminal.expect("> 42 rows")
    terminal.expect(prompt)
    terminal.type("20 + 22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type(".last\r")
    terminal.expect("\n42\n")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test(
    "a pager may be left early or ended by Ctrl-C, and the session goes on",
    arguments: ["head -1", "sh -c 'head -1; sleep 9'"])
  func earlyEnd(_ pager: String) throws {
    let terminal = try start(["PAGER": pager])
    let query = "open(\"\(try rows())\") | derive n = a + 1\r"
    terminal.type(query)
    terminal.expect("(40 shown)")
    terminal.expect(prompt)
    terminal.type(".last\r")
    terminal.expect("│")
    if pager.contains("sleep") { terminal.type("\u{3}") }
    terminal.expect(prompt)
    terminal.type("20 + 22\r")
    terminal.expect("\n42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.everything.contains("cannot write"))
  }

  /// A file of more rows than a pipe holds.
  private func rows() throws -> String {
    let path = home.path + "/rows.csv"
    let text = "a\n" + (1...20_000).map { "\($0)\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test(
    "less shows it in colour and is left by q",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/less")))
  func less() throws {
    let terminal = try start(["PATH": "/usr/bin:/bin"])
    terminal.type("facts | select id\r")
    terminal.expect(prompt)
    terminal.type(".last\r")
    terminal.expect("id")
    terminal.expect("\n:")
    terminal.type("G")
    terminal.expect("(END)")
    terminal.type("q")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }

  @Test("without a pager the answer is written", arguments: ["", "cat", "/nowhere/pager"])
  func noPager(_ pager: String) throws {
    let terminal = try start(["PAGER": pager])
    terminal.type("facts | select id\r")
    terminal.expect(prompt)
    terminal.type(".last\r")
    terminal.expect("\n42 rows\n")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("what fits a terminal needs no pager")
  func heights() {
    func isFor(_ text: String) -> Bool { Pager.isFor(Array(text.utf8), (rows: 4, columns: 10)) }
    #expect(!isFor("a\nb\nc\n"))
    #expect(isFor("a\nb\nc\nd\n"))
    #expect(!isFor("0123456789\nb\nc\n"))
    #expect(isFor("0123456789x\nb\nc\n"))
  }
}
