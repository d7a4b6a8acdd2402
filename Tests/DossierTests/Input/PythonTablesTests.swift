import Foundation
import Testing

@testable import Dossier

/// What Python's csv and json modules write, in every style of quoting, is read as they read it.
@Suite struct PythonTablesTests {
  /// How `tables.py` describes a table; its bytes follow.
  private struct Description: Decodable {
    let path: String
    let separator: String
    let quote: String
    let names: [String]
    let texts: [String]
    let rows: [[String?]]
    let length: Int

    var options: FileOptions {
      var options = FileOptions()
      options.separator = separator.utf8.first
      options.quote = quote.utf8.first.map { .character($0) } ?? .none
      options.types = texts.reduce(into: [:]) { $0[$1] = .text }
      return options
    }
  }

  /// Whether a value is the one that Python has; `~` stands before a double.
  private func isSame(_ value: String?, _ expected: String?) -> Bool {
    guard let expected, expected.hasPrefix("~") else { return value == expected }
    return value.flatMap(Double.init) == Double(expected.dropFirst())
  }

  @Test("20,000 tables that Python wrote are read equal, a tenth unless CASES=full")
  func tables() throws {
    let path = NSTemporaryDirectory() + "dossier-tables-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let wanted = Cases.some(of: 20_000)
    let (status, _) = try Python.run("tables.py", ["\(wanted)", "20241218", path])
    if status == 127 {
      print("skipped: there is no python3 to write tables")
      return
    }
    #expect(status == 0)
    var rest = try Data(contentsOf: URL(fileURLWithPath: path))[...]
    var count = 0
    while let end = rest.firstIndex(of: 0x0A) {
      let description = try JSONDecoder().decode(Description.self, from: rest[..<end])
      let bytes = Array(rest[(end + 1)...].prefix(description.length))
      rest = rest[(end + 1 + description.length)...]
      count += 1
      check(description, bytes)
    }
    #expect(count == wanted)
  }

  private func check(_ description: Description, _ bytes: [UInt8]) {
    let what = "\(description.options) \(String(decoding: bytes, as: UTF8.self).debugDescription)"
    do {
      let table = try ReadTable.read(bytes, description.path, description.options)
      // Keys of JSON come in the order of the records.
      let order = description.names.map { table.names.firstIndex(of: $0) }
      let rows = table.rows.map { row in order.map { $0.flatMap { row[$0] } } }
      let isEqual =
        rows.count == description.rows.count && table.names.count <= description.names.count
        && zip(rows, description.rows).allSatisfy { own, other in
          zip(own, other).allSatisfy { isSame($0, $1) }
        }
      #expect(isEqual, "\(what): \(table.rows) is not \(description.rows)")
    } catch {
      Issue.record("\(what): \(error)")
    }
  }
}
