/// `join`: which fields of two tables must be the same records, and what the fields are called then.
extension Checker {
  /// The table at the right of a join, whose fields begin with its name.
  private struct Joined {
    let name: String
    var line: QueryLine
    /// Its fields as the condition calls them: `a.name`.
    let scope: RowScope

    init(_ name: String, _ line: QueryLine) {
      self.name = name
      self.line = line
      scope = RowScope(
        outputs: line.rows.fields.map { $0.named("\(name).\($0.name)") }, after: line.rows)
    }
  }

  /// One `same` of the condition: the left table's side, then the right one's.
  private struct Pair {
    let left: Link<Expression>
    let right: Link<Expression>
  }

  mutating func checkJoin(
    isLeft: Bool, _ table: Link<Expression>, _ alias: Span?, _ condition: Link<Expression>,
    _ line: inout QueryLine
  ) {
    flush(&line)
    let before = errors.count
    defer { line.isRefused = errors.count > before }
    guard let other = checkOther(table), let name = joinedName(table, alias) else { return }
    if isLeft { refuseMaybeRows("join left", other.rows, at: tree[table].span) }
    var joined = Joined(name, other)
    let pairs = pairs(condition, line.rows, joined)
    guard errors.count == before else { return }
    var keys: [Join.Key] = []
    let (leftCount, rightCount) = (line.rows.fields.count, other.rows.fields.count)
    for pair in pairs {
      guard let key = key(pair, line.rows, joined.scope) else { continue }
      keys.append(key)
    }
    guard errors.count == before else { return }
    var fields = line.rows.fields.prefix(leftCount).map { $0 }
    fields += joined.scope.fields.prefix(rightCount).map { field in
      var field = field
      if isLeft { field = field.shaped(field.shape.withAbsent(unknown: false, none: true)) }
      return field
    }
    refuseTwice(fields, at: alias ?? tree[table].span)
    joined.line.rows = joined.scope
    flush(&line)
    flush(&joined.line)
    let (leftClaims, rightClaims) = (line.rows.claimCount, joined.line.rows.claimCount)
    for index in 0..<leftCount { fields[index].claims = line.rows.fields[index].claims }
    for index in 0..<rightCount {
      fields[leftCount + index].claims = joined.line.rows.fields[index].claims.renumbered {
        $0 + leftClaims
      }
    }
    fields = fields.enumerated().map { $1.asColumn($0) }
    line.plan.steps.append(
      .join(
        Join(
          right: joined.line.plan, isLeft: isLeft, keys: keys, leftCount: leftCount,
          rightCount: rightCount, leftClaims: leftClaims, rightClaims: rightClaims,
          fields: fields, span: tree[table].span)))
    joinRows(fields, &line, other.rows)
  }

  /// What the fields of the right table begin with: the name behind `as`, else the table's.
  private mutating func joinedName(_ table: Link<Expression>, _ alias: Span?) -> String? {
    if let alias { return tree.name(alias) }
    if case .path(let names) = tree[table].kind, let last = tree[names].last {
      return tree.name(last)
    }
    errors.append(.needsName(at: tree[table].span))
    return nil
  }

  private mutating func refuseTwice(_ fields: [Field], at span: Span) {
    var taken: Set<String> = []
    // Where one is taken most are.
    if let field = fields.first(where: { !taken.insert($0.name).inserted }) {
      errors.append(.columnTwice(field.name, at: span))
    }
  }

  // MARK: The condition

  /// The pairs of an `and` of `same`.
  private mutating func pairs(
    _ link: Link<Expression>, _ rows: RowScope, _ joined: Joined
  ) -> [Pair] {
    switch tree[link].kind {
    case .missing: return []
    case .all(let operands): return tree[operands].flatMap { pairs($0, rows, joined) }
    case .query(let query):
      if let source = tree[query].source, tree[query].stages.isEmpty {
        return pairs(source, rows, joined)
      }
    case .comparison(.same, let left, let right):
      return pair(left, right, rows, joined, at: tree[link].span).map { [$0] } ?? []
    case .comparison(.equal, let left, let right):
      guard let pair = pair(left, right, rows, joined, at: tree[link].span) else { return [] }
      let help = comparedAsRecords(pair, isSwapped: pair.left != left, rows, joined)
      errors.append(.joinCondition(at: tree[link].span, help: help))
      return []
    default: break
    }
    errors.append(.joinCondition(at: tree[link].span, help: nil))
    return []
  }

  /// Which tables' fields an expression names.
  private struct Sides: OptionSet {
    let rawValue: Int
    static let left = Sides(rawValue: 1)
    static let right = Sides(rawValue: 2)
  }

  private mutating func pair(
    _ a: Link<Expression>, _ b: Link<Expression>, _ rows: RowScope, _ joined: Joined, at span: Span
  ) -> Pair? {
    let before = errors.count
    let (first, second) = (sides(a, rows, joined), sides(b, rows, joined))
    guard errors.count == before else { return nil }
    switch (first, second) {
    case (.left, .right): return Pair(left: a, right: b)
    case (.right, .left): return Pair(left: b, right: a)
    default:
      errors.append(.joinSides(joined.name, at: span))
      return nil
    }
  }

  private mutating func sides(
    _ link: Link<Expression>, _ rows: RowScope, _ joined: Joined
  ) -> Sides {
    if case .path(let names) = tree[link].kind {
      return side(Array(tree[names]), rows, joined)
    }
    var found: Sides = []
    for operand in tree.operands(of: tree[link]) {
      found.formUnion(sides(operand, rows, joined))
    }
    return found
  }

  /// The longest field of either table comes first.
  private mutating func side(_ names: [Span], _ rows: RowScope, _ joined: Joined) -> Sides {
    for length in stride(from: names.count, to: 0, by: -1) {
      let name = tree.name(names[..<length])
      if joined.scope.fields.contains(where: { $0.name == name }) { return .right }
      if rows.fields.contains(where: { $0.name == name }) { return .left }
    }
    if names.count > 1, tree.name(names[0]) == joined.name {
      errors.append(
        .unknownField(
          tree.name(names[1]), in: joined.name, fields: joined.line.rows.fields.map(\.name),
          at: names[1]))
    }
    return []
  }

  // MARK: Keys

  /// The columns of a pair; what isn't a plain field is computed behind the others.
  private mutating func key(_ pair: Pair, _ rows: RowScope, _ others: RowScope) -> Join.Key? {
    guard let left = keyColumn(pair.left, rows), let right = keyColumn(pair.right, others) else {
      return nil
    }
    let (a, b) = (rows.fields[left].shape, others.fields[right].shape)
    if case .quantity(_, _, .one(let u?), _, _, _) = a,
      case .quantity(_, _, .one(let v?), _, _, _) = b, u != v
    {
      errors.append(
        .unitsDiffer(u, v, at: tree[pair.left].span, other: tree[pair.right].span))
      return nil
    }
    guard let shape = a.merged(with: b) else {
      if a.type != .unknown, b.type != .unknown {
        errors.append(
          .keyTypesDiffer(
            a.type, at: tree[pair.left].span, b.type, other: tree[pair.right].span,
            help: nameOfThing(pair.left, a.type, pair.right, b.type)))
      }
      return nil
    }
    return Join.Key(left: left, right: right, shape: shape)
  }

  private mutating func keyColumn(_ link: Link<Expression>, _ rows: RowScope) -> Int? {
    if case .path = tree[link].kind {
      let name = name(of: link)
      if let index = rows.fields.firstIndex(where: { $0.name == name }) { return index }
    }
    let meaning = check(link, rows)
    if case .missing = meaning.form {
      if !meaning.isMissing { errors.append(misplaced(meaning)) }
      return nil
    }
    let key = Field(name: "", source: .form(meaning.form), shape: meaning.form.shape)
    rows.replaceFields(rows.fields + [key])
    return rows.fields.count - 1
  }

  // MARK: Helps

  /// A thing beside a text: which of its texts is meant, and where that is written.
  private func nameOfThing(
    _ left: Link<Expression>, _ a: Type, _ right: Link<Expression>, _ b: Type
  ) -> KeyHelp? {
    switch (a, b) {
    case (.reference(let kind), .text):
      KeyHelp(span: tree[left].span, text: textOfThing(left, kind, right))
    case (.text, .reference(let kind)):
      KeyHelp(span: tree[right].span, text: textOfThing(right, kind, left))
    default: nil
    }
  }

  /// `subject.name`; `subject.id` beside an id.
  private func textOfThing(
    _ thing: Link<Expression>, _ kind: EntityKind, _ text: Link<Expression>
  ) -> String {
    var field = kind == .actor || kind == .place ? "name" : "title"
    if case .path(let names) = tree[text].kind, let last = tree[names].last,
      tree.name(last) == "id"
    {
      field = "id"
    }
    return "\(tree.source.text(tree[thing].span)).\(field)"
  }

  /// `subject.id same actors.id` for `subject == actors.id`.
  private mutating func comparedAsRecords(
    _ pair: Pair, isSwapped: Bool, _ rows: RowScope, _ joined: Joined
  ) -> String? {
    let before = errors.count
    let (a, b) = (check(pair.left, rows), check(pair.right, joined.scope))
    guard errors.count == before else {
      errors.removeLast(errors.count - before)
      return nil
    }
    var (left, right) = (
      tree.source.text(tree[pair.left].span), tree.source.text(tree[pair.right].span)
    )
    if let help = nameOfThing(pair.left, a.type, pair.right, b.type) {
      if help.span == tree[pair.left].span { left = help.text } else { right = help.text }
    }
    return isSwapped ? "\(right) same \(left)" : "\(left) same \(right)"
  }
}

extension Field {
  fileprivate func named(_ name: String) -> Field {
    Field(
      name: name, source: source, shape: shape, isShown: isShown, claims: claims,
      advice: advice, isComputed: isComputed)
  }

  fileprivate func shaped(_ shape: Shape) -> Field {
    Field(
      name: name, source: source, shape: shape, isShown: isShown, claims: claims,
      advice: advice, isComputed: isComputed)
  }
}
