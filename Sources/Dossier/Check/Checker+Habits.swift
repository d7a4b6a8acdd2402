/// What is written as in another language and only shows when its names are looked up: the parser
/// reads it, and it means nothing here.
extension Checker {
  /// A comparison with a word for nothing, with a difference that was meant as a range, or with a
  /// unit; nil if it is none of these.
  func habit(
    _ sign: Comparison, _ left: Link<Expression>, _ right: Link<Expression>, _ rows: RowScope,
    at span: Span
  ) -> CheckError? {
    switch (tree[right].kind, sign) {
    case (.path(let names), .equal), (.path(let names), .notEqual):
      guard isWordForNothing(names, rows) else { return nil }
      let state = sign == .equal ? "unknown" : "known"
      return .habit(
        .null, at: tree[right].span, Mending(span, "\(text(tree[left].span)) is \(state)"))
    case (.path(let names), .in):
      guard unitWord(names, rows) != nil else { return nil }
      let converted = "\(text(tree[left].span)) to \(text(tree[right].span))"
      return .habit(.convertedWithIn, at: tree[right].span, Mending(span, converted))
    case (.chain(let terms), .in):
      guard let range = rangeMeant(by: terms) else { return nil }
      return .habit(.between, at: tree[right].span, Mending(tree[right].span, range))
    default: return nil
    }
  }

  /// `where value in EUR`: the column that was meant.
  func habit(ofCondition condition: Link<Expression>, _ rows: RowScope, at stage: Span)
    -> CheckError?
  {
    guard case .comparison(.in, let left, let right) = tree[condition].kind,
      case .path(let names) = tree[right].kind, let unit = unitWord(names, rows)
    else { return nil }
    let name = Word(rawValue: unit.lowercased()) == nil ? unit.lowercased() : "converted"
    let column = "derive \(name) = \(text(tree[left].span)) to \(unit)"
    return .habit(.convertedWithIn, at: tree[right].span, Mending(stage, column))
  }

  /// `500.. people`: the unit that stands where an end of the range is; `@2024-12-16..@2024-12-17`: a
  /// period.
  func habit(ofRange range: Expression, _ rows: RowScope) -> CheckError? {
    if case .range(let low?, let high?) = range.kind, case .date = tree[low].kind,
      case .date = tree[high].kind
    {
      let end = text(tree[high].span)
      return .habit(
        .datesAsRange, at: range.span,
        Mending(
          range.span,
          "\(text(tree[low].span))/\(end.hasPrefix("@") ? String(end.dropFirst()) : end)"))
    }
    guard case .range(let low?, let high?) = range.kind, case .quantity = tree[low].kind,
      case .path(let names) = tree[high].kind, let unit = unitWord(names, rows)
    else { return nil }
    let mended = "\(text(tree[low].span)) \(unit).."
    return .habit(.unitInFront, at: tree[high].span, Mending(range.span, mended))
  }

  /// A falling order by a minus: `sort -value`.
  func habit(ofKey key: SortKey) -> CheckError? {
    guard case .negated(let inner) = tree[key.value].kind, case .path = tree[inner].kind
    else { return nil }
    let field = text(tree[inner].span)
    return .habit(
      .minusForFalling, at: tree[key.value].span,
      Mending(key.span, key.descending ? field : "\(field) desc"))
  }

  /// Whether a name is what other languages call nothing, and nothing is called so here.
  private func isWordForNothing(_ names: Run<Span>, _ rows: RowScope) -> Bool {
    guard names.count == 1 else { return false }
    let name = tree.name(tree[names])
    return Checker.wordsForNothing.contains(name.lowercased()) && !isNamed(name, rows)
  }

  static let wordsForNothing: Set = ["null", "nil", "undefined", "nan"]

  /// What other languages call to learn the time; scripts that ask for it differ from run to run.
  static let clocks: Set = ["today", "now", "current_date", "current_timestamp"]

  /// The unit that a name is, if nothing else is called so.
  private func unitWord(_ names: Run<Span>, _ rows: RowScope) -> String? {
    guard names.count == 1 else { return nil }
    let name = tree.name(tree[names])
    return environment.readings.base(named: name) != nil && !isNamed(name, rows) ? name : nil
  }

  private func isNamed(_ name: String, _ rows: RowScope) -> Bool {
    (rows.groups?.rows ?? rows).fields.contains { $0.name == name } || locals[name] != nil
      || rows.fields.contains { $0.name == name } || environment.literal(named: name) != nil
      || environment.definition(named: name) != nil || environment.table(named: name) != nil
      || environment.facts.entity(withID: environment.qualified(name)) != nil
  }

  /// `200 - 900 people`: a range, if what it takes apart are two numbers.
  private func rangeMeant(by terms: Run<Term>) -> String? {
    guard terms.count == 2, let low = tree[terms].first, let high = tree[terms].last,
      high.sign == .minus, case .quantity = tree[low.value].kind,
      case .quantity(let end) = tree[high.value].kind
    else { return nil }
    var start = tree[low.value].span
    if case .quantity(let link) = tree[low.value].kind, let unit = tree[link].unit,
      tree[end].unit != nil
    {
      start = Span(Int(start.start), Int(unit.span.start))
    }
    return "\(text(start).trimmingEnds)..\(text(tree[high.value].span))"
  }

  private func text(_ span: Span) -> String { tree.source.text(span) }
}
