/// `if`, `??`: one of several values of one type, row by row.
extension Checker {
  /// `if a then x maybe y else if b then z else w`.
  mutating func checkConditional(
    _ branches: Run<Branch>, otherwise: Link<Expression>, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    var conditions: [Meaning] = []
    var values: [Meaning] = []
    for branch in tree[branches] {
      conditions.append(asTruth(check(branch.condition, rows), rows))
      values.append(check(branch.value, rows))
      if let middle = branch.maybe { values.append(check(middle, rows)) }
    }
    values.append(check(otherwise, rows))
    if (conditions + values).contains(where: \.isMissing) { return .missing(span) }
    var forms = try choices("if", values, rows, at: span)
    guard var result = forms.popLast() else { return .missing(span) }
    for (branch, condition) in zip(tree[branches], conditions).reversed() {
      guard let truth = try truth(condition) else { return .missing(span) }
      let middle = branch.maybe == nil ? nil : forms.popLast()
      guard let value = forms.popLast() else { return .missing(span) }
      if let aside = truth.aside, rows.builder.space(aside) == 0 {
        rows.builder.tally(
          aside, one: "row in other units set aside", several: "rows in other units set aside",
          at: condition.span)
      }
      if truth.certain != truth.possible {
        guard let between = middle ?? hull(value, result, rows, at: span) else {
          throw .middleMissing(result.shape.type, at: condition.span)
        }
        if middle == nil {
          requireOneUnit(value, result, unless: truth, rows, at: span)
          readBounds(of: [value, result], rows, at: span)
        }
        result = chosen(truth.possible, between, result, rows, at: span)
      }
      result = chosen(truth.certain, value, result, rows, at: span)
    }
    return meaning(of: result, values, at: span)
  }

  /// `a ?? b ?? c`: the first that is known.
  mutating func checkFill(
    _ links: Run<Link<Expression>>, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    let values = tree[links].map { check($0, rows) }
    if values.contains(where: \.isMissing) { return .missing(span) }
    var forms = try choices("??", values, rows, at: span)
    guard var result = forms.popLast() else { return .missing(span) }
    for form in forms.reversed() {
      let isKnown = known(Meaning(form: form, type: form.shape.type, span: span), rows, at: span)
      // What isn't reported in one unit isn't filled with another.
      let stays = otherUnit(form, result, rows, at: span)
      result = chosen(
        rows.builder.or(isKnown, stays ?? isKnown, at: span), form, result, rows, at: span)
    }
    return meaning(of: result, values, at: span)
  }

  /// Values of one type; the elements of several lists can't be put together row by row.
  private mutating func choices(
    _ operation: String, _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> [Form] {
    let forms = try alike(operation, values, rows, at: span)
    if let list = values.first(where: { if case .list = $0.form { true } else { false } }) {
      throw .noOperation(operation, list.type, at: list.span, hint: nil)
    }
    return forms
  }

  private func meaning(of form: Form, _ values: [Meaning], at span: Span) -> Meaning {
    Meaning(
      form: form, type: form.shape.type, span: span, claims: Claims(ofOneOf: values),
      isComputed: values.contains(where: \.isComputed))
  }

  // MARK: Lanes

  /// The first value where the mask is 1, else the second; both are alike.
  func chosen(_ mask: Register, _ a: Form, _ b: Form, _ rows: RowScope, at span: Span) -> Form {
    func pick(_ x: Register, _ y: Register) -> Register {
      x == y ? x : rows.builder.emit(.choose, rows.builder.lane(x), [mask, x, y], at: span)
    }
    func known(_ x: Register?, _ y: Register?) -> Register? {
      guard x != nil || y != nil else { return nil }
      let always = rows.builder.mask(true)
      return pick(x ?? always, y ?? always)
    }
    func none(_ x: Register?, _ y: Register?) -> Register? {
      guard x != nil || y != nil else { return nil }
      let never = rows.builder.mask(false)
      return pick(x ?? never, y ?? never)
    }
    func date(_ x: DateForm, _ y: DateForm) -> DateForm {
      let earliest = pick(x.earliest, y.earliest)
      let isExact = x.earliest == x.latest && y.earliest == y.latest
      return DateForm(
        earliest: earliest, latest: isExact ? earliest : pick(x.latest, y.latest),
        known: known(x.known, y.known),
        none: none(x.none, y.none), written: words(x.written, y.written, rows, at: span, pick))
    }
    switch (a, b) {
    case (.quantity(let x), .quantity(let y)):
      let low = pick(x.low, y.low)
      let isExact = x.isExact && y.isExact
      var unit = x.unit
      if case .each(let p, let units) = x.unit, case .each(let q, _) = y.unit {
        unit = .each(pick(p, q), units)
      }
      return .quantity(
        QuantityForm(
          low: low, best: isExact ? low : pick(x.best, y.best),
          high: isExact ? low : pick(x.high, y.high), kind: x.kind, unit: unit,
          known: known(x.known, y.known),
          none: none(x.none, y.none), written: words(x.written, y.written, rows, at: span, pick)))
    case (.text(let x, let texts), .text(let y, _)): return .text(pick(x, y), texts)
    case (.reference(let x, let kind), .reference(let y, _)): return .reference(pick(x, y), kind)
    case (.date(let x), .date(let y)): return .date(date(x, y))
    case (.period(let s, let e), .period(let t, let f)):
      return .period(start: date(s, t), end: date(e, f))
    case (.truth(let x), .truth(let y)):
      let never = rows.builder.mask(false)
      var aside: Register?
      if x.aside != nil || y.aside != nil { aside = pick(x.aside ?? never, y.aside ?? never) }
      return .truth(
        TruthForm(
          certain: pick(x.certain, y.certain), possible: pick(x.possible, y.possible),
          aside: aside, known: known(x.known, y.known), none: none(x.none, y.none)))
    default: return .missing
    }
  }

  /// The words of literals on both sides as words of one dictionary; −1 where there are none.
  private func words(
    _ a: WrittenForm?, _ b: WrittenForm?, _ rows: RowScope, at span: Span,
    _ pick: (Register, Register) -> Register
  ) -> WrittenForm? {
    guard a != nil || b != nil else { return nil }
    let none = WrittenForm(
      codes: rows.builder.constant(.code(-1), .code), texts: .fixed(.empty))
    let (x, y) = (a ?? none, b ?? none)
    let (codes, texts) = ofOneDictionary(
      [(x.codes, x.texts), (y.codes, y.texts)], rows, at: span)
    return WrittenForm(codes: pick(codes[0], codes[1]), texts: texts)
  }

  /// The smallest value that holds both; nil where a type has none.
  private func hull(_ a: Form, _ b: Form, _ rows: RowScope, at span: Span) -> Form? {
    // What holds either a value or nothing isn't known.
    func decided(_ known: Register?, _ other: Register?, _ none: Register?, _ absent: Register?)
      -> Register?
    {
      let both = rows.builder.and(known, other, at: span)
      guard let missing = rows.builder.or(none, absent, at: span) else { return both }
      return rows.builder.and(both, rows.builder.not(missing, at: span), at: span)
    }
    func extreme(_ isMax: Bool, _ bound: Bound, _ x: Register, _ y: Register) -> Register {
      x == y
        ? x
        : rows.builder.emit(.extreme(isMax: isMax, bound), rows.builder.lane(x), [x, y], at: span)
    }
    switch (a, b) {
    case (.quantity(let x), .quantity(let y)):
      let (p, q) = (stated(x, rows, at: span), stated(y, rows, at: span))
      return .quantity(
        QuantityForm(
          low: extreme(false, .low, p.low, q.low), best: agreed(p, q, rows, at: span),
          high: extreme(true, .high, p.high, q.high), kind: x.kind, unit: x.unit,
          known: decided(x.known, y.known, x.none, y.none)))
    case (.date(let x), .date(let y)):
      return .date(
        DateForm(
          earliest: extreme(false, .low, x.earliest, y.earliest),
          latest: extreme(true, .high, x.latest, y.latest),
          known: decided(x.known, y.known, x.none, y.none)))
    case (.truth(let x), .truth(let y)):
      return .truth(
        TruthForm(
          certain: rows.builder.and(x.certain, y.certain, at: span),
          possible: rows.builder.or(x.possible, y.possible, at: span),
          aside: rows.builder.or(x.aside, y.aside, at: span)))
    default: return nil
    }
  }

  /// 1 where two values have different units.
  private func otherUnit(_ a: Form, _ b: Form, _ rows: RowScope, at span: Span) -> Register? {
    guard case .quantity(let x) = a, case .quantity(let y) = b, case .each(let p, _) = x.unit,
      case .each(let q, _) = y.unit, p != q
    else { return nil }
    let same = rows.builder.emit(.compare(.equal), .mask, [p, q], at: span)
    return rows.builder.not(same, at: span)
  }

  /// Where the condition may be maybe both values must have one unit, or there is no hull.
  private func requireOneUnit(
    _ a: Form, _ b: Form, unless condition: TruthForm, _ rows: RowScope, at span: Span
  ) {
    guard case .quantity(let x) = a, case .each(_, let units) = x.unit,
      let differs = otherUnit(a, b, rows, at: span)
    else { return }
    let same = rows.builder.not(differs, at: span)
    let isFalse = rows.builder.not(condition.possible, at: span)
    let isDecided = rows.builder.or(condition.certain, isFalse, at: span)
    let names = units.map { $0?.name ?? "plain numbers" }
    _ = rows.builder.emit(
      .require(.wrongUnit(needed: "one unit", found: names)), .mask,
      [rows.builder.or(same, isDecided, at: span)], at: span)
  }

  /// The best value where both have the same.
  private func agreed(
    _ x: QuantityForm, _ y: QuantityForm, _ rows: RowScope, at span: Span
  ) -> Register {
    if x.best == y.best { return x.best }
    let same = rows.builder.emit(.compare(.equal), .mask, [x.best, y.best], at: span)
    let missing: Constant = x.kind == .double ? .double(-.infinity) : .int(Open.best)
    return rows.builder.emit(.orElse(missing), x.lane, [x.best, same], at: span)
  }
}
