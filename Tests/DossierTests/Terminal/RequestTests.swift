import Dossier
import Testing

@testable import DossierCLI

@Suite("The command line")
struct RequestTests {
  private func request(_ arguments: String...) throws -> Request {
    try Request(Options.parse(arguments))
  }

  @Test(
    "plain command lines mean the same with and without the option library",
    arguments: [
      [], ["a.q"], ["-"], ["-e", "1"], ["-e", "-1", "-e", "--check"], ["a.q", "-e", "1"],
      ["-e", "1", "a.q"],
    ])
  func plain(_ arguments: [String]) throws {
    #expect(try Request(plain: arguments) == Request(Options.parse(arguments)))
  }

  @Test(
    "anything else is left to the library",
    arguments: [["-e"], ["--check"], ["a.q", "b.q"], ["-i"], ["--", "a.q"], ["-x"]])
  func notPlain(_ arguments: [String]) {
    #expect(Request(plain: arguments) == nil)
  }

  @Test("options are read")
  func options() throws {
    let request = try request(
      "a.q", "-i", "--allow-read", "/data", "--allow-read", "b.csv", "--set", "side=Russia",
      "--set", "x=a=b", "--format", "csv", "--format", "jsonl",
      "--no-cite", "--timer", "--errors", "json", "--color", "never", "--no-history", "--no-rc",
      "--dossier", "b.q", "--dossier", "c.q")
    #expect(request.inputs == [.file("a.q")])
    #expect(request.staysInteractive)
    #expect(request.readable == ["/data", "b.csv"])
    #expect(request.parameters == ["side": "Russia", "x": "a=b"])
    #expect(request.format == .jsonl)
    #expect(request.cite == false)
    #expect(request.showsTime)
    #expect(request.errors == .json)
    #expect(request.colour == .never)
    #expect(!request.keepsHistory)
    #expect(!request.readsStartFile)
    #expect(request.dossiers == ["b.q", "c.q"])
  }

  @Test("texts are named so that messages can tell them apart")
  func names() throws {
    let two: [Input] = [.text("1", name: "-e 1"), .text("2", name: "-e 2")]
    #expect(try request("-e", "1", "-e", "2").inputs == two)
    #expect(try request("-e", "1").inputs == [.text("1", name: "-e")])
  }

  @Test("a wrong use is told in plain words")
  func wrongUse() {
    func message(_ arguments: String...) -> String {
      do {
        _ = try Request(Options.parse(arguments))
        return "accepted"
      } catch {
        return "\(error)"
      }
    }
    #expect(message("a", "b") == "only one script can be run, and 'b' is a second one")
    #expect(message("--set", "side") == "--set takes name=value, not 'side'")
    #expect(
      message("--format", "jsn")
        == "--format takes table, csv, tsv, json, jsonl, markdown, html, not 'jsn'; did you mean 'json'?"
    )
    #expect(message("--check", "--explain") == "--check and --explain can't stand together")
  }

  @Test("output, limit and guarded formulas are read, and what can't be is told")
  func output() throws {
    let request = try request("a.q", "-o", "b.csv", "--limit", "5", "--csv-safe")
    #expect(request.output == "b.csv")
    #expect(request.limit == 5)
    #expect(request.guardsFormulas)
    for count in ["0", "-1", "few", "99999999999999999999"] {
      #expect(throws: UsageError.noRows(count)) {
        try Request(Options.parse(["--limit=\(count)"]))
      }
    }
    #expect(throws: UsageError.together("-o", "-i")) { try self.request("-o", "a", "-i") }
    #expect(throws: UsageError.together("-o", "--check")) {
      try self.request("-o", "a", "--check")
    }
  }

  @Test("the help fits one screen and lists the exit codes")
  func help() {
    let lines = Options.helpMessage(columns: 80).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let text = lines.joined(separator: " ")
    for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "130 "] { #expect(text.contains(code)) }
  }
}
