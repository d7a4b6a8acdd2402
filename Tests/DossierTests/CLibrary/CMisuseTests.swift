import CDossier
import Testing

/// What hosts do wrong through `dossier.h` is told, and nothing traps.
@Suite struct CMisuseTests {
  private let nothing = dossier_text.empty

  @Test("NULL where something is needed is E0710")
  func null() {
    let codes = [
      Called { dossier_query_run(nil, nil, nil, nil, $0) }.code,
      Called { dossier_answer_citations(nil, 0, $0) }.code,
      Called { dossier_answer_notes(nil, $0) }.code,
      Called { dossier_answer_write(nil, nothing, nil, $0) }.code,
      Called { dossier_answer_cell(nil, 0, 0, nil, $0) }.code,
      Called { dossier_answer_arrow(nil, nil, $0) }.code,
      Called { dossier_cell_element(nil, 0, nil, $0) }.code,
      Called { dossier_session_run(nil, nothing, nothing, nil, nil, nil, nil, $0) }.code,
      Called { dossier_host_add_table(nil, nothing, nil, $0) }.code,
      Called { dossier_table_add_integers(nil, nothing, nil, nil, 0, nothing, nil, $0) }.code,
      Called { dossier_table_add_doubles(nil, nothing, nil, nil, nothing, nil, $0) }.code,
      Called { dossier_table_add_texts(nil, nothing, nil, nil, $0) }.code,
      Called { dossier_table_add_coded_texts(nil, nothing, nil, nil, 0, nil, $0) }.code,
      Called { dossier_table_add_days(nil, nothing, nil, nil, nil, nil, $0) }.code,
      Called { dossier_table_add_truths(nil, nothing, nil, nil, $0) }.code,
      Called { dossier_values_set_truth(nil, nothing, true, $0) }.code,
      Called { dossier_values_set_integer(nil, nothing, 1, $0) }.code,
      Called { dossier_values_set_number(nil, nothing, 1, $0) }.code,
      Called { dossier_values_set_text(nil, nothing, nothing, $0) }.code,
      Called { dossier_values_set_truths(nil, nothing, nil, 0, $0) }.code,
      Called { dossier_values_set_integers(nil, nothing, nil, 0, $0) }.code,
      Called { dossier_values_set_numbers(nil, nothing, nil, 0, $0) }.code,
      Called { dossier_values_set_texts(nil, nothing, nil, 0, $0) }.code,
    ]
    #expect(codes == codes.map { _ in "E0710" })
  }

  @Test("what tells no errors gives nothing for NULL, and frees nothing")
  func nullWithoutError() {
    #expect(dossier_texts_count(nil) == 0 && dossier_texts_at(nil, 0).length == 0)
    #expect(dossier_error_count(nil) == 0 && !dossier_error_at(nil, 0, nil))
    #expect(dossier_error_rendered(nil).bytes == nil && dossier_error_json(nil).bytes == nil)
    #expect(dossier_answer_row_count(nil) == 0 && dossier_answer_field_count(nil) == 0)
    #expect(dossier_answer_field_name(nil, 0).length == 0 && dossier_answer_keep(nil) == nil)
    #expect(dossier_answer_field_named(nil, nothing) == -1)
    #expect(!dossier_answer_row_is_maybe(nil, 0))
    #expect(dossier_answer_finding(nil) == DOSSIER_NO_CHECK)
    dossier_limits_default(nil, 0)
    dossier_cancel_request(nil)
    dossier_cancel_reset(nil)
    dossier_cell_clear(nil)
    for free in [
      dossier_texts_free, dossier_error_free, dossier_cancel_free, dossier_free,
      dossier_table_free, dossier_host_free, dossier_values_free, dossier_query_free,
      dossier_answer_free, dossier_session_free,
    ] { free(nil) }
    // Errors may be dropped.
    #expect(dossier_query_run(nil, nil, nil, nil, nil) == nil)
  }

  @Test("a handle of another kind is E0711, and isn't freed as what it isn't")
  func otherHandles() {
    let values = dossier_values_new()
    dossier_answer_free(values)
    dossier_query_free(values)
    #expect(Called { dossier_query_run(values, nil, nil, nil, $0) }.code == "E0711")
    let query = prepared("1 + 1")
    #expect(Called { dossier_query_run(query.result, query.result, nil, nil, $0) }.code == "E0711")
    #expect(Called { dossier_query_run(query.result, nil, nil, values, $0) }.code == "E0711")
    #expect(Called { dossier_prepare(values, nil, nothing, nothing, nothing, $0) }.code == "E0711")
    #expect(Called { dossier_prepare(nil, values, nothing, nothing, nothing, $0) }.code == "E0711")
    #expect(Called { dossier_session_new(values, nil, nil, $0) }.code == "E0711")
    #expect(dossier_answer_row_count(values) == 0)
    dossier_query_free(query.result)
    dossier_values_free(values)
  }

  @Test("structs of an unknown size are E0711, limits below 0 E0714")
  func sizes() {
    let query = prepared("1 + 1")
    defer { dossier_query_free(query.result) }
    var limits = dossier_limits()
    #expect(Called { dossier_query_run(query.result, nil, &limits, nil, $0) }.code == "E0711")
    dossier_limits_default(&limits, 3)
    #expect(limits.size == 0)
    dossier_limits_untrusted(&limits, MemoryLayout<dossier_limits>.size)
    #expect((limits.steps, limits.memory, limits.rows) == (1_000_000, 64 << 20, 10_000))
    limits.milliseconds = -1
    #expect(Called { dossier_query_run(query.result, nil, &limits, nil, $0) }.code == "E0714")
    limits.milliseconds = .max
    let answer = Called { dossier_query_run(query.result, nil, &limits, nil, $0) }
    defer { dossier_answer_free(answer.result) }
    var cell = dossier_cell()
    #expect(Called { dossier_answer_cell(answer.result, 0, 0, &cell, $0) }.code == "E0711")
    #expect(Called { dossier_answer_cell(answer.result, 0, 0, nil, $0) }.code == "E0710")
    var display = dossier_display()
    #expect(
      Called { error in
        withText("json") { dossier_answer_write(answer.result, $0, &display, error) }
      }.code == "E0711")
    let table = dossier_table_new(1)
    defer { dossier_table_free(table) }
    var owner = dossier_owner()
    let added = Called {
      dossier_table_add_integers(table, nothing, [1], nil, 0, nothing, &owner, $0)
    }
    #expect(added.code == "E0711")
  }

  @Test("texts that aren't are E0712; in a script they have a place")
  func texts() {
    let values = dossier_values_new()
    defer { dossier_values_free(values) }
    for bytes: [UInt8] in [[0], [65, 0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] {
      let code = withBytes(bytes) { text in
        Called { dossier_values_set_text(values, nothing, text, $0) }.code
      }
      #expect(code == "E0712", "\(bytes)")
      let told = withBytes(bytes) { text in
        Called { dossier_prepare(nil, nil, text, nothing, nothing, $0) }.code
      }
      #expect(["E0101", "E0102", "E0103"].contains(told), "\(bytes)")
    }
    let long = dossier_text(bytes: nil, length: 5)
    #expect(Called { dossier_values_set_text(values, nothing, long, $0) }.code == "E0710")
    #expect(Called { dossier_prepare(nil, nil, long, nothing, nothing, $0) }.code == "E0710")
    let endless = dossier_text(bytes: UnsafePointer(bitPattern: 8), length: -1)
    #expect(Called { dossier_values_set_text(values, nothing, endless, $0) }.code == "E0712")
  }

  @Test(
    "declared parameters that are none are E0714",
    arguments: [
      "side", "side: colour", "side: [text", ": text", "a: text, a: text", "a: text,,b: text",
      "a: " + String(repeating: "[", count: 1_000), "a: []",
    ])
  func parameters(_ declared: String) {
    let query = prepared("1", parameters: declared)
    #expect(query.code == "E0714")
    dossier_query_free(query.result)
  }
}
