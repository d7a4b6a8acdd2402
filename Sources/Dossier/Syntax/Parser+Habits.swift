/// What is written as in other languages: each function looks for some of it where the parser goes
/// no further, and says what is written here instead.
extension Parser {
  func text(_ span: Span) -> String { tree.source.text(span) }

  /// Whether the current token is this word, which is none of the grammar's.
  func atForeign(_ words: String...) -> Bool {
    token.kind == .word && words.contains(text(token.span).lowercased())
  }

  /// A spot between two tokens.
  private var here: Span { Span(Int(previousEnd), Int(previousEnd)) }

  // MARK: Statements

  // `var x = 5`, `select * from figures`
  mutating func refuseForeignStatement() throws(Unreadable) {
    guard token.kind == .word, next.kind == .word || next.kind == .star else { return }
    if atForeign("var", "set", "const", "def"), next.kind == .word, afterNext.kind == .equals {
      throw refuse(.declaredOtherwise, at: token.span, Mending(token.span, "let"))
    }
    guard Word(rawValue: text(token.span).lowercased())?.isStage == true else { return }
    let rest = tree.source.line(around: Int(token.span.start)).upperBound
    let line = Span(Int(token.span.start), rest)
    let mended = ClauseQuery(text(line))?.pipeline ?? "figures | " + text(line)
    throw refuse(.tableFirst, at: token.span, Mending(line, mended))
  }

  /// What stands behind a whole statement.
  mutating func refuseRest() -> Unreadable {
    token.kind == .comma ? refuseComma(.statementEnd) : unexpected(.statementEnd)
  }

  // `check count(figures) >= 7, "all"`
  mutating func refuseCommaOfLabel() throws(Unreadable) {
    guard token.kind == .comma, next.kind == .text else { return }
    let mending = Mending(here.joined(token.span), " :")
    throw refuse(.labelBehindComma, at: token.span, mending)
  }

  // `{ value = 5 people }`
  mutating func refuseEqualsInRecord() throws(Unreadable) {
    guard token.kind == .equals else { return }
    throw refuse(.equalsInRecord, at: token.span, Mending(here.joined(token.span), ":"))
  }

  // `{ value: 5 people phrase: "y" }`
  mutating func refuseNextField() throws(Unreadable) {
    guard token.kind == .word || token.kind == .quotedName, next.kind == .colon else { return }
    throw refuse(.commaBetweenFields, at: token.span, Mending(here, ","))
  }

  // MARK: Stages

  /// What stands behind `|` and is no stage; the query began at `start`.
  mutating func refuseStage(ofQueryFrom start: Int32) -> Unreadable {
    guard token.kind == .word else { return unexpected(.stage) }
    let name = token.span
    if text(name) == "count" {
      let pipe = text(Span(Int(start), Int(name.start))).lastIndex(of: "|")
      let before = text(Span(Int(start), Int(name.start)))
      let table = before[..<(pipe ?? before.endIndex)].description.trimmingEnds
      let whole = Mending(Span(Int(start), Int(name.end)), "count(\(table))")
      return refuse(.countAsStage, at: name, table.isEmpty ? nil : whole)
    }
    let (at, mending) = mendedStage(name)
    return report(.unknownStage(text(at).filter { $0 != " " }, at: at, mending))
  }

  /// Where more than the stage's word is written otherwise.
  private mutating func mendedStage(_ name: Span) -> (at: Span, Mending?) {
    switch text(name) {
    case "order" where next.word == .by: return (name, Mending(name.joined(next.span), "sort"))
    case "group" where next.word == .by:
      return (name, Mending(name.joined(next.span), "summarize n = count() by"))
    case "group" where next.kind == .word && afterNext.kind == .openRound:
      return (name, mendedGroup(name))
    case "project" where next.kind == .minus && text(afterNext.span) == "away":
      let whole = name.joined(afterNext.span)
      return (whole, Mending(whole, "drop"))
    case "left" where next.word == .join:
      return (name, Mending(name.joined(next.span), "join left"))
    case "inner" where next.word == .join:
      return (name, Mending(name.joined(next.span), "join"))
    default: return (name, nil)
    }
  }

  // `group measure (aggregate n = count())`
  private mutating func mendedGroup(_ name: Span) -> Mending? {
    let key = text(next.span)
    let line = Span(
      Int(afterNext.span.end), tree.source.line(around: Int(name.start)).upperBound)
    guard let close = text(line).lastIndex(of: ")") else { return nil }
    let inside = text(line)[..<close]
    let columns = inside.hasPrefix("aggregate ") ? inside.dropFirst(10) : inside
    let end = Int(line.start) + inside.utf8.count + 1
    return Mending(Span(Int(name.start), end), "summarize \(columns) by \(key)")
  }

  // `9,500` parts thousands, `5,6` is a decimal comma, `a, b` are two conditions.
  mutating func refuseComma(_ expectation: SyntaxError.Expectation?) -> Unreadable {
    let source = tree.source
    func isDigit(at offset: Int) -> Bool { (0x30...0x39).contains(source.byte(at: offset)) }
    var start = Int(previousEnd)
    let isInNumber =
      next.kind == .number && next.span.start == token.span.end
      && token.span.start == previousEnd && isDigit(at: start - 1)
    guard isInNumber else {
      if let expectation { return unexpected(expectation) }
      return refuse(.twoConditions, at: token.span, Mending(here.joined(token.span), " and"))
    }
    while isDigit(at: start - 1) { start -= 1 }
    let written = Span(start, Int(next.span.end))
    if next.span.range.count == 3 {
      return report(.thousandsSeparator(written: written, at: token.span))
    }
    return refuse(.decimalComma, at: token.span, Mending(token.span, "."))
  }

  // `value as v`, `value v`, `n = count() group by measure`
  mutating func refuseBehindColumn(_ value: Link<Expression>) throws(Unreadable) {
    if at(.as), next.kind == .word {
      let whole = tree[value].span.joined(next.span)
      let column = "\(text(next.span)) = \(text(tree[value].span))"
      throw refuse(.columnAs, at: token.span, Mending(whole, column))
    }
    guard startsPath(token), token.word?.isClause != true, token.word?.isStage != true else {
      return
    }
    if atForeign("group"), next.word == .by {
      throw refuse(.groupBy, at: token.span, Mending(token.span.joined(next.span), "by"))
    }
    if Unit.base(named: text(token.span)) != nil {
      let isRate = next.kind == .slash && Unit.base(named: text(afterNext.span)) != nil
      let unit = isRate ? token.span.joined(afterNext.span) : token.span
      let measured = "quantity(\(text(tree[value].span)), \"\(text(unit))\")"
      throw refuse(
        .unitBehindColumn, at: unit, Mending(tree[value].span.joined(unit), measured))
    }
    throw refuse(.commaBetweenColumns, at: token.span, Mending(here, ","))
  }

  // `sort value descending`
  mutating func refuseLongOrder() throws(Unreadable) {
    guard token.word == nil, atForeign("descending", "ascending", "desc", "asc") else { return }
    let short = text(token.span).lowercased().hasPrefix("d") ? "desc" : "asc"
    throw refuse(.longOrder, at: token.span, Mending(token.span, short))
  }

  // `sort by value`, `distinct on subject`: a word behind the stage's that has no place there.
  mutating func refuse(_ word: Word, _ habit: Habit) throws(Unreadable) {
    guard at(word) else { return }
    throw refuse(
      habit, at: token.span, Mending(Span(Int(token.span.start), Int(next.span.start)), ""))
  }

  // MARK: Expressions

  /// Tries to read what a mending needs; what is wrong with it is not told.
  private mutating func quietly<Read>(
    _ read: (inout Parser) throws(Unreadable) -> Read
  ) -> Read? {
    let count = errors.count
    do throws(Unreadable) {
      return try read(&self)
    } catch {
      errors.removeLast(errors.count - count)
      return nil
    }
  }

  // `subject not in ["Russia"]`, `value between 200 people and 900 people`
  mutating func refuseBehindOperand(_ left: Link<Expression>) throws(Unreadable) {
    let operand = tree[left].span
    if at(.not), let word = next.word, Comparison(rawValue: word.rawValue) != nil {
      let mending = Mending(operand.joined(token.span), "not " + text(operand))
      throw refuse(.notBehind, at: token.span, mending)
    }
    guard token.kind == .word, token.word == nil, atForeign("between") else { return }
    let at = token.span
    let mended = quietly { parser throws(Unreadable) in
      parser.advance()
      let low = try parser.parseSum()
      try parser.expect(.and)
      let high = try parser.parseSum()
      return parser.range(low, high)
    }
    let whole = Span(Int(at.start), Int(previousEnd))
    throw refuse(.between, at: at, mended.map { Mending(whole, "in " + $0) })
  }

  // `200..900 people` of two quantities.
  private func range(_ low: Link<Expression>, _ high: Link<Expression>) -> String {
    let (from, to) = (text(tree[low].span), text(tree[high].span))
    guard case .quantity(let a) = tree[low].kind, case .quantity(let b) = tree[high].kind,
      let unit = tree[a].unit, let other = tree[b].unit, text(unit.span) == text(other.span)
    else { return "\(from)..\(to)" }
    return "\(from.dropLast(text(unit.span).count).description.trimmingEnds)..\(to)"
  }

  // `1 < x < 2`
  mutating func refuseChain(
    _ left: Link<Expression>, _ sign: Comparison, _ right: Link<Expression>
  ) -> Unreadable {
    let at = token.span
    let middle = text(tree[right].span)
    let third = quietly { parser throws(Unreadable) in
      parser.advance()
      return try parser.parseFill()
    }
    let mending = third.map {
      Mending(
        tree[left].span.joined(tree[$0].span),
        "\(text(tree[left].span)) \(sign.rawValue) \(middle) and "
          + "\(middle) \(text(at)) \(text(tree[$0].span))")
    }
    return refuse(.chained, at: at, mending)
  }

  // `value > 5 ? 1 : 2`
  mutating func refuseQuestionMark(from start: Int32) -> Unreadable {
    let at = token.span
    let condition = text(Span(Int(start), Int(previousEnd)))
    let choice = quietly { parser throws(Unreadable) in
      parser.advance()
      let value = try parser.parseExpression()
      try parser.expect(.colon, ":")
      let other = try parser.parseExpression()
      return (parser.tree[value].span, parser.tree[other].span)
    }
    let mending = choice.map { value, other in
      Mending(
        Span(Int(start), Int(other.end)),
        "if \(condition) then \(text(value)) else \(text(other))")
    }
    return refuse(.questionMark, at: at, mending)
  }

  // `if a then 1`
  mutating func refuseMissingElse(at start: Span) -> Unreadable {
    refuse(.ifWithoutElse, at: start, Mending(here, " else unknown"))
  }

  // `title like /offensive.*/`
  mutating func refuseRegularExpression() throws(Unreadable) {
    guard token.kind == .slash else { return }
    let start = Int(token.span.start)
    let rest = text(Span(start + 1, tree.source.line(around: start).upperBound))
    guard let end = rest.firstIndex(of: "/") else {
      throw refuse(.regularExpression, at: token.span)
    }
    let pattern = rest[..<end]
    let whole = Span(start, start + pattern.utf8.count + 2)
    let parts = pattern.split(separator: ".*", omittingEmptySubsequences: true)
    let mending = Mending(whole, "\"*" + parts.joined(separator: "*") + "*\"")
    throw refuse(.regularExpression, at: whole, mending)
  }

  /// What can't stand behind a name alone.
  mutating func refuseBehindName(from start: Int32) throws(Unreadable) {
    switch token.kind {
    case .text, .textHead: try refusePrefixedText(from: start)
    case .number: try refuseUnitInFront(Span(Int(start), Int(previousEnd)))
    default: break
    }
  }

  // `f"{value} dead"`
  private mutating func refusePrefixedText(from start: Int32) throws(Unreadable) {
    guard token.kind == .text || token.kind == .textHead, isJoined else { return }
    let whole = Span(Int(start), Int(token.span.end))
    let mended = text(token.span).map { $0 == "{" ? "\\(" : $0 == "}" ? ")" : "\($0)" }.joined()
    throw refuse(.prefixedText, at: whole, Mending(whole, mended))
  }

  // `USD 5`
  private mutating func refuseUnitInFront(_ name: Span) throws(Unreadable) {
    guard token.kind == .number, Unit.base(named: text(name)) != nil else { return }
    let whole = name.joined(token.span)
    throw refuse(
      .unitInFront, at: whole, Mending(whole, "\(text(token.span)) \(text(name))"))
  }

  // `9 500 people`
  mutating func refuseBlankInNumber(_ digits: Span) throws(Unreadable) {
    let more = token.span
    guard token.kind == .number, more.range.count == 3, more.start == digits.end + 1,
      digits.range.count <= 3
    else { return }
    let whole = digits.joined(more)
    throw refuse(.blankInNumber, at: whole, Mending(whole, "\(text(digits))_\(text(more))"))
  }

  // `500 people per day`
  mutating func refuseRateInWords() throws(Unreadable) {
    guard token.word == nil, atForeign("per"), next.kind == .word else { return }
    let mending = Mending(here.joined(next.span), "/" + text(next.span))
    throw refuse(.rateInWords, at: token.span, mending)
  }

  // `count(*)`
  mutating func refuseStar() throws(Unreadable) {
    guard token.kind == .star, next.kind == .closeRound else { return }
    throw refuse(.countOfStar, at: token.span, Mending(token.span, ""))
  }

  // `first(figures | take 3, 2)`; the pipeline was read as far as it goes.
  mutating func refusePipeline(_ pipeline: Link<Expression>) -> Unreadable {
    let span = tree[pipeline].span
    return refuse(.pipelineBesideArguments, at: span, Mending(span, "(\(text(span)))"))
  }

  // `events[events.status == "happened"]`, `events.groupby("type").size()`
  mutating func refuseBehindValue(_ value: Link<Expression>) throws(Unreadable) {
    guard isJoined else { return }
    let table = tree[value].span
    if token.kind == .openSquare {
      let start = Int(token.span.end)
      let at = token.span
      guard quietly({ parser throws(Unreadable) in try parser.parseValue() }) != nil else {
        throw refuse(.rowsInBrackets, at: at, nil)
      }
      let rows = text(Span(start, Int(previousEnd) - 1))
      let condition = rows.replacing(text(table) + ".", with: "")
      let whole = Span(Int(table.start), Int(previousEnd))
      throw refuse(.rowsInBrackets, at: at, Mending(whole, "\(text(table)) | where \(condition)"))
    }
    guard token.kind == .openRound, case .member(let called, let name) = tree[value].kind else {
      return
    }
    let mending = mendedMethod(called).map {
      Mending(Span(Int(table.start), Int(next.span.end)), $0)
    }
    throw refuse(.method, at: name, next.kind == .closeRound ? mending : nil)
  }

  // `events.groupby("type")`
  private func mendedMethod(_ called: Link<Expression>) -> String? {
    guard case .call(let path, let arguments) = tree[called].kind, path.count == 2,
      arguments.count == 1, let table = tree[path].first, let method = tree[path].last,
      let key = tree[arguments].first, case .text = tree[key.value].kind,
      text(method).lowercased().filter({ $0 != "_" }) == "groupby"
    else { return nil }
    let field = text(tree[key.value].span).dropFirst().dropLast()
    return "\(text(table)) | summarize n = count() by \(field)"
  }
}
