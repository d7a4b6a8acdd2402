extension Parser {
  // stage = where | select | drop | derive | summarize | sort | take | skip | distinct | join
  //       | union | expand | reconcile | conflicts | render | "cite" | "why" | "describe"
  //       | path args .
  mutating func parseStage() throws(Unreadable) -> Stage {
    let start = token.span.start
    guard let word = token.word, word.isStage else {
      guard callsFunction else { throw refuseStage() }
      let kind = try parseCalledStage()
      return Stage(kind: kind, span: span(from: start))
    }
    advance()
    let kind = try parseStage(word)
    if word == .select, at(.by) { throw report(.notThatWay(.selectHasNoGroups, at: token.span)) }
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
    case .distinct: .distinct(atStageEnd ? .empty : try parseColumns())
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

  private mutating func refuseStage() -> Unreadable {
    guard token.kind == .word else { return unexpected(.stage) }
    let line = tree.source.line(around: Int(token.span.start))
    return report(
      .unknownStage(
        tree.source.text(token.span), at: token.span, line: Span(line.lowerBound, line.upperBound)))
  }

  private var atStageEnd: Bool {
    atStatementEnd || token.kind == .pipe || token.kind == .closeRound || token.kind == .colon
  }

  // where = "where" [ "possibly" ] expr .
  private mutating func parseWhere() throws(Unreadable) -> Stage.Kind {
    let possibly = eat(.possibly)
    let condition = try parseExpression()
    if token.kind == .equals { throw report(.assignment(at: token.span)) }
    if token.kind == .comma { throw refuseComma(after: condition) }
    return .where(condition, possibly: possibly)
  }

  /// `9,500` is a thousands separator, `a, b` two conditions.
  private mutating func refuseComma(after condition: Link<Expression>) -> Unreadable {
    let source = tree.source
    func isDigit(at offset: Int) -> Bool { (0x30...0x39).contains(source.byte(at: offset)) }
    var start = Int(previousEnd)
    if next.kind == .number, next.span.start == token.span.end, isDigit(at: start - 1) {
      while isDigit(at: start - 1) { start -= 1 }
      return report(
        .thousandsSeparator(written: Span(start, Int(next.span.end)), at: token.span))
    }
    return report(.notThatWay(.whereTakesOne, at: token.span))
  }

  // summarize = "summarize" columns [ "by" columns ] .
  private mutating func parseSummarize() throws(Unreadable) -> Stage.Kind {
    if at(.by) { throw report(.notThatWay(.summarizeNeedsColumn, at: token.span)) }
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

  // reconcile = "reconcile" name [ quantity | list | path ] [ "of" path ] [ "by" columns ] .
  private mutating func parseReconcile() throws(Unreadable) -> Stage.Kind {
    let method = try parseName()
    let argument = beginsMethodArgument ? try parseMethodArgument() : nil
    let measured = eat(.of) ? try parsePath() : nil
    return .reconcile(method: method, argument: argument, of: measured, by: try parseGroups())
  }

  /// Where a value and a clause could stand, it is the clause.
  private var beginsMethodArgument: Bool {
    if let word = token.word { return !word.isReserved && !word.isClause }
    return [.number, .openSquare, .word, .quotedName].contains(token.kind)
  }

  private mutating func parseMethodArgument() throws(Unreadable) -> Link<Expression> {
    let argument = try parseValue()
    switch tree[argument].kind {
    case .quantity, .list, .path: return argument
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
      if at(.as), next.kind == .word {
        throw report(
          .notThatWay(.columnAs(name: next.span, value: tree[value].span), at: token.span))
      }
      pending.columns.append(ColumnSyntax(name: name, value: value))
    } while eat(.comma)
    return tree.columns.takeRun(from: &pending.columns, mark)
  }

  // key = expr [ "asc" | "desc" ] .
  private mutating func parseKeys() throws(Unreadable) -> Run<SortKey> {
    if at(.by), startsValue(next) { throw report(.notThatWay(.sortBy, at: token.span)) }
    let mark = pending.keys.count
    repeat {
      let value = try parseExpression()
      let descending = eat(.desc)
      if !descending { _ = eat(.asc) }
      pending.keys.append(SortKey(value: value, descending: descending))
    } while eat(.comma)
    return tree.keys.takeRun(from: &pending.keys, mark)
  }
}
