extension Parser {
  // statement = let | param | check | declaration | query .
  mutating func parseStatement() throws(Unreadable) -> Statement {
    let start = token.span.start
    let kind: Statement.Kind
    switch token.word {
    case .let: kind = try parseLet()
    case .param where next.kind == .word || next.kind == .quotedName: kind = try parseParam()
    case .check where startsValue(next): kind = try parseCheck()
    case .source, .actor, .place, .event, .figure:
      if beginsDeclaration {
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

  /// `var x = 5` and `select * from figures`, as other languages begin.
  private mutating func refuseForeignStatement() throws(Unreadable) {
    guard token.kind == .word, next.kind == .word || next.kind == .star else { return }
    let written = tree.source.text(token.span)
    if ["var", "set", "const", "def"].contains(written), next.kind == .word,
      afterNext.kind == .equals
    {
      throw report(.notThatWay(.declaredWith(written), at: token.span))
    }
    if next.kind == .word || next.kind == .star,
      Word.stages.map(\.rawValue).contains(written.lowercased())
    {
      throw report(.notThatWay(.selectFirst, at: token.span))
    }
  }

  // let = "let" name "=" query .
  private mutating func parseLet() throws(Unreadable) -> Statement.Kind {
    advance()
    let name = try parseName()
    try expect(.equals, "=")
    return .let(name: name, try parseQuery())
  }

  // param = "param" name ":" type [ "=" expr ] .
  private mutating func parseParam() throws(Unreadable) -> Statement.Kind {
    advance()
    let name = try parseName()
    try expect(.colon, ":")
    guard token.kind == .word || token.kind == .openSquare else { throw unexpected(.type) }
    let type = token.span
    if eat(.openSquare) {
      guard token.kind == .word else { throw unexpected(.type) }
      advance()
      try expect(.closeSquare, "]")
    } else {
      advance()
    }
    let whole = type.joined(span(from: type.start))
    let value = eat(.equals) ? try parseExpression() : nil
    return .param(name: name, type: whole, default: value)
  }

  // check = "check" query [ ":" text ] .
  private mutating func parseCheck() throws(Unreadable) -> Statement.Kind {
    advance()
    let query = try parseQuery()
    guard eat(.colon) else { return .check(query, label: nil) }
    guard token.kind == .text else { throw unexpected(.label) }
    let label = token.span
    advance()
    return .check(query, label: label)
  }

  private var beginsDeclaration: Bool {
    guard next.kind == .word || next.kind == .quotedName else { return false }
    if let word = next.word, word.isReserved || word.isClause { return false }
    return true
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
  private mutating func parseRecord() throws(Unreadable) -> Run<FieldSyntax> {
    try openBracket("{")
    let mark = pending.fields.count
    while token.kind != .closeBrace {
      guard token.kind == .word || token.kind == .quotedName else { throw unexpected(.fieldName) }
      let name = token.span
      advance()
      if token.kind == .equals { throw report(.notThatWay(.equalsInRecord, at: token.span)) }
      try expect(.colon, ":")
      pending.fields.append(FieldSyntax(name: name, value: try parseExpression()))
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
        pending.stages.append(try parseStage())
      } else if let word = token.word, Word.stages.contains(word), next.kind != .lineBreak {
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
