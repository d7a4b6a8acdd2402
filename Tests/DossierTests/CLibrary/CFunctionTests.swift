import CDossier
import Foundation
import Testing

/// Functions and folders that a host gives to scripts through `dossier.h`.
@Suite struct CFunctionTests {
  /// A function of C: what it saw, and what it does.
  private final class Callback {
    var seen: [String] = []
    var released = 0
    var answers: (UnsafePointer<dossier_cell>?, OpaquePointer?) -> Void

    init(_ answers: @escaping (UnsafePointer<dossier_cell>?, OpaquePointer?) -> Void) {
      self.answers = answers
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Callback? {
      context.map { Unmanaged<Callback>.fromOpaque($0).takeUnretainedValue() }
    }
  }

  /// Adds a function named `f` to a host: the code of the error.
  private func add(
    _ callback: Callback, _ parameters: String, _ result: String, to host: OpaquePointer?
  ) -> String {
    withText(parameters) { parameters in
      withText(result) { result in
        var function = dossier_function(
          size: MemoryLayout<dossier_function>.size, parameters: parameters, result: result,
          is_impure: false, sees_absent: false, cost: 0,
          context: Unmanaged.passUnretained(callback).toOpaque(),
          call: { context, values, count, result in
            guard let callback = Callback.of(context) else { return }
            callback.seen += UnsafeBufferPointer(start: values, count: count).map(\.text.string)
            callback.answers(values, result)
          }, release: { Callback.of($0)?.released += 1 })
        return withText("f") { name in
          Called { dossier_host_add_function(host, name, &function, $0) }.code
        }
      }
    }
  }

  /// What a text gives that calls `f`, as CSV, or the code of its error.
  private func result(
    _ text: String, _ parameters: String, _ result: String,
    _ answers: @escaping (UnsafePointer<dossier_cell>?, OpaquePointer?) -> Void
  ) -> String {
    let callback = Callback(answers)
    let host = dossier_host_new()
    let code = add(callback, parameters, result, to: host)
    let answer = asked(text, host: host)
    dossier_host_free(host)
    defer {
      dossier_answer_free(answer.result)
      #expect(callback.released == 1)
    }
    if code + answer.code != "" { return code + answer.code + " " + answer.message }
    return written(answer.result, as: "csv").split(separator: "\n").dropFirst().joined(
      separator: " ")
  }

  @Test("values of each type go in and come out")
  func types() {
    #expect(
      result("[{n: 1}, {n: 2}, {n: unknown}] | select x = f(n)", "integer", "number") {
        dossier_result_set_number($1, ($0?.pointee.low ?? 0) * 1.5)
      } == "1.5 3 \"\"")
    #expect(
      result("f(about 100 people)", "quantity", "quantity in people") { values, result in
        let cell = values?.pointee ?? dossier_cell()
        dossier_result_set_quantity(result, cell.low, cell.best, .infinity)
      } == "90 people..,90,100,,people")
    #expect(
      result("f(\"ä\", 1 < 2)", "text, truth", "text") { values, result in
        dossier_result_set_text(result, values?[1].truth == 2 ? values?[0].text ?? .empty : .empty)
      } == "ä")
    #expect(
      result("f(@2024-05-01)", "date", "period") { values, result in
        withText((values?.pointee.text.string ?? "") + "/..") {
          dossier_result_set_date(result, $0)
        }
      } == "2024-05-01/..")
    #expect(
      result("f([\"a\", \"bc\"])", "[text]", "integer") { values, result in
        var cell = dossier_cell()
        cell.size = MemoryLayout<dossier_cell>.size
        guard dossier_cell_element(values, 1, &cell, nil) else { return }
        dossier_result_set_number(result, Double(cell.text.length + (values?.pointee.count ?? 0)))
        dossier_cell_clear(&cell)
      } == "4")
    #expect(result("f()", "", "truth") { dossier_result_set_truth($1, 1) } == "maybe")
    #expect(result("f()", "", "truth") { dossier_result_set_unknown($1) } == "\"\"")
    #expect(result("f() is none", "", "text") { dossier_result_set_none($1) } == "true")
    #expect(result("f() is unknown", "", "text") { _, _ in } == "true")
  }

  @Test("what a function does wrong ends the run with its code")
  func mistakes() {
    #expect(
      result("f()", "", "text") { _, result in
        withText("no map of Kursk") { dossier_result_fail(result, $0) }
      }.hasPrefix("E0731 "))
    #expect(result("f()", "", "text") { dossier_result_set_number($1, 1) }.hasPrefix("E0732 "))
    #expect(result("f()", "", "truth") { dossier_result_set_truth($1, 9) }.hasPrefix("E0731 "))
    #expect(
      result("f()", "", "text") { _, result in
        withBytes([0xFF]) { dossier_result_set_text(result, $0) }
      }.hasPrefix("E0731 "))
    #expect(result("f(1..2)", "number", "number") { _, _ in }.hasPrefix("E0373 "))
    #expect(result("f()", "colour", "text") { _, _ in }.hasPrefix("E0714"))
    #expect(result("f()", "", "[text]") { _, _ in }.hasPrefix("E0714"))
    #expect(result("f()", "", "quantity") { _, _ in }.hasPrefix("E0714"))
  }

  @Test("NULL for a function, and a struct of an unknown size, are refused")
  func misuse() {
    let host = dossier_host_new()
    defer { dossier_host_free(host) }
    #expect(Called { dossier_host_add_function(host, .empty, nil, $0) }.code == "E0710")
    var function = dossier_function()
    #expect(Called { dossier_host_add_function(host, .empty, &function, $0) }.code == "E0711")
    function.size = MemoryLayout<dossier_function>.size
    #expect(Called { dossier_host_add_function(host, .empty, &function, $0) }.code == "E0710")
    #expect(Called { dossier_host_add_function(nil, .empty, &function, $0) }.code == "E0710")
    for set in [dossier_result_set_unknown, dossier_result_set_none] { set(nil) }
    dossier_result_set_number(nil, 1)
    dossier_result_set_text(host, .empty)
    dossier_result_fail(nil, .empty)
    #expect(!dossier_result_is_stopped(nil))
  }

  @Test("a folder is all that scripts reach")
  func folders() throws {
    let host = dossier_host_new()
    defer { dossier_host_free(host) }
    func allow(_ path: String) -> String {
      withText(path) { path in Called { dossier_host_allow_folder(host, path, $0) }.code }
    }
    #expect(allow("/nowhere/at/all") == "E0717")
    let folder = try TemporaryFolder()
    try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/t.csv"))
    #expect(allow(folder.path + "/t.csv") == "E0717")
    #expect(asked("open(\"t.csv\")", host: host).code == "E0502")
    #expect(allow(folder.path) == "")
    let answer = asked("open(\"t.csv\")", host: host)
    #expect(written(answer.result, as: "csv") == "a,b\n1,2\n")
    dossier_answer_free(answer.result)
    #expect(asked("open(\"/etc/passwd\")", host: host).code == "E0502")
    #expect(asked("open(\"../../etc/passwd\")", host: host).code == "E0502")
  }
}
