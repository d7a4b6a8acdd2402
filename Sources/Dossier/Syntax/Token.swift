/// The smallest piece of a program.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    /// A name or one of the grammar's words (see `word`).
    case word
    /// `` `Event Date` ``
    case quotedName
    case number, text, date
    /// The pieces of a text around its values: `"a \(`, `) b \(`, `) c"`.
    case textHead, textMiddle, textTail
    case pipe, comma, colon, semicolon, dot, dotDot, equals
    case plus, minus, star, slash, percent
    /// `??`
    case orElse
    /// `?`, which means nothing yet.
    case question
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case openRound, closeRound, openSquare, closeSquare, openBrace, closeBrace
    /// The end of a line that holds something; whether it ends the statement the parser decides.
    case lineBreak
    /// What the lexer has reported already.
    case invalid
    case end
  }

  let kind: Kind
  let word: Word?
  let span: Span

  /// Whether a line that begins with this token goes on from the one before.
  var continuesLine: Bool { kind == .pipe || kind == .openBrace || word?.continuesLine == true }

  /// Whether a line that ends with this token goes on in the next one.
  var wantsMore: Bool {
    switch kind {
    case .comma, .equals, .plus, .minus, .star, .slash, .pipe, .colon, .orElse,
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      true
    case .word: word?.wantsMore ?? false
    default: false
    }
  }
}
