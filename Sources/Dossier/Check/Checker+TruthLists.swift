extension Checker {
  /// `any(truths)`, `all(truths)` of a list in one row: Kleene's `or` and `and` of its elements.
  ///
  /// A list that isn't reported may hold anything, or nothing.
  mutating func checkTruths(
    _ isAll: Bool, of meaning: Meaning, _ rows: RowScope, at span: Span
  ) -> Meaning? {
    if case .list(let elements) = meaning.literal {
      return checkTruths(isAll, elements, rows, at: span)
    }
    guard case .list(let list) = meaning.form, case .truth(let element) = list.element else {
      return nil
    }
    let isExact = element.certain == element.possible
    /// 1 where some element has 1.
    func some(_ register: Register) -> Register {
      rows.builder.emit(.anyElement(list: list.space - 1), .mask, [register], at: span, space: 0)
    }
    /// 1 where none lacks it.
    func every(_ register: Register) -> Register {
      rows.builder.not(some(rows.builder.not(register, at: span)), at: span)
    }
    func joined(_ register: Register) -> Register { isAll ? every(register) : some(register) }
    var certain = joined(element.certain)
    var possible = isExact ? certain : joined(element.possible)
    if let known = list.known {
      certain = rows.builder.and(certain, known, at: span)
      possible = rows.builder.or(possible, rows.builder.not(known, at: span), at: span)
    }
    return Meaning(
      form: .truth(TruthForm(certain: certain, possible: possible)), type: .truth, span: span)
  }

  /// Of a list that is written out: each element may be a condition of the row.
  private func checkTruths(
    _ isAll: Bool, _ elements: [Meaning], _ rows: RowScope, at span: Span
  ) -> Meaning? {
    let none = rows.builder.mask(isAll)
    var result: TruthForm?
    for element in elements {
      guard case .truth(let truth) = element.form else { return nil }
      result = result.map { joined($0, truth, isAnd: isAll, rows, at: span) } ?? truth
    }
    return Meaning(
      form: .truth(result ?? TruthForm(certain: none, possible: none)), type: .truth, span: span)
  }
}
