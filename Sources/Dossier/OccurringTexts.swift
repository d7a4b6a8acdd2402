/// What the values of a field are written as in a comparison.
enum TextKind {
  case text
  case reference(EntityKind)

  var isReference: Bool { if case .reference = self { true } else { false } }
}

extension Shape {
  /// How values are compared that have names; nil for those that haven't.
  var textKind: TextKind? {
    switch self {
    case .text: .text
    case .reference(let kind): .reference(kind)
    case .list(let element, _): element.textKind
    default: nil
    }
  }

  static let number = Shape.quantity(
    kind: .decimal(scale: 0), isExact: true, units: .one(nil), hasKnown: false, written: nil)

  /// The units that values have.
  var unitNames: [String] {
    guard case .quantity(_, _, let units, _, _, _) = self else { return [] }
    switch units {
    case .one(let unit): return unit.map { [$0.name] } ?? []
    case .each(let each): return each.compactMap { $0?.name }
    }
  }
}

extension FactStore {
  /// How many different values a list for people may have.
  private static let mostTexts = 200

  /// The different texts of a column, or the names and aliases of the things in it, in their order.
  func texts(of column: Column, as kind: TextKind) -> [(text: String, detail: String)] {
    switch column.storage {
    case .texts(let codes, let dictionary):
      return Self.different(codes).map { (dictionary[$0], "text") }.sorted { $0.0 < $1.0 }
    case .references(let codes, let kind):
      return called(self[kind], Self.different(codes))
    case .lists(let lists): return texts(of: lists.elements.column, as: kind)
    default: return []
    }
  }

  /// Everything that the texts of a field could be, as far as that is known without its rows.
  func values(of kind: TextKind) -> [(text: String, detail: String)] {
    guard case .reference(let kind) = kind else { return [] }
    return called(self[kind], (0..<Int32(self[kind].count)).map { $0 })
  }

  private func called(_ table: EntityTable, _ rows: [Int32]) -> [(text: String, detail: String)] {
    let names = rows.map { (table.names[Int($0)], table.kind.word) }
    let aliases = rows.flatMap { row in
      table.aliases[Int(row)].map { ($0, "alias of \(table.names[Int(row)])") }
    }
    return (names + aliases).sorted { $0.0 < $1.0 }
  }

  private static func different(_ codes: Buffer<Int32>) -> [Int32] {
    var seen: Set<Int32> = []
    for code in codes.elements where code >= 0 {
      seen.insert(code)
      if seen.count == mostTexts { break }
    }
    return seen.sorted()
  }
}
