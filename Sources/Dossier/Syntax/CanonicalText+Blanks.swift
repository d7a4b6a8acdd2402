/// Between which tokens a blank stands.
///
/// Mostly decided by the two tokens. Where a blank means something (a call, a rate) what is written is kept.
extension CanonicalText {
  /// Some tokens on one line.
  func flat(_ range: Range<Int>, depth: Int) -> String {
    var text = ""
    for index in range {
      if index > range.lowerBound, isSpaced(before: index, depth: depth) { text += " " }
      text += source.text(tokens[index].span)
    }
    return text
  }

  /// Whether a record has blanks inside its braces: one of a declaration has.
  func isPadded(_ open: Int, _ depth: Int) -> Bool {
    guard tokens[open].kind == .openBrace, depth == 0, case .declaration = statement else {
      return false
    }
    return true
  }

  func isSpaced(before index: Int, depth: Int) -> Bool {
    let (previous, token) = (tokens[index - 1], tokens[index])
    switch token.kind {
    case .comma, .closeRound, .closeSquare, .closeBrace, .dot, .textMiddle, .textTail: return false
    case .colon: return isLabel(depth)
    case .percent where previous.kind == .number: return false
    case .slash: return !isRate(at: index)
    case .dotDot where endsValue(index - 1):
      return previous.kind == .date && !isJoined(index)
    case .openRound where previous.kind == .word || previous.kind == .quotedName:
      return !isCall(at: index)
    default: break
    }
    switch previous.kind {
    case .openRound, .openSquare, .openBrace, .dot, .textHead, .textMiddle: return false
    case .slash: return !isRate(at: index - 1)
    case .minus where !endsValue(index - 2): return token.kind == .minus
    case .dotDot: return !startsBound(token)
    default: return true
    }
  }

  /// Whether a token stands right behind the one before in the source.
  private func isJoined(_ index: Int) -> Bool {
    tokens[index - 1].span.end == tokens[index].span.start
  }

  /// The colon of `check n <= 500 people : "label"`.
  private func isLabel(_ depth: Int) -> Bool {
    guard depth == 0, case .check = statement else { return false }
    return true
  }

  /// The unit behind the `/` of a rate, whatever else its word means.
  func isDenominator(_ index: Int) -> Bool {
    tokens[index - 1].kind == .slash && isRate(at: index - 1)
  }

  /// `people/day` behind a number, not `a / b`.
  private func isRate(at slash: Int) -> Bool {
    guard slash >= first + 2, slash + 1 < tokens.count, isJoined(slash), isJoined(slash + 1),
      tokens[slash - 1].kind == .word, tokens[slash + 1].kind == .word
    else { return false }
    if tokens[slash - 2].kind == .number { return true }
    switch tokens[slash - 2].word {
    case .k, .mn, .bn, .tn, .of, .hundred, .thousand, .unknown, .to: return true
    default: return false
    }
  }

  /// `count(figures)`, not `where (a or b)`.
  private func isCall(at index: Int) -> Bool {
    if case .let = statement, index == first + 2 { return true }
    guard isJoined(index) else { return false }
    let before = index >= first + 2 ? tokens[index - 2].kind : .end
    guard let word = tokens[index - 1].word, before != .dot else { return true }
    return !word.isReserved && !(word.isStage && before == .pipe)
  }

  /// Whether a value can end with a token, so that a sign behind it joins two.
  private func endsValue(_ index: Int) -> Bool {
    guard index >= first else { return false }
    switch tokens[index].kind {
    case .number, .text, .textTail, .date, .quotedName, .percent, .closeRound, .closeSquare,
      .closeBrace:
      return true
    case .word:
      let before = index > first ? tokens[index - 1].kind : .end
      guard let word = tokens[index].word, before != .dot else { return true }
      switch word {
      case .true, .false, .maybe, .unknown: return true
      case .check: return index > first
      default: return !word.isReserved && !word.isClause && !(word.isStage && before == .pipe)
      }
    default: return false
    }
  }

  /// Whether the right end of a range can begin with a token.
  private func startsBound(_ token: Token) -> Bool {
    switch token.kind {
    case .number, .text, .textHead, .date, .quotedName, .openRound, .openSquare, .openBrace, .minus:
      return true
    case .word:
      guard let word = token.word else { return true }
      switch word {
      case .true, .false, .unknown: return true
      default: return !word.isReserved && !word.isClause
      }
    default: return false
    }
  }
}

extension SyntaxTree {
  /// A piece of the text as `fmt` writes it on one line, without comments.
  func written(_ span: Span) -> String {
    CanonicalText.line(Array(source[span]))
  }
}
