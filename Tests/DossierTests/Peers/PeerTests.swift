import Foundation
import Testing

@testable import Dossier

/// Random queries over exact tables give what DuckDB and SQLite give.
///
/// What is meant to differ stands in `grammar.md` under "Compared with SQL". The queries are written
/// so that it doesn't matter, and the lines of that table are tested one by one.
@Suite struct PeerTests {
  /// A part with the answers that the peers gave when it was written down.
  private struct Known: Codable {
    let part: PeerPart
    let answers: [String: [PeerAnswer?]]
  }

  private static let known = Folders.fixtures.appendingPathComponent("peers/known.jsonl")

  // MARK: Asking

  /// The peers' answers to each part, by their names; nil if there is no Python to ask them.
  private func answers(to parts: [PeerPart]) throws -> [[String: [PeerAnswer?]]]? {
    let path = NSTemporaryDirectory() + "dossier-peers-\(UUID().uuidString)"
    let (asked, answered) = (path + ".asked", path + ".answered")
    defer { for file in [asked, answered] { try? FileManager.default.removeItem(atPath: file) } }
    try write(parts, to: URL(fileURLWithPath: asked))
    let status = try Python.run("peers/peers.py", [asked, answered]).status
    guard status != 127 else { return nil }
    #expect(status == 0)
    return try read([String: [PeerAnswer?]].self, from: URL(fileURLWithPath: answered))
  }

  private func write(_ values: [some Encodable], to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try values.map { try encoder.encode($0) + [0x0A] }
    try Data(lines.joined()).write(to: url)
  }

  private func read<Line: Decodable>(_: Line.Type, from url: URL) throws -> [Line] {
    try Data(contentsOf: url).split(separator: 0x0A).map {
      try JSONDecoder().decode(Line.self, from: $0)
    }
  }

  /// A session in which the tables of a part have their names.
  private func session(_ part: PeerPart) throws -> Session {
    var session = Session()
    let files = part.tables.map { ($0.name + ".csv", Array($0.csv.utf8)) }
    session.files = MemoryFiles(files: Dictionary(uniqueKeysWithValues: files))
    for table in part.tables {
      try session.run(SourceText(name: "tables", text: table.reading)) { _ in }
    }
    return session
  }

  private func answer(_ query: PeerQuery, _ session: Session) -> PeerAnswer {
    var session = session
    var rows: [[PeerCell]] = []
    do {
      try session.run(SourceText(name: "query", text: query.program)) { answer in
        rows = answer.rows.map { row in query.fields.map { PeerCell(row[$0.name]) } }
      }
    } catch let failure as Failure {
      return .error(failure.rendered(colour: false))
    } catch {
      return .error("\(error)")
    }
    return .rows(rows)
  }

  // MARK: Comparing

  private func compare(_ part: PeerPart, _ answers: [String: [PeerAnswer?]]) throws {
    let session = try session(part)
    for (index, query) in part.queries.enumerated() {
      let own = answer(query, session)
      for (peer, theirs) in answers.sorted(by: { $0.key < $1.key }) {
        guard let theirs = theirs[index] else { continue }
        if own.agrees(with: theirs, query.fields) { continue }
        Issue.record(
          """
          \(peer) says otherwise of
          \(query.program)
          \(query.sql)
          \(part.tables.map { "\($0.name):\n\($0.csv)" }.joined())Dossier: \(own)
          \(peer): \(theirs)
          """)
      }
    }
  }

  private func nameMissing(_ answers: [String: [PeerAnswer?]]?) {
    for (peer, name) in [("duckdb", "DuckDB"), ("sqlite", "SQLite")] where answers?[peer] == nil {
      print("skipped: there is no \(name) to compare with (make peers)")
    }
  }

  private func parts(_ count: Int, seed: UInt64) -> [PeerPart] {
    var random = Random(seed: seed)
    return (0..<count).map { _ in
      PeerPart(
        tables: [PeerTable("t", &random), PeerTable("u", &random)],
        queries: (0..<10).map { _ in PeerQueryMaker.query(&random) })
    }
  }

  // MARK: Tests

  @Test("5,000 random queries agree with DuckDB and SQLite, a tenth unless CASES=full")
  func randomQueries() throws {
    let parts = parts(Cases.some(of: 500), seed: 3)
    let answers = try answers(to: parts)
    nameMissing(answers?.first)
    for (part, answers) in zip(parts, answers ?? []) { try compare(part, answers) }
  }

  @Test("100 queries agree with what the peers answered once; RECORD=1 asks them anew")
  func knownQueries() throws {
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      let parts = parts(10, seed: 100)
      let answers = try #require(try answers(to: parts))
      try write(zip(parts, answers).map { Known(part: $0, answers: $1) }, to: PeerTests.known)
      Issue.record("the peers' answers were written down anew")
    }
    let known = try read(Known.self, from: PeerTests.known)
    #expect(known.reduce(0) { $0 + $1.part.queries.count } == 100)
    for known in known {
      #expect(known.answers.keys.sorted() == ["duckdb", "sqlite"])
      try compare(known.part, known.answers)
    }
  }

  @Test("what differs on purpose does so as the table of grammar.md says")
  func differences() throws {
    let lines = try #require(GrammarTests.document.tables(under: "Compared with SQL").first).rows
    let table = PeerTable(
      name: "t", fields: [["id", "integer"], ["n", "integer"]], csv: "id,n\n1,7\n2,-7\n3,\n")
    let part = PeerPart(
      tables: [table],
      queries: lines.map {
        PeerQuery(
          program: $0[1].quoted[0], sql: $0[3].quoted[0], fields: [], peers: ["duckdb", "sqlite"])
      })
    let session = try session(part)
    for (line, query) in zip(lines, part.queries) {
      #expect(shown(query.program, session) == line[2], "\(query.program)")
    }
    let answers = try answers(to: [part])?.first
    nameMissing(answers)
    for (peer, column) in [("duckdb", 4), ("sqlite", 5)] {
      for (line, answer) in zip(lines, answers?[peer] ?? []) {
        #expect(answer.map(shown) == line[column], "\(peer): \(line[3])")
      }
    }
  }

  /// The first field of an answer.
  private func shown(_ program: String, _ session: Session) -> String {
    var session = session
    var cells: [String] = []
    do {
      try session.run(SourceText(name: "query", text: program)) { answer in
        cells += answer.rows.map { row in
          switch row[answer.table.fieldNames[0]] {
          case .truth(let truth): truth.description
          case .unknown: "·"
          case let value: PeerCell(value).description
          }
        }
      }
    } catch {
      return "error"
    }
    return cells.joined(separator: ", ")
  }

  private func shown(_ answer: PeerAnswer) -> String {
    guard case .rows(let rows) = answer else { return "error" }
    return rows.map { $0[0].description }.joined(separator: ", ")
  }
}
