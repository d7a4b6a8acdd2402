/// What stands behind a dot: a bound, an edge, a field of the thing that is named.
extension Checker {
  /// What stands behind a dot: a bound, an edge, or a field of the thing that is named.
  mutating func member(
    _ meaning: Meaning, _ name: Span, _ rows: RowScope, at span: Span
  ) -> Meaning {
    member(meaning, tree.name(name), rows, name: name, at: span)
  }

  mutating func member(
    _ meaning: Meaning, _ word: String, _ rows: RowScope, name: Span, at span: Span
  ) -> Meaning {
    switch meaning.form {
    case .missing:
      return .missing(span)
    case .reference(let codes, let kind):
      return field(word, of: kind, codes, meaning, rows, name: name, at: span)
    case .list(let list):
      let element = Meaning(
        form: list.element, type: list.element.shape.type, span: meaning.span,
        claims: meaning.claims)
      let inner = member(element, name, rows, at: span)
      if case .missing = inner.form { return .missing(span) }
      if case .list = inner.form {
        errors.append(.misplaced("a list of lists", at: span, hint: nil))
        return .missing(span)
      }
      let form = ListForm(space: list.space, element: inner.form, known: list.known)
      return Meaning(
        form: .list(form), type: .list(inner.type), span: span, claims: inner.claims)
    case .quantity(let form):
      guard let part = bound(word, form, rows, at: span) else { break }
      if word != "best" { readBounds(of: [meaning.form], rows, at: span) }
      return Meaning(
        form: part, type: part.shape.type, span: span, claims: meaning.claims)
    case .date(let form):
      guard let part = edge(word, form, rows, at: span) else { break }
      readBounds(of: [meaning.form], rows, at: span)
      return Meaning(form: part, type: .date, span: span, claims: meaning.claims)
    case .period(let start, let end):
      guard word == "start" || word == "end" else { break }
      var side = word == "start" ? start : end
      side.none = start.none
      let (outer, open) =
        word == "start" ? (side.earliest, Day.distantPast) : (side.latest, Day.distantFuture)
      let part = Form.date(stated(side, outer, known: start.known, open: open, rows, at: span))
      return Meaning(form: part, type: .date, span: span, claims: meaning.claims)
    case .truth, .text: break
    }
    errors.append(
      .unknownField(word, in: meaning.type.phrase, fields: meaning.type.members, at: name))
    return .missing(span)
  }

  private mutating func field(
    _ word: String, of kind: EntityKind, _ codes: Register, _ meaning: Meaning, _ rows: RowScope,
    name: Span, at span: Span
  ) -> Meaning {
    let table = environment.facts.table(kind)
    guard let index = table.fields.firstIndex(where: { $0.name == word }) else {
      errors.append(
        .unknownField(word, in: kind.phrase, fields: table.fields.map(\.name), at: name))
      return .missing(span)
    }
    let column = table.column(index)
    if case .lists = column.storage, rows.builder.space(codes) != 0 {
      errors.append(.misplaced("a list of lists", at: span, hint: nil))
      return .missing(span)
    }
    var form = rows.builder.form(column.shape, .followed(codes, column), at: span)
    // The unit of one fact's value is known before the run.
    if case .id(let key) = meaning.literal, case .quantity(var quantity) = form,
      case .quantities(let values) = column.storage
    {
      quantity.unit = .one(values.unit(at: Int(key.row)))
      form = .quantity(quantity)
    }
    return Meaning(
      form: form, type: form.shape.type, span: span,
      claims: table.fields[index].claims.isEmpty ? Claims() : rows.claims(ofFigures: codes))
  }

  /// `value.low`, `value.best`, `value.high`: a number of the same unit, unknown where it stands open.
  private func bound(_ word: String, _ form: QuantityForm, _ rows: RowScope, at span: Span) -> Form?
  {
    var register: Register
    let open: (Int64, Double)
    switch word {
    case "low": (register, open) = (form.low, (Open.low, -.infinity))
    case "best": (register, open) = (form.best, (Open.best, -.infinity))
    case "high": (register, open) = (form.high, (Open.high, .infinity))
    default: return nil
    }
    var known = form.known
    if !form.isExact {
      let constant: Register =
        form.kind == .double
        ? rows.builder.constant(.double(open.1), .double)
        : rows.builder.constant(.int(open.0), .int)
      let isOpen = rows.builder.emit(.compare(.equal), .mask, [register, constant], at: span)
      let isStated = rows.builder.not(isOpen, at: span)
      known = rows.builder.and(known, isStated, at: span)
    }
    if let known {
      let zero: Constant = form.kind == .double ? .double(0) : .int(0)
      register = rows.builder.emit(.orElse(zero), form.lane, [register, known], at: span)
    }
    return .quantity(
      QuantityForm(
        low: register, best: register, high: register, kind: form.kind, unit: form.unit,
        known: known, none: form.none))
  }

  /// An end of a period; one that stands open or isn't written isn't known.
  private func stated(
    _ side: DateForm, _ outer: Register, known: Register?, open: Int32, _ rows: RowScope,
    at span: Span
  ) -> DateForm {
    let constant = rows.builder.constant(.code(open), .code)
    let isOpen = rows.builder.emit(.compare(.equal), .mask, [outer, constant], at: span)
    let isStated = rows.builder.not(isOpen, at: span)
    return DateForm(
      earliest: side.earliest, latest: side.latest,
      known: rows.builder.and(known, isStated, at: span), none: side.none)
  }

  /// `date.earliest`, `date.latest`: a day, unknown where it stands open.
  private func edge(_ word: String, _ form: DateForm, _ rows: RowScope, at span: Span) -> Form? {
    let register: Register
    let open: Int32
    switch word {
    case "earliest": (register, open) = (form.earliest, Day.distantPast)
    case "latest": (register, open) = (form.latest, Day.distantFuture)
    default: return nil
    }
    let constant = rows.builder.constant(.code(open), .code)
    let isOpen = rows.builder.emit(.compare(.equal), .mask, [register, constant], at: span)
    let known = rows.builder.and(form.known, rows.builder.not(isOpen, at: span), at: span)
    return .date(
      DateForm(earliest: register, latest: register, known: known, none: form.none))
  }
}

extension Type {
  /// What may stand behind a dot.
  fileprivate var members: [String] {
    switch self {
    case .quantity: ["low", "best", "high"]
    case .date: ["earliest", "latest"]
    case .period: ["start", "end"]
    case .truth, .text, .reference, .list, .unknown: []
    }
  }
}
