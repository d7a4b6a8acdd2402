/// Comparison about the world, three-valued (CQL 1.5, "Uncertainty"; identical to grammar.md).
///
/// For A = [a, a'] and B = [b, b']: `A < B` is true if a' < b, false if a ≥ b', else maybe; `A == B`
/// is false if the two are disjoint, true if both are the same single point, else maybe. The order
/// that sorts rows is another function and shares no code with this one.
extension Checker {
  mutating func compare(
    _ sign: Comparison, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    if case .unknown = a.literal ?? .truth(.true) {
      throw .equalsUnknown(at: a.span, comparison: span)
    }
    if case .unknown = b.literal ?? .truth(.true) {
      throw .equalsUnknown(at: b.span, comparison: span)
    }
    let (a, b) = (fitted(a, like: b, rows), fitted(b, like: a, rows))
    if case .notEqual = sign {
      let equal = try compare(.equal, a, b, rows, at: span)
      guard case .truth(let truth) = equal.form else { return .missing(span) }
      return Meaning(form: .truth(negation(truth, rows, at: span)), type: .truth, span: span)
    }
    // A list on the left compares through its elements; as a record it is whole.
    if case .list(let list) = a.form, sign != .same {
      return try compareElements(sign, list, a, b, rows, at: span)
    }
    let truth: TruthForm?
    switch sign {
    case .in: truth = try contains(a, b, rows, at: span)
    case .has: truth = try has(a, b, rows, at: span)
    case .overlaps: truth = try overlaps(a, b, rows, at: span)
    case .like: truth = try like(a, b, rows, at: span)
    case .same: truth = try same(a, b, rows, at: span)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      truth = try ordered(sign, a, b, rows, at: span)
    }
    guard let truth else { return .missing(span) }
    return Meaning(form: .truth(truth), type: .truth, span: span)
  }

  /// Some element is enough; a list that isn't reported may hold one.
  private mutating func compareElements(
    _ sign: Comparison, _ list: ListForm, _ a: Meaning, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Meaning {
    let element = Meaning(form: list.element, type: list.element.shape.type, span: a.span)
    let before = comparisons.count
    let inner = try compare(sign, element, b, rows, at: span)
    comparisons.removeLast(comparisons.count - before)
    guard case .truth(let truth) = inner.form else { return .missing(span) }
    func any(_ register: Register) -> Register {
      rows.builder.emit(.anyElement(list: list.space - 1), .mask, [register], at: span, space: 0)
    }
    let isSpread = rows.builder.space(truth.certain) == list.space
    var certain = isSpread ? any(truth.certain) : truth.certain
    var possible = truth.certain == truth.possible ? certain : any(truth.possible)
    if let known = list.known {
      certain = rows.builder.and(certain, known, at: span)
      possible = rows.builder.or(possible, rows.builder.not(known, at: span), at: span)
    }
    let aside = asideOfSome(truth, certain, list, rows, at: span)
    let result = TruthForm(certain: certain, possible: possible, aside: aside)
    note(
      result, unknown: list.known.map { rows.builder.not($0, at: span) }, left: .missing, "", rows)
    return Meaning(form: .truth(result), type: .truth, span: span)
  }

  /// `==` and the four orders between two single values.
  private mutating func ordered(
    _ sign: Comparison, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    switch (a.form, b.form) {
    case (.quantity(let x), .quantity(let y)):
      return try compare(sign, x, y, a, b, rows, at: span)
    case (.date(let x), .date(let y)):
      return try compare(sign, x, y, a, b, rows, at: span)
    case (.text(let x, let left), .text(let y, let right)):
      if let words = left.known.dictionary { checkVocabulary(words, b) }
      if let words = right.known.dictionary { checkVocabulary(words, a) }
      return compare(sign, x, left, y, right, a, b, rows, at: span)
    case (.reference(let codes, let kind), .text), (.text, .reference(let codes, let kind)):
      let (reference, text) = isReference(a) ? (a, b) : (b, a)
      guard sign == .equal else {
        throw .noOperation(sign.rawValue, reference.type, at: span, hint: nil)
      }
      return try named(codes, kind, text, rows, at: span)
    case (.reference(let x, let kind), .reference(let y, let other)):
      guard kind == other else {
        throw .typesDiffer(sign.rawValue, a.type, at: a.span, b.type, other: b.span)
      }
      guard sign == .equal else { throw .noOperation(sign.rawValue, a.type, at: span, hint: nil) }
      return sameReference(x, y, rows, at: span)
    case (.truth(let x), .truth(let y)):
      guard sign == .equal else { throw .noOperation(sign.rawValue, a.type, at: span, hint: nil) }
      return sameTruth(x, y, rows, at: span)
    case (_, .missing) where b.literal != nil, (_, .list):
      let hint = sign == .equal ? "one value in several is asked with 'in'" : nil
      throw .noOperation(sign.rawValue, b.type, at: b.span, hint: hint)
    default:
      if a.isMissing || b.isMissing { return nil }
      throw .typesDiffer(sign.rawValue, a.type, at: a.span, b.type, other: b.span)
    }
  }

  private func isReference(_ meaning: Meaning) -> Bool {
    if case .reference = meaning.form { true } else { false }
  }

  // MARK: Ranges

  /// The certain and the possible side of a comparison of ranges.
  func compareRanges(
    _ sign: Comparison, _ a: (low: Register, high: Register), _ b: (low: Register, high: Register),
    _ rows: RowScope, at span: Span
  ) -> (certain: Register, possible: Register) {
    func test(_ order: Order, _ x: Register, _ y: Register) -> Register {
      rows.builder.emit(.compare(order), .mask, [x, y], at: span)
    }
    let isExact = a.low == a.high && b.low == b.high
    // The same field of the same fact is equal to itself, whatever it is; two literals are not one.
    if a == b, !rows.builder.isLiteral(a.low), !isExact {
      let always = rows.builder.mask(sign != .less && sign != .greater)
      return (always, always)
    }
    switch sign {
    case .greater: return compareRanges(.less, b, a, rows, at: span)
    case .greaterOrEqual: return compareRanges(.lessOrEqual, b, a, rows, at: span)
    case .less, .lessOrEqual:
      let order: Order = sign == .less ? .less : .lessOrEqual
      let certain = test(order, a.high, b.low)
      return (certain, isExact ? certain : test(order, a.low, b.high))
    default:
      if isExact {
        let equal = test(.equal, a.low, b.low)
        return (equal, equal)
      }
      let certain = rows.builder.and(
        test(.lessOrEqual, a.high, b.low), test(.lessOrEqual, b.high, a.low), at: span)
      let possible = rows.builder.and(
        test(.lessOrEqual, a.low, b.high), test(.lessOrEqual, b.low, a.high), at: span)
      return (certain, possible)
    }
  }

  /// What isn't reported is never certain and always possible; a unit that differs is set aside;
  /// what doesn't apply is neither.
  func decided(
    _ sides: (certain: Register, possible: Register), known: Register?, aside: Register?,
    none: Register? = nil, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    var (certain, possible) = sides
    if let known {
      certain = rows.builder.and(certain, known, at: span)
      possible = rows.builder.or(possible, rows.builder.not(known, at: span), at: span)
    }
    if let aside {
      certain = rows.builder.emit(.andNot, .mask, [certain, aside], at: span)
      possible = rows.builder.or(possible, aside, at: span)
    }
    guard let none else { return TruthForm(certain: certain, possible: possible, aside: aside) }
    let isDecided = certain == possible
    certain = rows.builder.emit(.andNot, .mask, [certain, none], at: span)
    possible =
      isDecided ? certain : rows.builder.emit(.andNot, .mask, [possible, none], at: span)
    return TruthForm(
      certain: certain, possible: possible,
      aside: aside.map { rows.builder.emit(.andNot, .mask, [$0, none], at: span) })
  }

  private mutating func compare(
    _ sign: Comparison, _ x: QuantityForm, _ y: QuantityForm, _ a: Meaning, _ b: Meaning,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm {
    let (left, right, aside) = try matched(x, y, a, b, rows, at: span)
    if left.low != right.low || left.high != right.high {
      readBounds(of: [a.form, b.form], unless: aside, rows, at: span)
    }
    let sides = compareRanges(
      sign, (left.low, left.high), (right.low, right.high), rows, at: span)
    let known = rows.builder.and(left.known, right.known, at: span)
    return judged(
      sides, known: known, aside: aside, none: rows.builder.or(x.none, y.none, at: span),
      left: .quantity(x), against: b, rows, at: span)
  }

  private mutating func compare(
    _ sign: Comparison, _ x: DateForm, _ y: DateForm, _ a: Meaning, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> TruthForm {
    let left = try edges(of: x, a, sign, isLeft: true, rows, at: span)
    let right = try edges(of: y, b, sign, isLeft: false, rows, at: span)
    if left != right { readBounds(of: [a.form, b.form], rows, at: span) }
    let sides = compareRanges(sign, left, right, rows, at: span)
    let known = rows.builder.and(x.known, y.known, at: span)
    return judged(
      sides, known: known, aside: nil, none: rows.builder.or(x.none, y.none, at: span),
      left: .date(x), against: b, rows, at: span)
  }

  /// A coarse date of the script means its edges: `<` is before its first day, `<=` up to its last,
  /// `>` after its last, `>=` from its first; `==` is refused.
  private func edges(
    of form: DateForm, _ meaning: Meaning, _ sign: Comparison, isLeft: Bool, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> (low: Register, high: Register) {
    guard case .date(let date) = meaning.literal, date.isCoarse else {
      return (form.earliest, form.latest)
    }
    let usesFirst: Bool
    switch sign {
    case .less: usesFirst = !isLeft
    case .lessOrEqual: usesFirst = isLeft
    case .greater: usesFirst = isLeft
    case .greaterOrEqual: usesFirst = !isLeft
    default:
      throw .coarseEquality(tree.source.text(meaning.span), at: meaning.span, operation: span)
    }
    let edge = usesFirst ? form.earliest : form.latest
    return (edge, edge)
  }

  // MARK: Footers

  /// The truth of a comparison, remembered for the footer.
  mutating func judged(
    _ sides: (certain: Register, possible: Register), known: Register?, aside: Register?,
    none: Register?, left: Form, against b: Meaning, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    let truth = decided(sides, known: known, aside: aside, none: none, rows, at: span)
    let unknown = known.map { rows.builder.not($0, at: span) }
    note(truth, unknown: unknown, left: left, boundary(b), rows)
    return truth
  }

  /// Remembers a comparison, so that the footer can say why a row is undetermined.
  mutating func note(
    _ truth: TruthForm, unknown: Register?, left: Form, _ right: String, _ rows: RowScope
  ) {
    guard truth.certain != truth.possible, rows.builder.space(truth.certain) == 0 else { return }
    comparisons.append(
      ComparisonNote(truth: truth, unknown: unknown, left: left, right: right))
  }

  /// What a side straddles: the number without its unit, or the written text.
  private func boundary(_ meaning: Meaning) -> String {
    if case .quantity(let literal) = meaning.literal {
      let suffix = literal.unit.map { " " + $0.name } ?? ""
      return literal.written.hasSuffix(suffix)
        ? String(literal.written.dropLast(suffix.count)) : literal.written
    }
    if case .date = meaning.literal { return dateText(of: meaning) }
    return tree.source.text(meaning.span)
  }

  /// A date as results print it, without `@`.
  private func dateText(of meaning: Meaning) -> String {
    let part = MonthPart.allCases.first { tree.source.text(meaning.span).hasPrefix($0.rawValue) }
    return tree.dateText(meaning.span, part)
  }
}
