/// Groups by the month, year or day of a date that isn't precise: `summarize n = count() by month(date)`.
extension Checker {
  /// Cuts the dates whose parts are keys, so that each row lies in one group; gives the fields that then
  /// hold the keys, by their places among them.
  mutating func splitDates(of keys: Run<ColumnSyntax>, _ line: inout QueryLine) -> [Int: Int] {
    var parts: [Int: [(key: Int, part: DatePart, span: Span)]] = [:]
    let before = errors.count
    for (place, key) in tree[keys].enumerated() {
      guard let (field, part) = datePart(key.value, line.rows) else { continue }
      // For what it says of how words are read.
      _ = check(key.value, line.rows)
      parts[field, default: []].append((place, part, tree[key.value].span))
    }
    guard !parts.isEmpty, errors.count == before else { return [:] }
    line.rows.isTouched = true
    flush(&line)
    var fields: [Int: Int] = [:]
    for (field, found) in parts.sorted(by: { $0.key < $1.key }) {
      guard case .column(let column) = line.rows.fields[field].source,
        case .date(_, let hasKnown, _, let hasNone) = line.rows.fields[field].shape
      else { continue }
      let shape = Shape.quantity(
        kind: .decimal(scale: 0), isExact: false, units: .one(nil), hasKnown: hasKnown,
        written: nil, hasNone: hasNone)
      var all = line.rows.fields
      for (key, _, _) in found {
        fields[key] = all.count
        all.append(Field(name: "", source: .column(all.count), shape: shape))
      }
      line.plan.steps.append(
        .split(
          DateSplit(
            column: column, parts: found.map(\.part), fields: all, span: found[0].span)))
      line.rows = RowScope(outputs: all, after: line.rows)
    }
    line.rows.holdsMaybe = true
    return fields
  }

  /// The imprecise date field of which an expression is a part.
  private func datePart(
    _ link: Link<Expression>, _ rows: RowScope
  ) -> (field: Int, part: DatePart)? {
    guard case .call(let names, let arguments) = tree[link].kind, names.count == 1,
      let part = tree[names].first.flatMap({ DatePart(rawValue: tree.name($0)) }),
      arguments.count == 1, let argument = tree[arguments].first, argument.name == nil,
      let field = plainField(argument.value, rows),
      case .date(isExact: false, _, _, _) = rows.fields[field].shape
    else { return nil }
    return (field, part)
  }
}
