/// Brings values to one type, unit, scale and dictionary, so that lanes of one can stand for another's.
extension Checker {
  /// The forms of values of one type; a bare `unknown` takes the type of the others.
  ///
  /// - Throws: types or units that differ, or nothing but `unknown`.
  mutating func alike(
    _ operation: String, _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> [Form] {
    let present = values.filter { if case .missing = $0.form { false } else { true } }
    guard let model = present.first(where: { !$0.isOpen }) ?? present.first else {
      throw misplaced(values[0])
    }
    let values = values.map { fitted($0, like: model, rows) }
    for value in values {
      if case .unknown = value.literal { continue }
      guard isAlike(value.form, model.form) else {
        throw .typesDiffer(operation, model.type, at: model.span, value.type, other: value.span)
      }
    }
    let forms = values.map { value in
      if case .missing = value.form { absent(like: model.form, rows) } else { value.form }
    }
    switch model.form {
    case .quantity: return try quantities(forms, values, rows, at: span)
    case .text: return texts(forms, rows, at: span)
    case .list: return try lists(operation, forms, values, rows, at: span)
    case .truth, .date, .period, .reference, .missing: return forms
    }
  }

  func isAlike(_ a: Form, _ b: Form) -> Bool {
    switch (a, b) {
    case (.quantity, .quantity), (.text, .text), (.truth, .truth), (.date, .date),
      (.period, .period), (.list, .list):
      true
    case (.reference(_, let kind), .reference(_, let other)): kind == other
    default: false
    }
  }

  /// A value that isn't reported, of another's type.
  func absent(like form: Form, _ rows: RowScope) -> Form {
    let never = rows.builder.mask(false)
    func code(_ value: Int32) -> Register { rows.builder.constant(.code(value), .code) }
    let days = DateForm(
      earliest: code(Day.distantPast), latest: code(Day.distantFuture), known: never)
    switch form {
    case .quantity(let form):
      let open = form.openEnds
      func bound(_ value: Constant) -> Register { rows.builder.constant(value, form.lane) }
      return .quantity(
        QuantityForm(
          low: bound(open.low), best: bound(open.best), high: bound(open.high), kind: form.kind,
          unit: form.unit, known: never))
    case .text(_, let texts): return .text(code(Code.unknown), texts)
    case .reference(_, let kind): return .reference(code(Code.unknown), kind)
    case .date: return .date(days)
    case .period: return .period(start: days, end: days)
    case .truth:
      return .truth(TruthForm(certain: never, possible: rows.builder.mask(true), known: never))
    case .list, .missing: return .missing
    }
  }

  // MARK: Quantities

  private mutating func quantities(
    _ forms: [Form], _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> [Form] {
    var quantities: [QuantityForm] = []
    for case .quantity(let form) in forms { quantities.append(form) }
    for index in quantities.indices.dropFirst() {
      let before = quantities[0]
      (quantities[0], _) = aligned(before, quantities[index], rows, at: span)
      quantities[0].written = before.written
    }
    for index in quantities.indices.dropFirst() {
      let before = quantities[index]
      (quantities[index], _) = aligned(before, quantities[0], rows, at: span)
      quantities[index].written = before.written
    }
    try unite(&quantities, values, rows, at: span)
    return quantities.map { .quantity($0) }
  }

  /// Where one has a unit in each row, all get one in each row; else all must have the same.
  private func unite(
    _ quantities: inout [QuantityForm], _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) {
    var units: [Unit?] = []
    func place(_ unit: Unit?) -> Int32 {
      if let index = units.firstIndex(of: unit) { return Int32(index) }
      units.append(unit)
      return Int32(units.count - 1)
    }
    var isMixed = false
    var codes: [Register] = []
    for quantity in quantities {
      switch quantity.unit {
      case .one(let unit): codes.append(rows.builder.constant(.code(place(unit)), .code))
      case .each(let each, let names):
        isMixed = true
        codes.append(rows.builder.emit(.recode(names.map(place)), .code, [each], at: span))
      }
    }
    if isMixed {
      for index in quantities.indices { quantities[index].unit = .each(codes[index], units) }
    } else if units.count > 1 {
      let other = values.indices.first { codes[$0] != codes[0] } ?? 0
      guard let u = units[0], let v = units[1] else {
        let (bare, full) = units[0] == nil ? (0, other) : (other, 0)
        throw .unitMissing(example: nil, at: values[bare].span, other: values[full].span)
      }
      throw .unitsDiffer(u, v, at: values[0].span, other: values[other].span)
    }
  }

  // MARK: Texts

  private func texts(_ forms: [Form], _ rows: RowScope, at span: Span) -> [Form] {
    var sides: [(codes: Register, texts: Texts)] = []
    for case .text(let codes, let texts) in forms { sides.append((codes, texts)) }
    let (codes, texts) = ofOneDictionary(sides, rows, at: span)
    return codes.map { .text($0, texts) }
  }

  /// Codes of several dictionaries as codes of one.
  func ofOneDictionary(
    _ sides: [(codes: Register, texts: Texts)], _ rows: RowScope, at span: Span
  ) -> ([Register], Texts) {
    if let first = sides.first, sides.allSatisfy({ $0.texts.isSame(first.texts) }) {
      return (sides.map(\.codes), first.texts)
    }
    let made = rows.builder.makeTexts()
    let codes = sides.map { side in
      rows.builder.emit(.adoptText(side.texts, made: made), .code, [side.codes], at: span)
    }
    return (codes, .made(made))
  }

  private mutating func lists(
    _ operation: String, _ forms: [Form], _ values: [Meaning], _ rows: RowScope, at span: Span
  ) throws(CheckError) -> [Form] {
    var lists: [ListForm] = []
    for case .list(let list) in forms { lists.append(list) }
    let elements = zip(lists, values).map { list, value in
      Meaning(form: list.element, type: list.element.shape.type, span: value.span)
    }
    let alike = try self.alike(operation, elements, rows, at: span)
    return zip(lists, alike).map { list, element in
      .list(ListForm(space: list.space, element: element, known: list.known))
    }
  }

  // MARK: Bounds of the unknown

  /// A quantity whose lanes hold the bounds of the unknown where it isn't reported.
  func stated(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> QuantityForm {
    guard let known = form.known else { return form }
    let open = form.openEnds
    func bound(_ register: Register, _ value: Constant) -> Register {
      rows.builder.emit(.orElse(value), form.lane, [register, known], at: span)
    }
    return QuantityForm(
      low: bound(form.low, open.low), best: bound(form.best, open.best),
      high: bound(form.high, open.high), kind: form.kind, unit: form.unit, known: known)
  }
}

extension Texts {
  fileprivate func isSame(_ other: Texts) -> Bool {
    switch (self, other) {
    case (.fixed(let a), .fixed(let b)): a === b
    case (.column(let a), .column(let b)): a == b
    case (.made(let a), .made(let b)): a == b
    default: false
    }
  }
}

extension QuantityForm {
  /// The bounds of what isn't reported: a counted thing isn't negative.
  var openEnds: (low: Constant, best: Constant, high: Constant) {
    switch kind {
    case .double:
      (isCounted ? .double(0) : .double(-.infinity), .double(-.infinity), .double(.infinity))
    case .decimal: (isCounted ? .int(0) : .int(Open.low), .int(Open.best), .int(Open.high))
    }
  }
}
