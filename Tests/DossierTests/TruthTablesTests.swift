import Dossier
import Testing

/// The tables of comparison and of Kleene's logic, cell by cell, as they were worked out by hand.
@Suite struct TruthTablesTests {
  private static let signs = ["<", "<=", "==", "!=", ">", ">="]

  @Test(
    "exact, range, open and unknown compare as by hand, without a unit and with one",
    arguments: ["", " people", " km"])
  func comparison(_ unit: String) throws {
    let text = try Folders.text(Folders.fixtures.appendingPathComponent("comparisons.txt"))
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count > 60)
    for line in lines {
      let parts = line.split(separator: " | ").map(String.init)
      let expected = parts[2].split(separator: " ").joined(separator: ",")
      let cells = parts[..<2].map { $0 == "unknown" && unit.isEmpty ? $0 : $0.inUnit(unit) }
      let columns = TruthTablesTests.signs.enumerated().map { "c\($0) = a \($1) b" }
      // The first row says what the columns hold.
      let program = """
        [{a: 1\(unit), b: 1\(unit)}, {a: \(cells[0]), b: \(cells[1])}] | skip 1
        | select \(columns.joined(separator: ", "))
        """
      #expect(transcript(program, as: .csv).linesWithoutReadings.last == expected, "\(line)")
      guard !cells.contains("unknown") else { continue }
      let literals = TruthTablesTests.signs.map { "(\(cells[0])) \($0) (\(cells[1]))" }
      let seen = transcript(literals.joined(separator: "; ")).linesWithoutReadings
      #expect(seen.joined(separator: ",") == expected, "literals: \(line)")
    }
  }

  // MARK: Kleene's logic with rows that are set aside

  /// What a condition makes of the row of a dossier whose value is in another unit.
  private func outcome(_ condition: String) -> String {
    let program = """
      source s "S"
      figure money { measure: "given", value: 5 USD }
      figure heads { measure: "there", value: 5 people }
      figures | where id == "money" | where possibly \(condition) | select id
      """
    let seen = transcript(program)
    if seen.contains("error") { return seen }
    if seen.contains("set aside") { return seen.contains("0 rows") ? "aside" : "kept and aside" }
    if seen.contains("? money") { return "maybe" }
    return seen.contains("1 row\n") ? "true" : "false"
  }

  private static let operands = [
    ("true", "true"), ("maybe", "maybe"), ("false", "false"), ("aside", "value > 1 people"),
  ]

  @Test(
    "and, or keep a row set aside unless the other side decides",
    arguments: [
      (
        "and",
        [
          "true maybe false aside", "maybe maybe false aside", "false false false false",
          "aside aside false aside",
        ]
      ),
      (
        "or",
        [
          "true true true true", "true maybe maybe aside", "true maybe false aside",
          "true aside aside aside",
        ]
      ),
    ])
  func connectives(_ word: String, _ table: [String]) {
    for ((left, a), row) in zip(TruthTablesTests.operands, table) {
      for ((right, b), cell) in zip(
        TruthTablesTests.operands, row.split(separator: " ").map(String.init))
      {
        #expect(outcome("(\(a)) \(word) (\(b))") == cell, "\(left) \(word) \(right)")
      }
    }
  }

  @Test("not keeps a row set aside, too")
  func negation() {
    for ((name, operand), cell) in zip(
      TruthTablesTests.operands, ["false", "maybe", "true", "aside"])
    {
      #expect(outcome("not (\(operand))") == cell, "not \(name)")
    }
  }
}

extension String {
  /// A number, a range or `unknown` with a unit behind it; an open end has it before its points.
  fileprivate func inUnit(_ unit: String) -> String {
    hasSuffix("..") ? dropLast(2) + unit + ".." : self + unit
  }
}
