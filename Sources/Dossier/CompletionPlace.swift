/// A place in a text where something is to be completed: the query and the stage that it is in, by
/// the tokens before it.
struct CompletionPlace {
  /// The text of its statement up to the place.
  let statement: String
  /// The statements before, which may give names.
  let earlier: String
  /// Of the statement, without line ends.
  let tokens: ArraySlice<Token>
  /// Of the innermost query that has stages, else of the whole statement.
  let query: ArraySlice<Token>
  /// Behind the last bar of that query; nil before its first one.
  let stage: ArraySlice<Token>?
  /// The brackets that are open, innermost last, as places among the tokens.
  let open: [Int]
  /// Whether the query may be run for what occurs in its rows.
  let runs: Bool
  private let bytes: [UInt8]

  init(before bytes: [UInt8], runs: Bool = true) {
    self.bytes = bytes
    self.runs = runs
    let all = Lexer.tokens(of: SourceText(name: "", bytes: bytes)).tokens.dropLast()
    let start = Self.statementStart(all)
    let from = start < all.endIndex ? Int(all[start].span.start) : bytes.count
    earlier = String(decoding: bytes[..<from], as: UTF8.self)
    statement = String(decoding: bytes[from...], as: UTF8.self)
    let tokens = ArraySlice(all[start...].filter { $0.kind != .lineBreak })
    self.tokens = tokens
    open = Self.openBrackets(tokens)
    // The innermost pair of brackets that holds a bar is a query of its own.
    let starts = open.reversed().map { $0 + 1 } + [Self.queryStart(tokens)]
    let found = starts.lazy.compactMap { start in
      Self.lastBar(tokens[start...]).map { (start, $0) }
    }.first
    query = found.map { tokens[$0.0...] } ?? tokens[Self.queryStart(tokens)...]
    stage = found.map { tokens[($0.1 + 1)...] }
  }

  var last: Token? { tokens.last }

  /// The text of a token.
  func text(_ token: Token) -> String { String(decoding: bytes[token.span.range], as: UTF8.self) }

  /// The text of the query before its last bar.
  var head: String {
    guard let stage, let first = query.first else { return "" }
    return String(
      decoding: bytes[Int(first.span.start)..<Int(tokens[stage.startIndex - 1].span.start)],
      as: UTF8.self)
  }

  /// The names of a path that ends before a place among the tokens: of `subject.name ==` both.
  func path(endingBefore end: Int) -> [String] {
    var names: [String] = []
    var place = end - 1
    while place >= tokens.startIndex, [.word, .quotedName].contains(tokens[place].kind) {
      names.insert(text(tokens[place]).filter { $0 != "`" }, at: 0)
      guard place - 1 >= tokens.startIndex, tokens[place - 1].kind == .dot else { break }
      place -= 2
    }
    return names
  }

  /// Whether the statement could go on with some words.
  ///
  /// The parser decides: a text that it reads to its end is only unfinished, whatever it says then.
  func goesOn(with words: String) -> Bool {
    let text = statement + " " + words
    let errors = Parser.parse(SourceText(name: "", text: text)).errors
    return errors.allSatisfy { Int($0.span.start) >= text.utf8.count }
  }

  private static func statementStart(_ tokens: ArraySlice<Token>) -> Int {
    var start = tokens.startIndex
    var depth = 0
    for (place, token) in tokens.enumerated() {
      depth = max(0, depth + token.nesting)
      guard depth == 0 else { continue }
      if token.kind == .semicolon { start = place + 1 }
      guard token.kind == .lineBreak else { continue }
      let next = place + 1 < tokens.endIndex ? tokens[place + 1] : nil
      let goesOn =
        (place > 0 && tokens[place - 1].wantsMore) || next?.kind == .pipe
        || next?.word?.continuesLine == true
      if !goesOn { start = place + 1 }
    }
    return start
  }

  private static func openBrackets(_ tokens: ArraySlice<Token>) -> [Int] {
    var open: [Int] = []
    for (place, token) in zip(tokens.indices, tokens) {
      if token.nesting > 0 { open.append(place) }
      if token.nesting < 0 { _ = open.popLast() }
    }
    return open
  }

  /// Where the query of a statement begins: behind `let x =`, `check`, `param x: text =`.
  private static func queryStart(_ tokens: ArraySlice<Token>) -> Int {
    guard let first = tokens.first, tokens.count > 1, tokens[tokens.startIndex + 1].kind != .pipe
    else { return tokens.startIndex }
    switch first.word {
    case .check: return tokens.startIndex + 1
    case .let, .param:
      let sign = tokens.firstIndex { $0.kind == .equals }
      return sign.map { $0 + 1 } ?? tokens.endIndex
    default: return tokens.startIndex
    }
  }

  /// The last bar outside of the brackets in a piece.
  private static func lastBar(_ tokens: ArraySlice<Token>) -> Int? {
    var depth = 0
    var bar: Int?
    for (place, token) in zip(tokens.indices, tokens) {
      depth += token.nesting
      if token.kind == .pipe, depth == 0 { bar = place }
    }
    // Brackets that are still open hide no bar before them.
    return bar
  }
}

extension Token {
  /// 1 for an opening bracket or a value inside a text, −1 for a closing one.
  fileprivate var nesting: Int {
    switch kind {
    case .openRound, .openSquare, .openBrace, .textHead: 1
    case .closeRound, .closeSquare, .closeBrace, .textTail: -1
    default: 0
    }
  }
}

extension CompletionPlace {
  /// The name that the query begins with, if it is all before the first bar.
  var firstTable: String? {
    guard let first = query.first, first.kind == .word, query.dropFirst().first?.kind == .pipe
    else { return nil }
    return text(first)
  }

  /// Whether a number or a word like *dozens* was written, which wants a unit.
  var endsInNumber: Bool {
    guard let last else { return false }
    if last.kind == .number { return true }
    switch last.word {
    case .k, .mn, .bn, .tn, .hundred, .thousand:
      return tokens.count > 1 && tokens[tokens.endIndex - 2].endsCount
    case .dozens, .hundreds, .thousands: return true
    default: return false
    }
  }

  /// Whether the path of a file stands here, as in `open("`.
  var opensFile: Bool {
    guard tokens.count > 1, last?.kind == .openRound else { return false }
    return text(tokens[tokens.endIndex - 2]) == "open"
  }

  /// Whether the path of a script may stand here.
  var usesFile: Bool { last?.word == .use && tokens.count == 1 }

  /// Whether what is typed next is a name of the user's own.
  var namesSomethingNew: Bool {
    switch last?.word {
    case .as: true
    case .let, .param, .unit, .source, .actor, .place, .event, .figure: tokens.count == 1
    default: false
    }
  }

  /// What a literal is compared with, behind a comparison, a list or a number: `subject.name`.
  var comparedPath: [String]? {
    guard let sign = comparison else { return nil }
    let path = path(endingBefore: sign)
    return path.isEmpty ? nil : path
  }

  /// The sign or word of the comparison as it is written; empty without one.
  var comparisonSign: String { comparison.map { text(tokens[$0]) } ?? "" }

  var comparisonWord: Word? { comparison.flatMap { tokens[$0].word } }

  private var comparison: Int? {
    var end = tokens.endIndex
    // `in ["a", `
    if let bracket = open.last, tokens[bracket].kind == .openSquare { end = bracket }
    // `> 5 k `
    while end > tokens.startIndex, end == tokens.endIndex || tokens[end].kind != .openSquare,
      tokens[end - 1].kind == .number || tokens[end - 1].word?.isPartOfNumber == true
    {
      end -= 1
    }
    guard end > tokens.startIndex, tokens[end - 1].compares else { return nil }
    return end - 1
  }

  /// The name that a join gives its table: of `join actors as a on` it is `a`.
  var joinedName: String? {
    guard stage?.first?.word == .join, let table = joinedTokens else { return nil }
    let rest = tokens[table.endIndex...]
    if rest.first?.word == .as, rest.count > 1 { return text(rest[rest.startIndex + 1]) }
    return table.count == 1 ? table.first.map(text) : nil
  }

  /// The table that is joined.
  var joinedTable: String? {
    joinedTokens.flatMap { table in
      guard let first = table.first, let last = table.last else { return nil }
      return text(Token(kind: .word, word: nil, span: first.span.joined(last.span)))
    }
  }

  private var joinedTokens: ArraySlice<Token>? {
    guard let stage, stage.first?.word == .join,
      let end = stage.firstIndex(where: { $0.word == .on || $0.word == .as })
    else { return nil }
    let start = stage.dropFirst().first?.word == .left ? stage.startIndex + 2 : stage.startIndex + 1
    return start < end ? tokens[start..<end] : nil
  }
}

extension Token {
  fileprivate var compares: Bool {
    switch kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    case .word: [.in, .has, .like, .same].contains(word)
    default: false
    }
  }

  /// Whether a magnitude may follow it: `5 bn`, `several hundred`.
  fileprivate var endsCount: Bool {
    kind == .number || word == .several || word?.isPartOfNumber == true
  }
}

extension Word {
  /// The hedges and magnitudes that quantities are written with.
  fileprivate var isPartOfNumber: Bool {
    switch self {
    case .about, .nearly, .over, .under, .at, .least, .most, .up, .several, .hundred, .thousand,
      .dozens, .hundreds, .thousands, .tens, .k, .mn, .bn, .tn:
      true
    default: false
    }
  }
}
