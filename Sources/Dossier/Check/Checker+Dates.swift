/// Dates: how they move, how far they lie apart, and what they are made of.
///
/// A date is one day somewhere between two, so a moved date lies between its moved ends: moving keeps
/// the order of days, also where a month is too short and its last day is taken.
extension Checker {
  /// `date + 3 days`, `date - date`; nil if neither side is a date.
  mutating func combineDates(
    _ sign: Term.Sign, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning? {
    switch (a.form, sign, b.form) {
    case (.date(let x), .minus, .date(let y)):
      return distance(from: y, to: x, rows, at: span)
    case (.date(let x), .plus, .quantity(let y)):
      return try moved(x, by: y, b, isBack: false, rows, at: span)
    case (.date(let x), .minus, .quantity(let y)):
      return try moved(x, by: y, b, isBack: true, rows, at: span)
    case (.quantity(let x), .plus, .date(let y)):
      return try moved(y, by: x, a, isBack: false, rows, at: span)
    default: return nil
    }
  }

  private func moved(
    _ date: DateForm, by amount: QuantityForm, _ meaning: Meaning, isBack: Bool, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Meaning {
    guard case .one(let unit) = amount.unit, let step = unit?.calendarStep else {
      throw .noCalendarStep(amount.oneUnit, isLiteral: meaning.literal != nil, at: meaning.span)
    }
    func move(_ day: Register, _ count: Register, _ bound: Bound) -> Register {
      rows.builder.emit(
        .date(.moved(step, amount.kind, isBack: isBack, bound)), .code, [day, count], at: span)
    }
    let isWhole = amount.kind == .decimal(scale: 0)
    let none = rows.builder.or(date.none, amount.none, at: span)
    if date.earliest == date.latest, amount.isExact, isWhole {
      let day = move(date.earliest, amount.low, .exact)
      let known = rows.builder.and(date.known, amount.known, at: span)
      return Meaning(
        form: .date(DateForm(earliest: day, latest: day, known: known, none: none)), type: .date,
        span: span)
    }
    let (least, most) = isBack ? (amount.high, amount.low) : (amount.low, amount.high)
    let earliest = move(date.earliest, least, .low)
    let latest = move(date.latest, most, .high)
    var known = rows.builder.and(
      date.known, isBounded(earliest, latest, rows, at: span), at: span)
    if amount.isExact { known = rows.builder.and(known, amount.known, at: span) }
    return Meaning(
      form: .date(DateForm(earliest: earliest, latest: latest, known: known, none: none)),
      type: .date, span: span)
  }

  /// The days from one date to another: a range where one of them is short of precision.
  private func distance(
    from a: DateForm, to b: DateForm, _ rows: RowScope, at span: Span
  ) -> Meaning {
    let known = rows.builder.and(a.known, b.known, at: span)
    let none = rows.builder.or(a.none, b.none, at: span)
    func difference(_ bound: Bound) -> Register {
      rows.builder.emit(
        .date(.difference(bound)), .int, [b.earliest, b.latest, a.earliest, a.latest], at: span)
    }
    var form: QuantityForm
    if a.earliest == a.latest, b.earliest == b.latest {
      let days = difference(.exact)
      form = QuantityForm(
        low: days, best: days, high: days, kind: .decimal(scale: 0), unit: .one(.days),
        known: known, none: none)
    } else {
      form = QuantityForm(
        low: difference(.low), best: difference(.best), high: difference(.high),
        kind: .decimal(scale: 0), unit: .one(.days), none: none)
      form.known = rows.builder.and(
        known, isBounded(form.low, form.high, rows, at: span), at: span)
    }
    return Meaning(form: .quantity(form), type: Form.quantity(form).shape.type, span: span)
  }

  // MARK: Functions

  static let dateFunctions = ["date", "days_between"] + DatePart.allCases.map(\.rawValue)

  /// `year(date)`, `days_between(a, b)`, `date(2024, 12, 17)`, `date("2024-12")`; nil for the name of
  /// another function.
  mutating func checkDateFunction(
    _ name: String, _ arguments: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning? {
    if let part = DatePart(rawValue: name) {
      return try datePart(part, arguments, rows, at: span)
    }
    switch name {
    case "days_between": return try daysBetween(arguments, rows, at: span)
    case "date":
      return arguments.count == 1
        ? try readDate(arguments[0], rows, at: span) : try assembled(arguments, rows, at: span)
    default: return nil
    }
  }

  private func datePart(
    _ part: DatePart, _ arguments: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    guard arguments.count == 1, case .date(let date) = arguments[0].form else {
      if arguments.contains(where: \.isMissing) { return .missing(span) }
      throw .wrongArguments(
        function: part.rawValue, expected: "\(part.rawValue)(date), of a date", at: span)
    }
    func number(_ bound: Bound) -> Register {
      rows.builder.emit(.date(.part(part, bound)), .int, [date.earliest, date.latest], at: span)
    }
    let isExact = date.earliest == date.latest
    let low = number(isExact ? .exact : .low)
    let form = QuantityForm(
      low: low, best: isExact ? low : number(.best), high: isExact ? low : number(.high),
      kind: .decimal(scale: 0), unit: .one(nil), known: date.known, none: date.none)
    return Meaning(form: .quantity(form), type: Form.quantity(form).shape.type, span: span)
  }

  private func daysBetween(
    _ arguments: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    guard arguments.count == 2, case .date(let a) = arguments[0].form,
      case .date(let b) = arguments[1].form
    else {
      if arguments.contains(where: \.isMissing) { return .missing(span) }
      throw .wrongArguments(
        function: "days_between", expected: "days_between(from, to), of two dates", at: span)
    }
    return distance(from: a, to: b, rows, at: span)
  }

  private static let howDatesAreMade = "date(year, month, day), of whole numbers, or date(text)"

  private func assembled(
    _ arguments: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    if arguments.contains(where: \.isMissing) { return .missing(span) }
    guard arguments.count == 3 else {
      throw .wrongArguments(function: "date", expected: Checker.howDatesAreMade, at: span)
    }
    var ends = Inputs()
    var (known, none): (Register?, Register?)
    var isExact = true
    for argument in arguments {
      guard case .quantity(let form) = argument.form, form.kind == .decimal(scale: 0),
        case .one(nil) = form.unit
      else {
        throw .wrongArguments(function: "date", expected: Checker.howDatesAreMade, at: span)
      }
      known = rows.builder.and(known, form.known, at: span)
      none = rows.builder.or(none, form.none, at: span)
      let isThere = rows.builder.and(
        form.known, form.none.map { rows.builder.not($0, at: span) }, at: span)
      isExact = isExact && form.isExact && isThere == nil
      ends.append(orOpen(form.low, Open.low, isThere, rows, at: span))
      ends.append(orOpen(form.high, Open.high, isThere, rows, at: span))
    }
    func day(isLast: Bool) -> Register {
      rows.builder.emit(.date(.assembled(isLast: isLast)), .code, ends, at: span)
    }
    let earliest = day(isLast: false)
    let form = DateForm(
      earliest: earliest, latest: isExact ? earliest : day(isLast: true), known: known,
      none: none)
    return Meaning(form: .date(form), type: .date, span: span)
  }

  /// A number that isn't there may be any.
  private func orOpen(
    _ register: Register, _ open: Int64, _ isThere: Register?, _ rows: RowScope, at span: Span
  ) -> Register {
    guard let isThere else { return register }
    return rows.builder.emit(.orElse(.int(open)), .int, [register, isThere], at: span)
  }

  private func readDate(
    _ argument: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    guard case .text(let codes, let texts) = argument.form else {
      if argument.isMissing { return .missing(span) }
      throw .wrongArguments(function: "date", expected: Checker.howDatesAreMade, at: span)
    }
    if case .text(let text) = argument.literal, DateRange(written: text) == nil {
      throw .noDate(text, at: argument.span)
    }
    func day(isLatest: Bool) -> Register {
      rows.builder.emit(.date(.read(texts, isLatest: isLatest)), .code, [codes], at: span)
    }
    func isCode(_ code: Int32) -> Register {
      let constant = rows.builder.constant(.code(code), .code)
      return rows.builder.emit(.compare(.equal), .mask, [codes, constant], at: span)
    }
    var form = DateForm(earliest: day(isLatest: false), latest: day(isLatest: true))
    form.written = WrittenForm(codes: codes, texts: texts)
    if argument.literal == nil {
      form.known = rows.builder.not(isCode(Code.unknown), at: span)
      form.none = isCode(Code.none)
    }
    return Meaning(form: .date(form), type: .date, span: span)
  }
}

extension QuantityForm {
  /// The unit, if it is the same in every row.
  var oneUnit: Unit? { if case .one(let unit) = unit { unit } else { nil } }
}
