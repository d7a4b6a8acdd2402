extension Checker {
  /// A checked query: its plan, what it gives, and the rows for a stage that may follow.
  struct CheckedQuery {
    var plan: Plan
    let rows: RowScope
    let outputs: [Field]
    let isTable: Bool
  }

  /// Checks a query or an expression; nil if something was wrong.
  ///
  /// Only one that is shown may be drawn.
  mutating func check(_ link: Link<Query>, isShown: Bool = false) -> CheckedQuery? {
    let query = tree[link]
    // Its frames are larger than those of an expression.
    nesting += 3
    defer { nesting -= 3 }
    if nesting > Checker.deepest {
      errors.append(.nestedTooDeep(at: query.span))
      return nil
    }
    // A query inside a condition has comparisons of its own.
    let outer = (comparisons, facts)
    facts = []
    defer { (comparisons, facts) = outer }
    let before = errors.count
    guard let (plan, rows) = checkSource(query) else { return nil }
    var line = QueryLine(plan: plan, rows: rows)
    var stages = Array(tree[query.stages])[...]
    if rows == nil, !checkValue(query, &stages, &line) { return nil }
    let isTable = rows != nil || !stages.isEmpty
    while let stage = stages.popFirst() {
      line.isNearlyShown = isShown && stages.allSatisfy(\.shows)
      if line.plan.drawing != nil {
        errors.append(.behindChart(at: stage.span))
        break
      }
      check(stage, &line)
      if line.isRefused { break }
    }
    if !isShown, line.plan.drawing != nil, let last = tree[query.stages].last {
      errors.append(.chartInside(at: last.span))
    }
    flush(&line)
    line.plan.facts += facts
    guard errors.count == before else { return nil }
    return CheckedQuery(
      plan: line.plan, rows: line.rows, outputs: line.rows.fields, isTable: isTable)
  }

  /// The plan so far and the rows that the next stage reads.
  struct QueryLine {
    var plan: Plan
    var rows: RowScope
    /// Whether the stages that follow only show the rows.
    var isNearlyShown = false
    /// Whether a stage was refused in a way that leaves open what its rows would be.
    var isRefused = false

    init(plan: Plan, rows: RowScope?) {
      self.plan = plan
      self.rows = rows ?? RowScope(fields: [], name: nil, skipsUnknown: false)
    }
  }

  /// The table that a query begins with; the rows are nil for an expression without stages.
  private mutating func checkSource(_ query: Query) -> (Plan, RowScope?)? {
    guard let link = query.source else {
      guard let last = environment.last else {
        errors.append(.nothingBefore(at: query.span))
        return nil
      }
      return (source(last), rows(of: last, nil))
    }
    let before = errors.count
    if let (plan, rows) = checkTable(tree[link]) { return (plan, rows) }
    if errors.count > before { return nil }
    if let column = checkColumnOfTable(tree[link]) { return column }
    if errors.count > before { return nil }
    if query.stages.isEmpty || asksForSources(query) { return (Plan(source: .one), nil) }
    let scope = RowScope(fields: [], name: nil, skipsUnknown: false)
    let meaning = check(link, scope)
    if !meaning.isMissing { errors.append(.notATable(meaning.type, at: meaning.span)) }
    return nil
  }

  /// `figures.value`, `(figures | where …).value`: the table of one of its fields.
  private mutating func checkColumnOfTable(_ expression: Expression) -> (Plan, RowScope?)? {
    guard let (head, field) = memberOfTable(expression), isTable(head),
      let (plan, rows) = checkTable(head)
    else { return nil }
    guard let index = rows.fields.firstIndex(where: { $0.name == tree.name(field) }) else {
      _ = resolve(field: tree.name(field), in: rows, at: field)
      return nil
    }
    rows.replaceFields([rows.fields[index]])
    return (plan, rows)
  }

  /// The table that an expression names; nil if it is something else.
  mutating func checkTable(_ expression: Expression) -> (Plan, RowScope)? {
    switch expression.kind {
    case .path(let names) where names.count <= 4: return namedTable(names)
    case .query(let link):
      guard let query = check(link), query.isTable else { return nil }
      return (query.plan, query.rows)
    case .list(let links): return checkTableLiteral(links)
    case .call(let path, let arguments):
      if isOpen(path) { return checkOpen(arguments, at: expression.span) }
      guard let function = function(path), givesTable(function),
        let query = checkTableCall(function, arguments, piped: nil, at: expression.span)
      else { return nil }
      return (query.plan, query.rows)
    default: return nil
    }
  }

  /// A table by its name; a function of its own, since the frames of nested calls hold `checkTable`.
  private mutating func namedTable(_ names: Run<Span>) -> (Plan, RowScope)? {
    let name = tree.name(tree[names])
    if let local = locals[name] {
      guard case .table(let definition) = local else { return nil }
      return (source(definition), rows(of: definition, name))
    }
    if let definition = environment.definition(named: name) {
      guard definition.isTable else { return nil }
      return (source(definition), rows(of: definition, name))
    }
    if environment.literal(named: name) != nil { return nil }
    if name == "it", let last = environment.last { return (source(last), rows(of: last, nil)) }
    guard let table = environment.table(named: name) else { return nil }
    return (Plan(source: .table(table, name: name)), RowScope(table: table, name: name))
  }

  /// Whether an expression names rows, without checking it.
  func isTable(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .query(let link):
      let query = tree[link]
      return !query.stages.isEmpty || query.source.map { isTable(tree[$0]) } ?? true
    case .list(let links):
      return tree[links].first.map { if case .record = tree[$0].kind { true } else { false } }
        ?? false
    case .path(let names) where names.count <= 4:
      let name = tree.name(tree[names])
      if let local = locals[name] { return local.type == nil }
      return environment.isTable(name, in: environment.namespace)
        || (name == "it" && environment.last != nil)
    case .call(let path, _): return isOpen(path) || function(path).map(givesTable) ?? false
    default: return false
    }
  }

  /// `figures | losses_of("Russia")`: the rows so far are the first argument.
  mutating func checkCall(
    _ path: Run<Span>, _ arguments: Run<Argument>, _ line: inout QueryLine, at span: Span
  ) {
    guard let function = function(path) else {
      let name = tree.name(tree[path])
      let place = tree[path].reduce(tree[path].first ?? span) { $0.joined($1) }
      errors.append(
        Checker.functionNames.contains(name)
          ? .misplaced(
            "'\(name)(…)'", at: place, hint: "behind '|' stands a stage, or a function of rows")
          : .unknownFunction(name, own: ownFunctions, at: place))
      return
    }
    line.plan.facts += facts
    facts = []
    guard let query = checkTableCall(function, arguments, piped: line, at: span) else { return }
    let cites = line.plan.cites
    line = QueryLine(plan: query.plan, rows: query.rows)
    line.plan.cites = line.plan.cites || cites
  }

  private mutating func source(_ definition: Environment.Definition) -> Plan {
    definitionDepth = max(definitionDepth, definition.depth)
    return Plan(source: .named(definition.number, definition.plan))
  }

  private func rows(of definition: Environment.Definition, _ name: String?) -> RowScope {
    let rows = RowScope(
      fields: definition.fields, name: name, skipsUnknown: definition.skipsUnknown)
    rows.holdsMaybe = definition.holdsMaybe
    return rows
  }

  /// Ends the program of the rows so far; the next stage reads its outputs.
  func flush(_ line: inout QueryLine) {
    guard line.rows.isTouched else { return }
    let (outputs, claims) = claimColumns(line.rows.outputs, line.rows)
    var kept = claims.compactMap(\.register)
    for case .form(let form) in outputs.lazy.map(\.source) { kept += form.registers }
    let program = line.rows.builder.finished(keeping: kept)
    line.rows = RowScope(outputs: outputs, after: line.rows)
    line.plan.steps.append(.compute(program, outputs, result: line.rows.fields, claims: claims))
  }
}
