import Foundation
import Testing

/// The file of the history, whatever it is.
@Suite("History of sessions")
struct TerminalHistoryTests {
  private let home: TemporaryFolder
  private let path: String

  init() throws {
    home = try TemporaryFolder()
    path = home.path + "/entries"
  }

  private func start() throws -> PseudoTerminal {
    try .session(home: home, environment: ["DOSSIER_HISTORY": path])
  }

  @Test("a file behind a link is kept, and the link stays one")
  func link() throws {
    let target = home.path + "/elsewhere"
    try Data("\"20 + 22\"\n".utf8).write(to: URL(fileURLWithPath: target))
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    let terminal = try start()
    terminal.ask(PseudoTerminal.Key.up, for: "42")
    terminal.ask("1", for: "1")
    terminal.leave()
    #expect(try home.text(of: target) == "\"20 + 22\"\n\"1\"\n")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == target)
  }

  @Test("a pipe is told once, and waited for never")
  func pipe() throws {
    try #require(mkfifo(path, 0o600) == 0)
    let terminal = try start()
    terminal.ask("20 + 22", for: "history is not kept: '\(path)' is no file\n42")
    terminal.ask("1", for: "1")
    #expect(terminal.everything.components(separatedBy: "not kept").count == 2)
    terminal.leave()
  }

  @Test("/dev/null keeps nothing and is no mistake")
  func device() throws {
    let terminal = try PseudoTerminal.session(
      home: home, environment: ["DOSSIER_HISTORY": "/dev/null"])
    terminal.ask("20 + 22", for: "\n42")
    #expect(!terminal.everything.contains("not kept"))
    terminal.ask(PseudoTerminal.Key.up, for: "42")
    terminal.leave()
  }

  @Test("what isn't the user's own is left alone", .enabled(if: geteuid() == 0))
  func foreign() throws {
    try Data("\"20 + 22\"\n".utf8).write(to: URL(fileURLWithPath: path))
    try #require(chown(path, 1, 1) == 0)
    let terminal = try start()
    terminal.ask("1", for: "history is not kept: '\(path)' belongs to somebody else\n1")
    terminal.leave()
    #expect(try home.text(of: path) == "\"20 + 22\"\n")
  }

  @Test("a home that nothing can be written to is told once")
  func noHome() throws {
    let terminal = try PseudoTerminal.session(home: home, environment: ["HOME": "/dev/null"])
    terminal.ask("20 + 22", for: "history is not kept: '/dev/null/.local/state/dossier/history': ")
    terminal.ask("1", for: "\n1")
    terminal.leave()
  }

  @Test("four sessions at once lose no entry of any")
  func fourSessions() throws {
    let sessions = try (0..<4).map { _ in try start() }
    for round in 0..<5 {
      for (number, session) in sessions.enumerated() { session.type("\(number)00\(round)\r") }
    }
    for (number, session) in sessions.enumerated() {
      session.expect("\n\(number == 0 ? "" : "\(number),00")4")
      session.expect(PseudoTerminal.prompt)
      session.leave()
    }
    let lines = try home.text(of: path).split(separator: "\n")
    #expect(Set(lines).count == 20)
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(rights as? Int == 0o600)
    let later = try start()
    later.type("2002" + PseudoTerminal.Key.up + "\r")
    later.expect("2,002")
    later.expect(PseudoTerminal.prompt)
    later.leave()
  }

  @Test("an entry that begins with a blank is not kept, nor one that is repeated")
  func leftOut() throws {
    let terminal = try start()
    for line in ["1", " 2", "1", "3"] { terminal.ask(line, for: line.suffix(1) + "\n") }
    terminal.leave()
    #expect(try home.text(of: path) == "\"1\"\n\"3\"\n")
  }
}
