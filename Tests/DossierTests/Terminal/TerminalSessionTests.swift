import Foundation
import Testing

@Suite("The session on a terminal")
struct TerminalSessionTests {
  private let home: TemporaryFolder
  private let prompt = "dossier> "

  init() throws {
    home = try TemporaryFolder()
  }

  private func start(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(home: home, environment: environment)
    terminal.expect(prompt)
    return terminal
  }

  @Test("a query is answered, Ctrl-D ends with 0, and the terminal is as it was")
  func answer() throws {
    let terminal = try start()
    #expect(terminal.settings != terminal.firstSettings)
    terminal.type("20 + 22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.settings == terminal.firstSettings)
  }

  @Test("the parser decides that an entry goes on, and Up recalls it as one")
  func block() throws {
    let terminal = try start()
    terminal.type("(20 +\r")
    terminal.type("22)\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{1B}[A\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type(".quit\r")
    #expect(terminal.end() == 0)
  }

  @Test("Ctrl-C drops the line, and nothing of it is in the next")
  func drop() throws {
    let terminal = try start()
    terminal.type("half")
    terminal.type("\u{3}")
    terminal.expect("^C")
    terminal.expect(prompt)
    terminal.type("20 + 22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("(1 +\r2\u{3}")
    terminal.expect("^C")
    terminal.expect(prompt)
    terminal.type("30 + 33\r")
    terminal.expect("63")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("Ctrl-C in a search drops it and the session goes on")
  func dropSearch() throws {
    let terminal = try start()
    terminal.type("1 + 1\r")
    terminal.expect(prompt)
    terminal.type("\u{12}1")
    terminal.expect("bck:")
    terminal.type("\u{3}")
    terminal.expect("^C")
    terminal.expect(prompt)
    terminal.type("20 + 22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("a marked paste is one block that waits for Enter and leaves no litter")
  func markedPaste() throws {
    let terminal = try start()
    terminal.type("\u{1B}[200~(20 +\r\n\t22)\r\n\u{1B}[201~")
    terminal.expect("22)")
    terminal.type("\r")
    terminal.expect("42")
    terminal.expect(prompt)
    #expect(!terminal.everything.contains("00~"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.everything.contains("\u{1B}[?2004h"))
    #expect(terminal.everything.hasSuffix("\u{1B}[?2004l\r\n"))
    let history = home.path + "/.local/state/dossier/history"
    #expect(try String(contentsOfFile: history, encoding: .utf8) == #""(20 +\n\t22)""# + "\n")
  }

  @Test("a paste taller than the screen is held until Enter")
  func tallPaste() throws {
    let terminal = try start()
    let rows = (1...40).map { "\($0) +" }.joined(separator: "\r")
    terminal.type("\u{1B}[200~(\(rows)\r0)\u{1B}[201~")
    terminal.expect("pasted 41 lines")
    terminal.expect(prompt)
    terminal.type("\r")
    terminal.expect("820")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("a tab in a paste that the terminal does not mark completes nothing")
  func unmarkedPaste() throws {
    let terminal = try start(["TERM": "vt100"])
    terminal.type("20\t+\t22\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("Tab completes what is certain and lists what is not")
  func completion() throws {
    let terminal = try start()
    terminal.type(".mo")
    terminal.expect(".mo")
    terminal.type("\t")
    terminal.expect("de")
    terminal.type(" js\t")
    terminal.expect("on")
    terminal.type("\t")
    terminal.expect("jsonl")
    terminal.expect(prompt)
    terminal.expect(".mode json")
    terminal.type("\u{3}")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("keys that libedit leaves unbound do their work and leave no litter")
  func keys() throws {
    let terminal = try start()
    // Delete, Ctrl-arrows, Insert, and both kinds of Home and End.
    terminal.type("0 + 1\u{1B}[1~2\u{1B}[4~\u{1B}[2~\u{1B}[1;5D\u{1B}[1;5C29\u{1B}[D\u{1B}[3~")
    terminal.type("\u{1B}[H\u{1B}[F\r")
    terminal.expect("32")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("entries of an earlier session are there, a private one is not")
  func history() throws {
    let first = try start()
    first.type("20 + 22\r")
    first.expect(prompt)
    first.type(" 1 + 1\r")
    first.expect(prompt)
    first.signal(SIGKILL)
    #expect(first.end() == -SIGKILL)
    let second = try start()
    second.type("\u{1B}[A\r")
    second.expect("42")
    second.expect(prompt)
    second.type("\u{4}")
    #expect(second.end() == 0)
  }

  @Test(
    "a home that can't be written costs the history, which is told once",
    arguments: [
      ["HOME": "/proc"], ["HOME": "/dev/null"], ["DOSSIER_HISTORY": "/dev/full"],
    ])
  func readOnlyHome(_ environment: [String: String]) throws {
    let terminal = try start(environment)
    terminal.type("20 + 22\r")
    terminal.expect("history is not kept: '")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{1B}[A\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.everything.components(separatedBy: "not kept").count == 2)
  }

  @Test(
    "a signal from outside leaves the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func ended(by number: Int32) throws {
    let terminal = try start()
    terminal.type("half")
    terminal.expect("half")
    terminal.signal(number)
    #expect(terminal.end() == -number)
    #expect(terminal.settings == terminal.firstSettings)
    #expect(terminal.everything.hasSuffix("\u{1B}[?2004l"))
  }

  @Test("~/.editrc may choose vi, and the keys of the session still work")
  func vi() throws {
    try Data("bind -v\n".utf8).write(to: URL(fileURLWithPath: home.path + "/.editrc"))
    let terminal = try start()
    terminal.type("9 + 22\u{1B}")
    terminal.type("0s20\r")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("half\u{1B}")
    terminal.type("\u{3}")
    terminal.expect("^C")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("other letters than ASCII survive a locale that has none", arguments: ["C", "xx_XX.bad"])
  func locale(_ name: String) throws {
    let terminal = try start(["LC_ALL": name])
    terminal.type("\"é日\"\r")
    terminal.expect("\"é日\"")
    terminal.expect("é日")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("answers to a file leave the prompt on the terminal")
  func output() throws {
    let terminal = try start()
    let path = home.path + "/answers.txt"
    for line in [".output \(path)", "20 + 22", ".output", "30 + 33"] {
      terminal.type(line + "\r")
      if line == "30 + 33" { terminal.expect("63") }
      terminal.expect(prompt)
    }
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "42\n")
  }

  @Test("a signal or a kill leaves the file of before, and nothing beside it")
  func lostOutput() throws {
    let path = home.path + "/answers.txt"
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    for number in [SIGTERM, SIGHUP, SIGKILL] {
      let terminal = try start(["DOSSIER_HISTORY": ""])
      terminal.type(".output \(path)\r")
      terminal.expect(prompt)
      terminal.type("20 + 22\r")
      terminal.expect(prompt)
      terminal.signal(number)
      #expect(terminal.end() == -number)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: home.path) == ["answers.txt"])
    }
  }

  @Test("a script behind a pipe that nobody writes is waited for until Ctrl-C")
  func waitingPipe() throws {
    let terminal = try start()
    #expect(mkfifo(home.path + "/pipe", 0o600) == 0)
    terminal.type(".read \(home.path)/pipe\r")
    terminal.see("the wait") { _ in terminal.settings == terminal.firstSettings }
    terminal.type("\u{3}")
    terminal.expect("cancelled")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test("a terminal that can't be drawn on gets the same answers and no escape codes")
  func dumb() throws {
    let terminal = try start(["TERM": "dumb"])
    terminal.type("(20 +\n")
    terminal.expect("...> ")
    terminal.type("22)\n")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("half\u{3}")
    terminal.expect(prompt)
    terminal.type("20 + 22\n")
    terminal.expect("42")
    terminal.expect(prompt)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(!terminal.everything.contains("\u{1B}"))
  }
}
