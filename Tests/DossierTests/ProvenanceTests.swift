import Testing

@testable import Dossier

/// What `why` names is what an answer rests on: without it the row is another one, and without
/// anything else it is the same.
@Suite struct ProvenanceTests {
  /// A small dossier, of which parts may be left out.
  private struct Made {
    var actors: [(id: String, whole: String?)] = [("east", nil), ("west", nil)]
    var facts: [(id: String, text: String)] = []

    init(_ random: inout Random) {
      for index in 0..<2 {
        actors.append(
          ("corps\(index)", ["east", "west", nil].randomElement(using: &random) ?? nil))
      }
      let measures = ["killed", "wounded", "captured"]
      // No two figures have one subject, so that all may be added.
      for index in 0..<Int.random(in: 1...6, using: &random) {
        let whole = ["east", "west", "corps0", "corps1", nil].randomElement(using: &random) ?? nil
        actors.append(("unit\(index)", whole))
        let low = Int.random(in: 1...9, using: &random)
        let high = low + (Bool.random(using: &random) ? Int.random(in: 0...4, using: &random) : 0)
        let value = low == high ? "\(low) people" : "\(low)..\(high) people"
        let measure = measures.randomElement(using: &random) ?? ""
        facts.append(
          (
            "f\(index)",
            "subject: unit\(index), measure: \"\(measure)\", value: \(value)"
          ))
      }
      for index in 0..<Int.random(in: 1...3, using: &random) {
        let type = measures.randomElement(using: &random) ?? ""
        facts.append(("e\(index)", "type: \"\(type)\", status: \"happened\""))
      }
    }

    /// The declarations; the paragraph tells a fact's note from the others.
    func script(without fact: String? = nil, alone actor: String? = nil) -> String {
      var lines = [
        "source log \"A log\" { }", "actor crew { }",
        "figure stays { subject: crew, measure: \"missing\", value: 3 people }",
      ]
      for (id, whole) in actors {
        lines.append("actor \(id) { \(id == actor ? "" : whole.map { "part_of: \($0)" } ?? "") }")
      }
      for (index, made) in facts.enumerated() where made.id != fact {
        let kind = made.id.hasPrefix("f") ? "figure" : "event"
        lines.append("\(kind) \(made.id) \"\(made.id)\" { \(made.text), para: \(index + 1) }")
      }
      return lines.joined(separator: "\n")
    }
  }

  /// Queries whose first column tells the rows apart.
  private static let queries = [
    "figures | where value > 4 people | select id, value",
    "figures | where possibly value > 4 people | select id, value",
    "figures | where subject in \"east\" | select id, value",
    "figures | where not subject in \"west\" and value < 9 people | select id, value",
    "figures | join events as e on measure same e.type"
      + " | select id = \"\\(id) \\(e.id)\", value, e.para",
    "figures | summarize total = sum(value) by measure",
    "figures | where subject in \"east\" | summarize n = count(), total = sum(value) by measure",
    "figures | summarize top = max(value) by measure",
    "figures | summarize least = min(value) by measure",
    "figures | sort value desc | take 1 | select id, value",
    "figures | where possibly value > 4 people | summarize n = count(), total = sum(value) by measure",
    "figures | where possibly value > 4 people | summarize top = max(value) by measure",
    "figures | where possibly value > 4 people | summarize least = min(value) by measure",
    "figures | distinct measure",
    "figures | select id, value | union (events | select id, type)",
  ]

  /// A row as it is seen: its values, whether it is only maybe there, its notes.
  private struct Seen: Equatable {
    let values: [Value]
    let isMaybe: Bool
    let notes: [String]
  }

  private func answers(_ texts: [String], over dossier: String) throws -> [Answer] {
    var session = Session(facts: try Facts(script: SourceText(name: "dossier", text: dossier)))
    var answers: [Answer] = []
    let text = texts.joined(separator: "\n")
    try session.run(SourceText(name: "input", text: text)) { answers.append($0) }
    return answers
  }

  private func rows(of answer: Answer) -> [Value: Seen] {
    let fields = answer.table.fieldNames
    return Dictionary(
      answer.rows.map { row in
        let seen = Seen(
          values: fields.map { row[$0].bounds }, isMaybe: row.isMaybe,
          notes: answer.citations(of: row))
        return (row[fields[0]], seen)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// For each query and each of its rows what `why` names.
  private func grounds(
    _ before: [[Value: Seen]], over dossier: String
  ) throws -> [[Value: Set<String>]] {
    var asked: [(query: Int, key: Value)] = []
    var texts: [String] = []
    for (index, rows) in before.enumerated() {
      for key in rows.keys {
        guard case .text(let text) = key else { continue }
        let name = Self.queries[index].hasSuffix("measure") ? "measure" : "id"
        asked.append((index, key))
        texts.append("\(Self.queries[index]) | where \(name) == \"\(text)\" | why | select fact")
      }
    }
    var named = [[Value: Set<String>]](repeating: [:], count: before.count)
    for (place, answer) in zip(asked, try answers(texts, over: dossier)) {
      let facts = answer.rows.compactMap { row -> String? in
        if case .text(let id) = row["fact"] { id } else { nil }
      }
      named[place.query][place.key] = Set(facts)
    }
    return named
  }

  @Test("a row changes with each fact that 'why' names, and with no other")
  func facts() throws {
    var random = Random(seed: 41)
    for _ in 0..<Cases.some(of: 400) {
      let made = Made(&random)
      let before = try answers(Self.queries, over: made.script()).map(rows(of:))
      let named = try grounds(before, over: made.script())
      for fact in made.facts.map(\.id) {
        let after = try answers(Self.queries, over: made.script(without: fact)).map(rows(of:))
        for (index, rows) in before.enumerated() {
          for (key, seen) in rows {
            let isSame = after[index][key] == seen
            let isNamed = named[index][key]?.contains(fact) == true
            #expect(
              isSame != isNamed,
              "\(Self.queries[index]): \(key) without \(fact)\n\(made.script())")
          }
        }
      }
    }
  }

  @Test("a row changes with each link of the way that 'in' went, and with no other")
  func declarations() throws {
    var random = Random(seed: 42)
    let queries = [2, 6]
    for _ in 0..<Cases.some(of: 400) {
      let made = Made(&random)
      let before = try answers(Self.queries, over: made.script()).map(rows(of:))
      let named = try grounds(before, over: made.script())
      for actor in made.actors where actor.whole != nil {
        let after = try answers(Self.queries, over: made.script(alone: actor.id)).map(rows(of:))
        for index in queries {
          for (key, seen) in before[index] {
            #expect(
              (after[index][key] == seen) != (named[index][key]?.contains(actor.id) == true),
              "\(Self.queries[index]): \(key) without the whole of \(actor.id)\n\(made.script())")
          }
        }
      }
    }
  }

  @Test("'| why' behind a printed table names what it would in the same text")
  func goingOn() throws {
    let stages = [
      "open(\"data/rain.csv\") | where place == \"Mill\" | derive n = nk_sent.value.best",
      "| where high > 1 or high is unknown", "| sort low", "| why | select how, fact, file, line",
    ]
    var session = Session.ofExamples
    var seen: [String] = []
    for stage in stages {
      try session.run(SourceText(name: "input", text: stage)) { answer in
        var (bytes, notes) = (Bytes(), Bytes())
        try answer.write(as: .table, options: DisplayOptions(), to: &bytes, notes: &notes)
        seen.append(bytes.text)
      }
    }
    #expect(seen.last == transcript(stages.joined(separator: "\n")))
    #expect(seen.last?.contains("rain.csv │    5 [2]") == true)
  }
}

extension Value {
  /// A quantity or number by its ends: the best of `min` and `max` is what all of their rows have in the middle.
  fileprivate var bounds: Value {
    switch self {
    case .number(let number):
      .quantity(Quantity(text: "", low: number, best: nil, high: number, unit: nil))
    case .quantity(let value):
      .quantity(Quantity(text: "", low: value.low, best: nil, high: value.high, unit: value.unit))
    default: self
    }
  }
}
