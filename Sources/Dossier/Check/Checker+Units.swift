/// Brings two quantities to one unit and one kind of number.
extension Checker {
  /// Both sides ready to be compared or added, and the rows to set aside because their unit differs.
  ///
  /// - Parameter isSum: whether units of time are converted only where that is exact.
  mutating func matched(
    _ x: QuantityForm, _ y: QuantityForm, _ a: Meaning, _ b: Meaning, isSum: Bool = false,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> (QuantityForm, QuantityForm, aside: Register?) {
    var (left, right) = (x, y)
    var aside: Register?
    switch (x.unit, y.unit) {
    case (.one(let u), .one(let v)):
      if u == v { break }
      if u?.isPercent == true, v == nil {
        left = withoutPercent(x, rows, at: span)
      } else if v?.isPercent == true, u == nil {
        right = withoutPercent(y, rows, at: span)
      } else if let u, let v, let shared = shared(u, v, isSum: isSum) {
        left = scaled(x, by: shared.left, to: shared.unit, rows, at: span)
        right = scaled(y, by: shared.right, to: shared.unit, rows, at: span)
      } else {
        try refuse(u, v, a, b)
      }
    case (.each(let codes, let units), .one(let unit)):
      aside = try otherUnit(codes, units, unit, a, b, rows, at: span)
      aside = aside.map { withoutAbsent($0, codes, units, x.known, rows, at: span) }
    case (.one(let unit), .each(let codes, let units)):
      aside = try otherUnit(codes, units, unit, b, a, rows, at: span)
      aside = aside.map { withoutAbsent($0, codes, units, y.known, rows, at: span) }
    case (.each(let c, let units), .each(let d, let others)):
      aside = differing(c, units, d, others, rows, at: span)
    }
    (left, right) = aligned(left, right, rows, at: span)
    return (left, right, aside)
  }

  private func refuse(_ u: Unit?, _ v: Unit?, _ a: Meaning, _ b: Meaning) throws(CheckError) {
    guard let u, let v else {
      let (bare, other) = u == nil ? (a, b) : (b, a)
      let name = (u ?? v)?.name ?? ""
      throw .unitMissing(
        example: example(bare, name), at: bare.span, other: other.span)
    }
    throw .unitsDiffer(u, v, at: a.span, other: b.span)
  }

  /// A written number with a unit; nil for other values.
  private func example(_ bare: Meaning, _ unit: String) -> String? {
    guard case .quantity = bare.literal, !unit.isEmpty else { return nil }
    return "\(tree.source.text(bare.span)) \(unit)"
  }

  /// Rows of other units than the one that is compared with.
  private func otherUnit(
    _ codes: Register, _ units: [Unit?], _ unit: Unit?, _ mixed: Meaning, _ one: Meaning,
    _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Register {
    guard let code = units.firstIndex(of: unit) else {
      let present = units.compactMap { $0 }
      guard let unit else {
        throw .unitMissing(
          example: example(one, present.first?.name ?? ""), at: one.span, other: mixed.span)
      }
      throw .unitNowhere(unit, units: present.map(\.name), at: one.span, other: mixed.span)
    }
    let wanted = rows.builder.constant(.code(Int32(code)), .code)
    let same = rows.builder.emit(.compare(.equal), .mask, [codes, wanted], at: span)
    return rows.builder.not(same, at: span)
  }

  /// What isn't reported and has no unit either could be in any: it isn't set aside.
  private func withoutAbsent(
    _ aside: Register, _ codes: Register, _ units: [Unit?], _ known: Register?, _ rows: RowScope,
    at span: Span
  ) -> Register {
    guard let known, let none = units.firstIndex(of: nil) else { return aside }
    let code = rows.builder.constant(.code(Int32(none)), .code)
    let isBare = rows.builder.emit(.compare(.equal), .mask, [codes, code], at: span)
    let absent = rows.builder.emit(.andNot, .mask, [isBare, known], at: span)
    return rows.builder.emit(.andNot, .mask, [aside, absent], at: span)
  }

  private func differing(
    _ c: Register, _ units: [Unit?], _ d: Register, _ others: [Unit?], _ rows: RowScope,
    at span: Span
  ) -> Register? {
    if c == d { return nil }
    let table = others.map { other in units.firstIndex(of: other).map(Int32.init) ?? -1 }
    let recoded = rows.builder.emit(.recode(table), .code, [d], at: span)
    let same = rows.builder.emit(.compare(.equal), .mask, [c, recoded], at: span)
    return rows.builder.not(same, at: span)
  }

  /// A percentage as a plain number: 20 % is 0.2.
  func withoutPercent(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> QuantityForm {
    if case .decimal(let scale) = form.kind, scale <= 16 {
      return QuantityForm(
        low: form.low, best: form.best, high: form.high, kind: .decimal(scale: scale + 2),
        unit: .one(nil), known: form.known, none: form.none)
    }
    let hundredth = rows.builder.constant(.double(0.01), .double)
    var plain = doubles(form, rows, at: span).mapped(kind: .double) { register, bound in
      rows.builder.emit(.arithmetic(.multiply, bound), .double, [register, hundredth], at: span)
    }
    plain.unit = .one(nil)
    return plain
  }

  /// Both sides with the same number of digits behind the point, or both as doubles.
  func aligned(
    _ x: QuantityForm, _ y: QuantityForm, _ rows: RowScope, at span: Span
  ) -> (QuantityForm, QuantityForm) {
    switch (x.kind, y.kind) {
    case (.decimal(let s), .decimal(let t)):
      if s == t { return (x, y) }
      return s < t
        ? (rescaled(x, by: t - s, rows, at: span), y) : (x, rescaled(y, by: s - t, rows, at: span))
    default: return (doubles(x, rows, at: span), doubles(y, rows, at: span))
    }
  }

  private func rescaled(
    _ form: QuantityForm, by places: Int, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    guard case .decimal(let scale) = form.kind else { return form }
    let power = rows.builder.constant(.int(Number.powers[places]), .int)
    return form.mapped(kind: .decimal(scale: scale + places)) { register, bound in
      rows.builder.emit(.arithmetic(.multiply, bound), .int, [register, power], at: span)
    }
  }

  func doubles(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> QuantityForm {
    guard case .decimal(let scale) = form.kind else { return form }
    return form.mapped(kind: .double) { register, bound in
      rows.builder.emit(.toDouble(scale: scale, bound), .double, [register], at: span)
    }
  }
}

extension QuantityForm {
  /// The same with each bound computed anew; an exact one is computed once.
  func mapped(kind: NumberKind, _ compute: (Register, Bound) -> Register) -> QuantityForm {
    if isExact {
      let number = compute(low, .exact)
      return QuantityForm(
        low: number, best: number, high: number, kind: kind, unit: unit, known: known, none: none)
    }
    return QuantityForm(
      low: compute(low, .low), best: compute(best, .best), high: compute(high, .high), kind: kind,
      unit: unit, known: known, none: none)
  }
}
