/// What each aggregate takes, and what it gives.
extension Checker {
  /// An aggregate of the rows of a group, a table or a window, if its argument suits it.
  mutating func aggregate(
    _ function: Aggregate.Function, _ argument: Meaning?, _ rows: RowScope, at span: Span,
    isInStage: Bool, mayBeEmpty: Bool = false
  ) -> Aggregate? {
    if function == .origins, rows.skipsUnknown {
      errors.append(.noFacts(function.rawValue, at: span))
      return nil
    }
    if let argument, function.looksAtBounds { readBounds(of: [argument.form], rows, at: span) }
    let fitted = argument.map { self.fitted($0, for: function, rows) }
    // A range that was computed and has no bound is not one that isn't reported.
    let skips = rows.skipsUnknown && fitted?.isComputedRange != true
    let argument = skips ? fitted : fitted.map { bounded($0, rows, at: span) }
    guard let shape = shape(of: function, argument, rows, skips: skips) else {
      if let argument { errors.append(refusal(of: argument, by: function)) }
      return nil
    }
    if let argument { observe(argument, of: function, rows) }
    if !function.allowsMaybeRows(shape) { refuseMaybeRows(function.rawValue, rows, at: span) }
    return Aggregate(
      function: function, argument: argument?.form,
      argumentName: argument.map { tree.written($0.span) } ?? "", shapeOfCertain: shape,
      holdsMaybe: rows.holdsMaybe, mayBeEmpty: rows.holdsMaybe && mayBeEmpty,
      claims: argument?.claims ?? Claims(), sources: rows.claimSources, skipsUnknown: skips,
      span: span, groupingPlace: isInStage ? groupingPlace : nil,
      groupingColumns: rows.plainColumns(["subject", "measure", "period"]),
      reconcilingPlace: isInStage ? reconcilingPlace : nil,
      unitOfArgument: isInStage ? argument.map { "unit(\(tree.source.text($0.span)))" } : nil)
  }

  /// Tells of the rows that a condition leaves open.
  private mutating func observe(
    _ argument: Meaning, of function: Aggregate.Function, _ rows: RowScope
  ) {
    guard [.count, .any, .all].contains(function), case .truth(let truth) = argument.form,
      rows.builder.space(truth.certain) == 0, truth.aside != nil || truth.certain != truth.possible
    else { return }
    if comparisons.isEmpty, let known = truth.known {
      note(truth, unknown: rows.builder.not(known, at: argument.span), left: .missing, "", rows)
    }
    rows.builder.observe(
      FilterStep(
        condition: truth, kept: .every, comparisons: comparisons, name: tree.written(argument.span)),
      at: argument.span)
  }

  private func refusal(of argument: Meaning, by function: Aggregate.Function) -> CheckError {
    switch function {
    case .count: .countOfValues(argument.type, at: argument.span)
    case .any, .all: .expectedType("a truth", found: argument.type, at: argument.span)
    default:
      .noOperation(function.rawValue, argument.type, at: argument.span, hint: nil)
    }
  }

  // MARK: Bounds of the unknown

  /// Values that may not be reported have the bounds of the unknown in those rows.
  private func bounded(_ argument: Meaning, _ rows: RowScope, at span: Span) -> Meaning {
    var bounded = argument
    switch argument.form {
    case .quantity(let form):
      // The fields of a dossier hold these bounds already.
      if let known = form.known, form.isExact || form.written == nil {
        bounded.form = .quantity(self.bounded(form, known, rows, at: span))
      }
    case .date(let form):
      guard let known = form.known else { break }
      func edge(_ day: Register, _ open: Int32) -> Register {
        rows.builder.emit(.orElse(.code(open)), .code, [day, known], at: span)
      }
      bounded.form = .date(
        DateForm(
          earliest: edge(form.earliest, Day.distantPast),
          latest: edge(form.latest, Day.distantFuture), known: known, none: form.none))
    default: break
    }
    return bounded
  }

  private func bounded(
    _ form: QuantityForm, _ known: Register, _ rows: RowScope, at span: Span
  ) -> QuantityForm {
    func bound(_ register: Register, _ int: Int64, _ double: Double, where mask: Register)
      -> Register
    {
      let value: Constant = form.kind == .double ? .double(double) : .int(int)
      return rows.builder.emit(.orElse(value), form.lane, [register, mask], at: span)
    }
    var low = bound(form.low, Open.low, -.infinity, where: known)
    switch form.unit {
    case .one(let unit):
      if unit?.isCounted == true { low = bound(form.low, 0, 0, where: known) }
    case .each(let codes, let units):
      let plain = units.map { UInt8($0?.isCounted == true ? 0 : 1) } + [1, 1]
      let isPlain = rows.builder.emit(.lookUp(plain), .mask, [codes], at: span)
      low = bound(low, 0, 0, where: rows.builder.or(known, isPlain, at: span))
    }
    return QuantityForm(
      low: low, best: bound(form.best, Open.best, -.infinity, where: known),
      high: bound(form.high, Open.high, .infinity, where: known), kind: form.kind,
      unit: form.unit, known: known, none: form.none)
  }

  // MARK: Shapes

  private func shape(
    of function: Aggregate.Function, _ argument: Meaning?, _ rows: RowScope, skips: Bool
  ) -> Shape? {
    guard let argument else {
      let isCertain = function != .origins || !Origins(environment.facts).mayDiffer
      return .number(isExact: isCertain)
    }
    switch (function, argument.form.shape) {
    case (.countDistinct, let shape):
      return argument.form.isCountable
        ? .number(isExact: shape.isCertain && (rows.skipsUnknown || !shape.mayBeUnknown)) : nil
    case (.list, .list), (.list, .missing), (.first, .missing), (.last, .missing): return nil
    case (.list, let element): return .list(element, hasKnown: false)
    case (.first, let shape), (.last, let shape): return shape.withUnknown
    case (_, .quantity(let kind, let isExact, let units, _, _, _)):
      let mayBeUnknown = skips && argument.form.shape.mayBeUnknown
      return quantity(of: function, kind, isExact, units, mayBeUnknown)
    case (_, .date(let isExact, _, _, _)): return date(of: function, isExact)
    case (.any, .truth(_, let hasAside, _)), (.all, .truth(_, let hasAside, _)):
      return .truth(hasKnown: false, hasAside: hasAside)
    case (.count, .truth): return .number(isExact: argument.form.isCertainTruth)
    case (.min, .text), (.max, .text): return argument.form.shape
    default: return nil
    }
  }

  private func quantity(
    of function: Aggregate.Function, _ kind: NumberKind, _ isExact: Bool, _ units: Shape.Units,
    _ mayBeUnknown: Bool
  ) -> Shape? {
    func shape(_ kind: NumberKind, _ isExact: Bool, _ units: Shape.Units, known: Bool) -> Shape {
      .quantity(kind: kind, isExact: isExact, units: units, hasKnown: known, written: nil)
    }
    switch function {
    case .sum: return shape(kind, isExact, units.withNone, known: mayBeUnknown)
    case .avg: return shape(.double, isExact, units.withNone, known: true)
    case .median: return shape(.double, isExact, units, known: true)
    case .share: return shape(.double, isExact, .one(.percent), known: true)
    case .min, .max, .spread: return shape(kind, isExact, units, known: true)
    case .hull: return shape(kind, false, units, known: true)
    default: return nil
    }
  }

  private func date(of function: Aggregate.Function, _ isExact: Bool) -> Shape? {
    switch function {
    case .min, .max: .date(isExact: isExact, hasKnown: true, written: nil)
    case .hull: .date(isExact: false, hasKnown: true, written: nil)
    case .spread:
      .quantity(
        kind: .decimal(scale: 0), isExact: isExact, units: .one(.days), hasKnown: true,
        written: nil)
    default: nil
    }
  }
}

extension Aggregate.Function {
  /// Whether the result depends on how far values reach, and isn't one of them as it was written.
  fileprivate var looksAtBounds: Bool {
    switch self {
    case .countDistinct, .sum, .avg, .share, .min, .max, .median, .hull, .spread: true
    case .count, .any, .all, .first, .last, .list, .origins: false
    }
  }

  /// Whether it has a result, of some shape, where it isn't certain which rows are there.
  fileprivate func allowsMaybeRows(_ shape: Shape) -> Bool {
    switch (self, shape) {
    case (.first, _), (.last, _), (.list, _), (.min, .text), (.max, .text): false
    default: true
    }
  }

  /// Whether its result is one of the values or made of them, not a number of rows or a truth.
  var givesValue: Bool {
    switch self {
    case .sum, .avg, .share, .min, .max, .median, .hull, .spread, .first, .last, .list: true
    case .count, .countDistinct, .any, .all, .origins: false
    }
  }

  /// How many arguments it may have beside the rows.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .count: 0...1
    case .origins: 0...0
    default: 1...1
    }
  }

  /// How it is written inside summarize.
  var usage: String {
    switch self {
    case .count: "count() or count(on_record)"
    case .origins: "origins()"
    case .any, .all: "\(rawValue)(on_record)"
    default: "\(rawValue)(value)"
    }
  }

  /// How it is written over a whole table.
  var wholeUsage: String {
    switch self {
    case .count, .origins: "\(rawValue)(figures)"
    case .any, .all: "\(rawValue)(figures.on_record)"
    default: "\(rawValue)(figures.value)"
    }
  }
}

extension Form {
  /// Whether its values can be told apart.
  fileprivate var isCountable: Bool {
    switch self {
    case .list, .missing: false
    default: true
    }
  }

  fileprivate var isCertainTruth: Bool {
    if case .truth(let form) = self { form.certain == form.possible } else { false }
  }
}

extension Shape {
  /// Plain whole numbers.
  fileprivate static func number(isExact: Bool) -> Shape {
    .quantity(
      kind: .decimal(scale: 0), isExact: isExact, units: .one(nil), hasKnown: false, written: nil)
  }

  /// Whether a reported value is one value for certain.
  fileprivate var isCertain: Bool {
    switch self {
    case .quantity(_, let isExact, _, _, _, _), .date(let isExact, _, _, _): isExact
    case .text, .reference: true
    case .truth, .period, .list, .missing: false
    }
  }

  fileprivate var mayBeUnknown: Bool {
    switch self {
    case .truth(let hasKnown, _, _), .quantity(_, _, _, let hasKnown, _, _),
      .date(_, let hasKnown, _, _), .period(let hasKnown, _, _), .list(_, let hasKnown):
      hasKnown
    case .text, .reference, .missing: true
    }
  }

  /// The same for values that may not be reported.
  fileprivate var withUnknown: Shape {
    switch self {
    case .truth(_, let hasAside, _): .truth(hasKnown: true, hasAside: hasAside)
    case .quantity(let kind, let isExact, let units, _, let written, _):
      .quantity(kind: kind, isExact: isExact, units: units, hasKnown: true, written: written)
    case .date(let isExact, _, let written, _):
      .date(isExact: isExact, hasKnown: true, written: written)
    case .period(_, let written, _): .period(hasKnown: true, written: written)
    case .list(let element, _): .list(element, hasKnown: true)
    case .text, .reference, .missing: self
    }
  }
}

extension Shape.Units {
  /// The units of a sum: a sum of nothing has none.
  fileprivate var withNone: Shape.Units {
    if case .each(let units) = self { .each(units + [nil]) } else { self }
  }
}

extension Meaning {
  fileprivate var isComputedRange: Bool {
    guard isComputed, case .quantity(let form) = form else { return false }
    return !form.isExact
  }
}
