/// Where the lanes of a form come from.
enum LaneSource {
  /// A column of the source.
  case column(Int)
  /// The elements of a list.
  case elements(space: Int, ListColumn?)
  /// The row of another table's column that a code names.
  case followed(Register, Column)
  /// The only row of a plan that was run before.
  case scalar(plan: Int, column: Int)
  /// What a function of the host's gave.
  case called(Register, HostCall)
}

extension ProgramBuilder {
  /// One part of a value.
  private mutating func part(
    _ part: Part, _ lane: Program.Lane, _ source: LaneSource, at span: Span, orElse: Constant
  ) -> Register {
    switch source {
    case .column(let column): load(column, part, lane, at: span)
    case .elements(let space, _): loadElements(space, part, lane, at: span)
    case .followed(let codes, let column):
      follow(codes, column, part, lane, orElse: orElse, at: span)
    case .scalar(let plan, let column):
      constant(.scalar(plan: plan, column: column, part: part), lane)
    case .called(let call, _): loadResult(call, part, lane, at: span)
    }
  }

  /// The registers of a value of some shape.
  mutating func form(_ shape: Shape, _ source: LaneSource, at span: Span) -> Form {
    switch shape {
    case .truth(let hasKnown, let hasAside, let hasNone):
      var truth = truth(hasKnown, hasAside, source, at: span)
      truth.none = none(hasNone, source, at: span)
      return .truth(truth)
    case .quantity: return quantity(shape, source, at: span)
    case .text(let texts):
      return .text(
        part(.codes, .code, source, at: span, orElse: .code(Code.unknown)),
        self.texts(texts, source))
    case .reference(let kind):
      return .reference(
        part(.codes, .code, source, at: span, orElse: .code(Code.unknown)), kind)
    case .date(let isExact, let hasKnown, let written, let hasNone):
      let parts = (Part.earliest, Part.latest)
      var date = date(parts, isExact, hasKnown, written, source, at: span)
      date.none = none(hasNone, source, at: span)
      return .date(date)
    case .period(let hasKnown, let written, let hasNone):
      var start = date((.earliest, .latest), false, hasKnown, written, source, at: span)
      start.none = none(hasNone, source, at: span)
      let end = date((.endEarliest, .endLatest), false, false, nil, source, at: span)
      return .period(start: start, end: end)
    case .list(let element, let hasKnown):
      return list(element, hasKnown, source, at: span)
    case .missing: return .missing
    }
  }

  /// Through a reference a value may be missing even where its column has all.
  private mutating func known(
    _ hasKnown: Bool, _ source: LaneSource, at span: Span
  ) -> Register? {
    if case .followed = source {} else if !hasKnown { return nil }
    return part(.known, .mask, source, at: span, orElse: .mask(0))
  }

  /// Through a reference that doesn't apply nothing does; a literal one always does.
  private mutating func none(
    _ hasNone: Bool, _ source: LaneSource, at span: Span
  ) -> Register? {
    var mayBe = hasNone
    if case .followed(let codes, _) = source, !isLiteral(codes) { mayBe = true }
    return mayBe ? part(.none, .mask, source, at: span, orElse: .mask(0)) : nil
  }

  private mutating func truth(
    _ hasKnown: Bool, _ hasAside: Bool, _ source: LaneSource, at span: Span
  ) -> TruthForm {
    TruthForm(
      certain: part(.certain, .mask, source, at: span, orElse: .mask(0)),
      possible: part(.possible, .mask, source, at: span, orElse: .mask(1)),
      aside: hasAside ? part(.aside, .mask, source, at: span, orElse: .mask(0)) : nil,
      known: known(hasKnown, source, at: span))
  }

  private mutating func quantity(_ shape: Shape, _ source: LaneSource, at span: Span) -> Form {
    guard
      case .quantity(let kind, let isExact, let units, let hasKnown, let written, let hasNone) =
        shape
    else { return .missing }
    let lane: Program.Lane = kind == .double ? .double : .int
    func open(_ int: Int64, _ double: Double) -> Constant {
      kind == .double ? .double(double) : .int(int)
    }
    let low = part(.low, lane, source, at: span, orElse: open(Open.low, -.infinity))
    var (best, high) = (low, low)
    if !isExact || source.mayMiss {
      best = part(.best, lane, source, at: span, orElse: open(Open.best, -.infinity))
      high = part(.high, lane, source, at: span, orElse: open(Open.high, .infinity))
    }
    let unit: QuantityForm.UnitForm
    switch units {
    case .one(let one): unit = .one(one)
    case .each(let each):
      unit = .each(part(.unit, .code, source, at: span, orElse: .code(0)), each)
    }
    return .quantity(
      QuantityForm(
        low: low, best: best, high: high, kind: kind, unit: unit,
        known: known(hasKnown, source, at: span), none: none(hasNone, source, at: span),
        written: self.written(written, source, at: span)))
  }

  private mutating func written(
    _ texts: KnownTexts?, _ source: LaneSource, at span: Span
  ) -> WrittenForm? {
    guard let texts else { return nil }
    let codes = part(.written, .code, source, at: span, orElse: .code(-1))
    return WrittenForm(codes: codes, texts: self.texts(texts, source))
  }

  /// Where the texts will be found that aren't known yet.
  private func texts(_ known: KnownTexts, _ source: LaneSource) -> Texts {
    if case .fixed(let dictionary) = known { return .fixed(dictionary) }
    switch source {
    case .column(let column): return .column(column)
    case .elements(let space, _): return .elements(list: space - 1)
    case .followed(_, let column): return .fixed(column.dictionary ?? TextDictionary([]))
    case .scalar(let plan, let column): return .scalar(plan: plan, column: column)
    case .called(_, let call): return .made(call.made)
    }
  }

  private mutating func date(
    _ parts: (Part, Part), _ isExact: Bool, _ hasKnown: Bool, _ written: KnownTexts?,
    _ source: LaneSource, at span: Span
  ) -> DateForm {
    let earliest = part(parts.0, .code, source, at: span, orElse: .code(Day.distantPast))
    let isOne = isExact && !source.mayMiss
    let latest =
      isOne ? earliest : part(parts.1, .code, source, at: span, orElse: .code(Day.distantFuture))
    let isStart = parts.0 == .earliest
    return DateForm(
      earliest: earliest, latest: latest,
      known: isStart ? known(hasKnown, source, at: span) : nil,
      written: isStart ? self.written(written, source, at: span) : nil)
  }

  private mutating func list(
    _ element: Shape, _ hasKnown: Bool, _ source: LaneSource, at span: Span
  ) -> Form {
    let space: Int
    switch source {
    case .column(let column): space = openList(.column(column), at: span)
    case .followed(let codes, let column):
      guard case .lists(let lists) = column.storage else { return .missing }
      space = openList(.followed(codes, lists), at: span)
    case .scalar(let plan, let column):
      space = openList(.scalar(plan: plan, column: column), at: span)
    case .elements, .called: return .missing
    }
    let known = known(hasKnown, source, at: span)
    let form = form(element, .elements(space: space, nil), at: span)
    return .list(ListForm(space: space, element: form, known: known))
  }
}

extension LaneSource {
  /// Whether a value may be missing where its column has one.
  fileprivate var mayMiss: Bool { if case .followed = self { true } else { false } }
}
