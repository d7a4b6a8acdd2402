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
