/// What a result rests on beside its facts: how words were read that leave their width open.
///
/// A value that is only shown is shown as its words, and says it itself. Where a comparison, an
/// aggregate or a sum looks at the bounds, the footer says where they come from.
extension Checker {
  /// Notes that a result looks at the bounds of some values.
  ///
  /// - Parameter aside: 1 in the rows where it doesn't.
  func readBounds(
    of forms: [Form], unless aside: Register? = nil, _ rows: RowScope, at span: Span
  ) {
    for form in forms {
      guard let written = form.writtenOfBounds else { continue }
      if case .fixed(let dictionary) = written.texts, rows.builder.isLiteral(written.codes) {
        readBounds(of: dictionary.texts, rows, at: span)
        continue
      }
      for (reading, test) in tests(of: written.texts, form) {
        let mask = rows.builder.emit(test, .mask, [written.codes], at: span)
        tally(reading, mask, written.codes, form, unless: aside, rows, at: span)
      }
    }
  }

  /// The same for the operands of an operation that gives a value, unless the value is shown in
  /// their words.
  func readBounds(of operands: [Meaning], for result: Form, _ rows: RowScope, at span: Span) {
    guard result.writtenOfBounds == nil else { return }
    readBounds(of: operands.map(\.form), rows, at: span)
  }

  /// Notes that the bounds of some words are looked at that are the same in every row.
  func readBounds(of texts: [String], _ rows: RowScope, at span: Span) {
    for reading in texts.flatMap(environment.readings.assumed(in:)) { rows.builder.tally(reading) }
  }

  private func tally(
    _ reading: AssumedReading, _ isRead: Register, _ codes: Register, _ form: Form,
    unless aside: Register?, _ rows: RowScope, at span: Span
  ) {
    var mask = isRead
    if let known = form.known { mask = rows.builder.and(mask, known, at: span) }
    if let aside { mask = rows.builder.emit(.andNot, .mask, [mask, aside], at: span) }
    let space = rows.builder.space(mask)
    if space > 0 {
      mask = rows.builder.emit(.anyElement(list: space - 1), .mask, [mask], at: span, space: 0)
    }
    for (other, isAnd) in rows.reached where rows.builder.space(other) == 0 {
      mask =
        isAnd
        ? rows.builder.and(mask, other, at: span)
        : rows.builder.emit(.andNot, .mask, [mask, other], at: span)
    }
    rows.builder.tally(reading, in: mask, of: codes, at: span)
  }

  /// For each reading what asks whether a text has it: of texts that aren't known before the run,
  /// each that there is.
  private func tests(
    of texts: Texts, _ form: Form
  ) -> [(AssumedReading, Instruction.Operation)] {
    let readings = environment.readings
    guard case .fixed(let dictionary) = texts else {
      return readings.assumed(ofDates: !form.shape.type.isNumeric).map { reading in
        (reading, .testText(.isRead(reading, readings), texts))
      }
    }
    var found: [(reading: AssumedReading, bytes: [UInt8])] = []
    for code in 0..<Int32(dictionary.count) {
      for reading in dictionary.withBytes(of: code, { readings.assumed(in: $0) }) {
        let place = found.firstIndex { $0.reading == reading } ?? found.count
        if place == found.count {
          // Two more for what isn't reported and what doesn't apply.
          found.append((reading, [UInt8](repeating: 0, count: dictionary.count + 2)))
        }
        found[place].bytes[Int(code)] = 1
      }
    }
    return found.map { ($0.reading, .lookUp($0.bytes)) }
  }
}

extension Form {
  /// The words that bounds were read from.
  fileprivate var writtenOfBounds: WrittenForm? {
    switch self {
    case .quantity(let form): form.written
    case .date(let form): form.written
    case .period(let start, _): start.written
    case .list(let form): form.element.writtenOfBounds
    case .truth, .text, .reference, .missing: nil
    }
  }
}
