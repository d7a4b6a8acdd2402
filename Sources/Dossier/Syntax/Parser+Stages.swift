extension Parser {
  // stage = where | select | derive | summarize | sort | take | distinct | "cite" .
  mutating func parseStage() throws(Unreadable) -> Stage {
    let start = token.span.start
    guard token.kind == .word, let word = token.word, Word.stages.contains(word) else {
      throw refuseStage()
    }
    advance()
    let kind: Stage.Kind
    switch word {
    case .where: kind = try parseWhere()
    case .select: kind = .select(try parseColumns())
    case .derive: kind = .derive(try parseColumns())
    case .summarize: kind = try parseSummarize()
    case .sort: kind = .sort(try parseKeys())
    case .take: kind = .take(try parseExpression())
    case .distinct: kind = .distinct(atStageEnd ? .empty : try parseColumns())
    default: kind = .cite
    }
    if word == .select, at(.by) { throw report(.notThatWay(.selectHasNoGroups, at: token.span)) }
    return Stage(kind: kind, span: span(from: start))
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
    let bytes = tree.source.bytes
    let before = Int(previousEnd) - 1
    if next.kind == .number, next.span.start == token.span.end, before >= 0,
      (0x30...0x39).contains(bytes[before])
    {
      var start = before
      while start > 0, (0x30...0x39).contains(bytes[start - 1]) { start -= 1 }
      return report(
        .thousandsSeparator(written: Span(start, Int(next.span.end)), at: token.span))
    }
    return report(.notThatWay(.whereTakesOne, at: token.span))
  }

  // summarize = "summarize" columns [ "by" columns ] .
  private mutating func parseSummarize() throws(Unreadable) -> Stage.Kind {
    if at(.by) { throw report(.notThatWay(.summarizeNeedsColumn, at: token.span)) }
    let columns = try parseColumns()
    return .summarize(columns, by: eat(.by) ? try parseColumns() : .empty)
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
