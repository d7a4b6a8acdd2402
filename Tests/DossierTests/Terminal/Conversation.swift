import Dossier
import Testing

@testable import DossierCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Entries from a list instead of a terminal.
struct ListedEntries: LineSource {
  var entries: [Entry]

  mutating func next(_ context: EntryContext) -> Entry {
    entries.isEmpty ? .end : entries.removeFirst()
  }
}

/// A session with a person who isn't there: what the entries print, and how it ends.
struct Conversation {
  let output: String
  let notes: String
  let code: Int32

  /// Lines as they are typed.
  static func hold(_ lines: String...) throws -> Conversation {
    try hold(lines.map(Entry.text))
  }

  static func hold(_ entries: Entry...) throws -> Conversation { try hold(entries) }

  private static func hold(_ entries: [Entry]) throws -> Conversation {
    let folder = try TemporaryFolder()
    let files = try ["output", "notes"].map { name in
      let file = open(folder.path + "/" + name, O_RDWR | O_CREAT, 0o600)
      try #require(file >= 0)
      return file
    }
    let console = Console(Request(), output: files[0], notes: files[1], environment: { _ in nil })
    var session = Session()
    session.files = ReachableFiles()
    var repl = Repl(
      session: session, source: ListedEntries(entries: entries), history: History(file: nil),
      console: console)
    let code = repl.run()
    let texts = try files.map { file in
      lseek(file, 0, SEEK_SET)
      defer { close(file) }
      return String(decoding: try bytes(of: file, named: "file"), as: UTF8.self)
    }
    return Conversation(output: texts[0], notes: texts[1], code: code)
  }
}
