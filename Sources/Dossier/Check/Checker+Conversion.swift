/// Units into each other: time by its lengths, and what a product leaves of them.
extension Checker {
  /// A quantity in another unit; open ends stay open.
  func scaled(
    _ form: QuantityForm, by conversion: Conversion, to unit: Unit?, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    var result = form
    if conversion != Conversion() {
      if !conversion.isExact { result = withOpenEnds(result, rows, at: span) }
      result = multiplied(result, by: conversion.numerator, rows, at: span)
      result = divided(result, by: conversion.denominator, rows, at: span)
    }
    result.unit = .one(unit)
    return result
  }

  /// One value becomes a range: where it isn't reported the range stands open.
  func withOpenEnds(
    _ form: QuantityForm, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    guard form.isExact, let known = form.known else { return form }
    func orElse(_ int: Int64, _ double: Double) -> Register {
      let open: Constant = form.kind == .double ? .double(double) : .int(int)
      return rows.builder.emit(.orElse(open), form.lane, [form.low, known], at: span)
    }
    let low = orElse(Open.low, -.infinity)
    return QuantityForm(
      low: low, best: low, high: orElse(Open.high, .infinity), kind: form.kind, unit: form.unit,
      known: known, none: form.none)
  }

  private func multiplied(
    _ form: QuantityForm, by factor: ClosedRange<Int64>, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    if factor == 1...1 { return form }
    let (least, most) = ends(of: factor, form.kind, rows)
    if least == most, form.isExact || form.kind != .double {
      return form.mapped(kind: form.kind) { register, bound in
        rows.builder.emit(.arithmetic(.multiply, bound), form.lane, [register, least], at: span)
      }
    }
    return form.range(best: least == most) { bound in
      let ends: Inputs =
        bound == .best ? [form.best, least] : [form.low, form.high, least, most]
      let operation: Instruction.Operation =
        bound == .best ? .arithmetic(.multiply, .best) : .product(bound)
      return rows.builder.emit(operation, form.lane, ends, at: span)
    } open: {
      openBest(form.kind, rows)
    }
  }

  private func divided(
    _ form: QuantityForm, by divisor: ClosedRange<Int64>, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    if divisor == 1...1 { return form }
    let form = doubles(form, rows, at: span)
    let (least, most) = ends(of: divisor, .double, rows)
    func quotient(_ bound: Bound, _ inputs: Inputs) -> Register {
      rows.builder.emit(.quotient(bound), .double, inputs, at: span)
    }
    if least == most, form.isExact {
      return form.mapped(kind: .double) { register, _ in quotient(.exact, [register, least]) }
    }
    return form.range(best: least == most) { bound in
      quotient(
        bound, bound == .best ? [form.best, least] : [form.low, form.high, least, most])
    } open: {
      openBest(.double, rows)
    }
  }

  private func ends(
    of range: ClosedRange<Int64>, _ kind: NumberKind, _ rows: RowScope
  ) -> (Register, Register) {
    func constant(_ value: Int64) -> Register {
      guard case .decimal = kind else {
        return rows.builder.constant(.double(Double(value)), .double)
      }
      return rows.builder.constant(.int(value), .int)
    }
    return (constant(range.lowerBound), constant(range.upperBound))
  }

  private func openBest(_ kind: NumberKind, _ rows: RowScope) -> Register {
    kind == .double
      ? rows.builder.constant(.double(-.infinity), .double)
      : rows.builder.constant(.int(Open.best), .int)
  }

  // MARK: Two units

  /// Two units of one dimension: what brings each side to one unit.
  ///
  /// Whole factors come first, since they are exact.
  func shared(
    _ u: Unit, _ v: Unit, isSum: Bool
  ) -> (left: Conversion, right: Conversion, unit: Unit)? {
    guard let there = u.conversion(to: v), let back = v.conversion(to: u) else { return nil }
    if isSum, !there.isExact { return nil }
    if there.isWhole { return (there, Conversion(), v) }
    if back.isWhole { return (Conversion(), back, u) }
    if isSum { return nil }
    guard there.isExact else { return (there, Conversion(), v) }
    return (
      Conversion(numerator: there.numerator), Conversion(numerator: there.denominator), v
    )
  }

  /// Time above the bar meets time below it: `people/day * 2 weeks` is people.
  func reduced(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> QuantityForm {
    guard case .one(let unit?) = form.unit else { return form }
    let (rest, conversion) = unit.withoutTimeTwice
    return rest == unit ? form : scaled(form, by: conversion, to: rest, rows, at: span)
  }
}

extension QuantityForm {
  /// A range with each bound computed anew; without a best value where none follows.
  fileprivate func range(
    best hasBest: Bool, _ compute: (Bound) -> Register, open: () -> Register
  ) -> QuantityForm {
    QuantityForm(
      low: compute(.low), best: hasBest ? compute(.best) : open(), high: compute(.high), kind: kind,
      unit: unit, known: known, none: none)
  }
}
