import Foundation
import Testing

/// Lines and blocks as the screen shows them while they are edited.
@Suite("Editing on a terminal")
struct TerminalEditingTests {
  typealias Key = PseudoTerminal.Key

  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
  }

  private func start(
    _ environment: [String: String] = [:], rows: Int = 24, columns: Int = 80
  ) throws -> PseudoTerminal {
    try .session(home: home, environment: environment, rows: rows, columns: columns)
  }

  @Test("Up and Down move between the rows of a block, and from its ends through the history")
  func rowsOfABlock() throws {
    let terminal = try start()
    terminal.ask("7", for: "7")
    terminal.type(rows: "(1 +", "2 +", "3)")
    terminal.see("the block") { $0.lines.suffix(3) == ["dossier> (1 +", "  2 +", "  3)"] }
    terminal.type(Key.up + Key.up + Key.rowEnd + " 4 +")
    terminal.see("the row") { $0.line == "dossier> (1 + 4 +" && $0.cursor.column == 17 }
    terminal.type("\r")
    terminal.expect("10")
    terminal.expect(PseudoTerminal.prompt)
    terminal.type(Key.up)
    terminal.see("the entry") { $0.lines.suffix(3) == ["dossier> (1 + 4 +", "  2 +", "  3)"] }
    terminal.type(Key.up + Key.up + Key.up)
    terminal.see("the older entry") { $0.lines.last == "dossier> 7" }
    terminal.type(Key.down + Key.down + Key.down + Key.down)
    terminal.see("the draft") { $0.lines.last == "dossier>" }
    terminal.leave()
  }

  @Test("Alt-Enter begins a row where Enter would run, and the entry is kept as one")
  func altEnter() throws {
    let terminal = try start()
    terminal.type("figures" + Key.altEnter)
    terminal.see("the row") { $0.cursor.column == 0 }
    terminal.type("| select measure | take 1\r")
    terminal.expect("1 row")
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
    let history = try home.history
    #expect(history == #""figures\n| select measure | take 1""# + "\n")
  }

  @Test("Ctrl-C in the first row of a block leaves what follows below the block")
  func dropBlock() throws {
    let terminal = try start()
    terminal.type(rows: "(1 +", "2 +", "3")
    terminal.type(Key.up + Key.up)
    terminal.see("the block") { $0.line == "dossier> (1 +" }
    terminal.type(Key.drop)
    terminal.see("the prompt") {
      $0.lines.suffix(4) == ["dossier> (1 +", "  2 +", "  3^C", "dossier>"]
    }
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
  }

  @Test("an empty row is the way out of what can't be finished, and shows what is missing")
  func wayOut() throws {
    let terminal = try start()
    terminal.type(rows: "(1 +", "")
    terminal.type("\r")
    terminal.expect("error[E01")
    terminal.expect(PseudoTerminal.prompt)
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
  }

  @Test("wide and combining letters keep their cells when they are recalled and edited")
  func wideLetters() throws {
    let terminal = try start()
    terminal.ask("\"山田 Київ é\"", for: "山田 Київ é")
    terminal.type(Key.up)
    terminal.see("the entry") {
      $0.line == "dossier> \"山田 Київ é\"" && $0.cursor.column == 9 + 13
    }
    terminal.type(Key.rowStart + Key.right + Key.right + "本")
    terminal.see("the letter") {
      $0.line == "dossier> \"山本田 Київ é\"" && $0.cursor.column == 9 + 5
    }
    terminal.type("\r")
    terminal.expect("山本田 Київ é")
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }

  @Test("twenty columns are enough to edit in")
  func narrow() throws {
    let terminal = try start(columns: 20)
    terminal.type("1000 + 2000 + 3000 + 4000")
    terminal.see("both rows") { $0.lines.suffix(2) == ["dossier> 1000 + 2000", " + 3000 + 4000"] }
    terminal.type(Key.rowStart + "5 + ")
    terminal.see("the new rows") {
      $0.lines.suffix(2) == ["dossier> 5 + 1000 +", "2000 + 3000 + 4000"]
        && $0.cursor == ($0.lines.count - 2, 13)
    }
    terminal.ask("", for: "10,005")
    terminal.type("\"12345678山\"")
    terminal.see("a wide letter at the margin") {
      $0.lines.suffix(2) == ["dossier> \"12345678山", "\""] && $0.cursor.column == 1
    }
    terminal.ask("", for: "12345678山")
    terminal.ask("figures | take 2", for: "2 rows")
    terminal.leave()
  }

  @Test("a line is whole again after the terminal was made narrow and wide")
  func resize() throws {
    let terminal = try start()
    let text = "1000 + 2000 + 3000 + 4000 + 5000 + 6000"
    terminal.type(text + Key.left + Key.left)
    terminal.see("the line") { $0.line == "dossier> " + text && $0.cursor.column == 46 }
    try terminal.resize(rows: 24, columns: 30)
    terminal.type("9")
    terminal.see("two rows") {
      $0.lines.suffix(2) == ["dossier> 1000 + 2000 + 3000 +", "4000 + 5000 + 60900"]
        && $0.cursor.column == 17
    }
    try terminal.resize(rows: 12, columns: 100)
    terminal.type("8")
    terminal.see("one row") {
      $0.line == "dossier> 1000 + 2000 + 3000 + 4000 + 5000 + 609800"
        && $0.lines.filter { $0.contains("dossier>") }.count == 1
    }
    terminal.ask("", for: "624,800")
    terminal.leave()
  }

  @Test("a block is held where the screen ends, and nothing of it is lost")
  func tallerThanTheScreen() throws {
    let terminal = try start(rows: 8)
    terminal.type(rows: "(1 +", "2 +", "3 +", "4 +", "5 +", "6 +", "7 +")
    terminal.type("\r")
    terminal.see("the new prompt") { $0.line == "    ...>" }
    terminal.type(rows: "8 +", "9 +", "")
    #expect(terminal.everything.contains("7 lines so far"))
    terminal.ask("0)", for: "45")
    terminal.type(Key.search + "6")
    terminal.see("a search that finds no tall entry") { $0.lines.last == "bck?6" }
    terminal.type("\u{7}" + Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.ask("20 + 22", for: "42")
    terminal.leave()
    let history = try home.history
    #expect(history.hasPrefix(#""(1 +\n  2 +\n"#))
  }

  @Test("Up finds the entries that begin as the line does")
  func prefixSearch() throws {
    let terminal = try start()
    for number in ["11 + 1", "22 + 2", "13 + 3"] { terminal.ask(number, for: "\n") }
    terminal.type("1" + Key.up)
    terminal.see("the latest") { $0.line == "dossier> 13 + 3" }
    terminal.type(Key.up)
    terminal.see("the one before that begins so") { $0.line == "dossier> 11 + 1" }
    terminal.type(Key.down + Key.down)
    terminal.see("what was typed") {
      $0.line == "dossier> 13 + 3" && $0.text(inStyle: "90") == "3 + 3" && $0.cursor.column == 10
    }
    terminal.type(Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.type(Key.search + "22")
    terminal.see("what the search found") { $0.lines.suffix(2).first == "dossier> 22 + 2" }
    terminal.type("\r")
    terminal.expect("24")
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }

  @Test("what comes behind an earlier entry stands in grey, and is taken at the end of the line")
  func hints() throws {
    let terminal = try start()
    terminal.ask("20 + 22", for: "42")
    terminal.type("20")
    terminal.see("the hint") {
      $0.line == "dossier> 20 + 22" && $0.text(inStyle: "90") == " + 22" && $0.cursor.column == 11
    }
    terminal.type("9")
    terminal.see("no hint") { $0.line == "dossier> 209" && $0.text(inStyle: "90").isEmpty }
    terminal.type("\u{7F}")
    terminal.see("the hint again") { $0.text(inStyle: "90") == " + 22" }
    terminal.type(Key.right)
    terminal.see("the entry") {
      $0.line == "dossier> 20 + 22" && $0.text(inStyle: "90").isEmpty && $0.cursor.column == 16
    }
    terminal.ask("", for: "42")
    terminal.type("20")
    terminal.see("the hint") { $0.text(inStyle: "90") == " + 22" }
    terminal.type("\r")
    terminal.expect("20")
    terminal.expect(PseudoTerminal.prompt)
    #expect(terminal.screen.lines.suffix(3) == ["dossier> 20", "20", "dossier>"])
    terminal.ask(".set hints off", for: "\n")
    terminal.type("20")
    terminal.see("no hint") { $0.line == "dossier> 20" && $0.text(inStyle: "90").isEmpty }
    terminal.type(Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }

  @Test("what is typed is coloured where it stands, also over the margin and in further rows")
  func colours() throws {
    let terminal = try start(columns: 30)
    terminal.type("figures | where measure == \"killed\" and")
    terminal.see("the colours") {
      $0.lines.suffix(2) == ["dossier> figures | where measu", "re == \"killed\" and"]
        && $0.text(inStyle: "0;35") == "whereand" && $0.text(inStyle: "0;32") == "\"killed\""
        && $0.cursor.column == 18
    }
    terminal.type("\r")
    terminal.see("a row") { $0.cursor.column == 2 }
    terminal.type("5 > 山")
    terminal.see("the next row") {
      $0.lines.suffix(3).last == "  5 > 山" && $0.text(inStyle: "0;33") == "5"
        && $0.cursor.column == 8
    }
    terminal.type(Key.up + "x")
    terminal.see("a change further up") {
      $0.lines.suffix(3) == ["dossier> figuresx | where meas", "ure == \"killed\" and", "  5 > 山"]
        && $0.text(inStyle: "0;32") == "\"killed\"" && $0.text(inStyle: "0;35") == "whereand"
    }
    terminal.type(Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.ask(".set highlight off", for: "\n")
    terminal.type("not true")
    terminal.see("plain text") {
      $0.line == "dossier> not true" && $0.text(inStyle: "").contains("not true")
    }
    terminal.type(Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }

  @Test(
    "a list of candidates is fitted to the width, and the line goes on below it",
    arguments: [40, 80])
  func candidates(columns: Int) throws {
    let terminal = try start(columns: columns)
    terminal.type("figures | where s")
    terminal.see("the line") { $0.line == "dossier> figures | where s" }
    terminal.type("\t")
    terminal.see("the list") {
      $0.lines.contains { $0.contains("subject") && $0.contains("actor") }
    }
    terminal.see("the line below") {
      $0.line == "dossier> figures | where s" && $0.cursor.column == 26
    }
    let listed = terminal.screen.lines.drop { !$0.hasPrefix("dossier>") }.dropFirst().dropLast()
    #expect(listed.allSatisfy { $0.count < columns })
    terminal.type("ubject.na\t")
    terminal.see("the name") { $0.line == "dossier> figures | where subject.name" }
    terminal.type(Key.drop)
    terminal.expect(PseudoTerminal.prompt)
    terminal.leave()
  }
}
