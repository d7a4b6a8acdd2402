/// Functions of texts, and texts with values in them.
extension Checker {
  mutating func checkTextFunction(
    _ function: ScalarFunction, _ values: [Meaning], _ misuse: CheckError, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> Form {
    switch (function, values[0].form) {
    case (.length, .list(let list)):
      return .quantity(
        QuantityForm(
          counting: rows.builder.emit(.lengthOfList(list.space - 1), .int, [], at: span, space: 0),
          known: list.known))
    case (.length, .text(let codes, let texts)):
      let length = rows.builder.emit(.lengthOfText(texts), .int, [codes], at: span)
      return .quantity(QuantityForm(counting: length, known: known(values[0], rows, at: span)))
    case (.lower, .text): return try mapped(.lower, values[0], rows, at: span)
    case (.upper, .text): return try mapped(.upper, values[0], rows, at: span)
    case (.fold, .text): return try mapped(.fold, values[0], rows, at: span)
    case (.trim, .text): return try mapped(.trim, values[0], rows, at: span)
    case (.replace, .text):
      guard case .text(let old) = values[1].literal, case .text(let new) = values[2].literal else {
        throw misuse
      }
      return try mapped(.replace(TextSearch(old), with: new), values[0], rows, at: span)
    case (.starts, .text), (.ends, .text):
      guard
        let truth = try testPart(
          function == .starts ? .starts : .ends, values[0], values[1], rows, at: span)
      else { return .missing }
      return .truth(truth)
    case (.split, .text(let codes, let texts)):
      guard case .text(let separator) = values[1].literal, !separator.isEmpty else { throw misuse }
      return pieces(codes, texts, separator, known(values[0], rows, at: span), rows, at: span)
    case (.join, .list):
      guard case .text(let separator) = values[1].literal else { throw misuse }
      return composed([.joined(values[0].form, separator)], rows, at: span)
    case (.text, let form):
      if case .missing = form { throw misuse }
      return composed([.value(form)], rows, at: span)
    default: throw misuse
    }
  }

  /// The list of a text's pieces.
  private func pieces(
    _ codes: Register, _ texts: Texts, _ separator: String, _ known: Register, _ rows: RowScope,
    at span: Span
  ) -> Form {
    let made = rows.builder.makeTexts()
    let space = rows.builder.openList(
      .pieces(codes, texts, separator: separator, made: made), at: span)
    let element = rows.builder.form(.text(.later), .elements(space: space, nil), at: span)
    return .list(ListForm(space: space, element: element, known: known))
  }

  private func mapped(
    _ function: TextFunction, _ value: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Form {
    guard case .text(let codes, let texts) = value.form else { return .missing }
    let made = rows.builder.makeTexts()
    let result = rows.builder.emit(
      .mapText(function, texts, made: made), .code, [codes], at: span)
    return .text(result, .made(made))
  }

  /// `"Ukraine reports \(value) dead"`: each value as results print it.
  mutating func checkInterpolation(
    _ links: Run<Link<Expression>>, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> Meaning {
    var pieces: [TextPiece] = []
    for link in tree[links] {
      if case .characters = tree[link].kind {
        pieces.append(.text(tree.characters(tree[link].span)))
        continue
      }
      let meaning = check(link, rows)
      if meaning.isMissing { return .missing(span) }
      if case .missing = meaning.form { throw misplaced(meaning) }
      pieces.append(.value(meaning.form))
    }
    let form = composed(pieces, rows, at: span)
    return Meaning(form: form, type: .text, span: span)
  }

  private func composed(_ pieces: [TextPiece], _ rows: RowScope, at span: Span) -> Form {
    let made = rows.builder.makeTexts()
    let codes = rows.builder.emit(
      .compose(pieces, names: environment.facts, made: made), .code, [], at: span)
    return .text(codes, .made(made))
  }
}

extension QuantityForm {
  /// Plain whole numbers.
  init(counting register: Register, known: Register?) {
    self.init(
      low: register, best: register, high: register, kind: .decimal(scale: 0), unit: .one(nil),
      known: known)
  }
}
