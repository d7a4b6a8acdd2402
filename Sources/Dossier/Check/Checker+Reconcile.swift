/// `reconcile range of value by subject, measure`: rival claims become one, with what they say of it.
extension Checker {
  mutating func checkReconcile(
    _ method: Span, _ argument: Link<Expression>?, of measured: Link<Expression>?,
    by keys: Run<ColumnSyntax>, _ line: inout QueryLine, at span: Span
  ) {
    refuseMaybeRows("reconcile", line.rows, at: span)
    let before = errors.count
    let way = checkMethod(method, argument, line.rows)
    guard let claims = checkClaims("reconcile", of: measured, by: keys, line.rows, at: span),
      let way
    else {
      line.isRefused = errors.count > before
      return
    }
    let (claimants, stated) = (field("claimed_by", line.rows), field("stated", line.rows))
    refuseMissing(way, claimants, stated, line.rows, at: method)
    line.rows.replaceFields(line.rows.fields + claims.added)
    flush(&line)
    let fields = results(claims, line.rows, claimants)
    var places = Reconciliation.Places(stage: span, method: method)
    places.argument = argument.map { tree[$0].span }
    places.value = measured.map { tree[$0].span }
    places.keys = keysPlace(keys)
    places.unit = "unit(\(claims.value.name))"
    line.plan.steps.append(
      .reconcile(
        Reconciliation(
          method: way, value: claims.valueColumn, keys: claims.keyColumns, claimants: claimants,
          stated: stated, fields: fields, readings: environment.readings, places: places)))
    line.rows = RowScope(outputs: fields, after: line.rows)
  }

  // MARK: The method

  private mutating func checkMethod(
    _ name: Span, _ argument: Link<Expression>?, _ rows: RowScope
  ) -> Reconciliation.Method? {
    switch (tree.name(name), argument) {
    case ("range", nil): return .range
    case ("overlap", nil): return .overlap
    case ("latest", nil): return .latest
    case ("agree", nil): return .agree(nil)
    case ("agree", let count?): return checkAgreement(count, rows)
    case ("prefer", let list?): return checkPreferred(list, rows).map { .prefer($0) }
    case ("prefer", nil):
      errors.append(.reconcile(.argumentMissing(at: name)))
      return nil
    case ("range", let argument?), ("overlap", let argument?), ("latest", let argument?):
      errors.append(
        .reconcile(.argumentHere(tree.name(name), at: tree[argument].span, method: name)))
      return nil
    default:
      errors.append(.reconcile(.unknownMethod(tree.name(name), at: name)))
      return nil
    }
  }

  /// `agree 2`: how many origins must agree.
  private mutating func checkAgreement(
    _ count: Link<Expression>, _ rows: RowScope
  ) -> Reconciliation.Method? {
    let meaning = check(count, RowScope(fields: [], name: rows.name, skipsUnknown: false))
    if meaning.isMissing { return nil }
    guard case .quantity(let literal) = meaning.literal, literal.unit == nil, literal.isExact,
      let number = literal.bounds.low?.trimmed, number.scale == 0, number.coefficient > 0
    else {
      errors.append(.reconcile(.notACount(at: meaning.span)))
      return nil
    }
    return .agree(Int(number.coefficient))
  }

  /// The claimants of `prefer [a, "b"]`, in order.
  private mutating func checkPreferred(
    _ list: Link<Expression>, _ rows: RowScope
  ) -> [Testimony.Claimant]? {
    let meaning = check(list, RowScope(fields: [], name: rows.name, skipsUnknown: false))
    if meaning.isMissing { return nil }
    var elements = [meaning]
    if case .list(let several) = meaning.literal { elements = several }
    let before = errors.count
    let claimants = elements.compactMap { claimant($0, rows) }
    if elements.isEmpty { errors.append(.reconcile(.argumentMissing(at: meaning.span))) }
    return errors.count == before ? claimants : nil
  }

  private mutating func claimant(_ meaning: Meaning, _ rows: RowScope) -> Testimony.Claimant? {
    let facts = environment.facts
    switch meaning.literal {
    case .text(let name):
      let (actors, sources) = (facts[.actor].named(name), facts[.source].named(name))
      for (kind, found) in [(EntityKind.actor, actors), (.source, sources)]
      where found.count > 1 && facts[kind].areAmbiguous(found) {
        let ids = found.map { facts[kind].ids[Int($0)] }
        errors.append(.ambiguous(name, kind, ids: ids, at: meaning.span))
        return nil
      }
      // A file may name others than the dossier does.
      if actors.isEmpty, sources.isEmpty, !meaning.isParameter, !rows.skipsUnknown {
        errors.append(
          .nobody(
            name, .actor, known: facts[.actor].allNames + facts[.source].allNames, at: meaning.span)
        )
        return nil
      }
      return claimant(name, Set(actors), Set(sources))
    case .id(let key) where key.kind == .actor && !rows.skipsUnknown:
      return claimant(facts[.actor].names[Int(key.row)], [key.row], [])
    case .id(let key) where key.kind == .source && !rows.skipsUnknown:
      return claimant(facts[.source].names[Int(key.row)], [], [key.row])
    default:
      if !meaning.isMissing {
        errors.append(
          .expectedType("a claimant or a list of them", found: meaning.type, at: meaning.span))
      }
      return nil
    }
  }

  private func claimant(
    _ name: String, _ actors: Set<Int32>, _ sources: Set<Int32>
  ) -> Testimony.Claimant {
    Testimony.Claimant(
      name: name, actors: actors, sources: sources,
      within: actors.isEmpty
        ? [Truth](repeating: .false, count: environment.facts[.actor].count)
        : environment.facts[.actor].contained(in: actors))
  }

  /// A file must say who claims, or when.
  private mutating func refuseMissing(
    _ method: Reconciliation.Method, _ claimants: Int?, _ stated: Int?, _ rows: RowScope,
    at span: Span
  ) {
    guard rows.skipsUnknown else { return }
    func refuse(_ name: String, _ kind: String, _ column: Int?, _ suits: (Type) -> Bool) {
      if let column, suits(rows.fields[column].type) { return }
      errors.append(
        .reconcile(.fieldNeeded(name, kind, method: method.word, at: span)))
    }
    switch method {
    case .prefer: refuse("claimed_by", "a text", claimants) { $0 == .text || $0 == .list(.text) }
    case .latest: refuse("stated", "a date", stated) { $0 == .date }
    case .range, .overlap, .agree: break
    }
  }

  // MARK: The result

  /// The keys, the value, and what is said of it.
  private func results(
    _ claims: ClaimFields, _ rows: RowScope, _ claimants: Int?
  ) -> [Field] {
    var fields = claims.keys
    for (index, column) in (claims.keyColumns ?? []).enumerated() {
      fields[index].claims = rows.fields[column].claims
    }
    if claims.keyColumns == nil {
      let table = environment.facts.table(.figure)
      fields = Reconciliation.aspects.compactMap { name in
        table.fields.first { $0.name == name }.map { field in
          Field(
            name: name, source: field.source, shape: field.shape,
            isShown: name == "subject" || name == "measure")
        }
      }
    }
    // A file's row may name nobody.
    let isNamed = claimants.map { [.text, .list(.text)].contains(rows.fields[$0].type) } ?? false
    let mayDiffer = isNamed || (!rows.skipsUnknown && Origins(environment.facts).mayDiffer)
    fields += [
      Field(
        name: claims.value.name, source: .column(0), shape: claims.value.shape.asReconciled,
        claims: rows.fields[claims.valueColumn].claims),
      Field(name: "method", source: .column(0), shape: .text(.later)),
      Field(name: "origins", source: .column(0), shape: .wholeNumber(isExact: !mayDiffer)),
      Field(name: "claims", source: .column(0), shape: .wholeNumber(isExact: true)),
    ]
    return fields.enumerated().map { $1.asColumn($0) }
  }
}

// MARK: What reconcile and conflicts share

extension Checker {
  /// The claims of rows: their field, and the fields that tell of what they are claims.
  struct ClaimFields {
    let value: Field
    let valueColumn: Int
    /// Fields under the names of the keys.
    let keys: [Field]
    /// Nil where the rule of rivals groups.
    let keyColumns: [Int]?
    /// Fields to be computed behind those that are there.
    let added: [Field]
  }

  /// Checks what stands behind `of` and `by`.
  mutating func checkClaims(
    _ stage: String, of measured: Link<Expression>?, by keys: Run<ColumnSyntax>, _ rows: RowScope,
    at span: Span
  ) -> ClaimFields? {
    let before = errors.count
    var added: [Field] = []
    var value: (field: Field, column: Int)?
    if let measured {
      value = claimColumn(measured, name: nil, rows, &added)
    } else if let index = rows.fields.firstIndex(where: { $0.name == "value" }) {
      value = (rows.fields[index], index)
    } else {
      errors.append(
        .unknownField("value", in: rows.name, fields: rows.fields.map(\.name), at: span))
    }
    if let value {
      switch value.field.type {
      case .quantity, .date, .unknown: break
      default:
        errors.append(
          .reconcile(
            .noBounds(stage, value.field.type, at: measured.map { tree[$0].span } ?? span)))
      }
    }
    var names: [Field] = []
    var columns: [Int] = []
    for key in tree[keys] {
      guard let column = claimColumn(key.value, name: key.name, rows, &added) else { continue }
      names.append(column.field)
      columns.append(column.column)
    }
    if keys.isEmpty, rows.skipsUnknown, errors.count == before {
      errors.append(.reconcile(.keysNeeded(stage, fields: rows.fields.map(\.name), at: span)))
    }
    guard errors.count == before, let value else { return nil }
    refuseTwice(names, value.field, stage, keys, at: span)
    guard errors.count == before else { return nil }
    return ClaimFields(
      value: value.field, valueColumn: value.column, keys: names,
      keyColumns: keys.isEmpty ? nil : columns, added: added)
  }

  /// A field, or what is computed to be one.
  private mutating func claimColumn(
    _ link: Link<Expression>, name: Span?, _ rows: RowScope, _ added: inout [Field]
  ) -> (field: Field, column: Int)? {
    let title = name.map(tree.name) ?? self.name(of: link)
    if let index = plainField(link, rows) {
      let field = rows.fields[index]
      return (
        Field(name: title, source: field.source, shape: field.shape, claims: field.claims), index
      )
    }
    let meaning = check(link, rows)
    if case .missing = meaning.form {
      if !meaning.isMissing { errors.append(misplaced(meaning)) }
      return nil
    }
    let field = Field(
      name: title, source: .form(meaning.form), shape: meaning.form.shape,
      claims: meaning.claims ?? Claims())
    added.append(field)
    return (field, rows.fields.count + added.count - 1)
  }

  private mutating func refuseTwice(
    _ names: [Field], _ value: Field, _ stage: String, _ keys: Run<ColumnSyntax>, at span: Span
  ) {
    var taken: Set<String> =
      stage == "reconcile" ? [value.name, "method", "origins", "claims"] : []
    if stage == "reconcile", taken.count < 4 { errors.append(.columnTwice(value.name, at: span)) }
    for (field, key) in zip(names, tree[keys]) where !taken.insert(field.name).inserted {
      errors.append(.columnTwice(field.name, at: key.name ?? tree[key.value].span))
    }
  }

  func field(_ name: String, _ rows: RowScope) -> Int? {
    rows.fields.firstIndex { $0.name == name }
  }

  /// From the first key to the last.
  func keysPlace(_ keys: Run<ColumnSyntax>) -> Span? {
    let spans = tree[keys].map { (($0.name ?? tree[$0.value].span).joined(tree[$0.value].span)) }
    guard let first = spans.first else { return nil }
    return spans.reduce(first) { $0.joined($1) }
  }
}

extension Shape {
  /// A claim that was made of several: a range that may be unknown.
  fileprivate var asReconciled: Shape {
    switch self {
    case .quantity(let kind, _, let units, _, let written, _):
      .quantity(kind: kind, isExact: false, units: units, hasKnown: true, written: written)
    case .date(_, _, let written, _): .date(isExact: false, hasKnown: true, written: written)
    default: self
    }
  }

  /// Plain whole numbers.
  static func wholeNumber(isExact: Bool) -> Shape {
    .quantity(
      kind: .decimal(scale: 0), isExact: isExact, units: .one(nil), hasKnown: false, written: nil)
  }
}
