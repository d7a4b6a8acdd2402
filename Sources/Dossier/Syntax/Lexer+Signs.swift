extension Lexer {
  mutating func readSign() {
    let start = position
    let next = byte(at: position + 1)
    func two(_ second: Unicode.Scalar) -> Bool { next == UInt8(ascii: second) }
    let kind: (Token.Kind, length: Int)? =
      switch bytes[position] {
      case UInt8(ascii: "|"): two("|") || two(">") ? nil : (.pipe, 1)
      case UInt8(ascii: ","): (.comma, 1)
      case UInt8(ascii: ":"): (.colon, 1)
      case UInt8(ascii: ";"): (.semicolon, 1)
      case UInt8(ascii: "."): two(".") ? (.dotDot, 2) : (.dot, 1)
      case UInt8(ascii: "="): two("=") ? (.equal, 2) : (.equals, 1)
      case UInt8(ascii: "!"): two("=") ? (.notEqual, 2) : nil
      case UInt8(ascii: "<"): two("=") ? (.lessOrEqual, 2) : two(">") ? nil : (.less, 1)
      case UInt8(ascii: ">"): two("=") ? (.greaterOrEqual, 2) : (.greater, 1)
      case UInt8(ascii: "+"): (.plus, 1)
      case UInt8(ascii: "-"): two(">") || beginsForeignComment ? nil : (.minus, 1)
      case UInt8(ascii: "*"): (.star, 1)
      case UInt8(ascii: "/"): two("/") ? nil : (.slash, 1)
      case UInt8(ascii: "%"): (.percent, 1)
      case UInt8(ascii: "?"): two("?") ? (.orElse, 2) : (.question, 1)
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

  /// `-- a comment`; a double minus before a value has no blank behind it.
  private var beginsForeignComment: Bool {
    byte(at: position + 1) == UInt8(ascii: "-") && byte(at: position + 2) == UInt8(ascii: " ")
  }

  /// Signs of other languages, each with what is written here.
  private mutating func refuseSign(_ next: UInt8, from start: Int) {
    let first = bytes[start]
    let pair = String(decoding: [first, next], as: UTF8.self)
    let replaced = [
      "||": "or", "&&": "and", "<>": "!=", "->": "|", "|>": "|", "//": "#", "--": "#",
    ]
    position += 1
    if let here = replaced[pair] {
      position += 1
      refuse(pair, here: here, from: start)
      if here == "#" { skipRestOfLine() }
    } else if first == UInt8(ascii: "!") {
      refuse("!", here: "not ", from: start)
    } else if first == UInt8(ascii: "~") {
      refuse("~", here: "about ", from: start)
    } else if first == UInt8(ascii: "'") {
      refuseQuotes(from: start)
    } else if first == UInt8(ascii: "$") {
      refuseCurrency("USD", from: start)
    } else if first == 0 {
      report(SyntaxError.strayNUL(at:), from: start)
    } else {
      report({ .strayCharacter(Unicode.Scalar(first), at: $0) }, from: start)
    }
  }

  private mutating func refuse(_ sign: String, here: String, from start: Int) {
    errors.append(.otherLanguage(written: sign, here: here, at: span(start, position)))
    add(.invalid, from: start)
  }

  /// `$5 bn`: the sign was read, the number is read with it.
  mutating func refuseCurrency(_ unit: String, from start: Int) {
    while byte(at: position) == UInt8(ascii: " ") { position += 1 }
    let number = position
    while isNumberByte(byte(at: position)) { position += 1 }
    var end = position
    for magnitude in ["k", "mn", "bn", "tn"] where isWord(magnitude, at: position + 1) {
      end = position + 1 + magnitude.utf8.count
    }
    position = max(end, position)
    let digits = String(decoding: bytes[number..<position], as: UTF8.self)
    let whole = span(start, position)
    let mending = digits.isEmpty ? nil : Mending(whole, "\(digits) \(unit)")
    errors.append(.habit(.currencyInFront, at: whole, mending))
    add(.invalid, from: start)
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private func isWord(_ word: String, at start: Int) -> Bool {
    let end = start + word.utf8.count
    guard start > 0, byte(at: start - 1) == UInt8(ascii: " "), end <= bytes.count else {
      return false
    }
    let isWhole = !(0x61...0x7A).contains(byte(at: end) | 0x20)
    return isWhole && bytes[start..<end].elementsEqual(word.utf8)
  }

  /// What stands behind a comment sign of another language isn't told word by word.
  private mutating func skipRestOfLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
  }
}
