extension Checker {
  // MARK: summarize

  mutating func checkSummarize(
    _ columns: Run<ColumnSyntax>, _ keys: Run<ColumnSyntax>, _ line: inout QueryLine, at span: Span
  ) {
    let parts = splitDates(of: keys, &line)
    let rows = line.rows
    var keyOutputs: [Field] = []
    for (place, column) in tree[keys].enumerated() {
      let span = tree[column.value].span
      let meaning =
        parts[place].map { part in
          let form = rows.form(ofField: part, at: span)
          return Meaning(form: form, type: form.shape.type, span: span)
        } ?? check(column.value, rows)
      guard !meaning.isMissing else { continue }
      guard case .missing = meaning.form else {
        let name = column.name.map(tree.name) ?? name(of: column.value)
        if keyOutputs.contains(where: { $0.name == name }) {
          errors.append(.columnTwice(name, at: column.name ?? meaning.span))
        }
        keyOutputs.append(
          Field(
            name: name, source: .form(meaning.form), shape: meaning.form.shape,
            claims: meaning.claims ?? Claims()))
        continue
      }
      errors.append(misplaced(meaning))
    }
    let (keyFields, keyClaims) = claimColumns(keyOutputs, rows)
    let groups = RowScope.Groups(
      rows: rows, keyCount: keyOutputs.count, claims: keyClaims.map { GroupClaims(sources: [$0]) })
    let canGroup =
      keys.isEmpty
      && ["subject", "measure"].allSatisfy { name in rows.fields.contains { $0.name == name } }
    groupingPlace = canGroup ? Span(Int(span.end), Int(span.end)) : nil
    reconcilingPlace =
      canReconcile(before: columns, keys, line) ? Span(Int(span.start), Int(span.start)) : nil
    defer { reconcilingPlace = nil }
    let after = RowScope(outputs: keyFields, after: rows)
    if keyOutputs.isEmpty { after.holdsMaybe = false }
    after.groups = groups
    after.replaceFields(after.fields + checkResults(columns, after))
    after.groups = nil
    let kept =
      keyOutputs.flatMap(\.registers) + groups.aggregates.flatMap(\.registers)
      + groups.claims.flatMap(\.registers)
    line.plan.steps.append(
      .summarize(
        rows.builder.finished(keeping: kept), keys: keyOutputs, groups.aggregates,
        claims: groups.claims))
    line.rows = after
    flush(&line)
  }

  private mutating func checkResults(
    _ columns: Run<ColumnSyntax>, _ after: RowScope
  ) -> [Field] {
    var fields: [Field] = []
    for column in tree[columns] {
      let meaning = check(column.value, after)
      if case .missing = meaning.form {
        if !meaning.isMissing { errors.append(misplaced(meaning)) }
        continue
      }
      let name = column.name.map(tree.name) ?? name(of: column.value)
      if (after.fields + fields).contains(where: { $0.name == name }) {
        errors.append(.columnTwice(name, at: column.name ?? meaning.span))
      }
      fields.append(
        Field(
          name: name, source: .form(meaning.form), shape: meaning.form.shape,
          claims: meaning.claims ?? Claims(), isComputed: meaning.isComputed))
    }
    return fields
  }

  // MARK: Calls

  /// A call of an aggregate: over the group inside summarize, over a table elsewhere.
  mutating func checkAggregate(
    _ function: Aggregate.Function, _ arguments: Run<Argument>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    let arguments = Array(tree[arguments])
    for argument in arguments {
      if let name = argument.name {
        errors.append(
          .wrongArguments(function: function.rawValue, expected: function.usage, at: name))
        return .missing(span)
      }
    }
    if let groups = rows.groups {
      return checkGrouped(function, arguments.map(\.value), rows, groups, at: span)
    }
    let before = errors.count
    if let first = arguments.first, arguments.count == 1,
      let (plan, inner, value) = tableArgument(tree[first.value], first.value)
    {
      return checkWhole(function, plan, inner, value, rows, at: span)
    }
    if errors.count > before { return .missing(span) }
    if function == .any || function == .all, arguments.count == 1 {
      let meaning = check(arguments[0].value, rows, asValue: false)
      if errors.count > before { return .missing(span) }
      if let truths = checkTruths(function == .all, of: meaning, rows, at: span) { return truths }
    }
    if let windows = rows.windows {
      return checkWindow(
        function, arguments.map(\.value), rows, windows, isRunning: false, at: span)
    }
    if !rows.fields.isEmpty || arguments.isEmpty {
      errors.append(.aggregateHere(function.rawValue, at: span))
    } else {
      let meaning = check(arguments[0].value, rows)
      if errors.count == before, !meaning.isMissing {
        errors.append(
          .wrongArguments(
            function: function.rawValue, expected: function.wholeUsage, at: meaning.span))
      }
    }
    return .missing(span)
  }

  /// `figures`, `(figures | where …)`, `figures.value`: a table, and the field of it that is meant.
  private mutating func tableArgument(
    _ expression: Expression, _ link: Link<Expression>
  ) -> (Plan, RowScope, Span?)? {
    if let (plan, rows) = checkTable(expression) { return (plan, rows, nil) }
    guard let (head, field) = memberOfTable(expression), let (plan, rows) = checkTable(head) else {
      return nil
    }
    return (plan, rows, field)
  }

  /// What stands before the last dot of an expression, and the field behind it.
  func memberOfTable(_ expression: Expression) -> (head: Expression, field: Span)? {
    switch expression.kind {
    case .path(let names) where names.count > 1:
      let spans = tree[names]
      guard let field = spans.last else { return nil }
      let span = spans.dropLast().reduce(spans.first ?? expression.span) { $0.joined($1) }
      let head = Run<Span>(start: names.start, count: names.count - 1)
      return (Expression(kind: .path(head), span: span), field)
    case .member(let inner, let name): return (tree[inner], name)
    default: return nil
    }
  }

  private mutating func checkGrouped(
    _ function: Aggregate.Function, _ arguments: [Link<Expression>], _ rows: RowScope,
    _ groups: RowScope.Groups, at span: Span
  ) -> Meaning {
    guard function.argumentCounts.contains(arguments.count) else {
      errors.append(
        .wrongArguments(function: function.rawValue, expected: function.usage, at: span))
      return .missing(span)
    }
    if function == .share, groups.keyCount == 0 {
      errors.append(.shareOfAll(at: span, groupingPlace: groupingPlace))
      return .missing(span)
    }
    var argument: Meaning?
    if let link = arguments.first {
      comparisons = []
      let meaning = check(link, groups.rows)
      if meaning.isMissing { return .missing(span) }
      argument = meaning
    }
    guard
      let aggregate = aggregate(
        function, argument, groups.rows, at: span, isInStage: true,
        mayBeEmpty: groups.keyCount == 0)
    else {
      return .missing(span)
    }
    let (columns, claims) = aggregate.groupClaims(at: groups.aggregates.count)
    let before = groups.claims.count
    groups.claims += columns
    groups.aggregates.append(aggregate)
    let column = groups.keyCount + groups.aggregates.count - 1
    let form = rows.builder.form(aggregate.shape, .column(column), at: span)
    return Meaning(
      form: form, type: aggregate.shape.type, span: span,
      claims: claims.renumbered { rows.number(of: .column(before + $0)) }, isComputed: true)
  }

  /// The aggregate of a whole table: a plan of its own whose only row is a constant here.
  private mutating func checkWhole(
    _ function: Aggregate.Function, _ plan: Plan, _ inner: RowScope, _ field: Span?,
    _ rows: RowScope, at span: Span
  ) -> Meaning {
    guard function.argumentCounts.contains(field == nil ? 0 : 1) else {
      errors.append(
        .wrongArguments(function: function.rawValue, expected: function.wholeUsage, at: span))
      return .missing(span)
    }
    if function == .share {
      errors.append(.shareOfAll(at: span, groupingPlace: nil))
      return .missing(span)
    }
    // What is compared here isn't of the condition around it.
    let outer = comparisons
    comparisons = []
    defer { comparisons = outer }
    var argument: Meaning?
    if let field {
      let meaning = resolve(field: tree.name(field), in: inner, at: field)
      if meaning.isMissing { return .missing(span) }
      argument = meaning
    }
    guard
      let aggregate = aggregate(
        function, argument, inner, at: span, isInStage: false, mayBeEmpty: true)
    else {
      return .missing(span)
    }
    var plan = plan
    let (columns, claims) = aggregate.groupClaims(at: 0)
    let program = inner.builder.finished(
      keeping: aggregate.registers + columns.flatMap(\.registers))
    plan.steps.append(.summarize(program, keys: [], [aggregate], claims: columns))
    let index = rows.builder.addScalar(plan)
    let form = rows.builder.form(aggregate.shape, .scalar(plan: index, column: 0), at: span)
    if case .missing = form {
      errors.append(.noOperation(function.rawValue, aggregate.shape.type, at: span, hint: nil))
    }
    return Meaning(
      form: form, type: aggregate.shape.type, span: span,
      claims: rows.claims(claims, ofScalar: index), isComputed: true)
  }
}
