import Dossier
import Testing

/// Units, families and assumed readings of a session that runs one text after another.
@Suite struct ReadingsTests {
  /// What each text prints, one after another; errors are their codes.
  private func printed(_ texts: [String], facts: Facts = .builtIn) -> [String] {
    var session = Session(facts: facts)
    session.cites = false
    return texts.map { text in
      var seen = Bytes()
      do {
        try session.run(SourceText(name: "input", text: text)) { answer in
          var notes = Bytes()
          let options = DisplayOptions(cite: false)
          try answer.write(as: .table, options: options, to: &seen, notes: &notes)
        }
      } catch let failure as Failure {
        return failure.diagnostics.map(\.code).joined(separator: " ")
      } catch {
        return "\(error)"
      }
      return seen.text.linesWithoutReadings.joined(separator: " ")
    }
  }

  @Test("a unit stays for the next texts, and the same one may be declared again")
  func units() {
    let seen = printed([
      "unit drone, drones", "5 drones", "unit drone, drones; 6 drones", "unit drone, dronen",
      "7 drones",
    ])
    #expect(seen == ["", "5 drones", "6 drones", "E0334", "7 drones"])
  }

  @Test("an assumed reading holds from its text on, also for the facts and what is named")
  func assumed() {
    let seen = printed([
      "let low = nk_sent.value.low", "low", "assume about = 5%", "low; nk_sent.value.low",
      "assume about = 10%", "low",
    ])
    #expect(
      seen == ["", "9,000 people", "", "9,500 people 9,500 people", "", "9,000 people"])
  }

  @Test("an assumed reading holds for literals that are named, too")
  func assumedLiterals() {
    let low = "x.low; y.low; p.low; f().low; xs == 105 people"
    let seen = printed([
      "let x = about 100 people; let y = x + 0 people; param p: quantity = about 100 people",
      "let f() = about 100 people; let xs = [about 100 people]", low, "assume about = 1%", low,
      "assume about = 10%", "x.low",
    ])
    let before = "90 people 90 people 90 people 90 people maybe"
    let after = "99 people 99 people 99 people 99 people false"
    #expect(seen == ["", "", before, "", after, "", "90 people"])
  }

  @Test("a text that fails leaves no trace of its units and readings")
  func noTrace() {
    let seen = printed([
      "unit drone, drones; assume about = 5%; 5 miles", "5 drones", "nk_sent.value.low",
    ])
    #expect(seen == ["E0206", "E0206", "9,000 people"])
  }

  @Test("a family stays, and facts of a host's dossier keep the units that it declares")
  func families() throws {
    let script = """
      unit drone, drones
      assume about = 50%
      source s "S"; actor a "A"
      figure x { subject: a, measure: "destroyed", value: about 10 drones }
      figure y { subject: a, measure: "damaged", value: 3 drones }
      """
    let facts = try Facts(script: SourceText(name: "dossier", text: script))
    let seen = printed(
      [
        "sum(figures.value)", "family \"destroyed\", \"damaged\"", "sum(figures.value)",
        "about 10 drones in 5..15 drones",
      ], facts: facts)
    #expect(seen == ["E0430", "", "8..18 drones", "true"])
  }
}
