/// `conflicts of value by subject, measure`: the rows whose claims can't all be true; and whether a
/// sum could be mended by putting rivals to one.
extension Checker {
  /// Whether `reconcile range` could stand before a summarize: the rows are single figures, and it
  /// uses nothing but what stays.
  func canReconcile(
    before columns: Run<ColumnSyntax>, _ keys: Run<ColumnSyntax>, _ line: QueryLine
  ) -> Bool {
    func uses(_ column: ColumnSyntax, only names: [String]) -> Bool {
      !tree.contains(column.value) { expression in
        switch expression.kind {
        case .path(let path): !names.contains(tree[path].first.map(tree.name) ?? "")
        case .query: true
        default: false
        }
      }
    }
    return line.plan.keepsRows && field("value", line.rows) != nil
      && tree[columns].allSatisfy { uses($0, only: ["value"]) }
      && tree[keys].allSatisfy { uses($0, only: ["subject", "measure"]) }
  }

  mutating func checkConflicts(
    of measured: Link<Expression>?, by keys: Run<ColumnSyntax>, _ line: inout QueryLine,
    at span: Span
  ) {
    refuseMaybeRows("conflicts", line.rows, at: span)
    guard
      let claims = checkClaims("conflicts", of: measured, by: keys, line.rows, at: span)
    else {
      line.isRefused = true
      return
    }
    if field("conflict", line.rows) != nil { errors.append(.columnTwice("conflict", at: span)) }
    let count = line.rows.fields.count
    line.rows.replaceFields(line.rows.fields + claims.added)
    flush(&line)
    let number = Field(name: "conflict", source: .column(0), shape: .wholeNumber(isExact: true))
    let fields = [number] + line.rows.fields.prefix(count)
    let result = fields.enumerated().map { $1.asColumn($0) }
    line.plan.steps.append(
      .conflicts(
        Conflicts(
          value: claims.valueColumn, keys: claims.keyColumns, fields: result,
          readings: environment.readings, span: span)))
    line.rows = RowScope(outputs: result, after: line.rows)
  }
}

extension Plan {
  /// Whether each of its rows is one row of a declared table.
  fileprivate var keepsRows: Bool {
    let isDeclared =
      switch source {
      case .table: true
      case .named(_, let plan), .printed(_, let plan): plan.keepsRows
      case .read, .one: false
      }
    return isDeclared
      && steps.allSatisfy { step in
        switch step {
        case .compute, .sort, .narrow, .take, .skip: true
        default: false
        }
      }
  }
}
