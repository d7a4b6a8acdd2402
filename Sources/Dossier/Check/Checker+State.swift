extension Checker {
  /// `is known`, `is exact`, …: two-valued tests.
  mutating func checkState(
    _ operand: Meaning, _ state: State, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    if operand.isMissing { return .missing(span) }
    var mask: Register
    var aside: Register?
    switch state {
    case .known: mask = known(operand, rows, at: span)
    case .unknown: mask = rows.builder.not(known(operand, rows, at: span), at: span)
    case .none: mask = isNone(operand, rows, at: span)
    case .exact, .approximate:
      let exact = try isExact(operand, rows, at: span)
      let known = known(operand, rows, at: span)
      mask =
        state == .exact
        ? rows.builder.and(exact, known, at: span)
        : rows.builder.emit(.andNot, .mask, [known, exact], at: span)
      if let none = operand.form.none {
        mask = rows.builder.emit(.andNot, .mask, [mask, none], at: span)
      }
    case .true, .false, .maybe:
      guard let truth = try truth(operand) else { return .missing(span) }
      aside = truth.aside
      mask =
        switch state {
        case .true: truth.certain
        case .false: isFalse(truth, rows, at: span)
        default: rows.builder.emit(.andNot, .mask, [truth.possible, truth.certain], at: span)
        }
    }
    let decided = decided((mask, mask), known: nil, aside: aside, rows, at: span)
    return Meaning(form: .truth(decided), type: .truth, span: span)
  }

  /// What doesn't apply is not false either.
  private func isFalse(_ truth: TruthForm, _ rows: RowScope, at span: Span) -> Register {
    let denied = rows.builder.not(truth.possible, at: span)
    return truth.none.map { rows.builder.emit(.andNot, .mask, [denied, $0], at: span) } ?? denied
  }

  /// 1 where a value is reported; none is.
  func known(_ operand: Meaning, _ rows: RowScope, at span: Span) -> Register {
    let always = rows.builder.mask(true)
    func reported(_ known: Register?) -> Register {
      guard let known else { return always }
      return operand.form.none.map { rows.builder.or(known, $0, at: span) } ?? known
    }
    switch operand.form {
    case .truth(let form): return reported(form.known)
    case .quantity(let form): return reported(form.known)
    case .date(let form): return reported(form.known)
    case .period(let start, _): return reported(start.known)
    case .list(let form): return form.known ?? always
    case .text(let codes, _), .reference(let codes, _):
      return rows.builder.not(isCode(codes, Code.unknown, rows, at: span), at: span)
    case .missing:
      if case .unknown = operand.literal { return rows.builder.mask(false) }
      return always
    }
  }

  func isNone(_ operand: Meaning, _ rows: RowScope, at span: Span) -> Register {
    switch operand.form {
    case .text(let codes, _), .reference(let codes, _):
      return isCode(codes, Code.none, rows, at: span)
    case .list(let form):
      let filled = rows.builder.emit(
        .isFilled(list: form.space - 1), .mask, [], at: span, space: 0)
      let empty = rows.builder.not(filled, at: span)
      return form.known.map { rows.builder.and(empty, $0, at: span) } ?? empty
    case .truth, .quantity, .date, .period, .missing:
      return operand.form.none ?? rows.builder.mask(false)
    }
  }

  func isCode(_ codes: Register, _ code: Int32, _ rows: RowScope, at span: Span) -> Register {
    let constant = rows.builder.constant(.code(code), .code)
    return rows.builder.emit(.compare(.equal), .mask, [codes, constant], at: span)
  }

  private func isExact(
    _ operand: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Register {
    func same(_ low: Register, _ high: Register) -> Register {
      if low == high { return rows.builder.mask(true) }
      return rows.builder.emit(.compare(.equal), .mask, [low, high], at: span)
    }
    switch operand.form {
    case .quantity(let form): return same(form.low, form.high)
    case .date(let form): return same(form.earliest, form.latest)
    default: throw .noOperation("is exact", operand.type, at: operand.span, hint: nil)
    }
  }
}

extension Checker {
  /// `on_record == false`: two truths are equal for certain if both are decided and the same.
  func sameTruth(_ x: TruthForm, _ y: TruthForm, _ rows: RowScope, at span: Span) -> TruthForm {
    let neither = rows.builder.not(
      rows.builder.or(x.possible, y.possible, at: span), at: span)
    let both = rows.builder.and(x.certain, y.certain, at: span)
    let opposed = rows.builder.or(
      rows.builder.emit(.andNot, .mask, [x.certain, y.possible], at: span),
      rows.builder.emit(.andNot, .mask, [y.certain, x.possible], at: span), at: span)
    let sides = (rows.builder.or(both, neither, at: span), rows.builder.not(opposed, at: span))
    let aside = rows.builder.or(x.aside, y.aside, at: span)
    let none = rows.builder.or(x.none, y.none, at: span)
    return decided(sides, known: nil, aside: aside, none: none, rows, at: span)
  }
}
