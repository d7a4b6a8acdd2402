import Foundation
import Testing

@testable import DossierCLI

@Suite("Commands that show and set")
struct SessionCommandTests {
  @Test("every example runs, in a session without a terminal", arguments: DotCommand.Name.allCases)
  func examples(_ name: DotCommand.Name) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/examples", withDestinationPath: Folders.examples.path)
    let command = try #require(DotCommand.all.first { $0.name == name })
    let run = try BuiltProgram.run(
      ["-i", "-e", "1 + 1"], input: command.example + "\n20 + 22\n", place: folder.path)
    switch name {
    case .timer: #expect(run.notes.hasSuffix(" ms\n"))
    case .edit: #expect(run.notes == "an editor needs a terminal\n")
    default: #expect(run.notes == "")
    }
    #expect(run.code == 0)
    if name != .quit, name != .output, name != .once { #expect(run.output.contains("42")) }
  }

  @Test(
    "an actor is found by name, id or alias in any case",
    arguments: ["North Korea", "NORTH_KOREA", "pyongyang", "  coree DU nord "])
  func actor(_ name: String) throws {
    let said = try Conversation.hold(".actor \(name)")
    #expect(said.notes == "")
    #expect(said.output.hasPrefix("  id       north_korea\n  name     North Korea\n"))
    let queries = [
      "actors | where part_of == north_korea", "figures | where subject == north_korea",
      "events | where actor == north_korea",
    ]
    for query in queries {
      let answer = try Conversation.hold(query).output
      #expect(said.output.contains("\n\(query)\n\(answer)"))
    }
    // What has no rows is left out.
    #expect(!said.output.contains("claimed_by == north_korea"))
    #expect(!said.output.contains("0 rows"))
  }

  @Test("an actor's declaration, claims and the roles besides the acting one are told")
  func roles() throws {
    let zelensky = try Conversation.hold(".actor zelensky").output
    #expect(zelensky.contains("\n  country  Ukraine\n"))
    #expect(zelensky.contains("figures | where claimed_by == zelensky"))
    #expect(zelensky.contains("events | where claimed_by == zelensky"))
    #expect(
      try Conversation.hold(".actor kim").output.contains("  role     leader of North Korea\n"))
    #expect(try Conversation.hold(".actor Ukraine").output.contains("where target == ukraine"))
    let helped = try Conversation.hold(".actor russia").output
    #expect(helped.contains("where beneficiary == russia"))
  }

  @Test("a text that names several actors lists them, one that names nobody gets a suggestion")
  func severalOrNobody() throws {
    let said = try Conversation.hold(
      #"actor one "Same" { type: "group" }; actor two "Other" { type: "group", alias: ["same"] }"#,
      ".actor same", ".actor Pyonyang", ".actor qqqqqqqq", ".actor", "20 + 22")
    #expect(said.output == "'same' names several:\n  one  Same\n  two  Other\n42\n")
    #expect(
      said.notes == """
        no actor is called 'Pyonyang'; did you mean 'Pyongyang'?
        no actor is called 'qqqqqqqq'
        it is written .actor NAME

        """)
  }

  @Test("what is no actor is told as what it is, with the query that shows it")
  func noActor() throws {
    let cases = [
      ("Koursk", "'Koursk' is a place, and no actor: ", "events | where place in kursk"),
      ("nk_sent", "'nk_sent' is a figure, and no actor: ", #"figures | where id == "nk_sent""#),
      ("report", "'report' is a source, and no actor: ", "facts | where source == report"),
      (
        "offensive", "'offensive' is an event, and no actor: ", #"events | where id == "offensive""#
      ),
    ]
    for (name, message, query) in cases {
      #expect(try Conversation.hold(".actor \(name)").notes == message + query + "\n")
      #expect(try Conversation.hold(query).output.contains(" row"))
    }
    let near = try Conversation.hold(".actor Kursk regio").notes
    #expect(near == "no actor is called 'Kursk regio'; did you mean 'Kursk region'?\n")
  }

  @Test("no control character of a name or an entry reaches the terminal")
  func controls() throws {
    let name = "Same\u{1B}[2J"
    let said = try Conversation.hold(
      "actor one \"\(name)\" { type: \"group\" }\nactor two \"\(name)\" { type: \"group\" }",
      ".actor \(name)", ".actor one", ".actor \u{1B}]0;x", ".read \u{1B}]0;x", ".once /x\u{1B}/y",
      ".mode \u{1B}c")
    #expect(said.output.contains("  one  Same"))
    #expect(said.notes.split(separator: "\n").count == 4)
    #expect(!(said.output + said.notes).contains("\u{1B}"))
  }

  @Test("an actor of a script under a name is told from that script's tables")
  func namespaces() throws {
    let flood = Folders.examples.path + "/dossiers/flood.q"
    let said = try Conversation.hold("use \"\(flood)\" as flood", ".actor Grey Coast")
    #expect(said.output.contains("\nflood.actors | where part_of == flood.coast\n"))
    #expect(said.notes == "")
  }

  @Test("in other formats an actor's facts are answers alone")
  func actorAsData() throws {
    let said = try Conversation.hold(".mode jsonl", ".actor kim")
    #expect(said.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
    #expect(said.output.contains("leader of North Korea"))
  }

  @Test("a table, a query and the last result are described, and leave no trace")
  func describe() throws {
    let said = try Conversation.hold(
      ".describe", ".last", "figures | select measure", ".describe", ".describe figures",
      ".describe figures | select value # why", ".describe figurs", ".last", "it | take 1")
    #expect(said.notes.hasPrefix("nothing was answered yet\nnothing was answered yet\n"))
    #expect(said.notes.contains("did you mean 'figures'?"))
    let answers = ["figures | select measure", "figures", "figures | select value"]
    for answer in answers {
      #expect(said.output.contains(try Conversation.hold("\(answer) | describe").output))
    }
    let last = try ["figures | select measure", "figures | select measure | take 1"]
      .map { try Conversation.hold($0).output }
    #expect(said.output.hasSuffix(last.joined()))
  }

  @Test("a limit cuts the rows of tables, and .last shows all of them")
  func limit() throws {
    let whole = try Conversation.hold("facts | select id").output
    let said = try Conversation.hold(
      ".limit 2", "facts | select id", ".last", ".limit all", "facts | select id", ".limit 0",
      ".limit auto")
    #expect(said.output.contains("42 rows (2 shown)"))
    #expect(said.output.hasSuffix(whole + whole))
    #expect(said.notes == "it is written .limit [N|all|auto]\n")
  }

  @Test("a width cuts texts, and auto lets them be")
  func width() throws {
    let query = "events | select title"
    let said = try Conversation.hold(".width 30", query, ".width auto", query)
    let lines = said.output.split(separator: "\n")
    #expect(lines[1].contains("…"))
    #expect(said.output.hasSuffix(try Conversation.hold(query).output))
  }

  @Test("sources are named or not, in every format")
  func cite() throws {
    let said = try Conversation.hold(
      ".cite off", "figures | take 1", ".mode csv", ".cite on", "figures | take 1")
    let parts = said.output.components(separatedBy: "1 row · 13 more fields\n")
    #expect(!parts[0].contains("[1]"))
    #expect(parts[1].contains(",sources\n"))
  }

  @Test("a param of later texts gets its value, and the values are listed")
  func set() throws {
    let said = try Conversation.hold(
      ".set", ".set side = North Korea", ".set n=3", "param side: text", "side", ".set",
      ".set side",
      ".set =3", ".set a b=3")
    let switches = "highlight on\nhints on\n"
    #expect(said.output == switches + "North Korea\nn=3\nside=North Korea\n" + switches)
    #expect(said.notes == String(repeating: "it is written .set [NAME=VALUE]\n", count: 3))
  }

  @Test("names and words behind a command are completed")
  func completion() {
    let context = EntryContext(session: .init(), history: [])
    func words(_ entry: String) -> [String] {
      context.completions(in: entry, at: entry.utf8.count).candidates.map(\.text)
    }
    #expect(words(".actor pyong") == ["Pyongyang"])
    #expect(words(".actor North K").contains("North Korea"))
    #expect(words(".limit a") == ["all", "auto"])
    #expect(words(".describe figures | whe") == ["where"])
    #expect(
      words(".read \(Folders.examples.path)/data/shel").first?.hasSuffix("/shelters.csv") == true)
    #expect(words(".open \(Folders.root.path)/examp") == [Folders.root.path + "/examples/"])
  }

  @Test("a setting alone is told, as the command that sets it")
  func settings() throws {
    let settings = [".mode csv", ".cite off", ".limit 7", ".width all", ".timer on"]
    let names = [".mode", ".cite", ".limit", ".width", ".timer"]
    let first = try Conversation.hold(names[0], names[1], names[2], names[3], names[4])
    #expect(first.output == ".mode table\n.cite auto\n.limit auto\n.width auto\n.timer off\n")
    for (setting, name) in zip(settings, names) {
      #expect(try Conversation.hold(setting, name).output == setting + "\n")
    }
    let back = try Conversation.hold(".cite on", ".cite auto", ".mode csv", "figures | take 1")
    #expect(!back.output.contains("sources"))
  }

  @Test("tables that were named and those of used scripts are listed, with their fields")
  func tables() throws {
    let flood = Folders.examples.path + "/dossiers/flood.q"
    let said = try Conversation.hold(
      "use \"\(flood)\" as flood", "let n = 1",
      "let few = events | take 2 | select id, when = date",
      ".tables", ".schema few", ".schema flood.figures")
    #expect(said.output.contains("\nflood.figures   8 rows\n"))
    #expect(said.output.contains("\nfew            let\nfew\n  id    text\n  when  date\n"))
    #expect(said.output.contains("\nflood.figures\n  id "))
    #expect(said.notes == "")
  }

  @Test("what was forgotten with the facts, and what runs nothing, is told as such")
  func nothing() throws {
    let flood = Folders.examples.path + "/dossiers/flood.q"
    let said = try Conversation.hold(
      "figures | take 1", ".open \(flood)", ".describe", ".explain let a = 1",
      ".describe let a = figures", "a", ".")
    let only = "this only names or declares something: nothing would be run\n"
    #expect(said.notes.hasPrefix("nothing was answered yet\n" + only + only))
    #expect(said.notes.hasSuffix("commands begin with a dot: .help\n"))
  }
}
