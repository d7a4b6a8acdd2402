/// Texts, also those with values inside: `"about \(n) dead, \(count(wounded)) wounded"`.
///
/// A text with values becomes pieces with the tokens of the values between them, so the parser sees
/// one flat row of tokens; a text inside of a value is one level further down.
extension Lexer {
  /// Reads up to the closing quote, or to a value inside; the token begins at `start`.
  mutating func readCharactersOfText(from start: Int, opened: Int) {
    let isFirst = start == opened
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") {
        if byte(at: position + 1) == UInt8(ascii: "(") {
          position += 2
          openTexts.append((opened, 0))
          add(isFirst ? .textHead : .textMiddle, from: start)
          return
        }
        guard readEscape() else { return }
      } else if !skipCharacterOfLine() {
        break
      }
    }
    guard byte(at: position) == UInt8(ascii: "\"") else {
      // The texts around it end on this line, too.
      openTexts.append((opened, 0))
      abandonTexts()
      return
    }
    position += 1
    add(isFirst ? .text : .textTail, from: start)
  }

  /// Counts the brackets of the innermost value; true at the one that ends it.
  mutating func closesValue(_ kind: Token.Kind) -> Bool {
    let last = openTexts.count - 1
    switch kind {
    case .openRound: openTexts[last].brackets += 1
    case .closeRound where openTexts[last].brackets == 0: return true
    case .closeRound: openTexts[last].brackets -= 1
    default: break
    }
    return false
  }

  /// Goes on with the text behind a value.
  mutating func readRestOfText(from start: Int) {
    guard let text = openTexts.popLast() else { return }
    readCharactersOfText(from: start, opened: text.start)
  }

  /// At the end of a line a text with an open value is reported, the outermost only.
  mutating func abandonTexts() {
    guard let first = openTexts.first else { return }
    openTexts.removeAll()
    report(SyntaxError.unterminatedText(at:), from: first.start)
  }
}
