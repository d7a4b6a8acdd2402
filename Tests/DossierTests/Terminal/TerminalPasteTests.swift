import Foundation
import Testing

/// Much at once: pasted blocks and lines of any length.
@Suite("Pastes on a terminal")
struct TerminalPasteTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  @Test("2,000 pasted lines are one entry that runs once")
  func manyLines() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.paste((1...2_000).map { "\($0)" }.joined(separator: " +\r\t"))
    terminal.expect("pasted 2000 lines")
    terminal.expect(PseudoTerminal.prompt)
    terminal.ask("", for: "2,001,000")
    terminal.leave()
    let history = try home.history
    #expect(history.hasPrefix(#""1 +\n\t2 +\n\t3"#))
    #expect(history.split(separator: "\n").count == 1)
  }

  @Test("2,000 lines that the terminal doesn't mark arrive in their order")
  func manyUnmarkedLines() throws {
    let terminal = try PseudoTerminal.session(home: home, environment: ["TERM": "vt100"])
    let path = home.path + "/answers"
    terminal.ask(".output \(path)", for: "\n")
    terminal.type((1...2_000).map { "\($0)\t*\t1\r" }.joined() + ".output\r1 + 1\r")
    terminal.expect("\n2\n")
    terminal.expect(PseudoTerminal.prompt)
    let answers = try home.text(of: path).split(separator: "\n")
    #expect(answers.map { Int($0.filter { $0 != "," }) } == Array(1...2_000))
    terminal.leave()
  }

  @Test("a line of 200 KB comes whole, pasted or not", arguments: ["xterm", "vt100"])
  func longLine(_ name: String) throws {
    let terminal = try PseudoTerminal.session(home: home, environment: ["TERM": name])
    let text = "length(\"" + String(repeating: "x", count: 200_000) + "\")"
    if name == "xterm" {
      terminal.paste(text)
      terminal.expect("pasted 1 line,")
      terminal.expect(PseudoTerminal.prompt)
    } else {
      terminal.type(text)
    }
    terminal.type("\r")
    terminal.expect("\n200,000\n")
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }

  @Test("several pasted statements run in order and stop at the first error, which leaves no trace")
  func statements() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.paste("let a = 20\ra + 22\r")
    terminal.see("the block") { $0.lines.suffix(2) == ["dossier> let a = 20", "a + 22"] }
    terminal.ask("", for: "42")
    terminal.paste("10 / 4\rlet b = 5; figures | sum(value)\r30 + 33")
    terminal.type("\r")
    terminal.expect("error[E")
    terminal.expect(PseudoTerminal.prompt)
    #expect(!terminal.screen.lines.contains("63"))
    terminal.ask("b", for: "error[E0202]")
    terminal.ask("a", for: "20")
    terminal.leave()
  }

  @Test("a paste goes where the cursor is")
  func intoALine() throws {
    let terminal = try PseudoTerminal.session(home: home)
    terminal.type("0 + 2" + PseudoTerminal.Key.left)
    terminal.paste("20 +\n\t 2")
    terminal.see("the block") { $0.lines.suffix(2) == ["dossier> 0 + 20 +", "         22"] }
    terminal.ask("", for: "42")
    terminal.leave()
  }
}
