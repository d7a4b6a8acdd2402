/// Texts compare by their code points; `has` looks for a part of one, `like` asks for a pattern.
extension Checker {
  /// A text of a closed vocabulary that isn't in it is an error.
  mutating func checkVocabulary(_ dictionary: TextDictionary, _ text: Meaning) {
    guard case .text(let word) = text.literal else { return }
    if let (field, words) = vocabulary(of: dictionary), !words.contains(word), !text.isParameter {
      errors.append(.notInVocabulary(word, field: field, words, at: text.span))
    }
    if case .texts(_, let measures) = environment.facts.field("measure", of: .figure).storage,
      measures === dictionary, !measures.texts.contains(word)
    {
      let nearest = Suggestion.nearest(to: word, among: measures.texts)
      remark("no measure is '\(word)'" + (nearest.map { "; there is '\($0)'" } ?? ""))
    }
  }

  /// The closed vocabulary that a dossier's column of texts belongs to.
  private func vocabulary(of dictionary: TextDictionary) -> (String, [String])? {
    for kind in [EntityKind.event, .figure, .actor] {
      let table = environment.facts.table(kind)
      for rule in FieldRule.rules(for: kind) where !rule.vocabulary.isEmpty {
        guard let index = table.fields.firstIndex(where: { $0.name == rule.name }),
          case .texts(_, let own) = table.columns[index].base.storage, own === dictionary
        else { continue }
        return (rule.name, rule.vocabulary)
      }
    }
    return nil
  }

  /// Texts compare by their bytes.
  mutating func compare(
    _ sign: Comparison, _ x: Register, _ left: Texts, _ y: Register, _ right: Texts, _ a: Meaning,
    _ b: Meaning, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    if case .text(let text) = b.literal {
      let truth = test(sign.test(text), x, left, rows, at: span)
      noteUnknownCode(truth, x, rows, at: span)
      return truth
    }
    let isSwapped = sign == .greater || sign == .greaterOrEqual
    let order: Order =
      switch sign {
      case .less, .greater: .less
      case .lessOrEqual, .greaterOrEqual: .lessOrEqual
      default: .equal
      }
    let holds = rows.builder.emit(
      isSwapped ? .compareTexts(order, right, left) : .compareTexts(order, left, right), .mask,
      isSwapped ? [y, x] : [x, y], at: span)
    return present(holds, x, y, rows, at: span)
  }

  /// A comparison of two codes where both are there; unknown makes it maybe, none false.
  func present(
    _ test: Register, _ x: Register, _ y: Register, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    func isCode(_ register: Register, _ code: Int32) -> Register {
      let constant = rows.builder.constant(.code(code), .code)
      return rows.builder.emit(.compare(.equal), .mask, [register, constant], at: span)
    }
    let open = rows.builder.or(
      isCode(x, Code.unknown), isCode(y, Code.unknown), at: span)
    let absent = rows.builder.or(isCode(x, Code.none), isCode(y, Code.none), at: span)
    let missing = rows.builder.or(open, absent, at: span)
    let certain = rows.builder.emit(.andNot, .mask, [test, missing], at: span)
    let maybe = rows.builder.emit(.andNot, .mask, [open, absent], at: span)
    return TruthForm(certain: certain, possible: rows.builder.or(certain, maybe, at: span))
  }

  /// A text that is tested: at once where all texts are known and few, else while the rows are read,
  /// since what is checked isn't metered.
  private func test(
    _ test: TextTest, _ codes: Register, _ texts: Texts, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    if let dictionary = texts.known.dictionary, dictionary.isSmall {
      let truths = dictionary.texts.map { test.holds($0, pause: { () throws(Never) in }) }
      if let only = truths.only { return isOnly(only, codes, rows, at: span) }
      return lookUp(codes, certain: truths, possible: truths, rows, at: span)
    }
    let certain = rows.builder.emit(.testText(test, texts), .mask, [codes], at: span)
    let unknown = rows.builder.constant(.code(Code.unknown), .code)
    let isUnknown = rows.builder.emit(.compare(.equal), .mask, [codes, unknown], at: span)
    return TruthForm(certain: certain, possible: rows.builder.or(certain, isUnknown, at: span))
  }

  /// The same where one code is true: comparing is faster than looking up.
  private func isOnly(
    _ code: Int, _ codes: Register, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    func equals(_ code: Int32) -> Register {
      let constant = rows.builder.constant(.code(code), .code)
      return rows.builder.emit(.compare(.equal), .mask, [codes, constant], at: span)
    }
    let certain = equals(Int32(code))
    let possible = rows.builder.or(certain, equals(Code.unknown), at: span)
    return TruthForm(certain: certain, possible: possible)
  }

  mutating func has(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    guard case .text = a.form else { throw noText("has", a) }
    return try testPart(.has, a, b, rows, at: span)
  }

  /// Whether a text has another as a part, at its start or at its end.
  mutating func testPart(
    _ question: TextPartTest, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    guard case .text(let codes, let texts) = a.form else { return nil }
    guard case .text(let others, let parts) = b.form else {
      if b.isMissing { return nil }
      throw .typesDiffer("\(question)", a.type, at: a.span, b.type, other: b.span)
    }
    if case .text(let part) = b.literal {
      let truth = test(question.test(part), codes, texts, rows, at: span)
      noteUnknownCode(truth, codes, rows, at: span)
      return truth
    }
    let found = rows.builder.emit(
      .testPart(question, texts, parts), .mask, [codes, others], at: span)
    return present(found, codes, others, rows, at: span)
  }

  mutating func like(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    guard case .text(let codes, let texts) = a.form else { throw noText("like", a) }
    if b.isMissing { return nil }
    guard case .text = b.form else {
      throw .typesDiffer("like", a.type, at: a.span, b.type, other: b.span)
    }
    guard case .text(let pattern) = b.literal else { throw .patternNotWritten(at: b.span) }
    let truth = test(.like(TextPattern(pattern)), codes, texts, rows, at: span)
    noteUnknownCode(truth, codes, rows, at: span)
    return truth
  }

  private func noText(_ sign: String, _ meaning: Meaning) -> CheckError {
    var hint: String?
    if case .reference = meaning.type {
      hint = "a thing is compared with '==' or 'in'; its name is a text"
    }
    return .noOperation(sign, meaning.type, at: meaning.span, hint: hint)
  }
}

extension Comparison {
  /// The test of a text against a written one.
  fileprivate func test(_ text: String) -> TextTest {
    switch self {
    case .less: .less(text)
    case .lessOrEqual: .lessOrEqual(text)
    case .greater: .greater(text)
    case .greaterOrEqual: .greaterOrEqual(text)
    default: .equal(text)
    }
  }
}

extension [Bool] {
  /// The place of the only true element; nil if there are none or several.
  fileprivate var only: Int? {
    guard let first = firstIndex(of: true), lastIndex(of: true) == first else { return nil }
    return first
  }
}
