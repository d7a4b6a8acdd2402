import CDossier
import Dossier
import Foundation
import Testing

/// Queries and their answers through `dossier.h`.
@Suite struct CAnswerTests {
  @Test("versions are told")
  func versions() {
    #expect(dossier_abi_version() == UInt32(DOSSIER_ABI_VERSION))
    #expect(dossier_version().string == dossierVersion)
  }

  @Test("a prepared query runs with typed values")
  func values() throws {
    let query = prepared(
      "figures | where subject == side | select measure, value", parameters: "side : text")
    defer { dossier_query_free(query.result) }
    let values = dossier_values_new()
    defer { dossier_values_free(values) }
    let set = Called { error in
      withText("side") { name in
        withText("Russia") { dossier_values_set_text(values, name, $0, error) }
      }
    }
    #expect(set.result)
    let answer = Called { dossier_query_run(query.result, values, nil, nil, $0) }
    defer { dossier_answer_free(answer.result) }
    #expect(dossier_answer_row_count(answer.result) == 2)
    #expect(dossier_answer_field_count(answer.result) == 2)
    #expect(dossier_answer_field_name(answer.result, 1).string == "value")
    #expect(dossier_answer_field_type(answer.result, 1).string == "quantity")
    #expect(dossier_answer_field_type(answer.result, 2).string == "")
    #expect(withText("value") { dossier_answer_field_named(answer.result, $0) } == 1)
    #expect(withText("nosuch") { dossier_answer_field_named(answer.result, $0) } == -1)
    #expect(
      written(answer.result, as: "csv").hasPrefix("measure,value,value.low"))
    #expect(written(answer.result, as: "nosuch") == "E0714")
    let missing = Called { dossier_query_run(query.result, nil, nil, nil, $0) }
    #expect(missing.code == "E0215")
  }

  @Test("rows have citations, answers notes, checks findings")
  func provenance() {
    let answer = asked("figures | where value > 9_500 people | select value")
    defer { dossier_answer_free(answer.result) }
    let citations = Called { dossier_answer_citations(answer.result, 0, $0) }
    defer { dossier_texts_free(citations.result) }
    #expect(dossier_texts_count(citations.result) == 1)
    #expect(dossier_texts_at(citations.result, 0).string.hasPrefix("Volodymyr Zelensky, on record"))
    #expect(dossier_texts_at(citations.result, 1).string == "")
    let notes = Called { dossier_answer_notes(answer.result, $0) }
    defer { dossier_texts_free(notes.result) }
    #expect(dossier_texts_at(notes.result, 0).string.hasPrefix("2 undetermined"))
    #expect(dossier_answer_finding(answer.result) == DOSSIER_NO_CHECK)
    for (check, finding) in [
      ("check 5 > 3 : \"a\"", DOSSIER_SUPPORTED), ("check 3 > 5 : \"a\"", DOSSIER_CONTRADICTED),
      ("check 1..3 > 2 : \"a\"", DOSSIER_UNDETERMINED),
    ] {
      let answer = asked(check)
      #expect(dossier_answer_finding(answer.result) == finding)
      dossier_answer_free(answer.result)
    }
    let maybe = asked("figures | where possibly value > 9_500 people")
    let marks = (0..<4).map { dossier_answer_row_is_maybe(maybe.result, $0) }
    #expect(marks.filter { $0 }.count == 2)
    dossier_answer_free(maybe.result)
  }

  /// A handle that several threads use.
  private struct Shared: @unchecked Sendable {
    let pointer: OpaquePointer?
  }

  @Test("threads share a query")
  func threads() async {
    let query = Shared(pointer: prepared("count(figures | where measure == \"killed\")").result)
    await withTaskGroup(of: String.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<50 {
            let answer = Called { dossier_query_run(query.pointer, nil, nil, nil, $0) }
            let text = written(answer.result, as: "jsonl")
            dossier_answer_free(answer.result)
            if text != "2\n" { return text + answer.message }
          }
          return ""
        }
      }
      for await wrong in group { #expect(wrong == "") }
    }
    dossier_query_free(query.pointer)
  }

  @Test("another thread stops a run")
  func cancelling() {
    let cancel = Shared(pointer: dossier_cancel_new())
    let slow = prepared(
      "count(facts | derive k = 1 | join (facts | derive k = 1) as a on k same a.k"
        + " | join (facts | derive k = 1) as b on k same b.k"
        + " | join (facts | derive k = 1) as c on k same c.k"
        + " | join (facts | derive k = 1) as d on k same d.k)")
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.05)
      dossier_cancel_request(cancel.pointer)
    }
    #expect(
      Called { dossier_query_run(slow.result, nil, nil, cancel.pointer, $0) }.code == "E0690")
    dossier_query_free(slow.result)
    dossier_cancel_free(cancel.pointer)
  }

  @Test("a cell says all that is known of a value")
  func cells() throws {
    let answer = asked(
      """
      [{v: about 100 people, x: 1.25, d: early @2024-05, p: @2024-01-02/.., l: ["a", "b"], s: "aé"},
       {v: 5 people.., x: 2, d: @2024-05-06, p: @2024-01-02/2024-01-03, l: [], s: "b"}]
      | select v, x, t = v > 95 people, d, p, l, s, u = number("nosuch"), y = x / 3
      """)
    try #require(answer.message == "")
    defer { dossier_answer_free(answer.result) }
    let place = UnsafeMutablePointer<dossier_cell>.allocate(capacity: 1)
    place.initialize(to: dossier_cell())
    place.pointee.size = MemoryLayout<dossier_cell>.size
    defer {
      dossier_cell_clear(place)
      place.deallocate()
    }
    var cell: dossier_cell { place.pointee }
    func read(_ row: Int, _ field: Int) -> dossier_kind {
      #expect(Called { dossier_answer_cell(answer.result, row, field, place, $0) }.result)
      return dossier_kind(UInt32(cell.kind))
    }
    #expect(read(0, 0) == DOSSIER_QUANTITY)
    #expect((cell.low, cell.best, cell.high) == (90, 100, 110))
    #expect((cell.low_coefficient, cell.best_coefficient, cell.high_coefficient) == (90, 100, 110))
    #expect(cell.scale == 0 && cell.unit.string == "people")
    #expect(cell.text.string == "about 100 people")
    #expect(read(1, 0) == DOSSIER_QUANTITY)
    #expect(cell.low == 5 && cell.best.isNaN && cell.high == .infinity)
    #expect(read(0, 1) == DOSSIER_NUMBER)
    #expect(cell.low == 1.25 && cell.low_coefficient == 125 && cell.scale == 2)
    #expect(read(0, 2) == DOSSIER_TRUTH && cell.truth == 1)
    #expect(read(0, 3) == DOSSIER_DATE)
    #expect((cell.earliest, cell.latest) == (19_844, 19_853) && cell.text.string == "early 2024-05")
    #expect(read(0, 4) == DOSSIER_PERIOD)
    #expect((cell.earliest, cell.latest, cell.end_latest) == (19_724, 19_724, .max))
    #expect(read(0, 6) == DOSSIER_TEXT && cell.text.string == "aé")
    #expect(read(0, 7) == DOSSIER_UNKNOWN)
    #expect(read(0, 8) == DOSSIER_NUMBER && cell.scale == -1 && cell.best == 1.25 / 3)
    #expect(read(1, 5) == DOSSIER_LIST && cell.count == 0)
    #expect(read(0, 5) == DOSSIER_LIST && cell.count == 2)
    #expect(Called { dossier_cell_element(place, 2, place, $0) }.code == "E0713")
    // An element may take the place of its list.
    #expect(Called { dossier_cell_element(place, 1, place, $0) }.result)
    #expect(cell.text.string == "b")
    #expect(Called { dossier_answer_cell(answer.result, 2, 0, place, $0) }.code == "E0713")
    #expect(Called { dossier_answer_cell(answer.result, 0, 9, place, $0) }.code == "E0713")
    #expect(Called { dossier_cell_element(place, 0, place, $0) }.code == "E0711")
  }

  @Test("a script's mistakes have places; all of them are told")
  func mistakes() {
    var error: OpaquePointer?
    let query = withText("figures\n| where subjct == 1 and valu > 2") { text in
      withText("mine.q") { dossier_prepare(nil, nil, text, $0, .empty, &error) }
    }
    defer { dossier_error_free(error) }
    #expect(query == nil)
    #expect(dossier_error_count(error) == 2)
    var diagnostic = dossier_diagnostic()
    #expect(!dossier_error_at(error, 0, &diagnostic))
    diagnostic.size = MemoryLayout<dossier_diagnostic>.size
    #expect(dossier_error_at(error, 1, &diagnostic))
    #expect(!dossier_error_at(error, 2, &diagnostic))
    #expect(diagnostic.code.string == "E0201" && diagnostic.source.string == "mine.q")
    #expect(
      (diagnostic.line, diagnostic.column, diagnostic.start, diagnostic.end) == (2, 25, 32, 36))
    #expect(diagnostic.label.string == "did you mean 'value'?")
    #expect(diagnostic.help.string.contains("subjct == 1 and value > 2"))
    #expect(dossier_error_rendered(error).string.contains("┌─ mine.q:2:9"))
    #expect(dossier_error_json(error).string.split(separator: "\n").count == 2)
  }
}
