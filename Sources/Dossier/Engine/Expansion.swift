extension PlanRunner {
  /// One row for each element of a list; an empty list is one row of none, one that isn't reported
  /// one row of unknown.
  func expanded(
    _ column: Int, _ fields: [Field], _ table: Table, at span: Span
  ) throws(RunError) -> Table {
    guard case .lists(let lists) = table.column(column).storage else { return table }
    var count = 0
    for row in 0..<table.count { count += max(lists.range(row).count, 1) }
    guard count < Int(Int32.max) else {
      throw RunError(cause: .limit("rows", Int(Int32.max)), span: span)
    }
    try meter.charge(steps: count, at: span)
    try meter.charge(bytes: count * 8 + lists.elements.column.count * 8, at: span)
    let none = Int32(lists.elements.column.count)
    var rows: [Int32] = []
    var elements: [Int32] = []
    rows.reserveCapacity(count)
    elements.reserveCapacity(count)
    for row in 0..<table.count {
      let range = lists.range(row)
      if range.isEmpty {
        rows.append(Int32(row))
        elements.append(lists.known?[row] == 0 ? none + 1 : none)
      }
      for element in range {
        rows.append(Int32(row))
        elements.append(Int32(element))
      }
    }
    let shape = fields[column].shape
    let values = try lists.elements.column
      .endingInAbsent(isNone: true, as: shape, meter, at: span)
      .endingInAbsent(isNone: false, as: shape, meter, at: span)
    let picked = table.picked(rows)
    var columns = picked.columns
    columns[column] = ColumnView(values, Selection(elements))
    return picked.with(fields: fields, columns: columns)
  }
}
