extension Checker {
  /// A path: the longest column first, then a name of the script, an id, a table; the rest are dots.
  mutating func resolve(_ names: Run<Span>, _ rows: RowScope, at span: Span) -> Meaning {
    let spans = Array(tree[names])
    var length = rows.longestName(upTo: spans.count)
    while length > 0 {
      let name = tree.name(spans[..<length])
      if let field = rows.fields.firstIndex(where: { $0.name == name }) {
        if length == 1,
          locals[name] != nil || environment.parameters.contains(environment.qualified(name))
        {
          errors.append(.hiddenParameter(name, at: spans[0]))
          return .missing(span)
        }
        let first = spans[0].joined(spans[length - 1])
        return follow(self.field(field, rows, at: first), spans[length...], rows, at: span)
      }
      length -= 1
    }
    if spans.count > 1, isOwnField(spans, rows) {
      errors.append(
        .misplaced(
          "a table", at: spans[0], hint: "of these rows it is '\(tree.name(spans[1]))' alone"))
      return .missing(span)
    }
    // Names of a script that was used under a name of its own have a dot in them.
    for length in (1...min(spans.count, 4)).reversed() {
      let name = tree.name(spans[..<length])
      if let meaning = outside(name, rows, at: spans[0].joined(spans[length - 1])) {
        return follow(meaning, spans[length...], rows, at: span)
      }
    }
    reportUnknown(spans, rows)
    return .missing(span)
  }

  /// `figures.source` in a stage of `figures`.
  private func isOwnField(_ names: [Span], _ rows: RowScope) -> Bool {
    let scope = rows.groups?.rows ?? rows
    return scope.name == tree.name(names[0])
      && scope.fields.contains { $0.name == tree.name(names[1]) }
      && environment.definition(named: tree.name(names[0])) == nil
      && environment.table(named: tree.name(names[0])) != nil
  }

  /// A field by its name, for `sum(figures.value)`.
  mutating func resolve(field name: String, in rows: RowScope, at span: Span) -> Meaning {
    guard let index = rows.fields.firstIndex(where: { $0.name == name }) else {
      errors.append(
        .unknownField(name, in: rows.name, fields: rows.fields.map(\.name), at: span))
      return .missing(span)
    }
    return field(index, rows, at: span)
  }

  private mutating func field(_ index: Int, _ rows: RowScope, at span: Span) -> Meaning {
    let field = rows.fields[index]
    let form = rows.form(ofField: index, at: span)
    if case .truth(let truth) = form, let known = truth.known {
      note(truth, unknown: rows.builder.not(known, at: span), left: .missing, "", rows)
    }
    advice[span] = field.advice
    let meaning = Meaning(
      form: form, type: field.shape.type, span: span, claims: field.claims, isOpen: field.isOpen,
      isComputed: field.isComputed)
    return withSum(meaning, ofField: index, rows)
  }

  private mutating func follow(
    _ meaning: Meaning, _ names: ArraySlice<Span>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    var meaning = meaning
    for name in names { meaning = member(meaning, name, rows, at: meaning.span.joined(name)) }
    return meaning
  }

  /// What a name means outside of the rows; nil if nothing.
  private mutating func outside(_ name: String, _ rows: RowScope, at span: Span) -> Meaning? {
    if environment.broken.contains(environment.qualified(name)) { return .missing(span) }
    if let local = locals[name] { return meaning(of: local, name, rows, at: span) }
    if let literal = environment.literal(named: name) {
      return meaning(of: literal, rows, at: span)
    }
    if let definition = environment.definition(named: name) {
      return meaning(of: definition, name, rows, at: span)
    }
    if let key = environment.facts.entity(withID: environment.qualified(name)) {
      if let number = environment.facts.factNumber(key) { facts.append(number) }
      return literal(.id(key), rows, at: span)
    }
    if environment.table(named: name) != nil {
      errors.append(.misplaced("a table", at: span, hint: "count(\(name)) counts its rows"))
      return .missing(span)
    }
    return nil
  }

  private mutating func meaning(
    of local: Local, _ name: String, _ rows: RowScope, at span: Span
  ) -> Meaning {
    switch local {
    case .literal(let literal): return meaning(of: literal, rows, at: span)
    case .table(let definition), .scalar(let definition):
      return meaning(of: definition, name, rows, at: span)
    case .value(let meaning, let scope):
      if scope === rows || scope === rows.groups?.rows { return meaning }
      errors.append(.dependsOnRow(name, at: span))
      return .missing(span)
    }
  }

  private mutating func meaning(
    of definition: Environment.Definition, _ name: String, _ rows: RowScope, at span: Span
  ) -> Meaning {
    guard !definition.isTable else {
      errors.append(.misplaced("a table", at: span, hint: "count(\(name)) counts its rows"))
      return .missing(span)
    }
    definitionDepth = max(definitionDepth, definition.depth)
    let index = rows.builder.scalar(ofDefinition: definition.number, definition.plan)
    let shape = definition.fields[0].shape
    let form = rows.builder.form(shape, .scalar(plan: index, column: 0), at: span)
    return Meaning(
      form: form, type: shape.type, span: span,
      claims: rows.claims(definition.fields[0].claims, ofScalar: index))
  }

  /// The functions that need no definition.
  static let functionNames =
    Aggregate.Function.allCases.map(\.rawValue) + WindowFunction.allCases.map(\.rawValue)
    + ScalarFunction.allCases.map(\.rawValue) + dateFunctions.sorted()

  /// The names of the functions that the script defines or uses, and of the host's.
  var ownFunctions: [String] {
    let prefix = environment.namespace.map { $0 + "." } ?? ""
    return environment.functions.keys.sorted().filter { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count))
    } + environment.hostFunctions.keys.sorted()
  }

  private mutating func reportUnknown(_ names: [Span], _ rows: RowScope) {
    let first = tree.name(names[0])
    if names.count == 1, Checker.wordsForNothing.contains(first.lowercased()) {
      errors.append(.habit(.null, at: names[0], Mending(names[0], "unknown")))
      return
    }
    // Of a script that is used as `l` it is `l.top` that isn't there.
    if names.count > 1, let known = definedNames(ofScript: first) {
      let name = first + "." + tree.name(names[1])
      errors.append(.unknownName(name, known: known, at: names[0].joined(names[1])))
      return
    }
    reportUnknown(first, rows, at: names[0])
  }

  /// What a script that is used under a name defines; nil if there is none.
  private func definedNames(ofScript name: String) -> [String]? {
    let prefix = environment.qualified(name) + "."
    let own =
      environment.definitions.keys.sorted() + environment.literals.keys.sorted()
      + environment.functions.keys.sorted() + environment.facts.entities.flatMap(\.ids)
    let tables = FactStore.tableNames.map { prefix + $0 }.filter {
      environment.facts.table(named: $0) != nil
    }
    let outer = environment.namespace.map { $0.utf8.count + 1 } ?? 0
    let found = (own.filter { $0.hasPrefix(prefix) } + tables).map { String($0.dropFirst(outer)) }
    return found.isEmpty ? nil : found
  }

  private mutating func reportUnknown(_ name: String, _ rows: RowScope, at span: Span) {
    if let groups = rows.groups, groups.rows.fields.contains(where: { $0.name == name }) {
      errors.append(.notAggregated(name, at: span))
    } else if rows.fields.isEmpty {
      let known =
        environment.tableNames + locals.keys.sorted() + environment.definitions.keys.sorted()
        + environment.literals.keys.sorted() + environment.facts.entities.flatMap(\.ids)
      errors.append(.unknownName(name, known: known, at: span))
    } else {
      errors.append(
        .unknownField(name, in: rows.name, fields: rows.fields.map(\.name), at: span))
    }
  }

  // MARK: Calls

  mutating func checkCall(
    _ path: Run<Span>, _ arguments: Run<Argument>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    if let function = function(path) {
      return checkValueCall(function, arguments, rows, at: span)
    }
    let word = tree.name(tree[path])
    if let function = environment.hostFunctions[word] {
      return checkHostCall(function, named: word, arguments, rows, at: span)
    }
    let name = tree[path].reduce(tree[path][path.range.lowerBound]) { $0.joined($1) }
    if let function = Aggregate.Function(rawValue: word) {
      return checkAggregate(function, arguments, rows, at: span)
    }
    if Checker.dateFunctions.contains(word) {
      let values = tree[arguments].map { check($0.value, rows) }
      do throws(CheckError) {
        if let meaning = try checkDateFunction(word, values, rows, at: span) {
          readBounds(of: values, for: meaning.form, rows, at: span)
          return meaning
        }
      } catch {
        errors.append(error)
        return .missing(span)
      }
    }
    if let function = WindowFunction(rawValue: word) {
      return checkWindow(function, arguments, rows, at: span)
    }
    let scope = rows.groups?.rows ?? rows
    guard let function = ScalarFunction(rawValue: word) else {
      errors.append(
        Checker.clocks.contains(word)
          ? .noClock(at: span) : .unknownFunction(word, own: ownFunctions, at: name))
      for argument in tree[arguments] where !isTable(tree[argument.value]) {
        _ = check(argument.value, scope)
      }
      return .missing(span)
    }
    for argument in tree[arguments] where argument.name != nil {
      errors.append(.wrongArguments(function: word, expected: function.usage, at: span))
      return .missing(span)
    }
    let values = tree[arguments].map { check($0.value, rows) }
    do throws(CheckError) {
      return try checkFunction(function, values, rows, at: span)
    } catch {
      errors.append(error)
      return .missing(span)
    }
  }

  /// The unit as a text; none for a plain number, and of what doesn't apply.
  func unitName(_ form: QuantityForm, _ rows: RowScope, at span: Span) -> Form {
    func applying(_ codes: Register) -> Register {
      guard let none = form.none else { return codes }
      let applies = rows.builder.not(none, at: span)
      return rows.builder.emit(.orElse(.code(Code.none)), .code, [codes, applies], at: span)
    }
    switch form.unit {
    case .one(let unit):
      let code = rows.builder.constant(.code(unit == nil ? Code.none : 0), .code)
      return .text(applying(code), .fixed(TextDictionary([unit?.name ?? ""])))
    case .each(let codes, let units):
      let table = units.enumerated().map { $1 == nil ? Code.none : Int32($0) }
      let named = rows.builder.emit(.recode(table), .code, [codes], at: span)
      return .text(applying(named), .fixed(TextDictionary(units.map { $0?.name ?? "" })))
    }
  }
}
