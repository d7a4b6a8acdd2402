extension Checker {
  /// `any(truths)`, `all(truths)` of a list in one row: Kleene's `or` and `and` of its elements.
  ///
  /// A list that isn't reported may hold anything, or nothing.
  mutating func checkTruths(
    _ isAll: Bool, of meaning: Meaning, _ rows: RowScope, at span: Span
  ) -> Meaning? {
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
}
