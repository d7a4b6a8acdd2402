extension Parser {
  // statement = let | use | param | assume | check | unit | family | declaration | query .
  mutating func parseStatement() throws(Unreadable) -> Statement {
    let start = token.span.start
    let kind: Statement.Kind
    switch token.word {
    case .let: kind = try parseLet()
    case .param where beginsName(next): kind = try parseParam()
    case .check where startsValue(next): kind = try parseCheck()
    case .use where next.kind == .text || beginsName(next): kind = try parseUse()
    case .assume where beginsName(next): kind = try parseAssume()
    case .unit where isUnitName(next): kind = try parseUnitStatement()
    case .family where next.kind == .text: kind = try parseFamily()
    case .source, .actor, .place, .event, .figure:
      if beginsName(next) {
        kind = try parseDeclaration()
      } else {
        kind = .query(try parseQuery())
      }
    default:
      try refuseForeignStatement()
      kind = .query(try parseQuery())
    }
    return Statement(kind: kind, span: span(from: start))
  }

  // let = "let" name [ "(" [ formal { "," formal } ] ")" ] "=" query .
  private mutating func parseLet() throws(Unreadable) -> Statement.Kind {
    advance()
    let name = try parseName()
    let isFunction = token.kind == .openRound
    let formals = isFunction ? try parseFormals() : .empty
    try expect(.equals, "=")
    return .let(name: name, formals: formals, isFunction: isFunction, try parseQuery())
  }

  // formal = name [ ":" type ] [ "=" expr ] .
  private mutating func parseFormals() throws(Unreadable) -> Run<Formal> {
    try openBracket("(")
    let mark = pending.formals.count
    if token.kind != .closeRound {
      repeat {
        let name = try parseName()
        let type = eat(.colon) ? try parseType() : nil
        let value = eat(.equals) ? try parseExpression() : nil
        pending.formals.append(Formal(name: name, type: type, default: value))
      } while eat(.comma)
    }
    try closeBracket(.closeRound, ")")
    return tree.formals.takeRun(from: &pending.formals, mark)
  }

  // use = "use" ( text [ "as" name ] | "builtin" ) .
  private mutating func parseUse() throws(Unreadable) -> Statement.Kind {
    advance()
    if eat(.builtin) { return .useBuiltIn }
    guard token.kind == .text else { throw unexpected(.path) }
    let path = token.span
    advance()
    return .use(path: path, alias: eat(.as) ? try parseName() : nil)
  }

  // param = "param" name ":" type [ "=" query ] .
  private mutating func parseParam() throws(Unreadable) -> Statement.Kind {
    advance()
    let name = try parseName()
    try expect(.colon, ":")
    let type = try parseType()
    let value = eat(.equals) ? try parseQuery() : nil
    return .param(name: name, type: type, default: value)
  }

  // type = word | "[" word "]" .
  private mutating func parseType() throws(Unreadable) -> Span {
    let start = token.span.start
    if token.kind == .openSquare {
      try openBracket("[")
      guard token.kind == .word else { throw unexpected(.type) }
      advance()
      try closeBracket(.closeSquare, "]")
    } else {
      guard token.kind == .word else { throw unexpected(.type) }
      advance()
    }
    return span(from: start)
  }

  // assume = "assume" phrase "=" expr .
  private mutating func parseAssume() throws(Unreadable) -> Statement.Kind {
    advance()
    let start = token.span.start
    let hedge = try parsePhrase()
    let phrase = span(from: start)
    try expect(.equals, "=")
    return .assume(hedge, at: phrase, try parseExpression())
  }

  // phrase = "about" | "nearly" | "dozens" | "hundreds" | "thousands"
  //        | "several" ( "hundred" | "thousand" ) | "tens" "of" "thousands" .
  private mutating func parsePhrase() throws(Unreadable) -> Hedge {
    switch (token.word, next.word) {
    case (.about, _): return eaten(1, .about)
    case (.nearly, _): return eaten(1, .nearly)
    case (.dozens, _): return eaten(1, .dozens)
    case (.hundreds, _): return eaten(1, .hundreds)
    case (.thousands, _): return eaten(1, .thousands)
    case (.several, .hundred): return eaten(2, .severalHundred)
    case (.several, .thousand): return eaten(2, .severalThousand)
    case (.tens, .of) where afterNext.word == .thousands: return eaten(3, .tensOfThousands)
    default: throw unexpected(.phrase)
    }
  }

  /// Whether a token is a name where a clause may stand, too.
  private func beginsName(_ token: Token) -> Bool {
    startsPath(token) && token.word?.isClause != true
  }

  /// Whether a token can stand behind a number as its unit.
  private func isUnitName(_ token: Token) -> Bool {
    token.kind == .word && beginsName(token) && token.word?.isStage != true
  }

  // unit = "unit" measure [ "," measure ] .
  private mutating func parseUnitStatement() throws(Unreadable) -> Statement.Kind {
    advance()
    let name = token.span
    advance()
    guard eat(.comma) else { return .unit(name: name, plural: nil) }
    guard isUnitName(token) else { throw unexpected(.unit) }
    let plural = token.span
    advance()
    return .unit(name: name, plural: plural)
  }

  // family = "family" text "," text { "," text } .
  private mutating func parseFamily() throws(Unreadable) -> Statement.Kind {
    advance()
    let first = Int32(tree.names.count)
    repeat {
      guard token.kind == .text else { throw unexpected(.label) }
      tree.names.append(token.span)
      advance()
    } while eat(.comma)
    let texts = Run<Span>(start: first, count: Int32(tree.names.count) - first)
    if texts.count < 2 { throw unexpected(.sign(",")) }
    return .family(texts)
  }

  // check = "check" query [ ":" text ] .
  private mutating func parseCheck() throws(Unreadable) -> Statement.Kind {
    advance()
    let query = try parseQuery()
    try refuseCommaOfLabel()
    guard eat(.colon) else { return .check(query, label: nil) }
    guard token.kind == .text else { throw unexpected(.label) }
    let label = token.span
    advance()
    return .check(query, label: label)
  }

  // declaration = ( "source" | "actor" | "place" | "event" | "figure" ) name [ text ] [ record ] .
  private mutating func parseDeclaration() throws(Unreadable) -> Statement.Kind {
    let word = token.word ?? .source
    advance()
    guard token.kind == .word else { throw unexpected(.identifier) }
    let id = token.span
    advance()
    var label: Span?
    if token.kind == .text {
      label = token.span
      advance()
    }
    let fields = token.kind == .openBrace ? try parseRecord() : .empty
    return .declaration(word, id: id, label: label, fields)
  }

  // record = "{" [ name ":" expr { "," name ":" expr } [ "," ] ] "}" .
  mutating func parseRecord() throws(Unreadable) -> Run<FieldSyntax> {
    try openBracket("{")
    let mark = pending.fields.count
    while token.kind != .closeBrace {
      guard token.kind == .word || token.kind == .quotedName else { throw unexpected(.fieldName) }
      let name = token.span
      advance()
      try refuseEqualsInRecord()
      try expect(.colon, ":")
      pending.fields.append(FieldSyntax(name: name, value: try parseExpression()))
      try refuseNextField()
      if !eat(.comma) { break }
    }
    try closeBracket(.closeBrace, "}")
    return tree.fields.takeRun(from: &pending.fields, mark)
  }

  // name = word | "`" { character } "`" .
  mutating func parseName() throws(Unreadable) -> Span {
    let isName =
      token.kind == .quotedName || (token.kind == .word && token.word?.isReserved != true)
    guard isName else { throw unexpected(.name) }
    let name = token.span
    advance()
    return name
  }

  // query = [ expr ] { "|" stage } .
  mutating func parseQuery() throws(Unreadable) -> Link<Query> {
    let start = token.span.start
    let source = token.kind == .pipe ? nil : try parseExpression()
    let mark = pending.stages.count
    while true {
      if token.kind == .pipe {
        advance()
        pending.stages.append(try parseStage(ofQueryFrom: start))
      } else if let word = token.word, word.isStage, next.kind != .lineBreak {
        throw report(.missingPipe(stage: word, at: token.span))
      } else {
        break
      }
    }
    let stages = tree.stages.takeRun(from: &pending.stages, mark)
    tree.queries.append(
      Query(source: source, stages: stages, span: span(from: start)))
    return Link(index: Int32(tree.queries.count - 1))
  }
}
