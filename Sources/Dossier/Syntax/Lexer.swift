/// Turns the bytes of a script into tokens; what can't be read is reported and left as `.invalid`.
///
/// The lexer looks at bytes, never at characters: `\r\n` is one `Character` of Swift, and walking
/// characters is twenty times slower.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The offset of the first byte in spans.
  private let base: Int
  /// Bytes that a text, a number or a name may have.
  private let longest: Int
  private let words = WordTable.shared
  var position = 0
  private(set) var tokens: [Token] = []
  var errors: [SyntaxError] = []
  /// Texts of which a value is being read, innermost last, each with the brackets open in it.
  var openTexts: [(start: Int, brackets: Int)] = []

  /// All tokens of a text, the last one `.end`, and what was wrong.
  static func tokens(of source: SourceText) -> (tokens: [Token], errors: [SyntaxError]) {
    source.bytes.withUnsafeBufferPointer { bytes in
      var lexer = Lexer(bytes: bytes, base: source.base)
      lexer.fill(upTo: .max)
      return (lexer.tokens, lexer.errors)
    }
  }

  /// A lexer of bytes that stay where they are while it is used.
  init(bytes: UnsafeBufferPointer<UInt8>, base: Int, longest: Int = .max) {
    self.bytes = bytes
    self.base = base
    self.longest = longest
    tokens.reserveCapacity(min(bytes.count / 2 + 4, 8_192))
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  /// Reads on until there are so many tokens, or the text ends with `.end`.
  mutating func fill(upTo count: Int) {
    while position < bytes.count, tokens.count < count { readToken() }
    if position >= bytes.count, tokens.last?.kind != .end {
      abandonTexts()
      add(.end, from: bytes.count)
    }
  }

  /// Forgets tokens that were used.
  mutating func drop(_ count: Int) { tokens.removeFirst(count) }

  private mutating func readToken() {
    let start = position
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      position += 1
    case UInt8(ascii: "\n"):
      abandonTexts()
      position += 1
      if let last = tokens.last, last.kind != .lineBreak { add(.lineBreak, from: start) }
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\""): readText()
    case UInt8(ascii: "`"): readQuotedName()
    case UInt8(ascii: "@"): readDate()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      readWord()
    case 0x80...: readBeyondASCII()
    default: readSign()
    }
  }

  mutating func add(_ kind: Token.Kind, _ word: Word? = nil, from start: Int) {
    let span = span(start, position)
    var kind = kind
    if position &- start > longest {
      errors.append(.literalTooLong(limit: longest, at: Span(Int(span.start), Int(span.start) + 1)))
      kind = .invalid
    }
    tokens.append(Token(kind: kind, word: word, span: span))
  }

  /// The span of bytes of this text.
  func span(_ start: Int, _ end: Int) -> Span { Span(base &+ start, base &+ end) }

  func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  // MARK: Words

  private mutating func readWord() {
    let start = position
    // The key of the word table is made on the way, since every word is looked up.
    var key: UInt64 = 0
    while position < bytes.count, isWordByte(bytes[position]) {
      key = WordTable.extended(key, bytes[position])
      position &+= 1
    }
    if position < bytes.count, bytes[position] >= 0x80 {
      readRestOfWord(start)
    } else {
      add(.word, words.word(key: key, bytes, start, position), from: start)
    }
  }

  /// The rest of a name that has letters beyond ASCII.
  private mutating func readRestOfWord(_ start: Int) {
    while position < bytes.count {
      if isWordByte(bytes[position]) {
        position += 1
      } else if bytes[position] >= 0x80, let (scalar, length) = scalar(at: position),
        scalar.properties.isXIDContinue
      {
        position += length
      } else {
        break
      }
    }
    add(.word, from: start)
  }

  private mutating func readBeyondASCII() {
    let start = position
    guard let (scalar, length) = scalar(at: position) else {
      position += 1
      report(SyntaxError.invalidUTF8(at:), from: start)
      return
    }
    if scalar.properties.isXIDStart {
      readWord()
    } else if scalar.properties.isWhitespace {
      position += length
    } else {
      position += length
      refuse(scalar, from: start)
    }
  }

  private mutating func refuse(_ scalar: Unicode.Scalar, from start: Int) {
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{AB}", "\u{BB}":
      refuseQuotes(from: start)
    case "€": refuseCurrency("EUR", from: start)
    case "£": refuseCurrency("GBP", from: start)
    case let scalar where isBidiControl(scalar):
      report({ .bidiControl(scalar, at: $0) }, from: start)
    default: report({ .strayCharacter(scalar, at: $0) }, from: start)
    }
  }

  /// Reads on to the closing quote, so that the words between are not reported one by one.
  mutating func refuseQuotes(from start: Int) {
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if let (scalar, length) = scalar(at: end), end > start,
        ["\u{2019}", "\u{201D}", "\u{BB}", "'"].contains(scalar)
      {
        let content = String(decoding: bytes[position..<end], as: UTF8.self)
        position = end + length
        errors.append(.wrongQuotes(content: content, at: span(start, position)))
        add(.invalid, from: start)
        return
      }
      end += 1
    }
    errors.append(.wrongQuotes(content: nil, at: span(start, position)))
    add(.invalid, from: start)
  }

  private mutating func readQuotedName() {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "`") {
      guard skipCharacterOfLine() else { break }
    }
    guard byte(at: position) == UInt8(ascii: "`"), position > start + 1 else {
      report(SyntaxError.unterminatedName(at:), from: start)
      return
    }
    position += 1
    add(.quotedName, from: start)
  }

  // MARK: Literals

  private mutating func readText() {
    let start = position
    position += 1
    readCharactersOfText(from: start, opened: start)
  }

  /// False if the escape isn't one; the rest of the text is then skipped.
  mutating func readEscape() -> Bool {
    let start = position
    position += 1
    switch byte(at: position) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "t"):
      position += 1
      return true
    default:
      if position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      errors.append(.unknownEscape(at: span(start, position)))
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
        position += 1
        if bytes[position - 1] == UInt8(ascii: "\"") { break }
      }
      add(.invalid, from: start)
      return false
    }
  }

  /// Steps over one character that may stand in a text, a name or a comment; false at the line's end.
  mutating func skipCharacterOfLine() -> Bool {
    let byte = bytes[position]
    if byte == UInt8(ascii: "\n") { return false }
    if byte == 0 {
      errors.append(.strayNUL(at: span(position, position + 1)))
    } else if byte >= 0x80 {
      guard let (scalar, length) = scalar(at: position) else {
        errors.append(.invalidUTF8(at: span(position, position + 1)))
        position += 1
        return true
      }
      if isBidiControl(scalar) {
        errors.append(.bidiControl(scalar, at: span(position, position + length)))
      }
      position += length
      return true
    }
    position += 1
    return true
  }

  private mutating func skipComment() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      let byte = bytes[position]
      if byte >= 0x80 || byte == 0 { _ = skipCharacterOfLine() } else { position += 1 }
    }
  }

  private mutating func readNumber() {
    let start = position
    readDigits()
    if byte(at: position) == UInt8(ascii: "."), isDigit(byte(at: position + 1)) {
      position += 1
      readDigits()
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(at: position + 1) == UInt8(ascii: "-") ? 1 : 0
      if isDigit(byte(at: position + 1 + sign)) {
        position += 1 + sign
        readDigits()
      }
    }
    guard position < bytes.count, isWordByte(bytes[position]) else {
      add(.number, from: start)
      return
    }
    while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
    report(SyntaxError.malformedNumber(at:), from: start)
  }

  private mutating func readDigits() {
    while position < bytes.count, isDigit(bytes[position]) || bytes[position] == UInt8(ascii: "_") {
      position += 1
    }
  }

  /// A date ends at its last legal character.
  private mutating func readDate() {
    let start = position
    position += 1
    if byte(at: position) == UInt8(ascii: "[") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "]"),
        isDateByte(bytes[position])
      {
        position += 1
      }
      if byte(at: position) == UInt8(ascii: "]") { position += 1 }
    } else {
      readDay()
      if byte(at: position) == UInt8(ascii: "/") {
        position += 1
        readDay()
      }
    }
    add(.date, from: start)
  }

  private mutating func readDay() {
    if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1) == UInt8(ascii: ".") {
      position += 2
      return
    }
    while true {
      while isDateDigit(byte(at: position)) || byte(at: position) == UInt8(ascii: "-") {
        position += 1
      }
      guard isQualifier(byte(at: position)) else { return }
      position += 1
      // `@2024~-12` is no subtraction.
      guard byte(at: position) == UInt8(ascii: "-") else { return }
    }
  }

  mutating func report(_ error: (Span) -> SyntaxError, from start: Int) {
    errors.append(error(span(start, max(position, start + 1))))
    add(.invalid, from: start)
  }

  // MARK: Bytes

  private func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  private func isBidiControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: false
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// A digit, or the `X` of one that isn't specified.
private func isDateDigit(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "X") }

private func isQualifier(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "~") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "%")
}

/// What may stand between the brackets of a date.
private func isDateByte(_ byte: UInt8) -> Bool {
  isDateDigit(byte) || isQualifier(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[")
}

private func isWordByte(_ byte: UInt8) -> Bool {
  let letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7A) || isDigit(byte) || byte == UInt8(ascii: "_")
}
