extension Checker {
  /// The meaning of an expression for some rows; `.missing` after a mistake.
  ///
  /// - Parameter asValue: false where a written list stands for its elements.
  mutating func check(
    _ link: Link<Expression>, _ rows: RowScope, asValue: Bool = true
  ) -> Meaning {
    let expression = tree[link]
    guard goesOn(at: expression.span) else { return .missing(expression.span) }
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Checker.deepest {
      errors.append(.nestedTooDeep(at: expression.span))
      return .missing(expression.span)
    }
    let outer = parts
    parts = Claims()
    defer { parts = outer.isEmpty ? parts : outer.plus(parts) }
    do throws(CheckError) {
      var meaning = try meaning(expression, rows)
      // A truth about a figure is no amount of anything.
      if meaning.type == .truth { meaning.claims = Claims() }
      parts = meaning.claims ?? parts.ofEitherSign
      meaning.claims = parts
      if meaning.isMissing, errors.isEmpty, !isBroken(expression) {
        throw .misplaced("this", at: expression.span, hint: nil)
      }
      return asValue ? try made(meaning, rows) : meaning
    } catch {
      errors.append(error)
      return .missing(expression.span)
    }
  }

  /// Whether an expression rests on a name whose own mistake was told where it was given.
  private func isBroken(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .missing: true
    default: !environment.broken.isEmpty
    }
  }

  /// The frame of this function counts for each level that expressions nest, so every case is a
  /// call.
  private mutating func meaning(
    _ expression: Expression, _ rows: RowScope
  ) throws(CheckError) -> Meaning {
    let span = expression.span
    switch expression.kind {
    case .truth, .text, .characters, .date, .quantity, .range, .unknown, .missing, .record, .query:
      return try written(expression, rows)
    case .list(let links): return checkList(links, rows, at: span)
    case .path(let names): return resolve(names, rows, at: span)
    case .member(let inner, let name): return member(check(inner, rows), name, rows, at: span)
    case .call(let path, let arguments): return checkCall(path, arguments, rows, at: span)
    case .interpolation(let pieces): return try checkInterpolation(pieces, rows, at: span)
    case .fill(let values): return try checkFill(values, rows, at: span)
    case .convert(let value, let unit, let figure):
      return try checkConversion(value, to: unit, using: figure, rows, at: span)
    case .conditional(let branches, let otherwise):
      return try checkConditional(branches, otherwise: otherwise, rows, at: span)
    case .not(let inner): return try not(asTruth(check(inner, rows), rows), rows, at: span)
    case .negated(let inner): return try checkNegated(inner, expression, rows)
    case .all(let operands): return try logic(operands, isAnd: true, rows, at: span)
    case .any(let operands): return try logic(operands, isAnd: false, rows, at: span)
    case .chain(let terms): return checkChain(terms, rows, at: span)
    case .comparison(let sign, let left, let right):
      return try checkComparison(sign, left, right, rows, at: span)
    case .state(let inner, let state):
      return try checkState(check(inner, rows), state, rows, at: span)
    }
  }

  /// What the script writes out, and what has no value of its own.
  private func written(
    _ expression: Expression, _ rows: RowScope
  ) throws(CheckError) -> Meaning {
    let span = expression.span
    switch expression.kind {
    case .truth(let truth): return literal(.truth(truth), rows, at: span)
    case .text: return literal(.text(tree.text(span)), rows, at: span)
    case .characters: return literal(.text(tree.characters(span)), rows, at: span)
    case .date(let link, _): return literal(.date(tree[link]), rows, at: span)
    case .quantity, .range, .unknown(.some):
      if let quantity = try tree.quantity(expression, environment.readings) {
        return literal(.quantity(quantity), rows, at: span)
      }
      if let habit = habit(ofRange: expression, rows) { throw habit }
      throw .misplaced("a range of fields", at: span, hint: "its ends are literals")
    case .unknown(.none):
      return Meaning(form: .missing, type: .unknown, span: span, literal: .unknown)
    case .record: throw .misplaced("a record", at: span, hint: "a list of records is a table")
    case .query: throw .misplaced("a table", at: span, hint: "count(figures) counts its rows")
    default: return .missing(span)
    }
  }

  private mutating func checkNegated(
    _ inner: Link<Expression>, _ expression: Expression, _ rows: RowScope
  ) throws(CheckError) -> Meaning {
    if let quantity = try tree.quantity(expression, environment.readings) {
      // Printed with bounds, not with words.
      let positive = try tree.quantity(tree[inner], environment.readings)
      readBounds(of: positive.map { [$0.written] } ?? [], rows, at: expression.span)
      return literal(.quantity(quantity), rows, at: expression.span)
    }
    return try negated(check(inner, rows), rows, at: expression.span)
  }

  private mutating func checkComparison(
    _ sign: Comparison, _ left: Link<Expression>, _ right: Link<Expression>, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Meaning {
    if let habit = habit(sign, left, right, rows, at: span) { throw habit }
    let a = check(left, rows)
    let within = sign == .in ? try checkRows(tree[right], rows) : nil
    let b = within ?? check(right, rows, asValue: sign != .in)
    if a.isMissing { narrowSuggestion(at: tree[left].span, sign, b, rows) }
    if a.isMissing || b.isMissing { return .missing(span) }
    return try compare(sign, a, b, rows, at: span)
  }

  // MARK: Literals

  /// A literal as constants of the rows' program.
  func literal(_ literal: Meaning.Literal, _ rows: RowScope, at span: Span) -> Meaning {
    switch literal {
    case .truth(let truth):
      let certain = rows.builder.mask(truth == .true)
      let possible = rows.builder.mask(truth != .false)
      return Meaning(
        form: .truth(TruthForm(certain: certain, possible: possible)), type: .truth, span: span,
        literal: literal)
    case .text(let text):
      let codes = rows.builder.constant(.code(0), .code)
      return Meaning(
        form: .text(codes, .fixed(TextDictionary([text]))), type: .text, span: span,
        literal: literal)
    case .quantity(let quantity): return self.literal(quantity, rows, at: span)
    case .date(let date): return self.literal(date, rows, at: span)
    case .id(let key):
      let code = rows.builder.constant(.code(key.row), .code)
      return Meaning(
        form: .reference(code, key.kind), type: .reference(key.kind), span: span, literal: literal)
    case .list, .unknown, .rows:
      return Meaning(form: .missing, type: .unknown, span: span, literal: literal)
    }
  }

  private func literal(_ quantity: QuantityLiteral, _ rows: RowScope, at span: Span) -> Meaning {
    let bounds = quantity.bounds
    let numbers = [bounds.low, bounds.best, bounds.high].compactMap { $0?.trimmed }
    let scale = numbers.map(\.scale).max() ?? 0
    func constant(_ number: Number?, _ open: Int64) -> Register {
      rows.builder.constant(.int(number?.rescaled(to: scale) ?? open), .int)
    }
    let low = constant(bounds.low, Open.low)
    let isExact = quantity.isExact
    let written = WrittenForm(
      codes: rows.builder.constant(.code(0), .code),
      texts: .fixed(TextDictionary([quantity.written])))
    let form = QuantityForm(
      low: low, best: isExact ? low : constant(bounds.best, Open.best),
      high: isExact ? low : constant(bounds.high, Open.high), kind: .decimal(scale: scale),
      unit: .one(quantity.unit), known: quantity.isKnown ? nil : rows.builder.mask(false),
      written: written)
    return Meaning(
      form: .quantity(form), type: .quantity(.one(quantity.unit), exact: isExact), span: span,
      literal: .quantity(quantity))
  }

  private func literal(_ date: EDTF, _ rows: RowScope, at span: Span) -> Meaning {
    let words = WrittenForm(
      codes: rows.builder.constant(.code(0), .code),
      texts: .fixed(TextDictionary([dateText(at: span, date)])))
    func form(_ range: DateRange, _ written: WrittenForm?) -> DateForm {
      DateForm(
        earliest: rows.builder.constant(.code(range.earliest), .code),
        latest: rows.builder.constant(.code(range.latest), .code), written: written)
    }
    switch date.form {
    case .date(let range):
      return Meaning(form: .date(form(range, words)), type: .date, span: span, literal: .date(date))
    case .period(let period):
      return Meaning(
        form: .period(start: form(period.start, words), end: form(period.end, nil)), type: .period,
        span: span, literal: .date(date))
    }
  }

  /// As it is written here; of a name, the shortest EDTF text.
  func dateText(at span: Span, _ date: EDTF) -> String {
    let written = tree.source.text(span)
    if written.contains("@") {
      let parts = MonthPart.allCases.first { written.hasPrefix($0.rawValue) }
      return tree.dateText(span, parts)
    }
    return date.shortest
  }

  /// The meaning of a named literal.
  func meaning(of named: Environment.NamedLiteral, _ rows: RowScope, at span: Span) -> Meaning {
    var meaning = meaning(of: named.literal, rows, at: span)
    meaning.isParameter = named.isParameter
    if named.isParameter, case .list(var elements) = meaning.literal {
      for index in elements.indices { elements[index].isParameter = true }
      meaning.literal = .list(elements)
    }
    return meaning
  }

  private func meaning(of value: SendableLiteral, _ rows: RowScope, at span: Span) -> Meaning {
    switch value {
    case .quantity(let quantity): return literal(.quantity(quantity), rows, at: span)
    case .text(let text): return literal(.text(text), rows, at: span)
    case .date(let date): return literal(.date(date), rows, at: span)
    case .truth(let truth): return literal(.truth(truth), rows, at: span)
    case .list(let values):
      let elements = values.map { meaning(of: $0, rows, at: span) }
      return Meaning(
        form: .missing, type: .list(elements.first?.type ?? .unknown), span: span,
        literal: .list(elements))
    }
  }

  // MARK: Logic

  /// The masks of a truth.
  func truth(_ meaning: Meaning) throws(CheckError) -> TruthForm? {
    if case .truth(let truth) = meaning.form { return truth }
    if meaning.isMissing { return nil }
    throw .expectedType("a truth", found: meaning.type, at: meaning.span)
  }

  private func not(
    _ operand: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    guard let truth = try truth(operand) else { return .missing(span) }
    return Meaning(form: .truth(negation(truth, rows, at: span)), type: .truth, span: span)
  }

  func negation(_ truth: TruthForm, _ rows: RowScope, at span: Span) -> TruthForm {
    let certain = rows.builder.not(truth.possible, at: span)
    let isExact = truth.certain == truth.possible
    let possible = isExact ? certain : rows.builder.not(truth.certain, at: span)
    return TruthForm(certain: certain, possible: possible, aside: truth.aside)
  }

  private mutating func logic(
    _ operands: Run<Link<Expression>>, isAnd: Bool, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    var result: TruthForm?
    var isMissing = false
    let outer = rows.reached
    defer { rows.reached = outer }
    for link in tree[operands] {
      if let result {
        rows.reached = outer + [(isAnd ? result.possible : result.certain, isAnd)]
      }
      let meaning = asTruth(check(link, rows), rows)
      guard case .truth(let truth) = meaning.form else {
        isMissing = true
        if !meaning.isMissing {
          errors.append(.expectedType("a truth", found: meaning.type, at: meaning.span))
        }
        continue
      }
      result = result.map { joined($0, truth, isAnd: isAnd, rows, at: span) } ?? truth
    }
    guard let result, !isMissing else { return .missing(span) }
    return Meaning(form: .truth(result), type: .truth, span: span)
  }

  /// Kleene's `and` and `or`; what was set aside stays so unless the other side decides.
  func joined(
    _ a: TruthForm, _ b: TruthForm, isAnd: Bool, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    func both(_ x: Register, _ y: Register) -> Register {
      isAnd ? rows.builder.and(x, y, at: span) : rows.builder.or(x, y, at: span)
    }
    let certain = both(a.certain, b.certain)
    let isExact = a.certain == a.possible && b.certain == b.possible
    let possible = isExact ? certain : both(a.possible, b.possible)
    var aside = rows.builder.or(a.aside, b.aside, at: span)
    if let open = aside {
      aside =
        isAnd
        ? rows.builder.and(open, possible, at: span)
        : rows.builder.emit(.andNot, .mask, [open, certain], at: span)
    }
    return TruthForm(certain: certain, possible: possible, aside: aside)
  }
}
