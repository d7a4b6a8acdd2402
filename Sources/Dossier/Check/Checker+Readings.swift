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
      guard let written = form.writtenOfBounds, case .fixed(let dictionary) = written.texts else {
        continue
      }
      if rows.builder.isLiteral(written.codes) {
        readBounds(of: dictionary.texts, rows, at: span)
        continue
      }
      for (reading, bytes) in lookUps(of: dictionary) {
        tally(reading, bytes, written.codes, form, unless: aside, rows, at: span)
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
    for var text in texts {
      for reading in text.withUTF8({ environment.readings.assumed(in: $0) }) {
        rows.builder.tally(reading)
      }
    }
  }

  private func tally(
    _ reading: AssumedReading, _ bytes: [UInt8], _ codes: Register, _ form: Form,
    unless aside: Register?, _ rows: RowScope, at span: Span
  ) {
    var mask = rows.builder.emit(.lookUp(bytes), .mask, [codes], at: span)
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

  private func readings(of code: Int32, _ dictionary: TextDictionary) -> [AssumedReading] {
    dictionary.withBytes(of: code) { environment.readings.assumed(in: $0) }
  }

  /// For each reading which texts of a dictionary have it, in the order of the texts.
  private func lookUps(of dictionary: TextDictionary) -> [(AssumedReading, [UInt8])] {
    var found: [(reading: AssumedReading, bytes: [UInt8])] = []
    for code in 0..<Int32(dictionary.count) {
      for reading in readings(of: code, dictionary) {
        let place = found.firstIndex { $0.reading == reading } ?? found.count
        if place == found.count {
          // Two more for what isn't reported and what doesn't apply.
          found.append((reading, [UInt8](repeating: 0, count: dictionary.count + 2)))
        }
        found[place].bytes[Int(code)] = 1
      }
    }
    return found
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
