import Dossier
import Foundation
import Testing

@testable import DossierCLI

@Suite("The rc file")
struct StartFileTests {
  private let home: TemporaryFolder
  private let prompt = "dossier> "

  init() throws { home = try TemporaryFolder() }

  private func write(_ text: String, to folder: String = ".config") throws -> String {
    let place = URL(fileURLWithPath: home.path + "/\(folder)/dossier")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place.appendingPathComponent("rc"))
    return place.path + "/rc"
  }

  /// What is shown before the first prompt and behind some entries, and how it ends.
  private func hold(
    _ entries: String..., options: [String] = [], environment: [String: String] = [:]
  ) throws -> String {
    let terminal = try PseudoTerminal(
      options, home: home, environment: environment.merging(["TERM": "dumb"]) { $1 })
    terminal.expect(prompt)
    for entry in entries {
      terminal.type(entry + "\n")
      terminal.expect(prompt)
    }
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    return terminal.everything.replacing("\r\n", with: "\n")
  }

  @Test("it lies where the environment says, else at home")
  func place() {
    func path(_ variables: [String: String]) -> String? {
      StartFile { variables[$0] }?.path
    }
    #expect(path(["HOME": "/h"]) == "/h/.config/dossier/rc")
    #expect(path(["HOME": "/h", "XDG_CONFIG_HOME": "/c"]) == "/c/dossier/rc")
    #expect(path(["HOME": "/h", "XDG_CONFIG_HOME": "c"]) == "/h/.config/dossier/rc")
    #expect(path(["HOME": ""]) == nil)
  }

  @Test("commands part it, what lies between them is one text")
  func parts() {
    let text = """
      # mine

      .mode json
      let a = figures
        | take 3
      let b = (1 +
      .5)
      .limit 5
      """
    let parts = StartFile.parts(of: text, in: Session())
    #expect(
      parts == [
        .init(line: 1, text: "# mine\n"), .init(line: 3, text: ".mode json"),
        .init(line: 4, text: "let a = figures\n  | take 3\nlet b = (1 +\n.5)"),
        .init(line: 8, text: ".limit 5"),
      ])
    let open = StartFile.parts(of: "let b = [\n.tables\n", in: Session())
    #expect(open == [.init(line: 1, text: "let b = [\n.tables\n")])
    #expect(StartFile.parts(of: "", in: Session()).isEmpty)
  }

  @Test("its settings and names are there, and it leaves no entries")
  func settings() throws {
    _ = try write(".mode csv\nlet fortytwo = 20 +\n  22\nfortytwo + 1\n")
    let shown = try hold("fortytwo", ".history")
    #expect(shown.contains("fortytwo + 1\n43\n"))
    #expect(shown.contains("fortytwo\n42\n"))
    #expect(shown.contains("1  fortytwo\n"))
  }

  @Test("what is wrong is told with its place, and the rest and the session go on")
  func mistakes() throws {
    let path = try write(".tabels\nlet a = figurs\n\n.open /nowhere.csv\n.mode csv\n")
    let shown = try hold("20 + 22")
    #expect(shown.contains("\(path):1: no command '.tabels'; did you mean '.tables'?\n"))
    #expect(shown.contains("\(path):2:9\n"))
    #expect(shown.contains("did you mean 'figures'?"))
    #expect(shown.contains("no such file"))
    #expect(shown.contains("20 + 22\n42\n"))
  }

  @Test("what can't be read is told; none, or none wanted, is no mistake")
  func unreadable() throws {
    let path = try write("\0")
    #expect(try hold().contains("cannot read '\(path)': it is not text"))
    #expect(!(try hold(options: ["--no-rc"])).contains("rc"))
    let other = home.path + "/other"
    #expect(!(try hold(environment: ["XDG_CONFIG_HOME": other])).contains("rc"))
    try FileManager.default.createDirectory(
      atPath: other + "/dossier/rc", withIntermediateDirectories: true)
    #expect(try hold(environment: ["XDG_CONFIG_HOME": other]).contains("is a directory"))
  }

  @Test("options come before it")
  func options() throws {
    _ = try write(".mode csv\n.cite on\n")
    let shown = try hold(
      "figures | take 1 | select id", options: ["--format", "jsonl", "--no-cite"])
    #expect(shown.contains("{\"id\": "))
    #expect(!shown.contains("sources"))
  }

  @Test("scripts and texts never read it, nor does a session that nobody types")
  func scripts() throws {
    _ = try write(".mode json\nlet a = 1\n20 + 22\n")
    let environment = ["HOME": home.path, "DOSSIER_HISTORY": ""]
    let runs = [
      try BuiltProgram.run(["-e", "figures | take 1"], environment: environment),
      try BuiltProgram.run([], input: "figures | take 1", environment: environment),
      try BuiltProgram.run(["-i"], input: "figures | take 1\n", environment: environment),
    ]
    let plain = try BuiltProgram.run(["-e", "figures | take 1"])
    for run in runs { #expect(run.output == plain.output && run.notes == "") }
  }

  @Test("a text before the session doesn't see it")
  func textBefore() throws {
    _ = try write(".mode json\n")
    let shown = try hold("\"b\"", options: ["-i", "-e", "\"a\""])
    #expect(shown.contains("a\n"))
    #expect(!shown.contains("\"a\"\n"))
    #expect(shown.hasSuffix("\"b\"\n\"b\"\n\(prompt)\n"))
  }
}
