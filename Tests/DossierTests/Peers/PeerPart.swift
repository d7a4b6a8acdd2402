import Foundation

/// Some small tables and queries over them, in Dossier and in SQL: what is asked at once.
struct PeerPart: Codable {
  var tables: [PeerTable]
  var queries: [PeerQuery]
}

/// A query in both languages.
struct PeerQuery: Codable {
  let program: String
  let sql: String
  let fields: [PeerField]
  /// Who is asked; SQLite has no median.
  let peers: [String]
}

/// A field of a table or an answer.
struct PeerField: Codable {
  /// What it holds; a verdict is a truth that was computed, and sorts maybe in the middle.
  enum Kind: String, Codable { case integer, number, double, text, date, truth, verdict }

  private(set) var name: String
  let kind: Kind
  /// Digits behind the point.
  private(set) var scale = 0
  /// No number in it is larger.
  private(set) var most = 0.0
  /// The fields of files that it is computed from.
  private(set) var roots: Set<String> = []
  /// Whether it may not apply, which SQL doesn't tell from unknown.
  var mayBeNone = false

  private enum CodingKeys: CodingKey { case name, kind }

  init(_ name: String, _ kind: Kind, scale: Int = 0, most: Double = 0, roots: Set<String>? = nil) {
    self.name = name
    self.kind = kind
    self.scale = scale
    self.most = most
    self.roots = roots ?? [name]
  }

  /// As a column of its own.
  mutating func rename(_ name: String) {
    self.name = name
    if roots.isEmpty { roots = [name] }
  }

  var isNumber: Bool { kind == .integer || kind == .number }

  /// The terms of an ORDER BY that sort as Dossier does: unknown last, a verdict's maybe in the middle.
  func order(descending: Bool = false) -> String {
    let way = descending ? " DESC" : ""
    guard kind == .verdict else { return "\(name) IS NULL, \(name)\(way)" }
    return "CASE WHEN \(name) IS NULL THEN 1 WHEN \(name) THEN 2 ELSE 0 END\(way)"
  }
}

/// A table of exact values and unknown cells, as CSV.
struct PeerTable: Codable {
  let name: String
  let fields: [[String]]
  let csv: String

  /// The fields of every table; `id` is unique.
  static let layout = [
    PeerField("id", .integer, most: 20),
    PeerField("n", .integer, most: 9), PeerField("m", .integer, most: 9),
    PeerField("x", .number, scale: 2, most: 50), PeerField("y", .number, scale: 2, most: 50),
    PeerField("w", .text), PeerField("v", .text),
    PeerField("d", .date), PeerField("p", .truth),
  ]
  static let texts = ["Kyiv", "kursk", "Sumy, city", "O'Neil", "é", "e", "Zürich", "\u{1F600}"]
  static let days = ["2023-12-31", "2024-02-29", "2024-05-01", "2024-05-31", "2025-01-01"]

  init(_ name: String, _ random: inout Random) {
    self.name = name
    fields = PeerTable.layout.map { [$0.name, $0.kind.rawValue] }
    let isSmall = Int.random(in: 0..<10, using: &random) == 0
    let count = Int.random(in: isSmall ? 0...2 : 8...14, using: &random)
    let ids = (1...16).shuffled(using: &random).prefix(count)
    let unknowns = [0, 5, 2][Int.random(in: 0...2, using: &random)]
    var lines = [PeerTable.layout.map(\.name)]
    for id in ids {
      lines.append(
        PeerTable.layout.map { field in
          if field.name == "id" { return "\(id)" }
          if unknowns > 0, Int.random(in: 0..<unknowns * 2, using: &random) == 0 { return "" }
          return PeerTable.cell(field.kind, &random)
        })
    }
    csv = lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func cell(_ kind: PeerField.Kind, _ random: inout Random) -> String {
    switch kind {
    case .integer: "\(Int.random(in: -4...9, using: &random))"
    case .number: decimal(Int.random(in: -5_000...5_000, using: &random))
    case .date: days.randomElement(using: &random) ?? ""
    case .truth: Bool.random(using: &random) ? "true" : "false"
    default: "\"\(texts.randomElement(using: &random) ?? "")\""
    }
  }

  /// A number of hundredths with its two digits behind the point.
  static func decimal(_ hundredths: Int) -> String {
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    return "\(hundredths < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  init(name: String, fields: [[String]], csv: String) {
    self.name = name
    self.fields = fields
    self.csv = csv
  }

  /// The statement that reads it in Dossier.
  var reading: String {
    let types = fields.map { "\($0[0]): \($0[1])" }.joined(separator: ", ")
    return "let \(name) = open(\"\(name).csv\", types: {\(types)})"
  }
}
