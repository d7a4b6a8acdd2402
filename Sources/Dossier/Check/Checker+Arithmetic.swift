/// Natural interval extension: the result encloses every result that the operands allow; the best
/// value is computed beside it (R. E. Moore, *Interval Analysis*, 1966).
extension Checker {
  /// `a + b - c`, `a * b / c`, from the left.
  mutating func checkChain(_ terms: Run<Term>, _ rows: RowScope, at span: Span) -> Meaning {
    var result: Meaning?
    for term in tree[terms] {
      let operand = check(term.value, rows)
      guard let left = result else {
        result = operand
        continue
      }
      if left.isMissing || operand.isMissing {
        result = .missing(span)
        continue
      }
      do throws(CheckError) {
        result = try combine(term.sign, left, operand, rows, at: left.span.joined(operand.span))
      } catch {
        errors.append(error)
        result = .missing(span)
      }
    }
    return result ?? .missing(span)
  }

  private mutating func combine(
    _ sign: Term.Sign, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    var (a, b) = fitted(a, b, sign, rows)
    if var date = try combineDates(sign, a, b, rows, at: span) {
      date.claims = claims(of: .plus, a, b, rows).ofEitherSign
      readBounds(of: [a.form, b.form], rows, at: span)
      return date
    }
    guard case .quantity(let x) = a.form, case .quantity(let y) = b.form else {
      if case .quantity = a.form {
        throw .typesDiffer(sign.text, a.type, at: a.span, b.type, other: b.span)
      }
      throw .typesDiffer(sign.text, b.type, at: b.span, a.type, other: a.span)
    }
    (a, b) = (withSum(a, rows), withSum(b, rows))
    let form: QuantityForm
    let sum: LinearSum?
    switch sign {
    case .plus, .minus:
      sum = self.sum(sign, a, b)
      if let tight = try tight(sum, a, b, rows, at: span) {
        form = tight
      } else {
        form = try added(sign, x, y, a, b, rows, at: span)
      }
    case .times:
      form = reduced(try multiplied(x, y, a, b, rows, at: span), rows, at: span)
      sum = product(a, b)
    case .over:
      form = reduced(try divided(x, y, a, b, rows, at: span), rows, at: span)
      sum = nil
    }
    // What is left exact of ranges doesn't depend on them.
    if !form.isExact { readBounds(of: [a.form, b.form], rows, at: span) }
    return Meaning(
      form: .quantity(form), type: Form.quantity(form).shape.type, span: span,
      claims: claims(of: sign, a, b, rows), isComputed: true, sum: sum)
  }

  // MARK: Sums

  mutating func added(
    _ sign: Term.Sign, _ x: QuantityForm, _ y: QuantityForm, _ a: Meaning, _ b: Meaning,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> QuantityForm {
    let (first, second, aside) = try matched(x, y, a, b, isSum: true, rows, at: span)
    let (left, right) = (bounded(first, rows, at: span), bounded(second, rows, at: span))
    var unit = left.unit
    if let aside {
      requireOneUnit(aside, x, y, rows, at: span)
      if case .one = y.unit { unit = y.unit }
    }
    let operation: ArithmeticSign = sign == .plus ? .add : .subtract
    let lane = left.lane
    let none = rows.builder.or(x.none, y.none, at: span)
    func compute(_ p: Register, _ q: Register, _ bound: Bound) -> Register {
      rows.builder.emit(.arithmetic(operation, bound), lane, [p, q], at: span)
    }
    if left.isExact, right.isExact {
      let known = rows.builder.and(left.known, right.known, at: span)
      let number = compute(left.low, right.low, .exact)
      return QuantityForm(
        low: number, best: number, high: number, kind: left.kind, unit: unit, known: known,
        none: none)
    }
    let isSum = sign == .plus
    let low = compute(left.low, isSum ? right.low : right.high, .low)
    let high = compute(left.high, isSum ? right.high : right.low, .high)
    return QuantityForm(
      low: low, best: compute(left.best, right.best, .best), high: high, kind: left.kind,
      unit: unit,
      known: stillKnown(left, right, low, high, rows, at: span), none: none)
  }

  /// A range with the bounds of the unknown where it isn't known, whatever its lanes hold there.
  private func bounded(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> QuantityForm {
    form.isExact ? form : stated(form, rows, at: span)
  }

  /// What isn't reported counts with its bounds; a result without any bound is unknown again.
  private func stillKnown(
    _ x: QuantityForm, _ y: QuantityForm, _ low: Register, _ high: Register, _ rows: RowScope,
    at span: Span
  ) -> Register? {
    if x.isExact && x.known != nil || y.isExact && y.known != nil {
      return rows.builder.and(x.known, y.known, at: span)
    }
    guard x.known != nil || y.known != nil else { return nil }
    return isBounded(low, high, rows, at: span)
  }

  /// 0 where both ends stand open.
  func isBounded(
    _ low: Register, _ high: Register, _ rows: RowScope, at span: Span
  ) -> Register {
    let (below, above): (Constant, Constant) =
      switch rows.builder.lane(low) {
      case .double: (.double(-.infinity), .double(.infinity))
      case .code: (.code(Day.distantPast), .code(Day.distantFuture))
      case .int, .mask: (.int(Open.low), .int(Open.high))
      }
    func isOpen(_ register: Register, _ open: Constant) -> Register {
      let constant = rows.builder.constant(open, rows.builder.lane(low))
      return rows.builder.emit(.compare(.equal), .mask, [register, constant], at: span)
    }
    let both = rows.builder.and(isOpen(low, below), isOpen(high, above), at: span)
    return rows.builder.not(both, at: span)
  }

  /// Adding needs one unit in every row.
  private func requireOneUnit(
    _ aside: Register, _ x: QuantityForm, _ y: QuantityForm, _ rows: RowScope, at span: Span
  ) {
    var same = rows.builder.not(aside, at: span)
    if let none = rows.builder.or(x.none, y.none, at: span) {
      same = rows.builder.or(same, none, at: span)
    }
    let single = [x, y].map(\.unitNames).first { $0.count == 1 }
    let cause = RunError.Cause.wrongUnit(
      needed: single?.first ?? "one unit",
      found: Array(Set(x.unitNames + y.unitNames)).sorted())
    _ = rows.builder.emit(.require(cause), .mask, [same], at: span)
  }

  mutating func negated(
    _ operand: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    guard case .quantity(let form) = operand.form else {
      if operand.isMissing { return .missing(span) }
      throw .noOperation("-", operand.type, at: operand.span, hint: nil)
    }
    readBounds(of: [operand.form], rows, at: span)
    func flipped(_ register: Register, _ bound: Bound) -> Register {
      rows.builder.emit(.negate(bound), form.lane, [register], at: span)
    }
    let low = flipped(form.high, form.isExact ? .exact : .low)
    let result = QuantityForm(
      low: low, best: form.isExact ? low : flipped(form.best, .best),
      high: form.isExact ? low : flipped(form.low, .high), kind: form.kind, unit: form.unit,
      known: form.known, none: form.none)
    return Meaning(
      form: .quantity(result), type: operand.type, span: span, claims: operand.claims?.negated,
      isComputed: operand.isComputed,
      sum: withSum(operand, rows).sum?.times(-1))
  }

  // MARK: Products

  func multiplied(
    _ x: QuantityForm, _ y: QuantityForm, _ a: Meaning, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> QuantityForm {
    let (first, second) = withoutPercents(x, y, rows, at: span)
    let (left, right) = (bounded(first, rows, at: span), bounded(second, rows, at: span))
    let unit = try productUnit(left.unit, right.unit, a, b, divides: false)
    var (p, q) = (left, right)
    let kind: NumberKind
    if case .decimal(let s) = left.kind, case .decimal(let t) = right.kind, s + t <= 18 {
      kind = .decimal(scale: s + t)
    } else {
      (p, q) = (doubles(left, rows, at: span), doubles(right, rows, at: span))
      kind = .double
    }
    let none = rows.builder.or(x.none, y.none, at: span)
    func compute(_ operation: Instruction.Operation, _ inputs: Inputs) -> Register {
      rows.builder.emit(operation, kind == .double ? .double : .int, inputs, at: span)
    }
    if p.isExact, q.isExact {
      let known = rows.builder.and(left.known, right.known, at: span)
      let number = compute(.arithmetic(.multiply, .exact), [p.low, q.low])
      return QuantityForm(
        low: number, best: number, high: number, kind: kind, unit: unit, known: known, none: none)
    }
    let ends: Inputs = [p.low, p.high, q.low, q.high]
    let low = compute(.product(.low), ends)
    let high = compute(.product(.high), ends)
    return QuantityForm(
      low: low, best: compute(.arithmetic(.multiply, .best), [p.best, q.best]), high: high,
      kind: kind, unit: unit, known: stillKnown(p, q, low, high, rows, at: span), none: none)
  }

  private func divided(
    _ x: QuantityForm, _ y: QuantityForm, _ a: Meaning, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> QuantityForm {
    if case .quantity(let literal) = b.literal, literal.isExact,
      literal.bounds.low?.coefficient == 0
    {
      throw .divisionByZero(at: b.span)
    }
    let (left, right) = y.isPercent && x.isPercent ? (x, y) : withoutPercents(x, y, rows, at: span)
    let unit = try productUnit(left.unit, right.unit, a, b, divides: true)
    let p = doubles(left, rows, at: span)
    let q = doubles(right, rows, at: span)
    let known = rows.builder.and(left.known, right.known, at: span)
    let none = rows.builder.or(x.none, y.none, at: span)
    var isSafe = false
    if case .quantity(let literal) = b.literal { isSafe = literal.isExact }
    let zero = rows.builder.constant(.double(0), .double)
    func test(_ order: Order, _ inputs: Inputs) -> Register {
      rows.builder.emit(.compare(order), .mask, inputs, at: span)
    }
    // What may be zero makes the quotient unknown.
    var isDefined = known
    if !isSafe {
      let divisor = rows.builder.or(
        test(.less, [zero, q.low]), test(.less, [q.high, zero]), at: span)
      isDefined = rows.builder.and(known, divisor, at: span)
    }
    func compute(_ bound: Bound, _ inputs: Inputs) -> Register {
      rows.builder.emit(.quotient(bound), .double, inputs, at: span)
    }
    if p.isExact, q.isExact {
      let number = compute(.exact, [p.low, q.low])
      return QuantityForm(
        low: number, best: number, high: number, kind: .double, unit: unit, known: isDefined,
        none: none)
    }
    let ends: Inputs = [p.low, p.high, q.low, q.high]
    return QuantityForm(
      low: compute(.low, ends), best: compute(.best, [p.best, q.best]), high: compute(.high, ends),
      kind: .double, unit: unit, known: isDefined, none: none)
  }

  /// Percentages multiply as numbers.
  private func withoutPercents(
    _ x: QuantityForm, _ y: QuantityForm, _ rows: RowScope, at span: Span
  ) -> (QuantityForm, QuantityForm) {
    (
      x.isPercent ? withoutPercent(x, rows, at: span) : x,
      y.isPercent ? withoutPercent(y, rows, at: span) : y
    )
  }

  /// The unit of a product; a column of mixed units can only be multiplied by plain numbers.
  private func productUnit(
    _ x: QuantityForm.UnitForm, _ y: QuantityForm.UnitForm, _ a: Meaning, _ b: Meaning,
    divides: Bool
  ) throws(CheckError) -> QuantityForm.UnitForm {
    switch (x, y) {
    case (.one(let u), .one(let v)):
      return .one(divides ? Unit.quotient(u, v) : Unit.product(u, v))
    case (.each, .one(nil)): return x
    case (.one(nil), .each) where !divides: return y
    default:
      throw .noOperation(
        divides ? "/" : "*", .quantity(.mixed, exact: false), at: a.span.joined(b.span),
        hint: "say in which unit: (value to people)")
    }
  }
}

extension QuantityForm {
  var lane: Program.Lane { kind == .double ? .double : .int }

  var isCounted: Bool {
    if case .one(let unit?) = unit { unit.isCounted } else { false }
  }

  fileprivate var isPercent: Bool {
    if case .one(let unit?) = unit { unit.isPercent } else { false }
  }

  var unitNames: [String] {
    switch unit {
    case .one(let unit): [unit?.name ?? "plain numbers"]
    case .each(_, let units): units.map { $0?.name ?? "plain numbers" }
    }
  }
}
