extension Parser {
  // stage = where | select | drop | derive | summarize | sort | take | skip | distinct | join
  //       | union | expand | reconcile | conflicts | render | "cite" | "why" | "describe"
  //       | path args .
  mutating func parseStage(ofQueryFrom queryStart: Int32) throws(Unreadable) -> Stage {
    let start = token.span.start
    guard let word = token.word, word.isStage else {
      guard callsFunction else { throw refuseStage(ofQueryFrom: queryStart) }
      let kind = try parseCalledStage()
      return Stage(kind: kind, span: span(from: start))
    }
    let first = token.span
    advance()
    let kind = try parseStage(word)
    if word == .select, at(.by) {
      throw refuse(.groupsInSelect, at: token.span, Mending(first, "summarize"))
    }
    return Stage(kind: kind, span: span(from: start))
  }

  private mutating func parseStage(_ word: Word) throws(Unreadable) -> Stage.Kind {
    switch word {
    case .where: try parseWhere()
    case .select: .select(try parseColumns())
    case .drop: try parseDrop()
    case .derive: .derive(try parseColumns(), by: try parseGroups())
    case .summarize: try parseSummarize()
    case .sort: .sort(try parseKeys())
    case .take: .take(try parseExpression())
    case .skip: .skip(try parseExpression())
    case .distinct: try parseDistinct()
    case .join: try parseJoin()
    case .union: .union(try parseTable())
    case .expand: .expand(try parsePath())
    case .reconcile: try parseReconcile()
    case .conflicts: .conflicts(of: eat(.of) ? try parsePath() : nil, by: try parseGroups())
    case .render: try parseRender()
    case .why: .why
    case .describe: .describe
    default: .cite
    }
  }

  /// Whether a path with arguments stands here, not a stage with a word for it.
  private var callsFunction: Bool {
    guard startsPath(token) else { return false }
    return next.kind == .dot || (next.kind == .openRound && next.span.start == token.span.end)
  }

  private var atStageEnd: Bool {
    atStatementEnd || token.kind == .pipe || token.kind == .closeRound || token.kind == .colon
  }

  // where = "where" [ "possibly" ] expr .
  private mutating func parseWhere() throws(Unreadable) -> Stage.Kind {
    let possibly = eat(.possibly)
    let condition = try parseExpression()
    if token.kind == .equals { throw report(.assignment(at: token.span)) }
    if token.kind == .comma { throw refuseComma(nil) }
    return .where(condition, possibly: possibly)
  }

  // distinct = "distinct" [ columns ] .
  private mutating func parseDistinct() throws(Unreadable) -> Stage.Kind {
    try refuse(.on, .distinctOn)
    return .distinct(atStageEnd ? .empty : try parseColumns())
  }

  // summarize = "summarize" columns [ "by" columns ] .
  private mutating func parseSummarize() throws(Unreadable) -> Stage.Kind {
    if at(.by) {
      let whole = Span(Int(token.span.start) - "summarize ".count, Int(token.span.end))
      let isNext = text(whole) == "summarize by"
      throw refuse(
        .nothingToSummarize, at: token.span, isNext ? Mending(whole, "distinct") : nil)
    }
    let columns = try parseColumns()
    return .summarize(columns, by: try parseGroups())
  }

  /// [ "by" columns ] of several stages.
  private mutating func parseGroups() throws(Unreadable) -> Run<ColumnSyntax> {
    eat(.by) ? try parseColumns() : .empty
  }

  // drop = "drop" path { "," path } .
  private mutating func parseDrop() throws(Unreadable) -> Stage.Kind {
    let mark = pending.links.count
    repeat { pending.links.append(try parsePath()) } while eat(.comma)
    return .drop(tree.links.takeRun(from: &pending.links, mark))
  }

  // join = "join" [ "left" ] table [ "as" name ] "on" expr .
  private mutating func parseJoin() throws(Unreadable) -> Stage.Kind {
    let isLeft = eat(.left)
    let table = try parseTable()
    let alias = eat(.as) ? try parseName() : nil
    try expect(.on)
    return .join(isLeft: isLeft, table: table, alias: alias, on: try parseExpression())
  }

  // reconcile = "reconcile" name [ quantity | text | list | plain ] [ "of" path ] [ "by" columns ] .
  private mutating func parseReconcile() throws(Unreadable) -> Stage.Kind {
    let method = try parseName()
    let argument = beginsMethodArgument ? try parseMethodArgument() : nil
    let measured = eat(.of) ? try parsePath() : nil
    return .reconcile(method: method, argument: argument, of: measured, by: try parseGroups())
  }

  /// Where a value and a clause could stand, it is the clause.
  private var beginsMethodArgument: Bool {
    if let word = token.word { return !word.isReserved && !word.isClause }
    return [.number, .text, .openSquare, .word, .quotedName].contains(token.kind)
  }

  private mutating func parseMethodArgument() throws(Unreadable) -> Link<Expression> {
    let argument = try parseValue()
    switch tree[argument].kind {
    case .quantity, .text, .list, .path: return argument
    default: throw unexpected(.stageEnd)
    }
  }

  // render = "render" name [ columns ] [ "by" columns ] .
  private mutating func parseRender() throws(Unreadable) -> Stage.Kind {
    let kind = try parseName()
    let columns = atStageEnd || at(.by) ? .empty : try parseColumns()
    return .render(kind: kind, columns, by: try parseGroups())
  }

  // columns = column { "," column } .    column = [ name "=" ] expr .
  private mutating func parseColumns() throws(Unreadable) -> Run<ColumnSyntax> {
    let mark = pending.columns.count
    repeat {
      var name: Span?
      if next.kind == .equals, token.kind == .word || token.kind == .quotedName {
        name = try parseName()
        advance()
      }
      let value = try parseExpression()
      try refuseBehindColumn(value)
      pending.columns.append(ColumnSyntax(name: name, value: value))
    } while eat(.comma)
    return tree.columns.takeRun(from: &pending.columns, mark)
  }

  // key = expr [ "asc" | "desc" ] .
  private mutating func parseKeys() throws(Unreadable) -> Run<SortKey> {
    try refuse(.by, .sortBy)
    let mark = pending.keys.count
    repeat {
      let start = token.span.start
      let value = try parseExpression()
      try refuseLongOrder()
      let descending = eat(.desc)
      if !descending { _ = eat(.asc) }
      pending.keys.append(SortKey(value: value, descending: descending, span: span(from: start)))
    } while eat(.comma)
    return tree.keys.takeRun(from: &pending.keys, mark)
  }
}
