/// Functions of values, each lowered to instructions.
extension Checker {
  mutating func checkFunction(
    _ function: ScalarFunction, _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    let misuse = CheckError.wrongArguments(
      function: function.rawValue, expected: function.usage, at: span)
    guard function.counts.contains(values.count) else { throw misuse }
    if values.contains(where: \.isMissing) { return .missing(span) }
    let values = fitted(values, for: function, rows)
    let form: Form
    switch function {
    case .abs: form = try absolute(values[0], misuse, rows, at: span)
    case .round, .floor, .ceil: form = try rounded(function, values, misuse, rows, at: span)
    case .least, .greatest:
      form = try extreme(function == .greatest, values, misuse, rows, at: span)
    case .unit:
      guard case .quantity(let quantity) = values[0].form else { throw misuse }
      form = unitName(quantity, rows, at: span)
    case .number: form = try number(values[0], misuse, rows, at: span)
    case .quantity where values.count == 2: form = try measured(values, misuse, at: span)
    case .quantity where values.count == 3: throw misuse
    case .quantity, .range: form = try built(values, misuse, rows, at: span)
    default: form = try checkTextFunction(function, values, misuse, rows, at: span)
    }
    switch function {
    case .abs, .round, .floor, .ceil, .least, .greatest, .number, .quantity, .range:
      readBounds(of: values, for: form, rows, at: span)
    default: break
    }
    return Meaning(
      form: form, type: form.shape.type, span: span,
      claims: function == .unit ? Claims() : function.keepsSigns ? Claims(ofOneOf: values) : nil,
      isComputed: values.contains(where: \.isComputed))
  }

  private func quantity(_ meaning: Meaning, _ misuse: CheckError) throws(CheckError) -> QuantityForm
  {
    guard case .quantity(let form) = meaning.form else { throw misuse }
    return form
  }

  private func absolute(
    _ value: Meaning, _ misuse: CheckError, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Form {
    let form = try quantity(value, misuse)
    func emit(_ bound: Bound, _ inputs: Inputs) -> Register {
      rows.builder.emit(.absolute(bound), form.lane, inputs, at: span)
    }
    if form.isExact {
      return .quantity(form.mapped(kind: form.kind) { number, _ in emit(.exact, [number]) })
    }
    return .quantity(
      QuantityForm(
        low: emit(.low, [form.low, form.high]), best: emit(.best, [form.best]),
        high: emit(.high, [form.low, form.high]), kind: form.kind, unit: form.unit,
        known: form.known, none: form.none))
  }

  /// RoundingRule keeps order, so that each bound is rounded by itself.
  private func rounded(
    _ function: ScalarFunction, _ values: [Meaning], _ misuse: CheckError, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Form {
    let form = try quantity(values[0], misuse)
    var places = 0
    if values.count == 2 {
      guard let whole = values[1].wholeNumber, (-18...18).contains(whole) else { throw misuse }
      places = whole
    }
    guard let rounding = RoundingRule(rawValue: function.rawValue) else { throw misuse }
    guard case .decimal(let scale) = form.kind else {
      return .quantity(
        form.mapped(kind: .double) { register, _ in
          rows.builder.emit(.roundDouble(rounding, places: places), .double, [register], at: span)
        })
    }
    guard places < scale else {
      return .quantity(form.mapped(kind: form.kind) { register, _ in register })
    }
    return .quantity(
      form.mapped(kind: .decimal(scale: max(places, 0))) { register, _ in
        rows.builder.emit(
          .round(rounding, scale: scale, places: places), .int, [register], at: span)
      })
  }

  private mutating func extreme(
    _ isMax: Bool, _ values: [Meaning], _ misuse: CheckError, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Form {
    var result = values[0]
    for value in values.dropFirst() {
      let form: Form
      switch (result.form, value.form) {
      case (.quantity(let x), .quantity(let y)):
        let (p, q, aside) = try matched(x, y, result, value, rows, at: span)
        guard aside == nil else {
          throw .noOperation(
            isMax ? "greatest" : "least", .quantity(.mixed, exact: false), at: value.span,
            hint: "keep the rows of one unit first")
        }
        form = .quantity(extreme(isMax, p, q, rows, at: span))
      case (.date(let x), .date(let y)):
        func pick(_ a: Register, _ b: Register) -> Register {
          rows.builder.emit(.extreme(isMax: isMax, .exact), .code, [a, b], at: span)
        }
        form = .date(
          DateForm(
            earliest: pick(x.earliest, y.earliest), latest: pick(x.latest, y.latest),
            known: rows.builder.and(x.known, y.known, at: span),
            none: rows.builder.or(x.none, y.none, at: span)))
      default: throw misuse
      }
      result = Meaning(form: form, type: form.shape.type, span: value.span)
    }
    return result.form
  }

  private func extreme(
    _ isMax: Bool, _ x: QuantityForm, _ y: QuantityForm, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    func pick(_ bound: Bound, _ a: Register, _ b: Register) -> Register {
      rows.builder.emit(.extreme(isMax: isMax, bound), x.lane, [a, b], at: span)
    }
    let known = rows.builder.and(x.known, y.known, at: span)
    let low = pick(.low, x.low, y.low)
    let isExact = x.isExact && y.isExact
    return QuantityForm(
      low: low, best: isExact ? low : pick(.best, x.best, y.best),
      high: isExact ? low : pick(.high, x.high, y.high), kind: x.kind, unit: x.unit, known: known,
      none: rows.builder.or(x.none, y.none, at: span))
  }

  /// A quantity without its unit, or the number that a text writes; unknown if it writes none.
  private mutating func number(
    _ value: Meaning, _ misuse: CheckError, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Form {
    switch value.form {
    case .quantity(let form):
      var plain = form.mapped(kind: form.kind) { register, _ in register }
      plain.unit = .one(nil)
      return .quantity(plain)
    case .text(let codes, let texts):
      let number = rows.builder.emit(.numberOfText(texts), .double, [codes], at: span)
      let known = rows.builder.emit(.isNumber(texts), .mask, [codes], at: span)
      if rows.builder.space(known) == 0 {
        let isAbsent = rows.builder.or(
          isCode(codes, Code.unknown, rows, at: span), isCode(codes, Code.none, rows, at: span),
          at: span)
        rows.builder.tally(
          rows.builder.not(rows.builder.or(known, isAbsent, at: span), at: span),
          one: "text isn't read as a number: it counts as not reported",
          several: "texts aren't read as numbers: they count as not reported", at: span)
      }
      return .quantity(
        QuantityForm(
          low: number, best: number, high: number, kind: .double, unit: .one(nil), known: known))
    default: throw misuse
    }
  }

  // MARK: Bounds

  /// `quantity(deaths, "people")`: a plain number gets a unit.
  private func measured(
    _ values: [Meaning], _ misuse: CheckError, at span: Span
  ) throws(CheckError) -> Form {
    guard case .quantity(var form) = values[0].form, case .one(nil) = form.unit,
      case .text(let name) = values[1].literal
    else { throw misuse }
    form.unit = .one(try unit(named: name, at: values[1].span))
    form.written = nil
    return .quantity(form)
  }

  /// `quantity(low, best, high, "people")`, `range(low, high)`: an end that isn't known stands
  /// open; of ends the wrong way round the hull is taken, and the rows are counted.
  private mutating func built(
    _ values: [Meaning], _ misuse: CheckError, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Form {
    let hasBest = values.count == 4
    let given = hasBest ? Array(values[..<3]) : values
    var ends: [QuantityForm] = []
    for case .quantity(let form) in try alike("quantity", given, rows, at: span) {
      // `unknown` has bounds, but as an end it stands for nothing.
      guard form.isExact || given[ends.count].isUnknown else { throw misuse }
      ends.append(form)
    }
    guard ends.count == given.count, case .one(var unit) = ends[0].unit else { throw misuse }
    if hasBest {
      guard unit == nil, case .text(let name) = values[3].literal else { throw misuse }
      unit = try self.unit(named: name, at: values[3].span)
    }
    return .quantity(hull(of: ends, .one(unit), rows, at: span))
  }

  private func hull(
    of ends: [QuantityForm], _ unit: QuantityForm.UnitForm, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    var model = ends[0]
    model.unit = unit
    let open = model.openEnds
    let (least, greatest): (Constant, Constant) =
      model.kind == .double
      ? (.double(-.infinity), .double(.infinity)) : (.int(Open.low), .int(Open.high))
    func stated(_ end: QuantityForm, _ absent: Constant) -> Register {
      guard let known = end.known else { return end.low }
      return rows.builder.emit(.orElse(absent), end.lane, [end.low, known], at: span)
    }
    func extreme(_ isMax: Bool, _ a: Register, _ b: Register) -> Register {
      let bound: Bound = isMax ? .high : .low
      return rows.builder.emit(.extreme(isMax: isMax, bound), model.lane, [a, b], at: span)
    }
    // An end that isn't known neither lowers the lower nor raises the upper bound.
    let lows = ends.map { stated($0, greatest) }
    let highs = ends.map { stated($0, least) }
    let low = lows.dropFirst().reduce(stated(ends[0], open.low)) { extreme(false, $0, $1) }
    let high = highs.dropLast().reduce(stated(ends[ends.count - 1], open.high)) {
      extreme(true, $0, $1)
    }
    countBackwards(lows, highs, rows, at: span)
    let known = ends.reduce(rows.builder.mask(false)) { known, end in
      rows.builder.or(known, end.known ?? rows.builder.mask(true), at: span)
    }
    return QuantityForm(
      low: low,
      best: ends.count == 3
        ? stated(ends[1], open.best) : rows.builder.constant(open.best, model.lane),
      high: high, kind: model.kind, unit: unit, known: known)
  }

  private func countBackwards(
    _ lows: [Register], _ highs: [Register], _ rows: RowScope, at span: Span
  ) {
    var wrong: Register?
    for first in lows.indices {
      for last in lows.indices where last > first {
        let isBackwards = rows.builder.emit(
          .compare(.less), .mask, [lows[last], highs[first]], at: span)
        wrong = rows.builder.or(wrong ?? isBackwards, isBackwards, at: span)
      }
    }
    guard let wrong else { return }
    rows.builder.tally(
      wrong, one: "row has bounds the wrong way round: the hull is taken",
      several: "rows have bounds the wrong way round: their hull is taken", at: span)
  }

  /// The unit that a text names: `people`, `people/day`.
  func unit(named name: String, at span: Span) throws(CheckError) -> Unit? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2,
      let unit = environment.readings.unit(
        named: parts[0], per: parts.count == 2 ? parts[1] : nil)
    else {
      // The name without its quotes, so that a suggestion stands between them.
      let word = Span(Int(span.start) + 1, Int(span.end) - 1)
      throw .unknownUnit(name, known: environment.readings.words, at: word)
    }
    return unit
  }
}

extension Meaning {
  /// `unknown`, with a unit or without.
  var isUnknown: Bool {
    switch literal {
    case .unknown: true
    case .quantity(let quantity): !quantity.isKnown
    default: false
    }
  }

  /// The whole number that a script writes out.
  var wholeNumber: Int? {
    guard case .quantity(let literal) = literal, literal.unit == nil, literal.isExact,
      let number = literal.bounds.low?.trimmed, number.scale == 0
    else { return nil }
    return Int(exactly: number.coefficient)
  }
}
