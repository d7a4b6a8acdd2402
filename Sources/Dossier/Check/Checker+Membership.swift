/// `in` is containment, reflexive and transitive; `same` compares records.
extension Checker {
  mutating func contains(
    _ a: Meaning, _ b: Meaning, _ rows: RowScope, at span: Span
  ) throws(CheckError) -> TruthForm? {
    if case .list(let elements) = b.literal {
      return try containsAny(elements, a, rows, at: span)
    }
    if case .rows(let plan, let shape, let holdsMaybe) = b.literal {
      return try containedInRows(
        a, plan: plan, shape, holdsMaybe: holdsMaybe, b, rows, at: span)
    }
    switch (a.form, b.form) {
    case (_, .list(let list)):
      return try containsElement(of: list, a, b, rows, at: span)
    case (.quantity(let x), .quantity(let y)):
      let (left, right, aside) = try matched(x, y, a, b, rows, at: span)
      readBounds(of: [a.form, b.form], unless: aside, rows, at: span)
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
      let (codes, others) = rows.builder.together(codes, others, at: span)
      rows.builder.add(Containment(codes: codes, entities: table, target: .register(others)))
      func test(_ certain: Bool) -> Register {
        rows.builder.emit(.containedIn(table, certain: certain), .mask, [codes, others], at: span)
      }
      return TruthForm(certain: test(true), possible: test(false))
    default:
      if a.isMissing || b.isMissing { return nil }
      throw .cantContain(a.type, element: a.span, in: b.type, at: b.span)
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
    let aside = asideOfSome(truth, certain, list, rows, at: span)
    let result = decided((certain, possible), known: list.known, aside: aside, rows, at: span)
    let known = known(a, rows, at: span)
    let reported = list.known.map { rows.builder.and(known, $0, at: span) } ?? known
    note(
      result, unknown: rows.builder.not(reported, at: span), left: .missing, "", rows)
    return result
  }

  /// As with `or`: what is of another unit than an element is set aside, unless some element holds.
  func asideOfSome(
    _ element: TruthForm, _ holds: Register, _ list: ListForm, _ rows: RowScope, at span: Span
  ) -> Register? {
    guard let aside = element.aside else { return nil }
    // For each element, even where the unit is only the row's.
    let open = rows.builder.emit(.andNot, .mask, [aside, element.certain], at: span)
    let some = rows.builder.emit(
      .anyElement(list: list.space - 1), .mask, [open], at: span, space: 0)
    return rows.builder.emit(.andNot, .mask, [some, holds], at: span)
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
    readBounds(of: [.date(x), b.form], rows, at: span)
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
  mutating func remark(_ text: String) {
    if !remarks.contains(text) { remarks.append(text) }
  }

  /// Whether a reference lies in one of some things, through `part_of`.
  private mutating func contained(
    _ codes: Register, _ kind: EntityKind, _ targets: Set<Int32>, _ b: Meaning, _ rows: RowScope,
    at span: Span
  ) throws(CheckError) -> TruthForm {
    let entities = environment.facts[kind]
    rows.builder.add(Containment(codes: codes, entities: entities, target: .these(targets)))
    let truths = entities.contained(in: targets)
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

  mutating func noteUnknownCode(
    _ truth: TruthForm, _ codes: Register, _ rows: RowScope, at span: Span
  ) {
    let unknown = rows.builder.constant(.code(Code.unknown), .code)
    let isUnknown = rows.builder.emit(.compare(.equal), .mask, [codes, unknown], at: span)
    note(truth, unknown: isUnknown, left: .missing, "", rows)
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
