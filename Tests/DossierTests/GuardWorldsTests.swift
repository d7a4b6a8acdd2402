import Dossier
import Testing

/// Which figures may be added, held against the rule as it is written: every two of them are shown
/// disjoint.
@Suite struct GuardWorldsTests {
  /// What a figure states; nil and `unknown` for what it leaves out.
  private struct Figure {
    var unit: String
    var measure: String?
    var share: Int?
    var subject: Int?
    var place: Int?
    var event: Int?
    var period: ClosedRange<Int>?
  }

  /// Some figures, and who is part of whom: nil is unknown, an empty list nobody.
  private struct Sample {
    var wholes: [[Int]?]
    var figures: [Figure]

    init(_ random: inout Random) {
      wholes = (0..<5).map { part in
        if Int.random(in: 0..<12, using: &random) == 0 { return nil }
        return (0..<part).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
      }
      let isOfOneUnit = Int.random(in: 0..<4, using: &random) > 0
      let unit = Self.units.randomElement(using: &random) ?? "people"
      let measures = Array(Self.measures.shuffled(using: &random).prefix(3))
      figures = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        func some(_ count: Int) -> Int? {
          let number = Int.random(in: 0...count, using: &random)
          return number == count ? nil : number
        }
        let month = some(6)
        return Figure(
          unit: isOfOneUnit ? unit : Self.units.randomElement(using: &random) ?? unit,
          measure: Int.random(in: 0..<10, using: &random) == 0
            ? nil : measures.randomElement(using: &random),
          share: some(3), subject: some(5), place: some(5), event: some(3),
          period: month.map { ($0 + 1)...($0 + 1 + Int.random(in: 0...1, using: &random)) })
      }
      if Bool.random(using: &random) { putIntoOnePeriod() }
    }

    private mutating func putIntoOnePeriod() {
      for index in figures.indices where figures[index].unit == "people/day" {
        figures[index].period = figures[0].period
      }
    }

    static let units = ["people", "%", "km", "people/day"]
    static let measures = [
      "killed", "wounded", "killed or wounded", "captured", "missing or captured", "sent", "lost",
    ]

    var script: String {
      var lines = ["source s \"S\""]
      for (index, wholes) in wholes.enumerated() {
        let parts = wholes.map { list in
          "[" + list.map { "PART\($0)" }.joined(separator: ", ") + "]"
        }
        for (kind, name) in [("actor", "a"), ("place", "p")] {
          let whole = (parts ?? "unknown").replacing("PART", with: name)
          lines.append("\(kind) \(name)\(index) \"\(kind) \(index)\" { part_of: \(whole) }")
        }
      }
      for index in 0..<3 {
        lines.append("event e\(index) \"event \(index)\" { status: \"happened\" }")
        lines.append("figure w\(index) { value: unknown km2, measure: \"whole\" }")
      }
      for (index, figure) in figures.enumerated() {
        var fields = [
          "value: \(index + 1)\(figure.unit == "%" ? "%" : " \(figure.unit)")", "note: \"added\"",
        ]
        if let measure = figure.measure { fields.append("measure: \"\(measure)\"") }
        if let share = figure.share { fields.append("share_of: w\(share)") }
        if let subject = figure.subject { fields.append("subject: a\(subject)") }
        if let place = figure.place { fields.append("place: p\(place)") }
        if let event = figure.event { fields.append("event: e\(event)") }
        if let period = figure.period {
          fields.append("period: @2024-0\(period.lowerBound)/2024-0\(period.upperBound)")
        }
        lines.append("figure f\(index) { \(fields.joined(separator: ", ")) }")
      }
      return lines.joined(separator: "\n") + "\n"
    }

    // MARK: The rule

    /// Every part and whole on the way up from something; nil where that isn't known.
    private func reached(_ part: Int) -> Set<Int>? {
      var found: Set<Int> = [part]
      for whole in wholes[part] ?? [] {
        guard let more = reached(whole) else { return nil }
        found.formUnion(more)
      }
      return wholes[part] == nil ? nil : found
    }

    private func areApart(_ a: Int?, _ b: Int?) -> Bool {
      guard let a, let b, let above = reached(a), let other = reached(b) else { return false }
      return !above.contains(b) && !other.contains(a)
        && !wholes.indices.contains { isIn($0, a) && isIn($0, b) }
    }

    /// Whether something is a part of another for certain, whatever isn't known of it.
    private func isIn(_ part: Int, _ whole: Int) -> Bool {
      part == whole || (wholes[part] ?? []).contains { isIn($0, whole) }
    }

    private func parts(_ measure: String) -> Set<String> {
      switch measure {
      case "killed or wounded": ["killed", "wounded"]
      case "missing or captured": ["missing", "captured"]
      default: [measure]
      }
    }

    func areDisjoint(_ a: Figure, _ b: Figure) -> Bool {
      guard a.unit == b.unit, let measure = a.measure, let other = b.measure else { return false }
      if a.unit == "%" { guard let share = a.share, share == b.share else { return false } }
      let family: Set<String> = ["killed", "wounded", "captured", "missing"]
      let (one, two) = (parts(measure), parts(other))
      if measure != other {
        guard one.isSubset(of: family), two.isSubset(of: family) else { return false }
        if one.isDisjoint(with: two) { return true }
      }
      if areApart(a.subject, b.subject) || areApart(a.place, b.place) { return true }
      if let x = a.event, let y = b.event, x != y { return true }
      if let x = a.period, let y = b.period { return !x.overlaps(y) }
      return false
    }

    private var areAllDisjoint: Bool {
      figures.indices.allSatisfy { index in
        figures[..<index].allSatisfy { areDisjoint($0, figures[index]) }
      }
    }

    /// Rates are of one time.
    private var areOfOnePeriod: Bool {
      let first = figures.first?.period
      return figures.count < 2 || figures[0].unit != "people/day"
        || (first != nil && figures.allSatisfy { $0.period == first })
    }

    /// The error of their sum, if they are of one unit.
    var refusal: String? {
      areAllDisjoint ? areOfOnePeriod ? nil : "E0436" : "E0430"
    }
  }

  private func codes(_ script: String) -> [String] {
    var session = Session()
    do {
      try session.run(SourceText(name: "input", text: script)) { _ in }
      return []
    } catch let failure as Failure {
      return failure.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a sum is refused if and only if two of its figures aren't shown disjoint")
  func sums() {
    var random = Random(seed: 11)
    var (added, periods) = (0, 0)
    for _ in 0..<Cases.some(of: 2_000) {
      let sample = Sample(&random)
      let rows = sample.script + "let rows = figures | where note == \"added\"\n"
      let isOfOneUnit = Set(sample.figures.map(\.unit)).count == 1
      let expected = isOfOneUnit ? [sample.refusal].compactMap { $0 } : ["E0402"]
      #expect(codes(rows + "rows | summarize t = sum(value)") == expected, "\(sample.script)")
      guard isOfOneUnit else { continue }
      added += expected.isEmpty && sample.figures.count > 1 ? 1 : 0
      periods += expected == ["E0436"] ? 1 : 0
      // Sums of sums, and one figure twice.
      let sums = "rows | summarize t = sum(value) by subject | summarize u = sum(t)"
      #expect(codes(rows + sums).isEmpty == expected.isEmpty, "\(sample.script)")
      let twice = "rows | union rows | summarize t = sum(value)"
      #expect(codes(rows + twice) == ["E0431"], "\(sample.script)")
    }
    #expect(added > 10)
    #expect(periods > 2)
  }

  @Test("a help for a sum that was refused runs")
  func helps() throws {
    var random = Random(seed: 12)
    var (grouped, reconciled) = (0, 0)
    for _ in 0..<Cases.some(of: 2_000) {
      var sample = Sample(&random)
      // Fewer different things, so that some are claimed twice.
      for index in sample.figures.indices {
        let isRate = sample.figures[0].unit == "people/day"
        sample.figures[index].unit = isRate ? "people/day" : "people"
        sample.figures[index].measure = sample.figures[index].measure.map {
          $0 == "killed" ? $0 : "wounded"
        }
        if index > 0 { sample.figures[index].subject = sample.figures[0].subject }
      }
      let rows = sample.script + "let rows = figures | where note == \"added\"\n"
      var session = Session()
      do {
        let sum = rows + "rows | summarize t = sum(value)"
        try session.run(SourceText(name: "input", text: sum)) { _ in }
      } catch let failure as Failure {
        guard let help = failure.diagnostics.first?.help else { continue }
        if help.contains("reconcile") { reconciled += 1 } else { grouped += 1 }
        #expect(codes(rows + help) == [], "\(sample.script)\(help)")
      }
    }
    #expect(grouped > 0)
    #expect(reconciled > 0)
  }

  @Test("thousands of figures are added without looking at every pair")
  func many() throws {
    var script = "source s \"S\"\nactor all \"All\"\n"
    for index in 0..<2_000 {
      script += "actor a\(index) \"A\(index)\" { part_of: all }\n"
      script += "figure f\(index) { subject: a\(index), measure: \"killed\", value: 1 people }\n"
    }
    var session = Session()
    session.limits.steps = 500_000
    var answers: [Answer] = []
    let text = SourceText(name: "input", text: script + "figures | summarize t = sum(value)")
    try session.run(text) { answers.append($0) }
    #expect(answers.last?.rows.count == 1)
  }
}
