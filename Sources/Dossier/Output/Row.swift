/// One row of a table.
public struct Row: Sendable {
  let table: Table
  let index: Int
  let facts: FactStore?

  /// The value of a field; `.none` if the table has no such field.
  public subscript(field: String) -> Value { value(of: field) ?? .none }

  /// The value of a field; nil if the table has no such field.
  func value(of field: String) -> Value? {
    guard let column = table.fields.firstIndex(where: { $0.name == field }) else { return nil }
    return table.column(column).value(index, facts)
  }

  /// Whether the row is in the table only if something undecided is true.
  public var isMaybe: Bool { table.isMaybe(index) }
}

extension Answer {
  /// The rows of the result, in order.
  public var rows: [Row] {
    (0..<table.count).map { Row(table: table, index: $0, facts: facts) }
  }

  /// One row, from 0.
  public func row(_ index: Int) -> Row {
    precondition(index >= 0 && index < table.count, "no such row")
    return Row(table: table, index: index, facts: facts)
  }

  /// The sources of a row, as the notes under a table say them.
  public func citations(of row: Row) -> [String] {
    sourceTexts(row.table.evidence(of: row.index))
  }
}
