import Dossier
import Testing

/// What Tab offers: only what could stand at the place.
@Suite struct CompletionTests {
  private func offered(_ text: String) -> (texts: [String], replaced: String) {
    let completions = Session().completions(in: text, at: text.utf8.count)
    let bytes = Array(text.utf8)[completions.replacing]
    return (completions.candidates.map(\.text), String(decoding: bytes, as: UTF8.self))
  }

  @Test("at the start tables come first")
  func start() {
    #expect(offered("fig").texts.first == "figures")
    #expect(
      offered("").texts.prefix(6) == ["sources", "actors", "places", "events", "figures", "facts"])
  }

  @Test("behind a pipe come the stages")
  func stages() {
    #expect(offered("figures | s").texts == ["select", "summarize", "sort", "skip"])
  }

  @Test("behind 'render' come the charts, and behind those the fields")
  func charts() {
    #expect(offered("figures | render ").texts == ["bar", "timeline", "spark"])
    #expect(offered("figures | render bar val").texts == ["value"])
  }

  @Test("in a stage come the fields of its input")
  func fields() {
    #expect(offered("figures | where sub").texts == ["subject"])
    #expect(
      offered("figures | select who = subject, value | where w").texts == ["who", "weekday("])
    #expect(offered("figures | select measure | sort v").texts == [])
  }

  @Test("behind a comparison come the names that may stand there, in quotes")
  func names() {
    #expect(offered("figures | where subject == \"North K").texts.contains("\"North Korea\""))
    #expect(offered("figures | where subject == \"North K").replaced == "\"North K")
    #expect(offered("figures | where subject in \"corée").texts == ["\"Corée du Nord\""])
    #expect(offered("events | where status == ").texts.contains("\"not happened\""))
  }

  @Test("behind a dot come the fields of the thing")
  func members() {
    #expect(offered("figures | where subject.na").texts == ["name"])
    #expect(offered("figures | where value.").texts == ["low", "best", "high"])
    #expect(offered("nk_sent.val").texts == ["value"])
  }

  @Test("a text is complete when its brackets are closed and no sign wants more")
  func completeness() {
    let session = Session()
    #expect(session.completeness(of: "figures | where (value is known") == .incomplete(indent: 2))
    #expect(session.completeness(of: "figures |") == .incomplete(indent: 2))
    #expect(
      session.completeness(of: "figures | where value is known and") == .incomplete(indent: 2))
    #expect(session.completeness(of: "actor a \"A\" {") == .incomplete(indent: 2))
    #expect(session.completeness(of: "figures | where value is known") == .complete)
    #expect(session.completeness(of: "\"(") == .complete)
  }
}

/// Places that a stranger tries, in queries of every kind.
@Suite struct CompletionPlaceTests {
  private func offered(_ text: String, _ session: Session = Session()) -> [String] {
    session.completions(in: text, at: text.utf8.count).candidates.map(\.text)
  }

  @Test(
    "what may stand there is offered",
    arguments: [
      ("figures ", ["|"]), ("figures | where subject ", ["==", "!=", "in", "is"]),
      ("figures | where measure ", ["has", "like", "same"]),
      ("figures | where value ", ["<", ">=", "to"]), ("events | where date ", ["overlaps", "<"]),
      ("figures | where value > 5 people ", ["and", "or", "|"]),
      ("figures | where subject.country.", ["name", "alias"]),
      ("figures | where subject.country.n", ["name", "note"]),
      ("figures | where subject.type == ", ["\"armed force\"", "\"state\""]),
      ("figures | where subject == pyong", ["\"Pyongyang\""]),
      ("figures | where subject in [\"Russia\", \"Pyong", ["\"Pyongyang\""]),
      ("figures | where measure has ", ["\"killed\""]),
      ("figures | where value > 500 ", ["people", "USD", "k", "bn"]),
      ("figures | where value > 5 bn ", ["USD"]),
      ("figures | where value > several hundred pe", ["people", "person"]),
      ("5 da", ["days", "day"]), ("5 CH", ["CHF"]), ("5.6 bn USD ", ["+"]),
      ("figures | summarize n = co", ["count(", "count_distinct("]),
      ("figures | summarize n = count() ", ["by", ",", "|"]),
      ("figures | summarize n = count() by me", ["measure"]),
      ("figures | sort value ", ["asc", "desc", ",", "|"]), ("figures | expand ", ["claimed_by"]),
      ("figures | join ", ["actors", "left"]), ("figures | join left a", ["actors"]),
      ("figures | join actors ", ["as", "on"]),
      ("figures | where stated == ", ["@2024-12-17"]), ("events | where date > ", ["@2024-22"]),
      ("events | where date == @2024-1", ["@2024-12-16", "@2024-12-17"]),
      ("figures | where value > ", ["about 10_000 people", "370_000 people", "unit("]),
      ("figures | where value > 500 people | where value < ", ["43_000 people"]),
      ("figures | join actors as a on a.", ["id", "name", "type"]),
      ("figures | join actors as a on ", ["a.", "subject"]),
      ("figures | join actors as a on subject.id same a.id | where a.n", ["name", "note"]),
      ("figures | union ev", ["events"]), ("figures | reconcile ", ["range", "latest"]),
      ("figures | reconcile range ", ["of", "by"]), ("figures | reconcile range of ", ["value"]),
      ("figures | where value is ", ["known", "exact", "unknown"]),
      ("figures | where subject in (", ["actors"]),
      ("figures | where subject in (actors | where ty", ["type"]),
      ("count(", ["figures"]), ("count(figures | where on_r", ["on_record"]),
      ("let u = fi", ["figures"]), ("let u = figures | where mea", ["measure"]),
      ("check events | where sta", ["status", "stated"]), ("param x: te", ["text"]),
      ("let u = figures\nu | where mea", ["measure"]),
      ("let u = figures; u | where measure == \"k", ["\"killed\"", "\"killed or wounded\""]),
      ("actor x \"X\" { ty", ["type: "]), ("actor x \"X\" { type: ", ["\"state\""]),
      ("figure x { subject: nort", ["north_korea"]),
      ("figure x { claimed_by: [kim, nort", ["north_korea"]),
      ("figure x { measure: \"a\", on_record: ", ["true", "false"]),
      ("nk_sent.", ["value", "subject"]), ("figures | where value to ", ["EUR"]),
      ("use ", ["builtin"]), ("figures | where not on_r", ["on_record"]),
      ("figures | where length(mea", ["measure"]),
      ("figures | derive x = run", ["running("]),
      ("[{`Event Date`: 1, ok: 2}] | select ev", ["`Event Date`"]),
    ] as [(String, [String])])
  func offers(_ text: String, _ expected: [String]) {
    let found = offered(text)
    #expect(expected.allSatisfy(found.contains), "\(text): \(found)")
  }

  @Test(
    "what means nothing there is not",
    arguments: [
      ("figures ", ["==", "and", "figures"]),
      ("figures | where subject ", ["<", "+", "has", "to"]),
      ("figures | where subject == ", ["true", "count("]), ("figures | drop ", ["count(", "not"]),
      ("figures | where ", ["count(", "running(", "sum("]), ("figures | expand ", ["measure"]),
      ("figures | where value > 500 ", ["about", "left", "ZWG", "known"]),
      ("let u = ", ["let", "use"]), ("figures | join ", ["measure"]), ("let ", ["figures"]),
      ("figures | join actors as ", ["measure"]), ("figures | take ", ["measure"]),
      ("figures | summarize n = count() by ", ["sum("]),
      ("events | where date == ", ["@2024-22"]), ("events | where date < @2025", ["date"]),
    ] as [(String, [String])])
  func leavesOut(_ text: String, _ unexpected: [String]) {
    let found = offered(text)
    #expect(!unexpected.contains(where: found.contains), "\(text): \(found)")
  }

  @Test("every word that is offered behind a value is one that the parser takes there")
  func offersParse() {
    for text in [
      "figures ", "figures | where value ", "figures | sort value ", "events | where place ",
    ] {
      for word in offered(text) where !["|", ",", "+", "-"].contains(word) {
        var session = Session()
        do {
          try session.check(SourceText(name: "input", text: text + word))
        } catch let failure as Failure {
          let start = Int(failure.diagnostics[0].primary.span.start)
          #expect(start >= text.utf8.count + word.utf8.count, "\(text)\(word)")
        } catch {
          Issue.record("\(error)")
        }
      }
    }
  }

  @Test("texts that occur in a file are offered, and the standard input isn't read for them")
  func files() throws {
    var session = Session()
    let rows = Array("Name,n\nAda,1\nÉmile,2\nAda,3\n".utf8)
    session.files = MemoryFiles(files: ["a.csv": rows, "-": rows])
    #expect(offered("open(\"a.csv\") | where N", session).contains("Name"))
    #expect(offered("open(\"a.csv\") | where Name == ", session) == ["\"Ada\"", "\"Émile\""])
    #expect(offered("open(\"a.csv\") | where n > 1 | where Name == emi", session) == ["\"Émile\""])
    #expect(offered("open(\"a.csv\") | where n ", session).contains("<"))
    #expect(!offered("open(\"-\") | where Name == ", session).contains("\"Ada\""))
    #expect(!offered("open(\"-\") | where ", session).contains("Name"))
    #expect(session.completions(in: "open(\"a", at: 7).namesFile)
    #expect(session.completions(in: "use \"a", at: 6).namesFile)
    #expect(!session.completions(in: "length(\"a", at: 9).namesFile)
  }

  @Test("a leading bar goes on from the last result")
  func leadingBar() throws {
    var session = Session()
    try session.run(SourceText(name: "input", text: "figures | select who = subject")) { _ in }
    #expect(offered("| where w", session).first == "who")
    #expect(offered("| where who == \"nort", session).contains("\"North Korea\""))
    #expect(offered("i", session).contains("it"))
  }

  @Test("a hole lists what could stand there")
  func holes() {
    let session = Session()
    #expect(
      session.candidates(forHoleIn: "figures | where ?")?.contains { $0.text == "value" } == true)
    #expect(session.candidates(forHoleIn: "figures | ?")?.first?.text == "where")
    #expect(
      session.candidates(forHoleIn: "figures | where subject == ? and true")?.contains {
        $0.text == "\"North Korea\""
      } == true)
    #expect(session.candidates(forHoleIn: "figures | where date < @2024?") == nil)
    #expect(session.candidates(forHoleIn: "\"what?\"") == nil)
  }

  @Test("a hole in a script is an error that lists what fits, and nothing is run for it")
  func holesInScripts() {
    func fitting(_ text: String) -> String? {
      var session = Session()
      do {
        try session.check(SourceText(name: "input", text: text))
      } catch {
        let diagnostic = (error as? Failure)?.diagnostics.first
        return diagnostic?.code == "E0114" ? diagnostic?.notes.first : nil
      }
      return nil
    }
    let cases = [
      ("figures | ?", "fits here: where  select  drop"), ("figures ?", "fits here: |"),
      ("let who = events\nwho | where ?", "fits here: id  title  type  status"),
      ("figures | where measure == ?", "fits here: \"killed\"  \"killed or wounded\""),
      ("events | where date == ? and true", "fits here: @2024-12-17  @2024-12-16"),
      ("nk_sent.?", "fits here: id  title"), ("use ?", "fits here: builtin"),
      ("figures | where value > 5 ?", "fits here: people  %"),
    ]
    for (text, start) in cases {
      let found = fitting(text)
      #expect(found?.hasPrefix(start) == true, "\(text): \(found ?? "nothing")")
    }
    #expect(fitting("figures | where value > 5 ? 1 : 2") == nil)
  }
}
