/// `x in (figures | select subject)`: the values of a query's only column, which is run first.
extension Checker {
  /// A query behind `in`.
  mutating func checkRows(
    _ expression: Expression, _ rows: RowScope
  ) throws(CheckError) -> Meaning? {
    guard isTable(expression) else { return nil }
    guard let (plan, inner) = checkTable(expression) else { return .missing(expression.span) }
    guard inner.fields.count == 1 else {
      throw .notOneColumn(found: inner.fields.map(\.name), at: expression.span)
    }
    let index = rows.builder.addScalar(plan)
    return Meaning(
      form: .missing, type: .list(inner.fields[0].type), span: expression.span,
      literal: .rows(plan: index, inner.fields[0].shape, holdsMaybe: inner.holdsMaybe))
  }

  /// Whether a value is among those of a query.
  mutating func containedInRows(
    _ a: Meaning, plan: Int, _ shape: Shape, holdsMaybe: Bool, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> TruthForm? {
    var shape = shape
    let isOfLists: Bool
    if case .list(let element, _) = shape {
      (shape, isOfLists) = (element, true)
    } else {
      isOfLists = false
    }
    guard let (codes, test) = memberTest(a, shape) else {
      if isOfLists { throw .cantContain(a.type, element: a.span, in: b.type, at: b.span) }
      if holdsMaybe { throw .maybeRows(stage: "in", at: b.span) }
      return try containedInList(a, plan, shape, b, rows, at: span)
    }
    if case .entity(let entities) = test {
      rows.builder.add(Containment(codes: codes, entities: entities, target: .rows(plan: plan)))
    }
    func look(_ certain: Bool) -> Register {
      rows.builder.emit(.inRows(plan: plan, test, certain: certain), .mask, [codes], at: span)
    }
    let truth = TruthForm(certain: look(true), possible: look(false))
    let open = rows.builder.not(known(a, rows, at: span), at: span)
    note(truth, unknown: open, left: .missing, "", rows)
    switch a.form {
    case .quantity, .date:
      // Of what isn't reported the lanes say nothing.
      let sides = (truth.certain, truth.possible)
      return decided(
        sides, known: knownMask(a.form), aside: nil, none: a.form.none, rows, at: span)
    default: return truth
    }
  }

  private func knownMask(_ form: Form) -> Register? {
    switch form {
    case .quantity(let form): form.known
    case .date(let form): form.known
    default: nil
    }
  }

  /// How exact values are looked up by hash; nil for those that have to be compared one by one.
  private func memberTest(_ a: Meaning, _ shape: Shape) -> (Register, MemberTest)? {
    switch (a.form, shape) {
    case (.text(let codes, let texts), .text): return (codes, .text(texts))
    case (.reference(let codes, let kind), .text): return (codes, .entity(environment.facts[kind]))
    case (.reference(let codes, let kind), .reference(let other)) where kind == other:
      return (codes, .entity(environment.facts[kind]))
    case (.quantity(let form), .quantity(.decimal, isExact: true, units: .one(let unit), _, _, _)):
      guard form.isExact, case .decimal(let scale) = form.kind, case .one(let own) = form.unit,
        own == unit
      else { return nil }
      return (form.low, .number(scale: scale))
    case (.date(let form), .date(isExact: true, _, _, _)):
      return form.earliest == form.latest ? (form.earliest, .day) : nil
    default: return nil
    }
  }

  /// Ranges and dates are compared with each of the values.
  private mutating func containedInList(
    _ a: Meaning, _ plan: Int, _ shape: Shape, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    let space = rows.builder.openList(.rows(plan: plan), at: span)
    let element = rows.builder.form(shape, .elements(space: space, nil), at: span)
    return try containsElement(of: ListForm(space: space, element: element), a, b, rows, at: span)
  }
}
