/// Stages that take rows or fields away, add rows, or take lists apart.
extension Checker {
  // MARK: drop, skip

  mutating func checkDrop(_ paths: Run<Link<Expression>>, _ rows: RowScope, at span: Span) {
    var fields = rows.fields
    for path in tree[paths] {
      let name = name(of: path)
      guard rows.fields.contains(where: { $0.name == name }) else {
        errors.append(
          .unknownField(name, in: rows.name, fields: rows.fields.map(\.name), at: tree[path].span))
        continue
      }
      fields.removeAll { $0.name == name }
    }
    if fields.isEmpty, !rows.fields.isEmpty { errors.append(.dropsAll(at: span)) }
    rows.replaceFields(fields)
  }

  mutating func checkSkip(_ count: Link<Expression>, _ line: inout QueryLine, at span: Span) {
    refuseMaybeRows("skip", line.rows, at: span)
    guard let count = rowCount(count, "skip", line.rows) else { return }
    flush(&line)
    line.plan.steps.append(.skip(count))
  }

  // MARK: expand

  mutating func checkExpand(_ path: Link<Expression>, _ line: inout QueryLine, at span: Span) {
    let name = name(of: path)
    let before = errors.count
    if !line.rows.fields.contains(where: { $0.name == name }) {
      let meaning = check(path, line.rows)
      guard !meaning.isMissing else { return }
      let list = Field(
        name: name, source: .form(meaning.form), shape: meaning.form.shape,
        claims: meaning.claims ?? Claims())
      line.rows.replaceFields(line.rows.fields + [list])
    }
    guard errors.count == before,
      let index = line.rows.fields.firstIndex(where: { $0.name == name })
    else { return }
    let shape = line.rows.fields[index].shape
    guard case .list(let element, let hasKnown) = shape else {
      if shape.type != .unknown {
        errors.append(.expectedType("a list", found: shape.type, at: tree[path].span))
      }
      return
    }
    flush(&line)
    var fields = line.rows.fields
    let field = fields[index]
    fields[index] = Field(
      name: name, source: .column(index),
      shape: element.withAbsent(unknown: hasKnown, none: true), isShown: field.isShown,
      claims: field.claims)
    line.plan.steps.append(.expand(column: index, fields, at: span))
    line.rows = RowScope(outputs: fields, after: line.rows)
  }

  // MARK: union

  /// The table that `join` and `union` name.
  mutating func checkOther(_ link: Link<Expression>) -> QueryLine? {
    let before = errors.count
    if let (plan, rows) = checkTable(tree[link]) { return QueryLine(plan: plan, rows: rows) }
    guard errors.count == before else { return nil }
    let meaning = check(link, RowScope(fields: [], name: nil, skipsUnknown: false))
    if errors.count == before { errors.append(.notATable(meaning.type, at: meaning.span)) }
    return nil
  }

  mutating func checkUnion(_ table: Link<Expression>, _ line: inout QueryLine, at span: Span) {
    flush(&line)
    guard let other = checkOther(table) else { return }
    let left = line.rows.fields
    let claims = unionClaims(left, other.rows.fields)
    guard goesOn((claims.count + 1) * (left.count + other.rows.fields.count), at: span) else {
      return
    }
    let right = other.rows.fields.map { field in
      var field = field
      field.claims = field.claims.renumbered { column in
        claims.firstIndex { $0.right == column } ?? column
      }
      return field
    }
    var fields: [Field] = []
    var places: [(left: Int?, right: Int?)] = []
    for (index, field) in left.enumerated() {
      let place = right.firstIndex { $0.name == field.name }
      if let merged = merged(field, place.map { right[$0] }, line.rows, other.rows, at: table) {
        fields.append(merged.asColumn(fields.count))
        places.append((index, place))
      }
    }
    for (index, field) in right.enumerated() where !left.contains(where: { $0.name == field.name })
    {
      guard let merged = merged(field, nil, line.rows, other.rows, at: table) else { continue }
      fields.append(merged.asColumn(fields.count))
      places.append((nil, index))
    }
    let union = Union(
      right: other.plan, places: places, claims: claims, fields: fields, span: tree[table].span)
    line.plan.steps.append(.union(union))
    joinRows(fields, &line, other.rows)
  }

  /// The claim columns of two tables behind each other: the same ones if all fields rest on the same,
  /// else each has its own.
  private func unionClaims(_ left: [Field], _ right: [Field]) -> [(left: Int?, right: Int?)] {
    let isAlike =
      left.count == right.count
      && left.allSatisfy { field in
        right.contains { $0.name == field.name && $0.claims == field.claims }
      }
    let (first, second) = (0..<left.claimCount, 0..<right.claimCount)
    return isAlike
      ? first.map { ($0, $0) } : first.map { ($0, nil) } + second.map { (nil, $0) }
  }

  /// A field of both tables, or of one: then it isn't reported in the other's rows.
  private mutating func merged(
    _ field: Field, _ other: Field?, _ rows: RowScope, _ others: RowScope,
    at link: Link<Expression>
  ) -> Field? {
    guard let other else {
      return Field(
        name: field.name, source: field.source,
        shape: field.shape.withAbsent(unknown: true, none: false), isShown: field.isShown,
        claims: field.claims, isComputed: field.isComputed)
    }
    guard let shape = field.shape.merged(with: other.shape) else {
      let (a, b) = (field.shape.type, other.shape.type)
      if a != .unknown, b != .unknown {
        errors.append(
          .unionTypesDiffer(
            field.name, a, in: rows.name, b, other: others.name, at: tree[link].span))
      }
      return nil
    }
    return Field(
      name: field.name, source: field.source, shape: shape, isShown: field.isShown || other.isShown,
      claims: field.claims.or(other.claims), isComputed: field.isComputed || other.isComputed)
  }

  /// Goes on with rows that come from two tables.
  func joinRows(_ fields: [Field], _ line: inout QueryLine, _ others: RowScope) {
    let before = line.rows
    line.rows = RowScope(outputs: fields, after: before)
    line.rows.skipsUnknown = before.skipsUnknown && others.skipsUnknown
    line.rows.holdsMaybe = before.holdsMaybe || others.holdsMaybe
  }
}
