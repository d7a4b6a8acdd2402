import Testing

@testable import Dossier

/// Scripts that use others.
@Suite("Use")
struct UseTests {
  private func answer(_ script: String, _ files: [String: String]) -> String {
    var session = Session()
    session.files = MemoryFiles(files: files.mapValues { Array($0.utf8) })
    return transcript(script, session: session)
  }

  private let mill = """
    source log "A log"
    actor miller "The miller"
    figure ground { subject: miller, measure: "ground", value: 5 tonnes }
    """

  @Test("one script by several paths is one script")
  func onePath() {
    let seen = answer("use \"mill.q\"\nuse \"./wheel/../mill.q\"\ncount(figures)", ["mill.q": mill])
    #expect(seen.hasPrefix("1 "), "\(seen)")
  }

  @Test(
    "the facts of a script can't come in under two names",
    arguments: [
      "use \"mill.q\"\nuse \"mill.q\" as mill", "use \"mill.q\" as a\nuse \"mill.q\" as b",
      "use \"east.q\" as east\nuse \"west.q\" as west",
    ])
  func twoNames(script: String) {
    let user = "use \"mill.q\""
    let seen = answer(script, ["mill.q": mill, "east.q": user, "west.q": user])
    #expect(seen.contains("E0226"), "\(seen)")
  }

  @Test(
    "a misspelt name of a used script is told with the one that is meant",
    arguments: [
      ("figures | l.tup()", "E0203", "figures | l.top()"),
      ("l.tup(figures)", "E0203", "l.top(figures)"), ("l.limt + 1", "E0202", "l.limit + 1"),
    ])
  func misspelt(query: String, code: String, help: String) {
    let library = "let top(t) = t | take 1\nlet limit = 5"
    let seen = answer("use \"l.q\" as l\n\(query)", ["l.q": library])
    #expect(seen.hasPrefix("error[\(code)]") && seen.hasSuffix("help: \(help)\n"), "\(seen)")
  }

  @Test("functions can come in under two names")
  func functions() {
    let script = "use \"f.q\" as a\nuse \"f.q\" as b\na.twice(2) + b.twice(3)"
    #expect(answer(script, ["f.q": "let twice(x) = x * 2"]) == "10\n")
  }
}
