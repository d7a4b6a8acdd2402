/// `value to UNIT`: time by its lengths, money by the source's own words only.
extension Checker {
  mutating func checkConversion(
    _ value: Link<Expression>, to unit: Link<UnitSyntax>, using figure: Link<Expression>?,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    let operand = check(value, rows)
    let result = try converted(operand, value, to: unit, using: figure, rows, at: span)
    readBounds(of: [operand], for: result.form, rows, at: span)
    return result
  }

  private mutating func converted(
    _ operand: Meaning, _ value: Link<Expression>, to unit: Link<UnitSyntax>,
    using figure: Link<Expression>?, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    let written = tree[unit]
    guard let target = try tree.unit(written, environment.readings) else { return .missing(span) }
    if operand.isMissing { return .missing(span) }
    guard case .quantity(let form) = operand.form else {
      throw .noOperation("to", operand.type, at: operand.span, hint: nil)
    }
    if let figure {
      let rate = try rate(of: check(figure, rows))
      guard let rate else { return .missing(span) }
      readBounds(of: rate.texts, rows, at: span)
      return try converted(form, operand, to: target, written.span, by: rate, rows, at: span)
    }
    guard case .one(let source) = form.unit else {
      if target.money != nil, let also = also(beside: tree[value], rows) {
        return told(form, also, operand, to: target, rows, at: span)
      }
      return try ofOneUnit(form, operand, target, written.span, rows, at: span)
    }
    if let result = converted(form, from: source, to: target, rows, at: span) {
      return operand.holding(result, at: span)
    }
    if let also = also(beside: tree[value], rows), case .quantity(let told) = also.form,
      case .one(let unit?) = told.unit
    {
      if unit == target { return also.holding(told, at: span) }
      throw .noConversion(
        operand.unitPhrase, target,
        note: "the source gives it in \(source?.name ?? "") and \(unit.name)",
        at: operand.span, other: written.span)
    }
    let isMoney = source?.money != nil && target.money != nil
    throw .noConversion(
      operand.unitPhrase, target,
      note: isMoney ? "money needs a rate: to \(target.name) using a figure" : nil,
      at: operand.span, other: written.span)
  }

  /// By what the units say; nil if they don't.
  private func converted(
    _ form: QuantityForm, from source: Unit?, to target: Unit, _ rows: RowScope, at span: Span
  ) -> QuantityForm? {
    if source == target { return form }
    if source == nil, target.isPercent {
      return scaled(form, by: Conversion(numerator: 100...100), to: target, rows, at: span)
    }
    guard let conversion = source?.conversion(to: target) else { return nil }
    return scaled(form, by: conversion, to: target, rows, at: span)
  }

  /// A column of several units whose rows here are all of one.
  private func ofOneUnit(
    _ form: QuantityForm, _ operand: Meaning, _ target: Unit, _ unitSpan: Span, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Meaning {
    guard case .each(_, let units) = form.unit, units.contains(target) else {
      throw .noConversion(
        operand.unitPhrase, target, note: nil, at: operand.span, other: unitSpan)
    }
    require(rows.mask(form) { $0 == target }, target.name, form, rows, at: span)
    var form = form
    form.unit = .one(target)
    return operand.holding(form, at: span)
  }

  // MARK: The source's other figure

  /// `figure.also` where a value is written as `figure.value`.
  private mutating func also(beside value: Expression, _ rows: RowScope) -> Meaning? {
    guard case .path(let names) = value.kind, let last = tree[names].last,
      tree.name(last) == "value"
    else { return nil }
    let before = tree[names].dropLast().map(tree.name)
    let field = (before + ["also"]).joined(separator: ".")
    if rows.fields.contains(where: { $0.name == field }) {
      return resolve(field: field, in: rows, at: value.span)
    }
    guard names.count > 1 else { return nil }
    let owner = resolve(
      Run<Span>(start: names.start, count: names.count - 1), rows, at: value.span)
    guard case .reference(_, .figure) = owner.form else { return nil }
    return member(owner, "also", rows, name: last, at: value.span)
  }

  /// In each row the value or what the source says beside it, whichever is in the unit; in a row of
  /// money that has neither it isn't reported, and other rows have no place here.
  private func told(
    _ value: QuantityForm, _ also: Meaning, _ operand: Meaning, to target: Unit, _ rows: RowScope,
    at span: Span
  ) -> Meaning {
    guard case .quantity(let other) = also.form else { return .missing(span) }
    readBounds(of: [also.form], rows, at: span)
    let isMoney = rows.mask(value) { $0?.money != nil }
    let hasValue = rows.mask(value) { $0 == target }
    var hasAlso = rows.mask(other) { $0 == target }
    if let known = other.known { hasAlso = rows.builder.and(hasAlso, known, at: span) }
    require(isMoney, "money", value, rows, at: span)
    let (a, b) = aligned(value, other, rows, at: span)
    func chosen(_ x: Register, _ y: Register) -> Register {
      rows.builder.emit(.choose, rows.builder.lane(x), [hasValue, x, y], at: span)
    }
    var known = hasAlso
    let isKnown = value.known.map { rows.builder.and(hasValue, $0, at: span) } ?? hasValue
    known = rows.builder.or(known, isKnown, at: span)
    let form = QuantityForm(
      low: chosen(a.low, b.low), best: chosen(a.best, b.best), high: chosen(a.high, b.high),
      kind: a.kind, unit: .one(target), known: known, none: value.none)
    return operand.holding(form, at: span)
  }

  /// Fails in a row whose value is there in another unit.
  private func require(
    _ isFitting: Register, _ needed: String, _ value: QuantityForm, _ rows: RowScope, at span: Span
  ) {
    let absent = rows.builder.or(
      value.known.map { rows.builder.not($0, at: span) }, value.none, at: span)
    let holds = absent.map { rows.builder.or(isFitting, $0, at: span) } ?? isFitting
    let cause = RunError.Cause.wrongUnit(needed: needed, found: value.unitNames)
    _ = rows.builder.emit(.require(cause), .mask, [holds], at: span)
  }

  // MARK: Rates

  /// What one unit of money is in another, by a figure that the source gives in both.
  private struct Rate {
    let from: Unit
    let to: Unit
    let value: Bounds
    let also: Bounds
    /// As both are written.
    let texts: [String]
  }

  private func rate(of meaning: Meaning) throws(CheckError) -> Rate? {
    if meaning.isMissing { return nil }
    guard case .id(let key) = meaning.literal, key.kind == .figure,
      case .quantities(let values) = environment.facts.field("value", of: .figure).storage,
      case .quantities(let others) = environment.facts.field("also", of: .figure).storage
    else { throw .noRate(at: meaning.span) }
    let row = Int(key.row)
    guard values.isKnown(row), others.isKnown(row), let from = values.unit(at: row),
      let to = others.unit(at: row), from.money != nil, to.money != nil, from != to,
      let value = values.bounds(row)?.withRoundedDigits,
      let also = others.bounds(row)?.withRoundedDigits
    else { throw .noRate(at: meaning.span) }
    let words = [values, others].compactMap(\.written).filter { $0.codes[row] >= 0 }
    return Rate(
      from: from, to: to, value: value, also: also,
      texts: words.map { $0.dictionary[$0.codes[row]] })
  }

  private func converted(
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
        note: "the rate is between \(rate.from.name) and \(rate.to.name)",
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
    let best = emit(.arithmetic(.multiply, .best), [amount.best, constant(a.best)])
    return QuantityForm(
      low: emit(.quotient(.low), all), best: emit(.quotient(.best), [best, constant(b.best)]),
      high: emit(.quotient(.high), all), kind: .double, unit: .one(nil), known: form.known,
      none: form.none)
  }
}

extension Meaning {
  /// What a quantity is in, for messages.
  fileprivate var unitPhrase: String {
    switch type {
    case .quantity(.one(let unit?), _): unit.name
    case .quantity(.one(nil), _): "a plain number"
    default: "a column of several units"
    }
  }

  /// The same claim with another quantity.
  fileprivate func holding(_ form: QuantityForm, at span: Span) -> Meaning {
    Meaning(
      form: .quantity(form), type: Form.quantity(form).shape.type, span: span, isClaim: isClaim,
      isRepeated: isRepeated)
  }
}

extension RowScope {
  /// 1 in the rows whose unit passes a test.
  fileprivate func mask(_ form: QuantityForm, where test: (Unit?) -> Bool) -> Register {
    switch form.unit {
    case .one(let unit): return builder.mask(test(unit))
    case .each(let codes, let units):
      let bytes = units.map { test($0) ? UInt8(1) : 0 } + [0, 0]
      return builder.emit(.lookUp(bytes), .mask, [codes], at: .nowhere)
    }
  }
}

extension Bounds {
  /// As far as the last digit that isn't 0 may have been rounded.
  fileprivate var withRoundedDigits: Bounds? {
    guard let low, let high else { return nil }
    return Bounds(low: low.moved(up: false), best: best, high: high.moved(up: true))
  }

  /// As binary fractions, ends rounded outward where they aren't whole; the best value else lies in
  /// the middle.
  fileprivate var doubles: (low: Double, best: Double, high: Double)? {
    guard let low, let high else { return nil }
    let (from, to) = (low.double, high.double)
    let ends = (
      low: low.trimmed.scale == 0 ? from : from.nextDown,
      high: high.trimmed.scale == 0 ? to : to.nextUp
    )
    return (ends.low, best?.double ?? (from + to) / 2, ends.high)
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
