/// Groups by the month, year or day of a date that isn't precise: `summarize n = count() by month(date)`.
extension Checker {
  /// Cuts the dates whose parts are keys, so that each row lies in one group.
  mutating func splitDates(of keys: Run<ColumnSyntax>, _ line: inout QueryLine) {
    var pieces: [Int: (piece: DateSplit.Piece, span: Span)] = [:]
    for key in tree[keys] {
      guard let (field, piece) = datePart(key.value, line.rows) else { continue }
      let finest = pieces[field].map { min($0.piece, piece) } ?? piece
      pieces[field] = (finest, tree[key.value].span)
    }
    guard !pieces.isEmpty else { return }
    flush(&line)
    for (field, (piece, span)) in pieces.sorted(by: { $0.key < $1.key }) {
      guard case .column(let column) = line.rows.fields[field].source else { continue }
      line.plan.steps.append(.split(DateSplit(column: column, piece: piece, span: span)))
    }
    line.rows = RowScope(outputs: line.rows.fields, after: line.rows)
    line.rows.holdsMaybe = true
  }

  /// The imprecise date field of which an expression is a part.
  private func datePart(
    _ link: Link<Expression>, _ rows: RowScope
  ) -> (field: Int, piece: DateSplit.Piece)? {
    guard case .call(let names, let arguments) = tree[link].kind, names.count == 1,
      let part = tree[names].first.flatMap({ DatePart(rawValue: tree.name($0)) }),
      arguments.count == 1, let argument = tree[arguments].first, argument.name == nil,
      let field = plainField(argument.value, rows),
      case .date(isExact: false, _, _, _) = rows.fields[field].shape
    else { return nil }
    return (field, part.piece)
  }
}
