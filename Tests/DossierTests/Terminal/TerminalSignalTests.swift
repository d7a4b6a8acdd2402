import Foundation
import Testing

/// Ctrl-C, Ctrl-Z and signals from outside, whatever the session is doing.
@Suite("Signals on a terminal")
struct TerminalSignalTests {
  typealias Key = PseudoTerminal.Key

  /// Millions of rows, more than anybody waits for.
  private static let endless = """
    let a = facts | select k = 1; let b = a | join a as x on k same x.k | select k; \
    b | join b as y on k same y.k | select k | join b as z on k same z.k | summarize n = count()
    """

  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  @Test("Ctrl-C cancels what runs at once, and the session goes on")
  func cancelling() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.ask(".timer on", for: "\n")
    // Before it runs Ctrl-C would drop the entry; the first answer tells that it does.
    terminal.type("20 + 22; " + Self.endless + "\r")
    terminal.expect("\n42\n")
    let start = Date()
    terminal.type(Key.drop)
    terminal.expect("cancelled after ")
    let time = Date().timeIntervalSince(start)
    #expect(time < 1)
    terminal.expect(PseudoTerminal.prompt)
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
  }

  @Test("SIGINT at random times ends nothing but what runs or is typed", .timeLimit(.minutes(2)))
  func randomInterrupts() throws {
    let terminal = try PseudoTerminal.session(home: home)
    var random = Random(seed: 7)
    let texts = [
      "figures | where value is known\r", "(1 +\r", "half a line", ".tables\r", "\t", Key.up,
      Key.search + "fig", "facts | describe\r", "\u{1B}[200~(1 +\r2)\u{1B}[201~",
    ]
    for round in 0..<Cases.some(of: 500) {
      terminal.type(texts.randomElement(using: &random) ?? "")
      // Some while in which the program gets on, without the test waiting for it.
      for _ in 0..<Int.random(in: 0..<20_000, using: &random) { _ = round.hashValue }
      terminal.signal(SIGINT)
      if round % 10 == 9 {
        terminal.type(Key.drop + "1000 + \(round)\r")
        terminal.expect("\n1,\(String("00\(round)".suffix(3)))")
        terminal.expect(PseudoTerminal.prompt)
      }
    }
    terminal.leave()
  }

  @Test("Ctrl-Z gives the shell its terminal, and fg brings back the line")
  func suspending() throws {
    let shell = try PseudoTerminal(
      ["-i"], program: "/bin/sh", home: home, environment: ["PS1": "shell> ", "ENV": "/dev/null"])
    shell.expect("shell> ")
    shell.type("set -m; '\(try BuiltProgram.path())'; echo code $?\r")
    shell.expect(PseudoTerminal.prompt)
    shell.type("20 + 2")
    shell.see("the line") { $0.line == "dossier> 20 + 2" }
    shell.type(Key.suspend)
    shell.expect("shell> ")
    #expect(shell.settings[3 + Int(VINTR)] == shell.firstSettings[3 + Int(VINTR)])
    shell.type("fg\r")
    shell.see("the line") { $0.line == "dossier> 20 + 2" && $0.cursor.column == 15 }
    shell.type("2\r")
    shell.expect("42")
    shell.expect(PseudoTerminal.prompt)
    shell.type(Key.end)
    shell.expect("shell> ")
    shell.type("exit\r")
    _ = shell.end()
  }

  @Test("a session that was stopped and continued from outside draws its line again")
  func continuing() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.type("20 +\u{1B}\r 2")
    terminal.see("the block") { $0.line == " 2" }
    terminal.signal(SIGSTOP)
    terminal.signal(SIGCONT)
    terminal.type("2")
    terminal.see("the block") { $0.lines.suffix(2) == ["dossier> 20 +", " 22"] }
    terminal.ask("", for: "42")
    terminal.leave()
  }

  @Test("a terminal that goes away ends the session")
  func hangUp() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.type("half")
    terminal.see("the line") { $0.line == "dossier> half" }
    terminal.hangUp()
    #expect(terminal.end() == -SIGHUP)
  }

  @Test("a crash leaves the terminal as it was", arguments: [SIGSEGV, SIGABRT, SIGILL])
  func crash(by number: Int32) throws {
    let terminal = try PseudoTerminal.session(
      home: home, environment: ["SWIFT_BACKTRACE": "enable=no"])
    terminal.type("half")
    terminal.see("the line") { $0.line == "dossier> half" }
    terminal.signal(number)
    #expect(terminal.end() == -number)
    #expect(terminal.settings == terminal.firstSettings)
  }
}
