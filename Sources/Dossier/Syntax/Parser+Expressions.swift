extension Parser {
  // expr = "if" expr "then" expr [ "maybe" expr ] "else" expr | or .
  mutating func parseExpression() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let value = at(.if) ? try parseConditional() : try parseOr()
    if token.kind == .question { throw refuseQuestionMark(from: start) }
    return value
  }

  /// A chain of `else if` is one node, so it may be long.
  private mutating func parseConditional() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let mark = pending.branches.count
    try descend()
    while at(.if) {
      let sign = token.span
      advance()
      let condition = try parseExpression()
      try expect(.then)
      let value = try parseExpression()
      let maybe = eat(.maybe) ? try parseExpression() : nil
      guard eat(.else) else { throw refuseMissingElse(at: sign) }
      pending.branches.append(Branch(condition: condition, value: value, maybe: maybe))
    }
    let otherwise = try parseOr()
    ascend()
    let branches = tree.branches.takeRun(from: &pending.branches, mark)
    return add(.conditional(branches, otherwise: otherwise), from: start)
  }

  // or = and { "or" and } .
  private mutating func parseOr() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let first = try parseAnd()
    guard at(.or) else { return first }
    let mark = pending.links.count
    pending.links.append(first)
    while eat(.or) { pending.links.append(try parseAnd()) }
    let operands = tree.links.takeRun(from: &pending.links, mark)
    return add(.any(operands), from: start)
  }

  // and = not { "and" not } .
  private mutating func parseAnd() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let first = try parseNot()
    guard at(.and) else { return first }
    let mark = pending.links.count
    pending.links.append(first)
    while eat(.and) { pending.links.append(try parseNot()) }
    let operands = tree.links.takeRun(from: &pending.links, mark)
    return add(.all(operands), from: start)
  }

  // not = "not" not | compare .
  private mutating func parseNot() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    guard eat(.not) else { return try parseComparison() }
    try descend()
    defer { ascend() }
    return add(.not(try parseNot()), from: start)
  }

  // compare = fill [ cmp fill | "is" state ] .
  private mutating func parseComparison() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let left = try parseFill()
    if eat(.is) { return add(.state(left, try parseState()), from: start) }
    guard let sign = comparison else {
      if token.kind == .word { try refuseBehindOperand(left) }
      return left
    }
    advance()
    if sign == .like { try refuseRegularExpression() }
    let right = try parseFill()
    if comparison != nil { throw refuseChain(left, sign, right) }
    return add(.comparison(sign, left, right), from: start)
  }

  private var comparison: Comparison? {
    switch token.kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .word:
      switch token.word {
      case .in: .in
      case .has: .has
      case .like: .like
      case .same: .same
      case .overlaps: .overlaps
      default: nil
      }
    default: nil
    }
  }

  // state = "known" | "unknown" | "none" | "exact" | "approximate" | "true" | "false" | "maybe" .
  private mutating func parseState() throws(Unreadable) -> State {
    let written = tree.source.text(token.span)
    if let state = State(rawValue: written) {
      advance()
      return state
    }
    guard token.kind == .word else { throw unexpected(.sign("known")) }
    if at(.not), next.kind == .word {
      throw report(.unknownState("not known", at: token.span.joined(next.span)))
    }
    throw report(.unknownState(written, at: token.span))
  }

  // fill = convert { "??" convert } .
  mutating func parseFill() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let first = try parseConvert()
    guard token.kind == .orElse else { return first }
    let mark = pending.links.count
    pending.links.append(first)
    while eat(.orElse) { pending.links.append(try parseConvert()) }
    return add(.fill(tree.links.takeRun(from: &pending.links, mark)), from: start)
  }

  // convert = range { "to" unit [ "using" path ] } .
  private mutating func parseConvert() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    var value = try parseRange()
    var steps = 0
    defer { for _ in 0..<steps { ascend() } }
    while eat(.to) {
      steps += 1
      try descend()
      guard let unit = try parseUnit() else { throw unexpected(.unit) }
      tree.units.append(unit)
      let link = Link<UnitSyntax>(index: Int32(tree.units.count - 1))
      let rate = eat(.using) ? try parsePath() : nil
      value = add(.convert(value, to: link, using: rate), from: start)
    }
    return value
  }

  // range = sum [ ".." [ sum ] ] | ".." sum .
  private mutating func parseRange() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    if eat(.dotDot) { return add(.range(low: nil, high: try parseSum()), from: start) }
    let low = try parseSum()
    guard eat(.dotDot) else { return low }
    // `if a then 5.. maybe 6 else 7`: a truth is no end.
    let high = startsValue(token) && !at(.maybe) ? try parseSum() : nil
    return add(.range(low: low, high: high), from: start)
  }

  // sum = product { ( "+" | "-" ) product } .
  mutating func parseSum() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let first = try parseProduct()
    guard token.kind == .plus || token.kind == .minus else { return first }
    let mark = pending.terms.count
    pending.terms.append(Term(sign: .plus, value: first))
    while token.kind == .plus || token.kind == .minus {
      let sign: Term.Sign = token.kind == .plus ? .plus : .minus
      advance()
      pending.terms.append(Term(sign: sign, value: try parseProduct()))
    }
    return add(.chain(tree.terms.takeRun(from: &pending.terms, mark)), from: start)
  }

  // product = prefix { ( "*" | "/" ) prefix } .
  private mutating func parseProduct() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    let first = try parsePrefix()
    guard token.kind == .star || token.kind == .slash else { return first }
    let mark = pending.terms.count
    pending.terms.append(Term(sign: .times, value: first))
    while token.kind == .star || token.kind == .slash {
      let sign: Term.Sign = token.kind == .star ? .times : .over
      advance()
      pending.terms.append(Term(sign: sign, value: try parsePrefix()))
    }
    return add(.chain(tree.terms.takeRun(from: &pending.terms, mark)), from: start)
  }

  // prefix = "-" prefix | value { "." name } .
  private mutating func parsePrefix() throws(Unreadable) -> Link<Expression> {
    let start = token.span.start
    if eat(.minus) {
      try descend()
      defer { ascend() }
      return add(.negated(try parsePrefix()), from: start)
    }
    var value = try parseValue()
    var dots = 0
    defer { for _ in 0..<dots { ascend() } }
    while token.kind == .dot {
      dots += 1
      try descend()
      advance()
      guard token.kind == .word || token.kind == .quotedName else { throw unexpected(.fieldName) }
      let name = token.span
      advance()
      value = add(.member(value, name), from: start)
    }
    if token.kind == .openSquare || token.kind == .openRound { try refuseBehindValue(value) }
    return value
  }

  /// Whether a value can begin with a token; clause words and line breaks can't.
  func startsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .number, .text, .textHead, .date, .quotedName, .openRound, .openSquare, .openBrace,
      .minus, .dotDot:
      true
    case .word:
      switch token.word {
      case .true, .false, .maybe, .unknown, .not, .if, nil: true
      case .some(let word): !word.isReserved && !word.isClause
      }
    default: false
    }
  }
}
