/// Calls of the functions that a script defines.
extension Checker {
  /// How deep expressions may nest, those of called functions counted in.
  static let deepest = 400
  /// How many calls a text may make, since a few functions can call each other very often.
  static let mostCalls = 10_000

  /// The function that a path names.
  func function(_ path: Run<Span>) -> Function? {
    environment.function(named: tree.name(tree[path]))
  }

  mutating func checkFunctionDefinition(_ name: Span, _ formals: Run<Formal>, _ query: Link<Query>)
  {
    let word = tree.name(name)
    define(word, at: name)
    var seen: Set<String> = []
    for formal in tree[formals] {
      let parameter = tree.name(formal.name)
      if !seen.insert(parameter).inserted { errors.append(.defined(parameter, at: formal.name)) }
      if let type = formal.type {
        let kind = tree.source.text(type).filter { $0 != " " }
        if kind != "table", ParameterType(kind) == nil {
          errors.append(.unknownType(kind, at: type))
        }
      }
    }
    environment.count += 1
    environment.functions[environment.qualified(word)] = Function(
      name: word, number: environment.count, tree: tree, formals: formals, query: query,
      namespace: environment.namespace)
  }

  /// Whether a call gives rows.
  func givesTable(_ function: Function) -> Bool {
    let query = function.tree[function.query]
    if !query.stages.isEmpty { return true }
    guard let source = query.source else { return false }
    switch function.tree[source].kind {
    case .query: return true
    case .path(let names):
      let name = function.tree.name(function.tree[names])
      let formal = function.tree[function.formals].first { function.tree.name($0.name) == name }
      if let formal { return formal.type.map(function.tree.source.text) == "table" }
      return environment.isTable(name, in: function.namespace)
    case .call(let names, _):
      if names.count == 1,
        function.tree.name(function.tree[names][names.range.lowerBound]) == "open"
      {
        return true
      }
      let name = function.tree.name(function.tree[names])
      guard let called = environment.function(named: name, in: function.namespace),
        called.number < function.number
      else { return false }
      return givesTable(called)
    default: return false
    }
  }

  /// A call that gives rows, as a source or as a stage of piped rows.
  mutating func checkTableCall(
    _ function: Function, _ arguments: Run<Argument>, piped: QueryLine?, at span: Span
  ) -> CheckedQuery? {
    guard let locals = bind(function, arguments, piped: piped, nil, at: span) else { return nil }
    var result: CheckedQuery?
    inside(function, locals, at: span) { checker in result = checker.check(function.query) }
    if let result, !result.isTable {
      errors.append(.notATable(result.outputs.first?.type ?? .unknown, at: span))
      return nil
    }
    return result
  }

  /// A call that gives a value.
  mutating func checkValueCall(
    _ function: Function, _ arguments: Run<Argument>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    if givesTable(function) {
      errors.append(
        .misplaced("a table", at: span, hint: "count(\(function.name)(…)) counts its rows"))
      return .missing(span)
    }
    guard let locals = bind(function, arguments, piped: nil, rows, at: span),
      let body = function.tree[function.query].source
    else { return .missing(span) }
    var result = Meaning.missing(span)
    inside(function, locals, at: span) { checker in
      // The body doesn't see the fields of the caller's rows.
      let (fields, groups, windows) = (rows.fields, rows.groups, rows.windows)
      (rows.fields, rows.groups, rows.windows) = ([], nil, nil)
      result = checker.check(body, rows)
      (rows.fields, rows.groups, rows.windows) = (fields, groups, windows)
    }
    return result.at(span)
  }

  /// Checks something in the place of a function's body.
  private mutating func inside(
    _ function: Function, _ locals: [String: Local], at span: Span,
    _ body: (inout Checker) -> Void
  ) {
    callCount += 1
    guard !calls.contains(function.number) else {
      errors.append(.recursion(function.name, at: span))
      return
    }
    guard callCount <= Checker.mostCalls else {
      errors.append(.tooManyCalls(limit: Checker.mostCalls, at: span))
      return
    }
    let outer = (tree: tree, locals: self.locals, namespace: environment.namespace)
    let before = errors.count
    (tree, self.locals, environment.namespace) = (function.tree, locals, function.namespace)
    calls.append(function.number)
    body(&self)
    calls.removeLast()
    (tree, self.locals, environment.namespace) = (outer.tree, outer.locals, outer.namespace)
    for index in before..<max(before, errors.count) {
      errors[index] = .inCall(errors[index], function: function.name, at: span)
    }
  }

  // MARK: Arguments

  /// What the parameters stand for; nil if something was wrong.
  private mutating func bind(
    _ function: Function, _ arguments: Run<Argument>, piped: QueryLine?, _ rows: RowScope?,
    at span: Span
  ) -> [String: Local]? {
    let before = errors.count
    // Calls inside of arguments have larger frames than other expressions.
    nesting += 3
    defer { nesting -= 3 }
    if nesting > Checker.deepest {
      errors.append(.nestedTooDeep(at: span))
      return nil
    }
    let formals = Array(function.tree[function.formals])
    let names = formals.map { function.tree.name($0.name) }
    var locals: [String: Local] = [:]
    func misuse() -> CheckError {
      .wrongArguments(function: function.name, expected: function.usage, at: span)
    }
    if let piped {
      guard let first = names.first else {
        errors.append(misuse())
        return nil
      }
      guard let table = definition(of: piped, at: span) else { return nil }
      locals[first] = .table(table)
    }
    var given = Set(locals.keys)
    for argument in tree[arguments] {
      let place =
        argument.name.map(tree.name).map { name in names.firstIndex(of: name) }
        ?? names.firstIndex { !given.contains($0) }
      guard let place, given.insert(names[place]).inserted else {
        errors.append(misuse())
        return nil
      }
      guard let local = local(argument.value, formals[place], of: function, rows) else { continue }
      locals[names[place]] = local
    }
    guard errors.count == before else { return nil }
    for (index, formal) in formals.enumerated() where locals[names[index]] == nil {
      guard let value = formal.default else {
        errors.append(misuse())
        return nil
      }
      inside(function, [:], at: span) { checker in
        locals[names[index]] = checker.local(value, formal, of: function, nil)
      }
    }
    return errors.count == before ? locals : nil
  }

  /// What an argument stands for.
  private mutating func local(
    _ link: Link<Expression>, _ formal: Formal, of function: Function, _ rows: RowScope?
  ) -> Local? {
    let before = errors.count
    guard let local = local(link, rows) else {
      if errors.count == before { errors.append(misplaced(.missing(tree[link].span))) }
      return nil
    }
    guard let written = formal.type else { return local }
    let kind = function.tree.source.text(written).filter { $0 != " " }
    guard let type = local.type else {
      if kind == "table" { return local }
      errors.append(.argumentType(kind, found: "a table", at: tree[link].span, formal: written))
      return nil
    }
    if kind != "table", let parameter = ParameterType(kind) {
      if parameter.accepts(local, type) { return local }
      if case .literal(let named) = local, let list = parameter.list(of: named.literal) {
        return .literal(.init(literal: list, isParameter: named.isParameter))
      }
    }
    errors.append(.argumentType(kind, found: type.phrase, at: tree[link].span, formal: written))
    return nil
  }

  private mutating func local(_ link: Link<Expression>, _ rows: RowScope?) -> Local? {
    let expression = tree[link]
    let before = errors.count
    // An argument rests on what itself names, not on what stands beside it.
    let outer = definitionDepth
    definitionDepth = 0
    defer { definitionDepth = max(definitionDepth, outer) }
    if isTable(expression) {
      guard let (plan, scope) = checkTable(expression) else { return nil }
      return definition(of: QueryLine(plan: plan, rows: scope), at: expression.span)
        .map { .table($0) }
    }
    if let literal = literal(expression) {
      return .literal(.init(literal: literal, isParameter: false))
    }
    if case .path(let names) = expression.kind, names.count == 1,
      rows?.fields.contains(where: { $0.name == tree.name(expression.span) }) != true
    {
      let name = tree.name(expression.span)
      if let local = locals[name] { return local }
      if let named = environment.literal(named: name) { return .literal(named) }
    }
    guard errors.count == before else { return nil }
    // What doesn't read the caller's rows is computed once, and can be used in any rows.
    let alone = RowScope(fields: [], name: nil, skipsUnknown: false)
    let meaning = check(link, alone)
    if errors.count == before, !meaning.isMissing {
      return scalar(meaning, alone)
    }
    guard let rows, !rows.fields.isEmpty else { return nil }
    errors.removeLast(errors.count - before)
    let value = check(link, rows)
    return value.isMissing ? nil : .value(value, rows)
  }

  private mutating func scalar(_ meaning: Meaning, _ rows: RowScope) -> Local? {
    if case .missing = meaning.form {
      errors.append(misplaced(meaning))
      return nil
    }
    guard mayRestOnMore(at: meaning.span) else { return nil }
    let output = Field(
      name: "", source: .form(meaning.form), shape: meaning.form.shape,
      claims: meaning.claims ?? Claims())
    let (outputs, claims) = claimColumns([output], rows)
    let field = outputs[0].asColumn(0)
    var plan = Plan(source: .one)
    let program = rows.builder.finished(
      keeping: meaning.form.registers + claims.compactMap(\.register))
    plan.steps.append(.compute(program, outputs, result: [field], claims: claims))
    plan.facts = facts
    environment.count += 1
    return .scalar(
      Environment.Definition(
        number: environment.count, depth: definitionDepth + 1, plan: plan, tree: tree,
        query: Link(index: 0), fields: [field], isTable: false, skipsUnknown: false,
        holdsMaybe: false))
  }

  /// What is computed before the body nests while it runs, as names do that rest on each other.
  private mutating func mayRestOnMore(at span: Span) -> Bool {
    if definitionDepth < Environment.deepest { return true }
    errors.append(.nestedTooDeep(at: span))
    return false
  }

  /// Rows that are computed once, however often the body names them.
  private mutating func definition(
    of line: QueryLine, at span: Span
  ) -> Environment.Definition? {
    var line = line
    flush(&line)
    guard mayRestOnMore(at: span) else { return nil }
    environment.count += 1
    return Environment.Definition(
      number: environment.count, depth: definitionDepth + 1, plan: line.plan, tree: tree,
      query: Link(index: 0), fields: line.rows.fields, isTable: true,
      skipsUnknown: line.rows.skipsUnknown, holdsMaybe: line.rows.holdsMaybe)
  }
}

extension Meaning {
  /// The same at another place: that of the call.
  fileprivate func at(_ span: Span) -> Meaning {
    Meaning(
      form: form, type: type, span: span, literal: literal, claims: claims,
      isParameter: isParameter)
  }
}
