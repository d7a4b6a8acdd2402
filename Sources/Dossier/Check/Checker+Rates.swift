/// The rate between two currencies that a figure implies, whose source gives it in both.
///
/// Both numbers may be rounded in their last digit that isn't 0, so the rate is a range.
extension Checker {
  /// What one unit of money is in another, by a figure that the source gives in both.
  struct Rate {
    let from: Unit
    let to: Unit
    let value: Bounds
    let also: Bounds
    /// As both are written.
    let texts: [String]
  }

  /// The rate of a figure that is written behind `using`.
  func rate(of figure: Meaning, for amount: Meaning) throws(CheckError) -> Rate? {
    if figure.isMissing { return nil }
    func refusal(_ reason: String) -> CheckError {
      .noRate(reason, at: figure.span, amount.unitPhrase, amount: amount.span)
    }
    guard case .id(let key) = figure.literal, key.kind == .figure,
      case .quantities(let values) = environment.facts.field("value", of: .figure).storage,
      case .quantities(let others) = environment.facts.field("also", of: .figure).storage
    else { throw refusal("not the id of a figure") }
    let row = Int(key.row)
    guard values.isKnown(row), let from = values.unit(at: row) else {
      throw refusal("its value is not reported")
    }
    guard others.isKnown(row), let to = others.unit(at: row) else { throw refusal("no 'also'") }
    guard from.money != nil, to.money != nil, from != to else {
      throw refusal("\(from.name) and \(to.name)")
    }
    guard let value = values.bounds(row)?.withRoundedDigits,
      let also = others.bounds(row)?.withRoundedDigits
    else { throw refusal("an end stands open") }
    guard value.isPositive, also.isPositive else { throw refusal("it may be nothing") }
    let words = [values, others].compactMap(\.written).filter { $0.codes[row] >= 0 }
    return Rate(
      from: from, to: to, value: value, also: also,
      texts: words.map { $0.dictionary[$0.codes[row]] })
  }

  /// `us_aid.value to EUR using us_aid`: the source says it without a rate, and closer.
  mutating func remarkOwnRate(
    _ rate: Rate, _ value: Expression, _ figure: Expression, _ target: Unit
  ) {
    guard case .path(let names) = value.kind, let last = tree[names].last,
      ["value", "also"].contains(tree.name(last)), case .path(let own) = figure.kind,
      tree[names].dropLast().map(tree.name) == tree[own].map(tree.name),
      target == rate.from || target == rate.to
    else { return }
    let id = tree[own].map(tree.name).joined(separator: ".")
    remark(
      "'\(id)' is converted by its own rate; the source's words are `\(id).value to \(target.name)`"
    )
  }

  func converted(
    _ form: QuantityForm, _ operand: Meaning, to target: Unit, _ unitSpan: Span, by rate: Rate,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    if case .each = form.unit, [rate.from, rate.to].contains(target) {
      let result = convertedRows(form, to: target, by: rate, rows, at: span)
      return operand.holding(result ?? form, at: span)
    }
    guard case .one(let source?) = form.unit else {
      throw .noConversion(
        operand.unitPhrase, target, note: nil, at: operand.span, other: unitSpan)
    }
    let (above, below, unit): (Bounds, Bounds, Unit?)
    if source.over.contains(where: { [$0] == rate.from.over }) {
      (above, below) = (rate.also, rate.value)
      unit = Unit.product(Unit.quotient(source, rate.from), rate.to)
    } else {
      (above, below) = (rate.value, rate.also)
      unit = Unit.product(Unit.quotient(source, rate.to), rate.from)
    }
    var result = exchanged(form, by: above, over: below, rows, at: span)
    result?.unit = .one(unit)
    guard let result, source.over.contains(where: { $0.isMoney }),
      let converted = converted(result, from: unit, to: target, rows, at: span)
    else {
      throw .noConversion(
        operand.unitPhrase, target,
        note: source.hint(
          to: target, isExchanged: source.isMoney(in: rate) && target.isMoney(in: rate))
          ?? "the rate is between \(rate.from.name) and \(rate.to.name)",
        at: operand.span, other: unitSpan)
    }
    return operand.holding(converted, at: span)
  }

  /// Rows of both currencies of the rate.
  private func convertedRows(
    _ form: QuantityForm, to target: Unit, by rate: Rate, _ rows: RowScope, at span: Span
  ) -> QuantityForm? {
    let isForward = target == rate.to
    let (above, below) = isForward ? (rate.also, rate.value) : (rate.value, rate.also)
    let isThere = rows.mask(form) { $0 == target }
    let isFitting = rows.mask(form) { $0 == rate.from || $0 == rate.to }
    require(isFitting, "\(rate.from.name) or \(rate.to.name)", form, rows, at: span)
    guard let other = exchanged(form, by: above, over: below, rows, at: span) else { return nil }
    let own = doubles(form, rows, at: span)
    func chosen(_ x: Register, _ y: Register) -> Register {
      rows.builder.emit(.choose, .double, [isThere, x, y], at: span)
    }
    return QuantityForm(
      low: chosen(own.low, other.low), best: chosen(own.best, other.best),
      high: chosen(own.high, other.high), kind: .double, unit: .one(target), known: form.known,
      none: form.none)
  }

  /// A range: the last digits of both figures are rounded.
  private func exchanged(
    _ form: QuantityForm, by above: Bounds, over below: Bounds, _ rows: RowScope, at span: Span
  ) -> QuantityForm? {
    guard let a = above.doubles, let b = below.doubles, b.low > 0 else { return nil }
    let amount = doubles(withOpenEnds(form, rows, at: span), rows, at: span)
    func constant(_ number: Double) -> Register { rows.builder.constant(.double(number), .double) }
    func emit(_ operation: Instruction.Operation, _ inputs: Inputs) -> Register {
      rows.builder.emit(operation, .double, inputs, at: span)
    }
    let ends: Inputs = [amount.low, amount.high, constant(a.low), constant(a.high)]
    let product = (low: emit(.product(.low), ends), high: emit(.product(.high), ends))
    let all: Inputs = [product.low, product.high, constant(b.low), constant(b.high)]
    let none = constant(-.infinity)
    let best = emit(
      .arithmetic(.multiply, .best), [amount.best, a.best.map(constant) ?? none])
    return QuantityForm(
      low: emit(.quotient(.low), all),
      best: emit(.quotient(.best), [best, b.best.map(constant) ?? none]),
      high: emit(.quotient(.high), all), kind: .double, unit: .one(nil), known: form.known,
      none: form.none)
  }
}

extension Unit {
  /// Whether it is of one of the two currencies.
  fileprivate func isMoney(in rate: Checker.Rate) -> Bool {
    over == rate.from.over || over == rate.to.over
  }
}

extension Bounds {
  fileprivate var isPositive: Bool { low.map { $0.coefficient > 0 } ?? false }

  /// As far as the last digit that isn't 0 may have been rounded.
  fileprivate var withRoundedDigits: Bounds? {
    guard let low, let high else { return nil }
    return Bounds(low: low.moved(up: false), best: best, high: high.moved(up: true))
  }

  /// As binary fractions, ends rounded outward where they aren't whole.
  fileprivate var doubles: (low: Double, best: Double?, high: Double)? {
    guard let low, let high else { return nil }
    let (from, to) = (low.double, high.double)
    let ends = (
      low: low.trimmed.scale == 0 ? from : from.nextDown,
      high: high.trimmed.scale == 0 ? to : to.nextUp
    )
    return (ends.low, best?.double, ends.high)
  }
}

extension Number {
  /// Half a unit of the last digit that isn't 0 away.
  fileprivate func moved(up: Bool) -> Number? {
    let number = trimmed
    var step = Number(5, scale: number.scale + 1)
    if number.scale == 0 {
      var (digits, power) = (number.coefficient, 0)
      while digits != 0, digits % 10 == 0 { (digits, power) = (digits / 10, power + 1) }
      step = power == 0 ? Number(5, scale: 1) : Number(5 * Number.powers[power - 1])
    }
    guard step.scale <= 18, let whole = number.rescaled(to: step.scale) else { return nil }
    let (sum, overflow) =
      up
      ? whole.addingReportingOverflow(step.coefficient)
      : whole.subtractingReportingOverflow(step.coefficient)
    return overflow ? nil : Number(sum, scale: step.scale)
  }
}
