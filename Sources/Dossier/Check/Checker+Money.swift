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
      let rate = try rate(of: check(figure, rows), for: operand)
      guard let rate else { return .missing(span) }
      remarkOwnRate(rate, tree[value], tree[figure], target)
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
    if let also = also(beside: tree[value], rows), case .quantity(let other) = also.form {
      if case .each(_, let units) = other.unit, source?.money != nil, units.contains(target) {
        return told(form, also, operand, to: target, rows, at: span)
      }
      if case .one(let unit?) = other.unit {
        if unit == target { return also.holding(other, at: span) }
        throw .noConversion(
          operand.unitPhrase, target,
          note: "the source gives it in \(source?.name ?? "") and \(unit.name)",
          at: operand.span, other: written.span)
      }
    }
    throw .noConversion(
      operand.unitPhrase, target, note: hint(from: source, to: target), at: operand.span,
      other: written.span)
  }

  /// What a conversion lacks: a rate of money, or a length of time.
  private func hint(from source: Unit?, to target: Unit) -> String? {
    if source?.money != nil, target.money != nil {
      return "money needs a rate: to \(target.name) using a figure"
    }
    return source.flatMap { $0.hint(to: target) }
  }

  /// By what the units say; nil if they don't.
  func converted(
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
  func require(
    _ isFitting: Register, _ needed: String, _ value: QuantityForm, _ rows: RowScope, at span: Span
  ) {
    let absent = rows.builder.or(
      value.known.map { rows.builder.not($0, at: span) }, value.none, at: span)
    let holds = absent.map { rows.builder.or(isFitting, $0, at: span) } ?? isFitting
    let cause = RunError.Cause.wrongUnit(needed: needed, found: value.unitNames)
    _ = rows.builder.emit(.require(cause), .mask, [holds], at: span)
  }
}

extension Meaning {
  /// What a quantity is in, for messages.
  var unitPhrase: String {
    switch type {
    case .quantity(.one(let unit?), _): unit.name
    case .quantity(.one(nil), _): "a plain number"
    default: "a column of several units"
    }
  }

  /// The same claim with another quantity.
  func holding(_ form: QuantityForm, at span: Span) -> Meaning {
    Meaning(
      form: .quantity(form), type: Form.quantity(form).shape.type, span: span, claims: claims)
  }
}

extension RowScope {
  /// 1 in the rows whose unit passes a test.
  func mask(_ form: QuantityForm, where test: (Unit?) -> Bool) -> Register {
    switch form.unit {
    case .one(let unit): return builder.mask(test(unit))
    case .each(let codes, let units):
      let bytes = units.map { test($0) ? UInt8(1) : 0 } + [0, 0]
      return builder.emit(.lookUp(bytes), .mask, [codes], at: .nowhere)
    }
  }
}
