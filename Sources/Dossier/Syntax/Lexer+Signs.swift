extension Lexer {
  mutating func readSign() {
    let start = position
    let next = byte(at: position + 1)
    func two(_ second: Unicode.Scalar) -> Bool { next == UInt8(ascii: second) }
    let kind: (Token.Kind, length: Int)? =
      switch bytes[position] {
      case UInt8(ascii: "|"): two("|") ? nil : (.pipe, 1)
      case UInt8(ascii: ","): (.comma, 1)
      case UInt8(ascii: ":"): (.colon, 1)
      case UInt8(ascii: ";"): (.semicolon, 1)
      case UInt8(ascii: "."): two(".") ? (.dotDot, 2) : (.dot, 1)
      case UInt8(ascii: "="): two("=") ? (.equal, 2) : (.equals, 1)
      case UInt8(ascii: "!"): two("=") ? (.notEqual, 2) : nil
      case UInt8(ascii: "<"): two("=") ? (.lessOrEqual, 2) : two(">") ? nil : (.less, 1)
      case UInt8(ascii: ">"): two("=") ? (.greaterOrEqual, 2) : (.greater, 1)
      case UInt8(ascii: "+"): (.plus, 1)
      case UInt8(ascii: "-"): (.minus, 1)
      case UInt8(ascii: "*"): (.star, 1)
      case UInt8(ascii: "/"): two("/") ? nil : (.slash, 1)
      case UInt8(ascii: "%"): (.percent, 1)
      case UInt8(ascii: "?"): two("?") ? (.orElse, 2) : nil
      case UInt8(ascii: "("): (.openRound, 1)
      case UInt8(ascii: ")"): (.closeRound, 1)
      case UInt8(ascii: "["): (.openSquare, 1)
      case UInt8(ascii: "]"): (.closeSquare, 1)
      case UInt8(ascii: "{"): (.openBrace, 1)
      case UInt8(ascii: "}"): (.closeBrace, 1)
      default: nil
      }
    if let (kind, length) = kind {
      position += length
      if !openTexts.isEmpty, closesValue(kind) { return readRestOfText(from: start) }
      add(kind, from: start)
    } else {
      refuseSign(next, from: start)
    }
  }

  /// Signs of other languages, each with what is written here.
  private mutating func refuseSign(_ next: UInt8, from start: Int) {
    let first = bytes[start]
    let pair = String(decoding: [first, next], as: UTF8.self)
    let replaced: [String: String] = ["||": "or", "&&": "and", "<>": "!=", "//": "#"]
    if let here = replaced[pair] {
      position += 2
      errors.append(.otherLanguage(written: pair, here: here, at: span(start, position)))
      add(.invalid, from: start)
    } else if first == UInt8(ascii: "!") {
      position += 1
      errors.append(.otherLanguage(written: "!", here: "not ", at: span(start, position)))
      add(.invalid, from: start)
    } else if first == UInt8(ascii: "'") {
      position += 1
      refuseQuotes(from: start)
    } else if first == 0 {
      position += 1
      report(SyntaxError.strayNUL(at:), from: start)
    } else {
      position += 1
      report({ .strayCharacter(Unicode.Scalar(first), at: $0) }, from: start)
    }
  }
}
