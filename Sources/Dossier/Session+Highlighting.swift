/// A stretch of a text that is one kind of thing, to be coloured while it is typed.
public struct Highlight: Sendable, Equatable {
  /// What is coloured; names and signs aren't.
  public enum Kind: Sendable, CaseIterable {
    /// `where`, `and`, `let`
    case keyword
    /// `count(`
    case function
    /// `"killed"`, also one whose quote isn't closed yet
    case text
    /// `5.6 bn`, `@2024-12`, `several hundred`
    case value
    case comment
    /// What the language has no use for: `§`, `'killed'`
    case mistake
  }

  /// In UTF-8 bytes.
  public let range: Range<Int>
  /// What it is.
  public let kind: Kind

  /// A stretch of one kind.
  public init(range: Range<Int>, kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

extension Session {
  /// What to colour in a text, in its order; the text may be unfinished.
  ///
  /// ```swift
  /// session.highlights(of: "count(figures) # all")  // function 0..<5, comment 15..<20
  /// ```
  public func highlights(of text: String) -> [Highlight] {
    let source = SourceText(name: "", text: text)
    let (tokens, errors) = Lexer.tokens(of: source)
    let openTexts = Set(
      errors.compactMap { if case .unterminatedText(let span) = $0 { span.start } else { nil } })
    var found: [Highlight] = []
    var end = 0
    for (index, token) in tokens.enumerated() {
      if let comment = source.comment(in: end..<max(end, Int(token.span.start))) {
        found.append(Highlight(range: comment, kind: .comment))
      }
      let isOpen = token.kind == .invalid && openTexts.contains(token.span.start)
      let isBehindKeyword =
        found.last.map { $0.kind == .keyword && $0.range.upperBound == end } ?? false
      if let kind = isOpen ? .text : Highlight.Kind(tokens, index, isBehindKeyword) {
        found.append(Highlight(range: token.span.range, kind: kind))
      }
      end = max(end, Int(token.span.end))
    }
    return found
  }
}

extension Highlight.Kind {
  /// What a token is by itself and by those beside it.
  fileprivate init?(_ tokens: [Token], _ index: Int, _ isBehindKeyword: Bool) {
    let token = tokens[index]
    switch token.kind {
    case .text, .textHead, .textMiddle, .textTail: self = .text
    case .number, .date: self = .value
    case .invalid: self = .mistake
    case .word:
      let before = index > 0 ? tokens[index - 1] : nil
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      if before?.kind == .dot { return nil }
      if next?.kind == .openRound, next?.span.start == token.span.end,
        token.word?.isReserved != true
      {
        self = .function
      } else if let word = token.word,
        word.isReserved || !isBehindKeyword || word.isState || word.isHedge,
        let kind = Self.kind(of: word, behind: before, before: next)
      {
        self = kind
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// A word of the grammar is one only in its own place.
  private static func kind(
    of word: Word, behind before: Token?, before next: Token?
  ) -> Highlight.Kind? {
    if word.isReserved { return .keyword }
    let beginsStatement =
      before.map { [.lineBreak, .semicolon].contains($0.kind) } ?? true
    if word.isStage { return before?.kind == .pipe ? .keyword : nil }
    if word.isStatement { return beginsStatement && next?.kind != .pipe ? .keyword : nil }
    // A clause follows a value; where a value begins it is a name.
    if word.isClause || word == .left { return before?.endsValue == true ? .keyword : nil }
    if word.isState { return before?.word == .is || before?.word == .not ? .keyword : nil }
    if word.isMagnitude { return before?.kind == .number ? .value : nil }
    // A hedge stands before a number or another word of a quantity.
    let isBeforeValue = next?.kind == .number || next?.kind == .date
    return isBeforeValue || before?.word?.isHedge == true || next?.word?.isHedge == true
      ? .value : nil
  }
}

extension Word {
  /// Whether a statement or a declaration begins with it.
  var isStatement: Bool { order(.let, .figure) }
  fileprivate var isHedge: Bool { order(.about, .tens) }
  fileprivate var isMagnitude: Bool { order(.k, .tn) }
  fileprivate var isState: Bool { order(.known, .approximate) }

  /// Whether it is declared between two others.
  private func order(_ first: Word, _ last: Word) -> Bool {
    (WordTable.rank(of: first)...WordTable.rank(of: last)).contains(WordTable.rank(of: self))
  }
}

extension Token {
  /// Whether a value may end with it.
  fileprivate var endsValue: Bool {
    switch kind {
    case .word, .quotedName, .number, .text, .textTail, .date, .percent, .closeRound, .closeSquare,
      .closeBrace:
      true
    default: false
    }
  }
}

extension SourceText {
  /// The comment between two tokens.
  fileprivate func comment(in gap: Range<Int>) -> Range<Int>? {
    guard let start = gap.first(where: { byte(at: $0) == UInt8(ascii: "#") }) else { return nil }
    return start..<gap.upperBound
  }
}
