import Foundation
import Testing

@testable import DossierCLI

@Suite("Commands with files")
struct FileCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, to name: String) throws -> String {
    let path = folder.path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test("a script runs in the session, and its names stay")
  func read() throws {
    let script = try write("let n = 40\nn + 1\n", to: "a script.q")
    let said = try Conversation.hold(".read \(script)", "n + 2", ".read \"\(script)\"")
    #expect(said.output == "41\n42\n41\n")
    #expect(said.notes == "")
  }

  @Test("an error in a script is told with its place, and the session goes on")
  func readErrors() throws {
    let script = try write("let n = 40\nn + true\n", to: "bad.q")
    let said = try Conversation.hold(
      ".read \(script)", ".read \(folder.path)/none.q", ".read \(folder.path)", ".read", "20 + 22")
    #expect(said.output == "42\n")
    #expect(said.notes.contains("\(script):2:"))
    #expect(said.notes.contains("cannot read '\(folder.path)/none.q': no such file or directory\n"))
    #expect(said.notes.contains("cannot read '\(folder.path)': is a directory\n"))
    #expect(said.notes.hasSuffix("it is written .read FILE\n"))
    #expect(said.code == 0)
  }

  @Test("the rows of a file get its name and are shown")
  func open() throws {
    let data = try write("town,dead\nA,1\nB,2\n", to: "Losses 2024.csv")
    let said = try Conversation.hold(".cite off", ".open \(data)", "count(losses_2024)")
    #expect(said.output == "town │ dead\nA    │    1\nB    │    2\n2 rows\n2\n")
    #expect(said.notes == "")
  }

  @Test("a file doesn't cover a table of the dossier that is called like it")
  func openTaken() throws {
    let data = try write("a\n1\n", to: "figures.csv")
    let said = try Conversation.hold(
      ".open \(data)", ".cite off", "count(figures_file)", "count(figures)")
    #expect(said.output.hasSuffix("\n1\n9\n"))
    #expect(said.notes == "")
  }

  @Test("a dossier brings its facts in; what can't be opened is told")
  func openDossier() throws {
    let flood = Folders.examples.path + "/dossiers/flood.q"
    let said = try Conversation.hold(
      ".open \(flood)", ".actor Grey Coast", ".open \(folder.path)/none.csv", "20 + 22")
    #expect(said.output.hasPrefix("sources"))
    #expect(said.output.contains("Grey Coast"))
    #expect(said.output.hasSuffix("42\n"))
    #expect(said.notes.contains("none.csv: no such file"))
  }

  @Test("what ran is saved as a script that gives the same answers")
  func save() throws {
    let path = folder.path + "/session.q"
    let entries = ["let n = 2", "facts | take 3", "(1 +", "| select id", "it | take 1"]
    let said = try Conversation.hold(
      entries[0], entries[1], entries[2], ".timer off", entries[3], entries[4], ".save \(path)")
    #expect(
      try text("session.q") == "let n = 2\nfacts | take 3\nit\n| select id\nit | take 1\n")
    let again = try BuiltProgram.run([path])
    #expect(again.code == 0)
    #expect(said.output.hasSuffix(again.output))
    #expect(!said.notes.contains("saved"))
  }

  @Test("what a saved script wants is told: params, and what no longer holds")
  func saveWarns() throws {
    let path = folder.path + "/session.q"
    let said = try Conversation.hold(
      ".set side=Russia", "param side: text", "let a = 1", "let b = a", "let a = b + 1",
      ".save \(path)", ".save /nowhere/x.q", "20 + 22")
    #expect(
      try text("session.q")
        == "# needs --set side=\"Russia\"\nparam side: text\nlet a = b + 1\nlet b = a\n")
    #expect(said.notes.hasPrefix("saved, but it doesn't run again as it stands:\nerror[E0"))
    #expect(said.notes.hasSuffix("cannot write '/nowhere/x.q': no such file or directory\n"))
    #expect(said.output == "42\n")
  }

  @Test("a name that was given anew is saved once, where it stood first")
  func saveNames() throws {
    let data = try write("a\n1\n", to: "rows.csv")
    let said = try Conversation.hold(
      "let n = figures\n  | where valu > 1", "let n = 1", "n + 1", "let n =\n  2", "n + 1",
      ".open \(data)", ".open \(data)", ".save \(folder.path)/session.q")
    #expect(!said.notes.contains("saved"))
    let lines = "let n =\n  2\nn + 1\nn + 1\nlet rows = open(\"\(data)\")\nrows | take 5\n"
    #expect(try text("session.q") == lines + "rows | take 5\n")
    #expect(try BuiltProgram.run([folder.path + "/session.q"]).code == 0)
  }

  @Test("a saved file keeps its rights, a new one has those of any other")
  func saveRights() throws {
    let old = try write("old", to: "old.q")
    #expect(chmod(old, 0o640) == 0)
    _ = try Conversation.hold("1", ".save \(old)", ".save \(folder.path)/new.q")
    let attributes = try FileManager.default.attributesOfItem(atPath: old)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try text("new.q") == "1\n")
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/new.q")
    #expect((mode[.posixPermissions] as? Int ?? 0) & 0o600 == 0o600)
  }

  @Test("answers and listings go to a file until they come back")
  func output() throws {
    let said = try Conversation.hold(
      ".limit 1", ".output \(folder.path)/out.txt", "facts | take 3 | select id", ".tables",
      ".help mode", ".output", "20 + 22")
    let written = try text("out.txt")
    #expect(written.contains("3 rows\n"))
    #expect(written.contains("actors   21 rows\n"))
    #expect(said.output.hasPrefix(".mode "))
    #expect(said.output.hasSuffix("\n42\n"))
    #expect(!said.output.contains("rows"))
  }

  @Test("one answer goes to a file, and the next comes back")
  func once() throws {
    let said = try Conversation.hold(
      ".once \(folder.path)/one.csv", ".mode csv", "20 + 22", "1 + 1", ".once")
    #expect(try text("one.csv") == "20 + 22\n42\n")
    #expect(said.output == "1 + 1\n2\n")
    #expect(said.notes == "it is written .once FILE\n")
  }

  @Test("the old file is there until the new one is closed, by whatever comes first")
  func closing() throws {
    let path = try write("old", to: "out.txt")
    let other = folder.path + "/other.txt"
    for end in [".output", ".output \(other)", ".once \(other)", ".quit"] {
      _ = try write("old", to: "out.txt")
      let said = try Conversation.hold(".output \(path)", "1 + 1", "figurs", "1 + 2", end)
      #expect(try text("out.txt") == "2\n3\n")
      #expect(said.notes.contains("did you mean 'figures'?"))
    }
    #expect(try text("other.txt") == "")
    _ = try Conversation.hold(".mode html", ".output \(path)", "1", "2")
    #expect(try text("out.txt").hasSuffix("</html>\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["other.txt", "out.txt"])
  }

  @Test("a file that can't be written is told, and answers come back", .enabled(if: hasFullDisk))
  func fullDisk() throws {
    let said = try Conversation.hold(
      ".output /nowhere/x", "1 + 1", ".output /dev/full", "1 + 2", "20 + 22")
    #expect(said.output == "2\n42\n")
    #expect(
      said.notes == """
        cannot write '/nowhere/x': no such file or directory
        cannot write '/dev/full': no space left on device

        """)
    #expect(said.code == 0)
  }

  private static let hasFullDisk = FileManager.default.fileExists(atPath: "/dev/full")

  @Test("what is typed may stand in quotes or begin at home")
  func typedPaths() {
    let home: (String) -> String? = { $0 == "HOME" ? "/h" : nil }
    #expect(TypedPath.read("~/a b.q", environment: home) == "/h/a b.q")
    #expect(TypedPath.read("\"a b.q\"", environment: home) == "a b.q")
    #expect(TypedPath.read("'~'", environment: home) == "~")
    #expect(TypedPath.read("~", environment: { _ in nil }) == "~")
    #expect(TypedPath.read("\"", environment: home) == "\"")
  }
}
