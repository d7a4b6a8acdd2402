import Dossier

/// The same query over rows that carry fact numbers, with nobody asking for them, and over rows of a
/// host, which carry none: run so often in a process of its own, so that instructions can be counted.
enum FactNumbers {
  private static let count = 20_000
  private static let query = #"t | where measure == "killed" | summarize n = count() by measure"#
  private static let measures = ["killed", "wounded", "missing", "captured"]

  static func run(_ kind: String, times: Int) throws {
    var session = try session(kind)
    session.cites = false
    for _ in 0..<times {
      try session.run(SourceText(name: "input", text: query)) { answer in
        precondition(answer.table.count == 1)
      }
    }
  }

  /// Both kinds are made each time, so that they cost the same.
  private static func session(_ kind: String) throws -> Session {
    var text = "source s \"S\"\nactor a \"A\"\n"
    for row in 0..<count {
      text += "figure f\(row) { subject: a, measure: \"\(measures[row % 4])\", value: 1 people }\n"
    }
    let facts = try Facts(script: SourceText(name: "facts.q", text: text))
    let table = try Table(columns: [
      ("measure", .texts(codes: Buffer((0..<Int32(count)).map { $0 % 4 }), dictionary: measures))
    ])
    var session = Session(facts: facts, tables: kind == "facts" ? [:] : ["t": table])
    if kind == "facts" {
      try session.run(SourceText(name: "input", text: "let t = figures")) { _ in }
    }
    return session
  }
}
