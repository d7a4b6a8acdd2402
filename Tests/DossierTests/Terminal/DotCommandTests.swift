import Dossier
import Testing

@testable import DossierCLI

@Suite("Dot commands")
struct DotCommandTests {
  private let session = Session()

  private func message(_ entry: String) -> String {
    do {
      return "read: \(try DotCommand.read(entry, in: session).name)"
    } catch {
      return "\(error)"
    }
  }

  @Test("every name has its row in the table, and every example can be read")
  func table() throws {
    #expect(DotCommand.all.map(\.name) == DotCommand.Name.allCases)
    for command in DotCommand.all {
      #expect(try DotCommand.read(command.example, in: session).name == command.name)
      #expect(DotCommand.help(on: command.name.rawValue).contains(command.example))
      #expect(DotCommand.help(on: "").contains(command.usage))
    }
  }

  @Test("a unique beginning is enough")
  func beginnings() throws {
    let mode = DotEntry(name: .mode, argument: "json")
    #expect(try DotCommand.read(".m  json ", in: session) == mode)
    #expect(try DotCommand.read(".he .mo", in: session).argument == "mode")
    #expect(message(".t") == "'.t' may be '.tables' or '.timer'")
  }

  @Test("a mistake gets a suggestion or the way it is written")
  func mistakes() {
    #expect(message(".tabels") == "no command '.tabels'; did you mean '.tables'?")
    #expect(message(".xyzzy") == "no command '.xyzzy'; see .help")
    #expect(
      message(".mode cvs")
        == "'cvs' is none of table, csv, tsv, json, jsonl, markdown, html; did you mean 'csv'?")
    #expect(message(".once") == "it is written .once FILE")
    #expect(message(".help mdoe") == "no command '.mdoe'; did you mean '.mode'?")
    #expect(message(".quit now") == "it is written .quit")
  }

  @Test("the list of commands fits 80 columns, and each can be told of")
  func help() {
    let each = DotCommand.all.map { DotCommand.help(on: $0.name.rawValue) }
    for text in [DotCommand.help(on: ""), DotCommand.keyHelp] + each {
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
    #expect(
      DotCommand.help(on: "last") == """
        .last  shows the last answer again, with all its rows
          In a pager if they are more than the terminal has: PAGER, else less.
          .last

        """)
  }

  @Test("a number that begins with a dot is no command")
  func numbers() {
    #expect(DotCommand.isCommand(".help"))
    #expect(!DotCommand.isCommand(".5"))
    #expect(!DotCommand.isCommand("."))
    #expect(!DotCommand.isCommand("figures"))
  }

  @Test("names and arguments are completed")
  func completion() {
    let context = EntryContext(session: session, history: [])
    func words(_ entry: String) -> [String] {
      context.completions(in: entry, at: entry.utf8.count).candidates.map(\.text)
    }
    #expect(words(".") == DotCommand.all.map { "." + $0.name.rawValue })
    #expect(words(".t") == [".tables", ".timer"])
    #expect(words(".mode js") == ["json", "jsonl"])
    #expect(words(".timer ") == ["on", "off"])
    #expect(words(".schema ").contains("figures"))
    #expect(words(".quit ").isEmpty)
    #expect(words(".nonsense ").isEmpty)
    let query = ".explain figures | whe"
    let found = context.completions(in: query, at: query.utf8.count)
    #expect(found.candidates.map(\.text).contains("where"))
    #expect(found.replacing == query.utf8.count - 3..<query.utf8.count)
  }

  @Test("a command is whole, but for an open query to explain")
  func completeness() {
    let context = EntryContext(session: session, history: [])
    func isWhole(_ entry: String) -> Bool {
      if case .complete = context.completeness(of: entry) { true } else { false }
    }
    #expect(isWhole(".mode json"))
    #expect(isWhole(".explain"))
    #expect(isWhole(".explain figures"))
    #expect(!isWhole(".explain (figures"))
  }
}
