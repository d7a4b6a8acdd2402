import CDossier
import Testing

/// Tables that a host hands in through `dossier.h`.
@Suite struct CTableTests {
  private let nothing = dossier_text.empty

  /// Memory that is lent, and how often it was given back.
  private final class Lender {
    var returned = 0

    var owner: dossier_owner {
      dossier_owner(
        size: MemoryLayout<dossier_owner>.size, context: Unmanaged.passUnretained(self).toOpaque(),
        release: { context in
          guard let context else { return }
          Unmanaged<Lender>.fromOpaque(context).takeUnretainedValue().returned += 1
        })
    }
  }

  private func code(
    _ name: String, _ add: (dossier_text, UnsafeMutablePointer<OpaquePointer?>) -> Bool
  ) -> String {
    withText(name) { name in Called { add(name, $0) }.code }
  }

  @Test("columns of every kind come back as what they are")
  func kinds() {
    let table = dossier_table_new(3)
    let known: [UInt8] = [1, 0, 1]
    var codes: [String] = []
    codes.append(
      code("n") { dossier_table_add_integers(table, $0, [125, 0, 3], known, 2, nothing, nil, $1) })
    withText("people") { unit in
      codes.append(
        code("q") {
          dossier_table_add_integer_ranges(
            table, $0, [1, 2, .min], nil, [5, 2, 9], nil, 0, unit, nil, $1)
        })
    }
    codes.append(
      code("x") { dossier_table_add_doubles(table, $0, [0.5, .nan, 2], nil, nothing, nil, $1) })
    codes.append(
      code("y") {
        dossier_table_add_double_ranges(
          table, $0, [0.5, 1, 1], [0.6, .nan, 1], [0.7, .infinity, 1], nil, nothing, nil, $1)
      })
    withText("ä") { first in
      withText("b") { second in
        codes.append(
          code("s") { dossier_table_add_texts(table, $0, [first, second, first], known, $1) })
        codes.append(
          code("c") {
            dossier_table_add_coded_texts(table, $0, [1, -1, 0], [first, second], 2, nil, $1)
          })
      }
    }
    codes.append(code("d") { dossier_table_add_days(table, $0, [0, 1, 2], nil, known, nil, $1) })
    codes.append(
      code("e") { dossier_table_add_days(table, $0, [0, .min, 2], [0, 1, 3], nil, nil, $1) })
    codes.append(code("t") { dossier_table_add_truths(table, $0, [0, 1, 2], nil, $1) })
    #expect(codes == codes.map { _ in "" })
    let host = dossier_host_new()
    #expect(code("t") { dossier_host_add_table(host, $0, table, $1) } == "")
    dossier_table_free(table)
    let answer = asked("t", host: host)
    dossier_host_free(host)
    defer { dossier_answer_free(answer.result) }
    #expect(
      written(answer.result, as: "json") == """
        [
        {"n": 1.25, "q": {"text": "1..5 people", "low": 1, "best": null, "high": 5, "unit": "people"}, "x": 0.5, "y": {"text": "0.5..0.7", "low": 0.5, "best": 0.6, "high": 0.7, "unit": null}, "s": "ä", "c": "b", "d": "1970-01-01", "e": "1970-01-01", "t": false},
        {"n": null, "q": {"text": "2 people", "low": 2, "best": null, "high": 2, "unit": "people"}, "x": null, "y": {"text": "1..", "low": 1, "best": null, "high": null, "unit": null}, "s": null, "c": null, "d": null, "e": "[..1970-01-02]", "t": "maybe"},
        {"n": 0.03, "q": {"text": "..9 people", "low": null, "best": null, "high": 9, "unit": "people"}, "x": 2, "y": {"text": "1", "low": 1, "best": 1, "high": 1, "unit": null}, "s": "ä", "c": "ä", "d": "1970-01-03", "e": "[1970-01-03..1970-01-04]", "t": true}
        ]

        """)
  }

  @Test("memory that is lent is given back once: when nothing uses it, or when it can't be taken")
  func lending() {
    let lender = Lender()
    var owner = lender.owner
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: 2)
    values.initialize(repeating: 7, count: 2)
    defer { values.deallocate() }
    let table = dossier_table_new(2)
    #expect(
      code("n") { dossier_table_add_integers(table, $0, values, nil, 0, nothing, &owner, $1) } == ""
    )
    #expect(
      code("n") { dossier_table_add_integers(table, $0, values, nil, 0, nothing, &owner, $1) }
        == "E0706")
    #expect(lender.returned == 1)
    #expect(
      code("m") { dossier_table_add_integers(table, $0, values, nil, 19, nothing, &owner, $1) }
        == "E0703")
    #expect(
      code("m") { dossier_table_add_integers(nil, $0, values, nil, 0, nothing, &owner, $1) }
        == "E0710")
    #expect(lender.returned == 3)
    let host = dossier_host_new()
    #expect(code("t") { dossier_host_add_table(host, $0, table, $1) } == "")
    dossier_table_free(table)
    let answer = asked("t | take 1", host: host)
    dossier_host_free(host)
    let whole = asked("1")
    #expect(lender.returned == 3)
    dossier_answer_free(answer.result)
    dossier_answer_free(whole.result)
    #expect(lender.returned == 4)
  }

  @Test("columns that can't be taken are refused by code")
  func refusals() {
    let table = dossier_table_new(1)
    defer { dossier_table_free(table) }
    #expect(
      code("a") { dossier_table_add_integers(table, $0, nil, nil, 0, nothing, nil, $1) } == "E0710")
    #expect(
      code("a") { dossier_table_add_integers(table, $0, [.max], nil, 0, nothing, nil, $1) }
        == "E0703")
    #expect(
      code("a") { dossier_table_add_doubles(table, $0, [.infinity], nil, nothing, nil, $1) }
        == "E0703")
    #expect(
      code("a") {
        dossier_table_add_integer_ranges(table, $0, [2], nil, [1], nil, 0, nothing, nil, $1)
      } == "E0704")
    #expect(
      code("a") {
        dossier_table_add_integer_ranges(table, $0, [2], nil, nil, nil, 0, nothing, nil, $1)
      } == "E0710")
    #expect(code("a") { dossier_table_add_coded_texts(table, $0, [0], nil, 9, nil, $1) } == "E0702")
    #expect(code("a") { dossier_table_add_truths(table, $0, [3], nil, $1) } == "E0703")
    #expect(
      code("a") {
        dossier_table_add_texts(table, $0, [dossier_text(bytes: nil, length: 4)], nil, $1)
      } == "E0710")
    let unit = withText("peple") { unit in
      code("a") { dossier_table_add_integers(table, $0, [1], nil, 0, unit, nil, $1) }
    }
    #expect(unit == "E0705")
  }
}
