/// The stages that keep, make or order the rows of one table.
extension Checker {
  mutating func check(_ stage: Stage, _ line: inout QueryLine) {
    guard goesOn(line.rows.fields.count, at: stage.span) else { return }
    switch stage.kind {
    case .where(let condition, let possibly):
      if let habit = habit(ofCondition: condition, line.rows, at: stage.span) {
        return errors.append(habit)
      }
      checkWhere(condition, possibly, line.rows)
    case .select(let columns): line.rows.replaceFields(checkColumns(columns, line.rows, after: []))
    case .derive(let columns, let keys): checkDerive(columns, keys, &line, at: stage.span)
    case .summarize(let columns, let keys): checkSummarize(columns, keys, &line, at: stage.span)
    case .sort(let keys): checkSort(keys, &line)
    case .take(let count): checkTake(count, &line, at: stage.span)
    case .distinct(let columns):
      if !columns.isEmpty { line.rows.replaceFields(checkColumns(columns, line.rows, after: [])) }
      flush(&line)
      line.plan.steps.append(.distinct)
    case .cite: line.plan.cites = true
    case .drop(let paths): checkDrop(paths, line.rows, at: stage.span)
    case .skip(let count): checkSkip(count, &line, at: stage.span)
    case .join(let isLeft, let table, let alias, let condition):
      checkJoin(isLeft: isLeft, table, alias, condition, &line)
    case .union(let table): checkUnion(table, &line, at: stage.span)
    case .expand(let path): checkExpand(path, &line, at: stage.span)
    case .reconcile(let method, let argument, let measured, let keys):
      checkReconcile(method, argument, of: measured, by: keys, &line, at: stage.span)
    case .conflicts(let measured, let keys):
      checkConflicts(of: measured, by: keys, &line, at: stage.span)
    case .render(let kind, let columns, let keys):
      checkRender(kind, columns, by: keys, &line, at: stage.span)
    case .why: checkWhy(&line)
    case .describe:
      flush(&line)
      line.plan.steps.append(.describe)
      let fields = Description.fields(holdsMaybe: line.rows.holdsMaybe)
      line.rows = RowScope(fields: fields, name: nil, skipsUnknown: false)
    case .call(let path, let arguments): checkCall(path, arguments, &line, at: stage.span)
    }
  }

  private mutating func checkWhere(
    _ condition: Link<Expression>, _ possibly: Bool, _ rows: RowScope
  ) {
    comparisons = []
    let meaning = asTruth(check(condition, rows), rows)
    guard case .truth(let truth) = meaning.form else {
      if !meaning.isMissing {
        errors.append(.expectedType("a truth", found: meaning.type, at: meaning.span))
      }
      return
    }
    let possibly = possibly || keepsOpenRows
    if keepsOpenRows, truth.certain != truth.possible { hasOpenRows = true }
    let filter = FilterStep(
      condition: truth, kept: possibly ? .possible : .certain, comparisons: comparisons)
    rows.builder.add(filter, at: meaning.span)
    rows.isTouched = true
    if possibly, truth.certain != truth.possible { rows.holdsMaybe = true }
  }

  /// Columns of select, derive and others; a later one of derive may use an earlier one.
  mutating func checkColumns(
    _ columns: Run<ColumnSyntax>, _ rows: RowScope, after existing: [Field]
  ) -> [Field] {
    var fields = existing
    var taken: Set<String> = []
    let derives = !existing.isEmpty
    for column in tree[columns] {
      // A column that was refused stays as a name, so that its use is not refused again.
      let field =
        checkColumn(column, rows)
        ?? Field(
          name: column.name.map(tree.name) ?? name(of: column.value), source: .form(.missing),
          shape: .missing)
      if !taken.insert(field.name).inserted {
        errors.append(.columnTwice(field.name, at: column.name ?? tree[column.value].span))
      }
      if derives, let index = fields.firstIndex(where: { $0.name == field.name }) {
        fields[index] = field
      } else {
        fields.append(field)
      }
      if derives { rows.fields = fields }
    }
    return fields
  }

  mutating func checkColumn(_ column: ColumnSyntax, _ rows: RowScope) -> Field? {
    let name = column.name.map(tree.name) ?? name(of: column.value)
    // A field that only changes its name stays the column that it is.
    if let index = plainField(column.value, rows) {
      var field = rows.fields[index]
      advice[tree[column.value].span] = field.advice
      (field.name, field.isShown) = (name, true)
      field.sum = sum(ofColumn: index, rows)
      return field
    }
    let meaning = check(column.value, rows)
    if case .missing = meaning.form {
      if !meaning.isMissing { errors.append(misplaced(meaning)) }
      return nil
    }
    return Field(
      name: name, source: .form(meaning.form), shape: meaning.form.shape,
      claims: meaning.claims ?? Claims(), isComputed: meaning.isComputed,
      sum: withSum(meaning, rows).sum)
  }

  /// A literal that has no value of its own: `unknown` without a type.
  func misplaced(_ meaning: Meaning) -> CheckError {
    if case .unknown = meaning.literal {
      return .misplaced(
        "'unknown' without a unit", at: meaning.span, hint: "such as: unknown people")
    }
    return .misplaced(meaning.type.phrase, at: meaning.span, hint: nil)
  }

  /// The field that an expression just names.
  func plainField(_ link: Link<Expression>, _ rows: RowScope) -> Int? {
    guard rows.groups == nil, case .path(let names) = tree[link].kind, names.count == 1 else {
      return nil
    }
    let name = tree.name(tree[link].span)
    return rows.fields.firstIndex { $0.name == name }
  }

  /// What an unnamed column is called: as it is written, blanks made single.
  func name(of link: Link<Expression>) -> String {
    if case .path(let names) = tree[link].kind {
      return tree.name(tree[names])
    }
    return tree.written(tree[link].span)
  }

  /// A query as it is written, for a check without a label.
  func name(of query: Query) -> String { tree.written(query.span) }

  private mutating func checkSort(_ keys: Run<SortKey>, _ line: inout QueryLine) {
    let fieldCount = line.rows.fields.count
    var planned: [Plan.Key] = []
    var extra: [Field] = []
    for key in tree[keys] {
      if let index = plainField(key.value, line.rows) {
        planned.append(Plan.Key(column: index, descending: key.descending))
        continue
      }
      if let habit = habit(ofKey: key) {
        errors.append(habit)
        continue
      }
      let meaning = check(key.value, line.rows)
      if case .missing = meaning.form {
        if !meaning.isMissing { errors.append(misplaced(meaning)) }
        continue
      }
      planned.append(Plan.Key(column: fieldCount + extra.count, descending: key.descending))
      extra.append(
        Field(name: "", source: .form(meaning.form), shape: meaning.form.shape))
    }
    if !extra.isEmpty { line.rows.replaceFields(line.rows.fields + extra) }
    flush(&line)
    line.plan.steps.append(.sort(planned))
    if !extra.isEmpty {
      line.rows.fields.removeLast(extra.count)
      line.plan.steps.append(.narrow(fieldCount))
    }
  }

  private mutating func checkTake(_ count: Link<Expression>, _ line: inout QueryLine, at span: Span)
  {
    if !line.isNearlyShown { refuseMaybeRows("take", line.rows, at: span) }
    guard let count = rowCount(count, "take", line.rows) else { return }
    flush(&line)
    line.plan.steps.append(.take(count))
  }

  /// A whole number of rows, as the script writes it out.
  mutating func rowCount(_ link: Link<Expression>, _ user: String, _ rows: RowScope) -> Int? {
    let scope = RowScope(fields: [], name: rows.name, skipsUnknown: false)
    let meaning = check(link, scope)
    guard !meaning.isMissing else { return nil }
    guard case .quantity(let literal) = meaning.literal, literal.unit == nil, literal.isExact,
      let number = literal.bounds.low?.trimmed, number.scale == 0, number.coefficient >= 0
    else {
      errors.append(.notACount(user, at: meaning.span))
      return nil
    }
    return Int(number.coefficient)
  }

  mutating func refuseMaybeRows(_ stage: String, _ rows: RowScope, at span: Span) {
    if rows.holdsMaybe { errors.append(.maybeRows(stage: stage, at: span)) }
  }
}

extension Stage {
  /// Whether it leaves the rows as they are, or only chooses what is seen of them.
  var shows: Bool {
    switch kind {
    case .select, .drop, .cite, .render: true
    default: false
    }
  }
}
