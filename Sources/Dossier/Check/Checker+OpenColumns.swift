/// A column without any value in its file has no type of its own: it is unknown in every row, and
/// takes the type that its use asks for.
///
/// Its cells are read all the same: if one holds a value, the statement is checked anew.
extension Checker {
  /// Beside another value: of its type, not reported.
  func fitted(_ meaning: Meaning, like other: Meaning, _ rows: RowScope) -> Meaning {
    guard meaning.isOpen, !other.isOpen, !isAlike(meaning.form, other.form) else { return meaning }
    switch other.form {
    case .list, .missing: return meaning
    case .quantity(let form): return unreported(form.unit, meaning, rows)
    default:
      let form = absent(like: other.form, rows)
      return Meaning(form: form, type: form.shape.type, span: meaning.span)
    }
  }

  /// In a sum of the other's unit, else a plain number.
  func fitted(
    _ a: Meaning, _ b: Meaning, _ sign: Term.Sign, _ rows: RowScope
  ) -> (Meaning, Meaning) {
    func number(_ meaning: Meaning, beside other: Meaning) -> Meaning {
      guard meaning.isOpen else { return meaning }
      if sign == .plus || sign == .minus, !other.isOpen {
        return fitted(meaning, like: other, rows)
      }
      return unreported(.one(nil), meaning, rows)
    }
    return (number(a, beside: b), number(b, beside: a))
  }

  /// As what an aggregate takes.
  func fitted(
    _ meaning: Meaning, for function: Aggregate.Function, _ rows: RowScope
  ) -> Meaning {
    guard meaning.isOpen else { return meaning }
    switch function {
    case .sum, .avg, .share, .median, .hull, .spread: return unreported(.one(nil), meaning, rows)
    case .any, .all, .count: return asTruth(meaning, rows)
    case .countDistinct, .min, .max, .first, .last, .list, .origins: return meaning
    }
  }

  /// As what a function of single values takes.
  func fitted(
    _ values: [Meaning], for function: ScalarFunction, _ rows: RowScope
  ) -> [Meaning] {
    switch function {
    case .abs, .round, .floor, .ceil, .quantity, .range:
      return values.map { $0.isOpen ? unreported(.one(nil), $0, rows) : $0 }
    case .least, .greatest:
      guard let model = values.first(where: { !$0.isOpen }) else {
        return values.map { unreported(.one(nil), $0, rows) }
      }
      return values.map { fitted($0, like: model, rows) }
    default: return values
    }
  }

  /// As a condition.
  func asTruth(_ meaning: Meaning, _ rows: RowScope) -> Meaning {
    guard meaning.isOpen else { return meaning }
    let never = rows.builder.mask(false)
    let truth = TruthForm(certain: never, possible: rows.builder.mask(true), known: never)
    return Meaning(form: .truth(truth), type: .truth, span: meaning.span)
  }

  private func unreported(
    _ unit: QuantityForm.UnitForm, _ meaning: Meaning, _ rows: RowScope
  ) -> Meaning {
    let zero = rows.builder.constant(.int(0), .int)
    let form = QuantityForm(
      low: zero, best: zero, high: zero, kind: .decimal(scale: 0), unit: unit,
      known: rows.builder.mask(false))
    return Meaning(
      form: .quantity(form), type: Form.quantity(form).shape.type, span: meaning.span)
  }
}
