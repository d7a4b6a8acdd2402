/// `in` is containment, reflexive and transitive; `has` looks for a part of a text.
extension Checker {
  mutating func contains(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    if case .list(let elements) = b.literal {
      return try containsAny(elements, a, rows, at: span)
    }
    if case .rows(let plan, let shape) = b.literal {
      return try containedInRows(a, plan: plan, shape, b, rows, at: span)
    }
    switch (a.form, b.form) {
    case (_, .list(let list)):
      return try containsElement(of: list, a, b, rows, at: span)
    case (.quantity(let x), .quantity(let y)):
      let (left, right, aside) = try matched(x, y, a, b, rows, at: span)
      let sides = inside(
        (left.low, left.high), (right.low, right.high), (right.low, right.high), rows, at: span)
      let known = rows.builder.and(left.known, right.known, at: span)
      return judged(
        sides, known: known, aside: aside, none: rows.builder.or(x.none, y.none, at: span),
        left: .quantity(x), against: b, rows, at: span)
    case (.date(let x), .date(let y)):
      return contains(
        x, outer: (y.earliest, y.latest), inner: (y.earliest, y.latest), y, b, rows, at: span)
    case (.date(let x), .period(let start, let end)):
      return contains(
        x, outer: (start.earliest, end.latest), inner: (start.latest, end.earliest), start, b,
        rows, at: span)
    case (.period, .date), (.period, .period): return containsPeriod(a, b, rows, at: span)
    case (.reference(let codes, let kind), .text):
      return try contained(codes, kind, try targets(of: b, kind), b, rows, at: span)
    case (.reference(let codes, let kind), .reference(let others, let other)) where kind == other:
      if case .id(let key) = b.literal {
        return try contained(codes, kind, [key.row], b, rows, at: span)
      }
      let table = environment.facts[kind]
      func test(_ certain: Bool) -> Register {
        rows.builder.emit(.containedIn(table, certain: certain), .mask, [codes, others], at: span)
      }
      return TruthForm(certain: test(true), possible: test(false))
    default:
      if a.isMissing || b.isMissing { return nil }
      throw .cantContain(a.type, in: b.type, at: b.span)
    }
  }

  /// `x in [a, b]` is `x in a or x in b`; a text or number in a list of such is equal to one.
  private mutating func containsAny(
    _ elements: [Meaning], _ a: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    var result: TruthForm?
    for element in elements {
      if element.isMissing { return nil }
      let sign: Comparison = isPlain(a, element) ? .equal : .in
      let meaning = try compare(sign, a, element, rows, at: span)
      guard case .truth(let truth) = meaning.form else { return nil }
      result = result.map { joined($0, truth, isAnd: false, rows, at: span) } ?? truth
    }
    let never = rows.builder.mask(false)
    return result ?? TruthForm(certain: never, possible: never)
  }

  private func isPlain(_ a: Meaning, _ element: Meaning) -> Bool {
    switch (a.form, element.form) {
    case (.text, .text), (.truth, .truth), (.text, .reference): true
    default: false
    }
  }

  mutating func containsElement(
    of list: ListForm, _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    if a.form.registers.contains(where: { rows.builder.space($0) != 0 }) {
      throw .noOperation("in", b.type, at: b.span, hint: "on the left stands a list, too")
    }
    let element = Meaning(form: list.element, type: list.element.shape.type, span: b.span)
    let before = comparisons.count
    let sign: Comparison = isPlain(a, element) ? .equal : .in
    let meaning = try compare(sign, a, element, rows, at: span)
    comparisons.removeLast(comparisons.count - before)
    guard case .truth(let truth) = meaning.form else { return nil }
    func any(_ register: Register) -> Register {
      rows.builder.emit(.anyElement(list: list.space - 1), .mask, [register], at: span, space: 0)
    }
    let certain = any(truth.certain)
    let possible = truth.certain == truth.possible ? certain : any(truth.possible)
    return decided((certain, possible), known: list.known, aside: nil, rows, at: span)
  }

  /// Certain if the whole range lies in the inner one, possible if it touches the outer one.
  private func inside(
    _ a: (low: Register, high: Register), _ inner: (low: Register, high: Register),
    _ outer: (low: Register, high: Register), _ rows: RowScope, at span: Span
  ) -> (certain: Register, possible: Register) {
    func test(_ x: Register, _ y: Register) -> Register {
      rows.builder.emit(.compare(.lessOrEqual), .mask, [x, y], at: span)
    }
    let certain = rows.builder.and(test(inner.low, a.low), test(a.high, inner.high), at: span)
    if a.low == a.high, inner == outer { return (certain, certain) }
    let possible = rows.builder.and(test(outer.low, a.high), test(a.low, outer.high), at: span)
    return (certain, possible)
  }

  private mutating func contains(
    _ x: DateForm, outer: (low: Register, high: Register), inner: (low: Register, high: Register),
    _ start: DateForm, _ b: Meaning, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    let sides = inside((x.earliest, x.latest), inner, outer, rows, at: span)
    return judged(
      sides, known: rows.builder.and(x.known, start.known, at: span), aside: nil,
      none: rows.builder.or(x.none, start.none, at: span), left: .date(x), against: b, rows,
      at: span)
  }

  // MARK: Names

  /// The things that a text names; nobody is an error, unless the text came from outside.
  mutating func targets(of text: Meaning, _ kind: EntityKind) throws(CheckError) -> Set<Int32> {
    guard case .text(let name) = text.literal else {
      throw .noOperation("a text field here", text.type, at: text.span, hint: nil)
    }
    let found = environment.facts[kind].named(name)
    if found.count > 1, environment.facts[kind].areAmbiguous(found) {
      let ids = found.map { environment.facts[kind].ids[Int($0)] }
      throw .ambiguous(name, kind, ids: ids, at: text.span)
    }
    if found.isEmpty, !text.isParameter {
      throw .nobody(name, kind, known: environment.facts[kind].allNames, at: text.span)
    }
    if found.isEmpty { remark("no \(kind.word) is called '\(name)'") }
    return Set(found)
  }

  /// Adds a line to the statement's footer, once.
  private mutating func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }

  /// Whether a reference lies in one of some things, through `part_of`.
  private mutating func contained(
    _ codes: Register, _ kind: EntityKind, _ targets: Set<Int32>, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> TruthForm {
    let truths = environment.facts[kind].contained(in: targets)
    let truth = lookUp(
      codes, certain: truths.map { $0 == .true }, possible: truths.map { $0 != .false }, rows,
      at: span)
    noteUnknownCode(truth, codes, rows, at: span)
    return truth
  }

  /// A reference compared with a text: the thing that the text names.
  mutating func named(
    _ codes: Register, _ kind: EntityKind, _ text: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm {
    let truth: TruthForm
    if case .text = text.literal {
      let found = try targets(of: text, kind)
      let truths = (0..<Int32(environment.facts[kind].count)).map(found.contains)
      truth = lookUp(codes, certain: truths, possible: truths, rows, at: span)
    } else if case .text(let others, let texts) = text.form {
      let named = rows.builder.emit(
        .nameEntity(environment.facts[kind], texts), .code, [others], at: text.span)
      truth = sameReference(codes, named, rows, at: span)
    } else {
      throw .noOperation("==", text.type, at: text.span, hint: nil)
    }
    noteUnknownCode(truth, codes, rows, at: span)
    return truth
  }

  mutating func sameReference(
    _ x: Register, _ y: Register, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    let equal = rows.builder.emit(.compare(.equal), .mask, [x, y], at: span)
    return present(equal, x, y, rows, at: span)
  }

  /// A truth for each code: unknown is maybe, none is false.
  func lookUp(
    _ codes: Register, certain: [Bool], possible: [Bool], _ rows: RowScope, at span: Span
  ) -> TruthForm {
    func table(_ truths: [Bool], unknown: UInt8) -> Register {
      let bytes = truths.map { $0 ? UInt8(1) : 0 } + [0, unknown]
      return rows.builder.emit(.lookUp(bytes), .mask, [codes], at: span)
    }
    return TruthForm(certain: table(certain, unknown: 0), possible: table(possible, unknown: 1))
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

  private mutating func noteUnknownCode(
    _ truth: TruthForm, _ codes: Register, _ rows: RowScope, at span: Span
  ) {
    let unknown = rows.builder.constant(.code(Code.unknown), .code)
    let isUnknown = rows.builder.emit(.compare(.equal), .mask, [codes, unknown], at: span)
    note(truth, unknown: isUnknown, left: .missing, "", rows)
  }

  // MARK: Texts

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
  private func present(
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

  /// A text that is tested: at once where all texts are known, else while the rows are read.
  private func test(
    _ test: TextTest, _ codes: Register, _ texts: Texts, _ rows: RowScope, at span: Span
  ) -> TruthForm {
    if let dictionary = texts.known.dictionary {
      let truths = dictionary.texts.map(test.holds)
      if let only = truths.only { return isOnly(only, codes, rows, at: span) }
      return lookUp(codes, certain: truths, possible: truths, rows, at: span)
    }
    let certain = rows.builder.emit(.testText(test, texts), .mask, [codes], at: span)
    let unknown = rows.builder.constant(.code(Code.unknown), .code)
    let isUnknown = rows.builder.emit(.compare(.equal), .mask, [codes, unknown], at: span)
    return TruthForm(certain: certain, possible: rows.builder.or(certain, isUnknown, at: span))
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

  /// Whether two values are the same record: two-valued, `unknown` is the same as `unknown`.
  mutating func same(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    if a.isMissing || b.isMissing { return nil }
    if case .list = a.form, case .list = b.form, a.isEmptyList || b.isEmptyList {
      let same = isNone(a.isEmptyList ? b : a, rows, at: span)
      return TruthForm(certain: same, possible: same)
    }
    let forms = try alike("same", [a, b], rows, at: span)
    let same = rows.builder.emit(.sameRecord(forms[0], forms[1]), .mask, [], at: span, space: 0)
    return TruthForm(certain: same, possible: same)
  }
}

extension Meaning {
  /// Whether it is an empty list that the script writes out.
  fileprivate var isEmptyList: Bool {
    if case .list(let elements) = literal { elements.isEmpty } else { false }
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
