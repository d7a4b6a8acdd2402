import Dossier

/// Loading the built-in dossier and asking it, inside a process.
enum BuiltIn {
  private static let queries = [
    ("actor", #"figures | where subject in "North Korea" | select measure, value, claimed_by"#),
    ("month", "events | where date in @2024-08"),
    ("number", "figures | where value > 9_500 people"),
  ]

  /// - Parameter path: the text of the dossier.
  static func report(script path: String) throws {
    // Before all else: the first access pays for everything that is made once.
    Measure.report("load/first", time { _ = Facts.builtIn } / 1e6, "ms")
    let script = SourceText(name: "kursk.q", bytes: try bytes(ofFile: path))
    Measure.report(
      "load/again", try leastTime(runs: 100) { _ = try Facts(script: script) } / 1e6, "ms")
    try reportQueries()
  }

  private static func reportQueries() throws {
    var works: [Work] = []
    for (name, query) in queries {
      for cites in [true, false] {
        var session = Session()
        session.cites = cites
        let work = Work(name: "ask/\(name)/\(cites ? "cited" : "bare")") {
          var rows = 0
          try session.run(SourceText(name: "input", text: query)) { rows = $0.table.count }
          precondition(rows > 0, query)
        }
        works.append(work)
      }
    }
    try reportInterleaved(works, rounds: 700, unit: "us", nanoseconds: 1e3)
  }
}
