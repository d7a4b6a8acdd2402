import Foundation
import Testing

@testable import Dossier

/// Dossier's own CSV, TSV and JSON is read by Python's modules as what it was.
@Suite struct OutputRoundTripTests {
  private struct Description: Encodable {
    let path: String
    let names: [String]
    let rows: [[String?]]
    let length: Int
  }

  private static let signs = Array(
    "abc é\u{301}\"'\",;\n\r\t|\\/{}·=-+@\u{1F600}\u{2028}0".unicodeScalars)

  private static func text(_ random: inout Random) -> String? {
    if Int.random(in: 0..<8, using: &random) == 0 { return nil }
    var text = String.UnicodeScalarView()
    for _ in 0...Int.random(in: 0..<12, using: &random) {
      text.append(signs.randomElement(using: &random) ?? "a")
    }
    return normalised(String(text))
  }

  @Test("2,000 tables that Dossier wrote are read equal by Python, a tenth unless CASES=full")
  func tables() throws {
    var random = Random(seed: 5)
    var all = Data()
    for _ in 0..<Cases.some(of: 2_000) {
      let names = (0..<Int.random(in: 1...4, using: &random)).map { "n \($0)" }
      let rows = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        names.map { _ in OutputRoundTripTests.text(&random) }
      }
      let columns = names.indices.map { column in
        (name: names[column], column: HostColumn.texts(rows.map { $0[column] }))
      }
      let session = Session(tables: ["t": try Table(columns: columns)])
      for format in [OutputFormat.csv, .tsv, .json, .jsonl] {
        let written = transcript("t", as: format, session: session)
        let description = Description(
          path: format.rawValue, names: names, rows: rows, length: written.utf8.count)
        all += try JSONEncoder().encode(description) + [0x0A] + written.utf8
      }
    }
    let path = NSTemporaryDirectory() + "dossier-output-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try all.write(to: URL(fileURLWithPath: path))
    let (status, told) = try Python.run("tables.py", ["check", path])
    if status == 127 {
      print("skipped: there is no python3 to read tables")
      return
    }
    #expect(status == 0, "\(told.prefix(2_000))")
  }
}
