import Dossier
import Testing

@testable import DossierCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("The session with a person")
struct ReplTests {
  @Test("an entry is answered and the end of the input ends with 0")
  func answers() throws {
    let said = try Conversation.hold(.text("20 + 22"))
    #expect(said.output.contains("42"))
    #expect(said.notes.isEmpty)
    #expect(said.code == 0)
  }

  @Test("an error is told with the number of its entry, and the session goes on")
  func goesOn() throws {
    let said = try Conversation.hold(
      .text("1"), .text("  "), .dropped, .text("(20 +"), .text("20 + 22"))
    #expect(said.notes.contains("input 2:1:"))
    #expect(said.output.contains("42"))
    #expect(said.code == 0)
  }

  @Test("nothing is read after .quit")
  func quit() throws {
    let said = try Conversation.hold(.text(".quit"), .text("20 + 22"))
    #expect(said.output.isEmpty)
    #expect(said.code == 0)
  }

  @Test("commands answer on the output, mistakes in them on the notes")
  func commands() throws {
    let said = try Conversation.hold(
      .text(".tables"), .text(".schema figures"), .text(".help"), .text(".tabels"),
      .text("20 + 22"), .text(".history"))
    #expect(said.output.contains("figures"))
    #expect(said.output.contains("  .mode [FORMAT]       sets how answers are written\n"))
    #expect(said.output.contains("5  20 + 22\n6  .history\n"))
    #expect(said.notes == "no command '.tabels'; did you mean '.tables'?\n")
  }

  @Test("the timer tells a time for each answer")
  func timer() throws {
    let said = try Conversation.hold(
      .text(".timer on"), .text("20 + 22"), .text(".timer off"), .text("1"))
    #expect(said.notes.hasSuffix(" ms\n"))
    #expect(said.notes.split(separator: "\n").count == 1)
  }

  @Test("a full disk ends the session with 1")
  func fullDisk() {
    let file = open("/dev/full", O_WRONLY)
    guard file >= 0 else { return }
    defer { close(file) }
    let console = Console(Request(), output: file, notes: -1, environment: { _ in nil })
    var repl = Repl(
      session: Session(), source: ListedEntries(entries: [.text("1"), .text("1")]),
      history: History(file: nil), console: console)
    #expect(repl.run() == 1)
  }
}
