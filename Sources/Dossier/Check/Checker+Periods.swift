/// Stretches of days against each other. A period lasts from somewhere in its start to somewhere in
/// its end; a coarse date of the script means all its days; any other date is one day somewhere.
extension Checker {
  /// The bounds of the first and of the last day of a stretch.
  private struct Stretch {
    let first: (low: Register, high: Register)
    let last: (low: Register, high: Register)
    let known: Register?
    let none: Register?
  }

  private func stretch(_ meaning: Meaning) -> Stretch? {
    switch meaning.form {
    case .period(let start, let end):
      return Stretch(
        first: (start.earliest, start.latest), last: (end.earliest, end.latest),
        known: start.known, none: start.none)
    case .date(let form):
      if case .date(let date) = meaning.literal, date.isCoarse {
        return Stretch(
          first: (form.earliest, form.earliest), last: (form.latest, form.latest),
          known: form.known, none: form.none)
      }
      let day = (form.earliest, form.latest)
      return Stretch(first: day, last: day, known: form.known, none: form.none)
    default: return nil
    }
  }

  /// `a overlaps b`: whether the two share a day.
  ///
  /// For certain if each begins before the other ends, whatever the days are.
  mutating func overlaps(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    guard let x = stretch(a), let y = stretch(b) else {
      if a.isMissing || b.isMissing { return nil }
      throw .noOverlap(stretch(a) == nil ? a.type : b.type, at: stretch(a) == nil ? a.span : b.span)
    }
    func notAfter(_ first: Register, _ last: Register) -> Register {
      rows.builder.emit(.compare(.lessOrEqual), .mask, [first, last], at: span)
    }
    func both(_ left: Register, _ right: Register) -> Register {
      rows.builder.and(left, right, at: span)
    }
    var certain = both(notAfter(x.first.high, y.last.low), notAfter(y.first.high, x.last.low))
    let possible = both(notAfter(x.first.low, y.last.high), notAfter(y.first.low, x.last.high))
    if isSame(x, y, rows) { certain = rows.builder.mask(true) }
    readBounds(of: [a.form, b.form], rows, at: span)
    return judged(
      (certain, possible), known: rows.builder.and(x.known, y.known, at: span), aside: nil,
      none: rows.builder.or(x.none, y.none, at: span), left: a.form, against: b, rows, at: span)
  }

  /// `period in b`: all its days lie in b, which is a period or a date with all its days.
  mutating func containsPeriod(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) -> TruthForm? {
    guard let x = stretch(a), let outer = container(b) else { return nil }
    func notAfter(_ first: Register, _ last: Register) -> Register {
      rows.builder.emit(.compare(.lessOrEqual), .mask, [first, last], at: span)
    }
    var certain = rows.builder.and(
      notAfter(outer.first.high, x.first.low), notAfter(x.last.high, outer.last.low), at: span)
    let possible = rows.builder.and(
      notAfter(outer.first.low, x.first.high), notAfter(x.last.low, outer.last.high), at: span)
    if isSame(x, outer, rows) { certain = rows.builder.mask(true) }
    readBounds(of: [a.form, b.form], rows, at: span)
    return judged(
      (certain, possible), known: rows.builder.and(x.known, outer.known, at: span), aside: nil,
      none: rows.builder.or(x.none, outer.none, at: span), left: a.form, against: b, rows, at: span)
  }

  /// What stands behind `in` means all its days.
  private func container(_ meaning: Meaning) -> Stretch? {
    guard case .date(let form) = meaning.form else { return stretch(meaning) }
    return Stretch(
      first: (form.earliest, form.earliest), last: (form.latest, form.latest), known: form.known,
      none: form.none)
  }

  /// Whether both are the same field of the same row, and no literals.
  private func isSame(_ x: Stretch, _ y: Stretch, _ rows: RowScope) -> Bool {
    x.first == y.first && x.last == y.last && !rows.builder.isLiteral(x.first.low)
  }
}
