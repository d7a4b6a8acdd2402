extension Parser {
  // value = quantity | date | text | "true" | "false" | "maybe" | "unknown" [ unit ]
  //       | list | record | path [ args ] | "(" query ")" .
  mutating func parseValue() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    switch token.kind {
    case .number: return try parseQuantity(hedge: .none, from: start)
    case .text:
      advance()
      return add(.text, from: start)
    case .date: return try parseDate(part: nil, from: start)
    case .textHead: return try parseInterpolation()
    case .openSquare: return try parseList()
    case .openBrace:
      let fields = try parseRecord()
      return add(.record(fields), from: start)
    case .openRound: return try parseParenthesis()
    case .quotedName: return try parsePathOrCall()
    case .word: return try parseWord()
    default: throw unexpected(.value)
    }
  }

  private mutating func parseWord() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    switch token.word {
    case .true, .false, .maybe:
      let truth: Truth = at(.true) ? .true : at(.false) ? .false : .maybe
      advance()
      return add(.truth(truth), from: start)
    case .unknown:
      advance()
      guard let unit = try parseUnit() else { return add(.unknown(nil), from: start) }
      tree.units.append(unit)
      return add(.unknown(Link(index: Int32(tree.units.count - 1))), from: start)
    case .early, .mid, .late:
      guard next.kind == .date else { return try parsePathOrCall() }
      let part = MonthPart(rawValue: tree.source.text(token.span))
      advance()
      return try parseDate(part: part, from: start)
    case .about, .nearly, .over, .under, .at, .up, .several, .dozens, .hundreds, .thousands, .tens:
      if let hedge = try parseHedge() { return try parseHedged(hedge, from: start) }
      return try parsePathOrCall()
    case .some(let word) where word.isReserved: throw unexpected(.value)
    default: return try parsePathOrCall()
    }
  }

  // path = name { "." name } .
  private mutating func parseWholePath() throws(Unreadable) -> Run<Span> {
    let first = Int32(tree.names.count)
    tree.names.append(token.span)
    advance()
    while token.kind == .dot, next.kind == .word || next.kind == .quotedName {
      advance()
      tree.names.append(token.span)
      advance()
    }
    return Run(start: first, count: Int32(tree.names.count) - first)
  }

  /// A path, or a call of what it names.
  private mutating func parsePathOrCall() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let names = try parseWholePath()
    if token.kind == .openRound, isJoined {
      return add(.call(names, try parseArguments()), from: start)
    }
    if names.count == 1 { try refuseBehindName(from: start) }
    return add(.path(names), from: start)
  }

  /// A path where nothing else may stand.
  mutating func parsePath() throws(Unreadable) -> Link<Expression> {
    guard startsPath(token) else { throw unexpected(.name) }
    let start = token.span.start
    return add(.path(try parseWholePath()), from: start)
  }

  func startsPath(_ token: Token) -> Bool {
    token.kind == .quotedName || (token.kind == .word && token.word?.isReserved != true)
  }

  // table = path [ args ] | "(" query ")" .
  mutating func parseTable() throws(Unreadable) -> Link<Expression> {
    if token.kind == .openRound { return try parseParenthesis() }
    guard startsPath(token) else { throw unexpected(.table) }
    return try parsePathOrCall()
  }

  /// A function as a stage: path args .
  mutating func parseCalledStage() throws(Unreadable) -> Stage.Kind {
    let names = try parseWholePath()
    guard token.kind == .openRound, isJoined else { throw unexpected(.sign("(")) }
    return .call(names, try parseArguments())
  }

  // args = "(" [ query | arg { "," arg } [ "," ] ] ")" .    arg = [ key ":" ] expr .
  private mutating func parseArguments() throws(Unreadable) -> Run<Argument> {
    try openBracket("(")
    let mark = pending.arguments.count
    while token.kind != .closeRound {
      var label: Span?
      if next.kind == .colon, token.kind == .word || token.kind == .quotedName {
        label = token.span
        advance()
        advance()
      }
      let start = token.span.start
      try refuseStar()
      var value = try parseExpression()
      if token.kind == .pipe {
        value = try parsePipeline(from: value, start: start)
        let isAlone = pending.arguments.count == mark && label == nil && token.kind != .comma
        if !isAlone { throw refusePipeline(value) }
      }
      pending.arguments.append(Argument(name: label, value: value))
      if !eat(.comma) { break }
    }
    try closeBracket(.closeRound, ")")
    return tree.arguments.takeRun(from: &pending.arguments, mark)
  }

  /// The stages behind a value that was read already.
  private mutating func parsePipeline(
    from source: Link<Expression>, start: Int32
  ) throws(Unreadable) -> Link<Expression> {
    let mark = pending.stages.count
    while eat(.pipe) { pending.stages.append(try parseStage(ofQueryFrom: start)) }
    let stages = tree.stages.takeRun(from: &pending.stages, mark)
    tree.queries.append(Query(source: source, stages: stages, span: span(from: start)))
    return add(.query(Link(index: Int32(tree.queries.count - 1))), from: start)
  }

  // list = "[" [ expr { "," expr } [ "," ] ] "]" .
  private mutating func parseList() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    try openBracket("[")
    let mark = pending.links.count
    while token.kind != .closeSquare {
      pending.links.append(try parseExpression())
      if !eat(.comma) { break }
    }
    try closeBracket(.closeSquare, "]")
    return add(.list(tree.links.takeRun(from: &pending.links, mark)), from: start)
  }

  // interpolated = head expr { middle expr } tail .
  private mutating func parseInterpolation() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let mark = pending.links.count
    addCharacters(from: start + 1)
    try openBracket("(")
    while true {
      pending.links.append(try parseExpression())
      if token.kind != .textMiddle { break }
      addCharacters(from: token.span.start + 1)
      advance()
    }
    addCharacters(from: token.span.start + 1)
    try closeBracket(.textTail, ")")
    return add(.interpolation(tree.links.takeRun(from: &pending.links, mark)), from: start)
  }

  /// The characters of the current piece of a text, up to the sign that opens a value or the quote.
  private mutating func addCharacters(from start: Int32) {
    let sign: Int32 = token.kind == .textTail ? 1 : 2
    let span = Span(Int(start), Int(max(start, token.span.end - sign)))
    tree.expressions.append(Expression(kind: .characters, span: span))
    pending.links.append(Link(index: Int32(tree.expressions.count - 1)))
  }

  private mutating func parseParenthesis() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    try openBracket("(")
    let query = try parseQuery()
    try closeBracket(.closeRound, ")")
    // Plain parentheses leave no node.
    if tree[query].stages.isEmpty, let value = tree[query].source { return value }
    return add(.query(query), from: start)
  }

  // MARK: Literals

  // hedge = "about" | "nearly" | "over" | "under" | "at" "least" | "at" "most" | "up" "to" .
  // bulk = "several" ( "hundred" | "thousand" )
  //      | ( "dozens" | "hundreds" | "thousands" | "tens" "of" "thousands" ) "of" .
  private mutating func parseHedge() throws(Unreadable) -> Hedge? {
    switch (token.word, next.word) {
    case (.about, _) where next.kind == .number: return eaten(1, .about)
    case (.nearly, _) where next.kind == .number: return eaten(1, .nearly)
    case (.over, _) where next.kind == .number: return eaten(1, .over)
    case (.under, _) where next.kind == .number: return eaten(1, .under)
    case (.at, .least) where afterNext.kind == .number: return eaten(2, .atLeast)
    case (.at, .most) where afterNext.kind == .number: return eaten(2, .atMost)
    case (.up, .to) where afterNext.kind == .number: return eaten(2, .upTo)
    case (.several, .hundred): return eaten(2, .severalHundred)
    case (.several, .thousand): return eaten(2, .severalThousand)
    case (.dozens, .of): return eaten(2, .dozens)
    case (.hundreds, .of): return eaten(2, .hundreds)
    case (.thousands, .of): return eaten(2, .thousands)
    case (.tens, .of) where afterNext.word == .thousands:
      advance()
      advance()
      advance()
      guard eat(.of) else { throw unexpected(.sign("of")) }
      return .tensOfThousands
    default: return nil
    }
  }

  mutating func eaten(_ count: Int, _ hedge: Hedge) -> Hedge {
    for _ in 0..<count { advance() }
    return hedge
  }

  private mutating func parseHedged(
    _ hedge: Hedge, from start: Int32
  ) throws(Unreadable) -> Link<Expression> {
    guard hedge.bulk != nil else { return try parseQuantity(hedge: hedge, from: start) }
    let quantity = QuantitySyntax(
      hedge: hedge, number: Number(0), magnitude: 0, unit: try parseUnit())
    return add(quantity, from: start)
  }

  // quantity = [ hedge ] number [ "k" | "mn" | "bn" | "tn" ] [ unit ] | bulk [ unit ] .
  private mutating func parseQuantity(
    hedge: Hedge, from start: Int32
  ) throws(Unreadable) -> Link<Expression> {
    let digits = token.span
    // The greatest number of 64 bits is what an open end is held as.
    guard let number = parseNumber(digits), number.coefficient < .max else {
      throw report(.numberTooLarge(at: digits))
    }
    advance()
    if token.kind == .number { try refuseBlankInNumber(digits) }
    let magnitude = magnitude
    if magnitude > 0 {
      guard number.times(Number(Number.powers[magnitude])) != nil else {
        throw report(.numberTooLarge(at: digits.joined(token.span)))
      }
      advance()
    }
    let quantity = QuantitySyntax(
      hedge: hedge, number: number, magnitude: magnitude, unit: try parseUnit())
    if token.kind == .word { try refuseRateInWords() }
    return add(quantity, from: start)
  }

  private mutating func add(_ quantity: QuantitySyntax, from start: Int32) -> Link<Expression> {
    tree.quantities.append(quantity)
    return add(.quantity(Link(index: Int32(tree.quantities.count - 1))), from: start)
  }

  /// The power of ten of a magnitude word behind a number.
  private var magnitude: Int {
    switch token.word {
    case .k: 3
    case .mn: 6
    case .bn: 9
    case .tn: 12
    default: 0
    }
  }

  // unit = "%" | word [ "/" word ] .
  mutating func parseUnit() throws(Unreadable) -> UnitSyntax? {
    if token.kind == .percent {
      let unit = token.span
      advance()
      return UnitSyntax(over: unit, under: nil)
    }
    guard token.kind == .word, !endsQuantity(token) else { return nil }
    let over = token.span
    advance()
    guard token.kind == .slash, isJoined, next.kind == .word,
      next.span.start == token.span.end
    else { return UnitSyntax(over: over, under: nil) }
    advance()
    let under = token.span
    advance()
    return UnitSyntax(over: over, under: under)
  }

  /// Words behind a number that are no unit: reserved and clause words, a missing pipe, a key.
  private func endsQuantity(_ token: Token) -> Bool {
    if next.kind == .colon, token.word?.isReserved != true { return !isInStatementEnd }
    guard let word = token.word else { return false }
    return word.isReserved || word.isClause || word.isStage
  }

  /// `check n <= 500 people : "label"`: the colon of a label, not of a key.
  private var isInStatementEnd: Bool { !isInBrackets }

  private func parseNumber(_ span: Span) -> Number? {
    var coefficient: Int64 = 0
    var scale = 0
    var isFraction = false
    let bytes = tree.source[span]
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "_"): continue
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        return exponent(bytes[(index + 1)...], of: Number(coefficient, scale: scale))
      default:
        let (ten, overflow) = coefficient.multipliedReportingOverflow(by: 10)
        let (sum, carry) = ten.addingReportingOverflow(Int64(byte) - 48)
        if overflow || carry { return nil }
        coefficient = sum
        if isFraction { scale += 1 }
        if scale > 18 { return nil }
      }
    }
    return Number(coefficient, scale: scale)
  }

  private func exponent(_ digits: ArraySlice<UInt8>, of number: Number) -> Number? {
    let text = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let power = Int(text), (-18...18).contains(power) else { return nil }
    if power >= 0 { return number.times(Number(Number.powers[power]))?.trimmed }
    let places = number.scale - power
    return places <= 18 ? Number(number.coefficient, scale: places).trimmed : nil
  }

  // date = [ "early" | "mid" | "late" ] "@" edtf .
  private mutating func parseDate(
    part: MonthPart?, from start: Int32
  ) throws(Unreadable) -> Link<Expression> {
    let span = token.span
    let written = tree.source[span].dropFirst()
    do {
      var date = try EDTF(written)
      if let part {
        guard let days = part.narrowed(date) else { throw report(.partOfNoMonth(part, at: span)) }
        date = days
      }
      advance()
      tree.dates.append(date)
      return add(.date(Link(index: Int32(tree.dates.count - 1)), part: part), from: start)
    } catch let problem as EDTF.Problem {
      throw report(.badDate(problem, at: span))
    } catch {
      throw Unreadable()
    }
  }
}
