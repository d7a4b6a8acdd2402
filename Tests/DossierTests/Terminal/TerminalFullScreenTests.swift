import Foundation
import Testing

@testable import DossierCLI

/// Lines that are as long as the screen, and screens that change under a line.
@Suite("Full and changing screens")
struct TerminalFullScreenTests {
  typealias Key = PseudoTerminal.Key

  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  private func start(
    _ environment: [String: String] = [:], rows: Int = 5, columns: Int = 20
  ) throws -> PseudoTerminal {
    try .session(home: home, environment: environment, rows: rows, columns: columns)
  }

  /// A long line such as `1000+1001`.
  private func sum(_ numbers: ClosedRange<Int>) -> String {
    numbers.map(String.init).joined(separator: "+")
  }

  @Test(
    "a typed line that fills a screen of 20 by 5 goes on below, and is one entry",
    arguments: ["xterm-256color", "vt100"])
  func typed(_ name: String) throws {
    let terminal = try start(["TERM": name])
    let text = sum(1000...1039)
    for number in text.split(separator: "+") {
      terminal.type((number == "1000" ? "" : "+") + number)
      terminal.see("\(number)") { screen in
        screen.lines.joined().replacing("    ...> ", with: "").hasSuffix(number)
      }
    }
    #expect(terminal.screen.lines.contains { $0.hasPrefix("    ...> ") })
    terminal.type("\r")
    terminal.see("the answer") { $0.lines.suffix(2) == ["40,780", "dossier>"] }
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
    #expect(try home.history == "\"\(text)\"\n\"20 + 22\"\n")
  }

  @Test("where the middle of a line grows beyond the screen, what is behind it goes on below")
  func middle() throws {
    let terminal = try start()
    terminal.type(sum(1000...1011))
    terminal.see("the line") { $0.lines.joined().hasSuffix("+1011") }
    terminal.type(Key.rowStart + "7+" + "1000000+")
    terminal.see("the rest of the line") { $0.lines.joined().hasSuffix("+1011") }
    terminal.type("2000000+3000000+")
    terminal.see("the rest of the line") {
      $0.lines.joined().contains("...>") && $0.lines.joined().hasSuffix("+1011")
    }
    terminal.type("\r")
    terminal.see("the answer") { $0.lines.suffix(2) == ["6,012,073", "dossier>"] }
    terminal.leave()
    let entry = "7+1000000+2000000+3000000+" + sum(1000...1011)
    #expect(try home.history == "\"\(entry)\"\n")
  }

  @Test("Ctrl-C drops all of a line that fills the screen, and an empty row runs nothing of it")
  func dropped() throws {
    let terminal = try start()
    terminal.type(sum(1000...1039))
    terminal.see("the end of the line") { $0.lines.joined().hasSuffix("+1039") }
    terminal.type(Key.drop)
    terminal.see("the prompt") { $0.line == "dossier>" }
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
  }

  @Test("a screen that becomes too small for a line gets the rest of it below")
  func smaller() throws {
    let terminal = try start(rows: 10, columns: 40)
    let text = sum(1000...1039)
    terminal.type(text)
    terminal.see("the line") { $0.lines.joined().hasSuffix("+1039") }
    try terminal.resize(rows: 5, columns: 20)
    terminal.type("+1")
    terminal.see("its end") { $0.line == "    ...> +1" || $0.line == "    ...> 1" }
    terminal.type("\r")
    terminal.see("the answer") { $0.lines.suffix(2) == ["40,781", "dossier>"] }
    terminal.leave()
  }

  @Test(
    "a terminal that doesn't fold its rows gets its line anew when its size changes",
    arguments: [["XTERM_VERSION": "XTerm(379)"], ["TERM": "screen"], ["TERM": "linux"]])
  func notFolding(_ environment: [String: String]) throws {
    let terminal = try start(environment, rows: 24, columns: 80)
    terminal.ask("\"above\"", for: "above")
    let text = sum(1000...1009)
    terminal.type(text)
    terminal.see("the line") { $0.line == "dossier> " + text }
    try terminal.resize(rows: 24, columns: 30, folds: false)
    terminal.type("1")
    terminal.see("two rows") {
      $0.lines.suffix(3) == [
        "above", "dossier> 1000+1001+1002+1003+1", "004+1005+1006+1007+1008+10091",
      ]
    }
    try terminal.resize(rows: 20, columns: 100, folds: false)
    terminal.type("2")
    terminal.see("one row") {
      $0.lines.suffix(2) == ["above", "dossier> " + text + "12"] && $0.cursor.column == 60
    }
    try terminal.resize(rows: 10, columns: 40, folds: false)
    terminal.type(Key.left + Key.left + Key.left + "3")
    terminal.see("two rows again") {
      $0.lines.suffix(3) == [
        "above", "dossier> 1000+1001+1002+1003+1004+1005+1", "006+1007+1008+1003912",
      ]
        || $0.lines.suffix(2).joined().hasPrefix("dossier> 1000")
    }
    terminal.ask("", for: "1,0")
    terminal.leave()
  }
}
