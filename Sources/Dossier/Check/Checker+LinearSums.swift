/// Sums and differences in which a value occurs twice are as narrow as they can be.
extension Checker {
  /// The sum or difference of two quantities, with the values that occur in both taken once; nil if
  /// none does, or one of them is no longer at hand.
  mutating func tight(
    _ sum: LinearSum?, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> QuantityForm? {
    guard let sum, let first = a.sum, let second = b.sum, first.shares(with: second),
      case .quantity(let x) = a.form, case .quantity(let y) = b.form
    else { return nil }
    var result: QuantityForm?
    if sum.terms.isEmpty || sum.constant.coefficient != 0 {
      result = constant(sum.constant, like: x, rows)
    }
    for term in sum.terms {
      guard let value = form(of: term.value, rows, at: span) else { return nil }
      let part = try times(term.factor, value, rows, at: span)
      guard let before = result else {
        result = part
        continue
      }
      let (a, b) = (quantity(before, at: span), quantity(part, at: span))
      result = try added(.plus, before, part, a, b, rows, at: span)
    }
    guard var found = result else { return nil }
    found.none = rows.builder.or(x.none, y.none, at: span)
    return found
  }

  /// What a sum or difference is made of; nil if that can't be told.
  func sum(_ sign: Term.Sign, _ a: Meaning, _ b: Meaning) -> LinearSum? {
    guard case .quantity(let x) = a.form, case .quantity(let y) = b.form, x.hasUnit(of: y),
      let first = a.sum, let second = b.sum
    else { return nil }
    return sign == .plus ? first.adding(second) : second.times(-1).flatMap(first.adding)
  }

  /// A product with a whole number that the script writes out is so many times the same.
  func product(_ a: Meaning, _ b: Meaning) -> LinearSum? {
    if let factor = b.wholeNumber { return a.sum?.times(Int64(factor)) }
    return a.wholeNumber.flatMap { b.sum?.times(Int64($0)) }
  }

  /// What a quantity is made of: itself, if it isn't known to be a sum of others.
  ///
  /// Of rows without ranges nothing is remembered: exact sums are exact.
  mutating func withSum(_ meaning: Meaning, _ rows: RowScope) -> Meaning {
    guard meaning.sum == nil, case .quantity(let form) = meaning.form,
      !form.isExact || rows.hasRanges
    else { return meaning }
    var result = meaning
    if case .quantity(let literal) = meaning.literal, literal.isExact,
      let number = literal.bounds.low
    {
      result.sum = LinearSum(number)
      return result
    }
    // What a script writes out twice is two values.
    let isWritten = rows.builder.isLiteral(form.low) || rows.builder.isLiteral(form.high)
    if !isWritten, let known = rows.sums.number(of: form) {
      result.sum = LinearSum(value: known)
      return result
    }
    environment.valueCount += 1
    rows.sums.note(form, number: environment.valueCount, isOnlyThis: !isWritten)
    result.sum = LinearSum(value: environment.valueCount)
    return result
  }

  /// What a column is made of that gets another name; both are the same value.
  mutating func sum(ofColumn index: Int, _ rows: RowScope) -> LinearSum? {
    guard case .quantity(_, let isExact, _, _, _, _) = rows.fields[index].shape,
      !isExact || rows.hasRanges, case .column(let column) = rows.fields[index].source
    else { return rows.fields[index].sum }
    if let known = rows.sum(ofField: index) { return known }
    environment.valueCount += 1
    rows.sums.columns[column] = LinearSum(value: environment.valueCount)
    return rows.sums.columns[column]
  }

  /// A field's quantity; the same in all its uses.
  mutating func withSum(_ meaning: Meaning, ofField index: Int, _ rows: RowScope) -> Meaning {
    guard case .quantity(let form) = meaning.form, !form.isExact || rows.hasRanges else {
      return meaning
    }
    var result = meaning
    result.sum = rows.sum(ofField: index)
    if let number = result.sum?.value { rows.sums.note(form, number: number, isOnlyThis: false) }
    result = withSum(result, rows)
    if case .column(let column) = rows.fields[index].source {
      rows.sums.columns[column] = result.sum
    }
    return result
  }

  /// A value by its number: computed in this step, or a field of the rows.
  private func form(of value: Int, _ rows: RowScope, at span: Span) -> QuantityForm? {
    if let form = rows.sums.form(of: value) { return form }
    guard let index = rows.fields.indices.first(where: { rows.sum(ofField: $0)?.value == value }),
      case .quantity(let form) = rows.form(ofField: index, at: span)
    else { return nil }
    rows.sums.note(form, number: value, isOnlyThis: false)
    return form
  }

  private mutating func times(
    _ factor: Int64, _ form: QuantityForm, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> QuantityForm {
    if factor == 1 { return form }
    let meaning = quantity(form, at: span)
    if factor == -1 {
      guard case .quantity(let result) = try negated(meaning, rows, at: span).form else {
        return form
      }
      return result
    }
    let number = rows.builder.constant(.int(factor), .int)
    let whole = QuantityForm(
      low: number, best: number, high: number, kind: .decimal(scale: 0), unit: .one(nil))
    return try multiplied(form, whole, meaning, quantity(whole, at: span), rows, at: span)
  }

  private func quantity(_ form: QuantityForm, at span: Span) -> Meaning {
    Meaning(form: .quantity(form), type: Form.quantity(form).shape.type, span: span)
  }

  /// A number in the unit of a quantity.
  private func constant(
    _ number: Number, like form: QuantityForm, _ rows: RowScope
  ) -> QuantityForm {
    let trimmed = number.trimmed
    let register = rows.builder.constant(.int(trimmed.coefficient), .int)
    return QuantityForm(
      low: register, best: register, high: register, kind: .decimal(scale: trimmed.scale),
      unit: form.unit)
  }
}

extension QuantityForm {
  /// Whether both have one unit, for certain.
  fileprivate func hasUnit(of other: QuantityForm) -> Bool {
    switch (unit, other.unit) {
    case (.one(let a), .one(let b)): a == b
    case (.each(let a, _), .each(let b, _)): a == b
    case (.one, .each), (.each, .one): false
    }
  }
}
