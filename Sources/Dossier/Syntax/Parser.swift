/// Reads tokens into a syntax tree, by hand, with one token of lookahead.
///
/// House rules: a function is named as its production, and the production stands above it. `at…`
/// looks, `eat…` takes if it is there, `expect…` takes or reports. An error unwinds to the end of
/// its statement, so that all mistakes of a script are told in one run and each of them once.
struct Parser {
  /// How deep brackets, `not` and signs may nest at most.
  static let deepest = 250

  /// How much of a text is read.
  struct Bounds {
    /// How deep brackets, `not` and signs may nest.
    var nesting = Parser.deepest
    /// Bytes of one text, number or name.
    var literalSize = Int.max
  }

  /// How many tokens are read at once.
  private static let block = 2_048
  /// After so many errors the rest is not worth telling.
  static let mostErrors = 50

  var tree: SyntaxTree
  /// Read ahead in blocks, so that the tokens of a long script stay in the cache.
  private var lexer: Lexer
  private var index = 0
  private(set) var token: Token
  /// Where the token before ended.
  private(set) var previousEnd: Int32 = 0
  var errors: [SyntaxError] = []
  /// The brackets that are open now, innermost last.
  private var open: [(character: Character, span: Span)] = []
  private var depth = 0
  private let deepest: Int
  var pending = Pending()

  /// Nodes of lists that are still being read; lists may nest, so these are stacks.
  struct Pending {
    var stages: [Stage] = []
    var columns: [ColumnSyntax] = []
    var fields: [FieldSyntax] = []
    var links: [Link<Expression>] = []
    var terms: [Term] = []
    var arguments: [Argument] = []
    var keys: [SortKey] = []
    var branches: [Branch] = []
    var formals: [Formal] = []
  }

  /// Thrown to leave a statement that was reported.
  struct Unreadable: Error {}

  /// The tree of a text and all that is wrong with it, in the order of the text.
  static func parse(
    _ source: SourceText, within bounds: Bounds = Bounds()
  ) -> (tree: SyntaxTree, errors: [SyntaxError]) {
    source.bytes.withUnsafeBufferPointer { bytes in
      let lexer = Lexer(bytes: bytes, base: source.base, longest: bounds.literalSize)
      var parser = Parser(source: source, lexer: lexer, deepest: min(bounds.nesting, deepest))
      parser.parseProgram()
      let errors = (parser.lexer.errors + parser.errors).sorted { $0.span.start < $1.span.start }
      return (parser.tree, Array(errors.prefix(mostErrors)))
    }
  }

  private init(source: SourceText, lexer: Lexer, deepest: Int) {
    self.deepest = deepest
    self.tree = SyntaxTree(source: source)
    self.lexer = lexer
    self.lexer.fill(upTo: Parser.block)
    self.token = self.lexer.tokens[0]
    let nodes = source.bytes.count / 12
    tree.expressions.reserveCapacity(nodes)
    tree.names.reserveCapacity(nodes / 2)
    skipJoinedBreaks()
  }

  // program = [ statement { sep statement } ] .
  private mutating func parseProgram() {
    while true {
      while token.kind == .semicolon || token.kind == .lineBreak { advance() }
      if token.kind == .end { return }
      let start = Int(token.span.start)
      var end = 0
      do {
        let statement = try parseStatement()
        guard atStatementEnd else { throw refuseRest() }
        tree.statements.append(statement)
      } catch {
        end = recover()
      }
      tree.note(statement: Span(start, max(end, Int(previousEnd))))
    }
  }

  var atStatementEnd: Bool {
    token.kind == .semicolon || token.kind == .lineBreak || token.kind == .end
  }

  /// Skips to the next statement: a `;`, or a line that isn't indented if brackets were left open.
  ///
  /// Gives the end of what was skipped.
  private mutating func recover() -> Int {
    let leftOpen = !open.isEmpty
    if leftOpen, beginsUnindentedLine {
      open.removeAll()
      depth = 0
      pending = Pending()
      return 0
    }
    open.removeAll()
    depth = 0
    pending = Pending()
    var end = 0
    while token.kind != .end {
      if token.kind == .semicolon, !leftOpen { break }
      if token.kind == .lineBreak, !leftOpen || nextLineBeginsStatement { break }
      if token.kind != .lineBreak { end = Int(token.span.end) }
      step()
    }
    return end
  }

  private var nextLineBeginsStatement: Bool {
    let next = lexer.tokens[min(index + 1, lexer.tokens.count - 1)]
    let start = Int(next.span.start)
    let isIndented =
      start > tree.source.base && tree.source.byte(at: start - 1) != UInt8(ascii: "\n")
    return next.kind == .end || (next.kind == .word && !isIndented)
  }

  // MARK: Tokens

  /// Steps to the next token that says something here: line breaks inside brackets, after a sign
  /// that wants more and before a line that goes on are none.
  mutating func advance() {
    guard token.kind != .end else { return }
    let last = token
    previousEnd = last.span.end
    step()
    guard token.kind == .lineBreak else { return }
    if !open.isEmpty || last.wantsMore {
      step()
    } else {
      skipJoinedBreaks()
    }
  }

  private mutating func skipJoinedBreaks() {
    if token.kind == .lineBreak, isJoined(breakAt: index) { step() }
  }

  /// Goes to the next token, whatever it is; some are always read ahead.
  private mutating func step() {
    index += 1
    if index + 8 > lexer.tokens.count {
      if index > Parser.block {
        lexer.drop(index)
        index = 0
      }
      lexer.fill(upTo: index + Parser.block)
    }
    token = lexer.tokens[index]
  }

  /// The token after this one; a line break that ends a statement is one.
  var next: Token { lexer.tokens[place(after: index)] }
  /// The token after `next`.
  var afterNext: Token { lexer.tokens[place(after: place(after: index))] }

  private func place(after index: Int) -> Int {
    let last = lexer.tokens.count - 1
    let next = min(index + 1, last)
    guard lexer.tokens[next].kind == .lineBreak else { return next }
    let goesOn = !open.isEmpty || lexer.tokens[index].wantsMore || isJoined(breakAt: next)
    return goesOn ? min(next + 1, last) : next
  }

  /// Whether the line behind a break goes on from the one before.
  private func isJoined(breakAt index: Int) -> Bool {
    let next = lexer.tokens[min(index + 1, lexer.tokens.count - 1)]
    return next.continuesLine
  }

  func at(_ word: Word) -> Bool { token.word == word }

  mutating func eat(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  mutating func eat(_ word: Word) -> Bool {
    guard token.word == word else { return false }
    advance()
    return true
  }

  mutating func expect(_ word: Word) throws(Unreadable) {
    guard eat(word) else { throw unexpected(.sign(word.rawValue)) }
  }

  mutating func expect(_ kind: Token.Kind, _ sign: String) throws(Unreadable) {
    guard eat(kind) else { throw unexpected(.sign(sign)) }
  }

  /// Whether the token stands right behind the one before, without a blank.
  var isJoined: Bool { token.span.start == previousEnd }

  // MARK: Brackets

  /// Takes the opening bracket; `advance` skips line breaks until it is closed.
  mutating func openBracket(_ character: Character) throws(Unreadable) {
    open.append((character, token.span))
    try descend()
    advance()
  }

  mutating func closeBracket(_ kind: Token.Kind, _ character: Character) throws(Unreadable) {
    guard token.kind == kind, !open.isEmpty else { throw unclosed(character) }
    open.removeLast()
    depth -= 1
    advance()
  }

  private mutating func unclosed(_ close: Character) -> Unreadable {
    let beginsAnew = token.kind == .end || closesAnother(close) || beginsUnindentedLine
    guard beginsAnew, let opened = open.last else { return unexpected(.comma(in: close)) }
    return report(.unclosed(opened.character, opened: opened.span, at: token.span))
  }

  /// Inside brackets a line at the margin is the next statement: the bracket was forgotten.
  private var beginsUnindentedLine: Bool {
    let start = Int(token.span.start)
    return token.kind == .word && tree.source.byte(at: start - 1) == UInt8(ascii: "\n")
  }

  private func closesAnother(_ close: Character) -> Bool {
    switch token.kind {
    case .closeRound: close != ")"
    case .closeSquare: close != "]"
    case .closeBrace: close != "}"
    default: false
    }
  }

  var isInBrackets: Bool { !open.isEmpty }

  /// Counts a step into something nested; `ascend` takes it back.
  mutating func descend() throws(Unreadable) {
    depth += 1
    if depth > deepest { throw report(.tooDeep(limit: deepest, at: token.span)) }
  }

  mutating func ascend() { depth -= 1 }

  // MARK: Errors

  /// Notes an error and gives what is thrown to leave the statement.
  mutating func report(_ error: SyntaxError) -> Unreadable {
    // What the lexer refused it has reported.
    if token.kind != .invalid { errors.append(error) }
    return Unreadable()
  }

  /// Something is written as elsewhere.
  mutating func refuse(_ habit: Habit, at span: Span, _ mending: Mending? = nil) -> Unreadable {
    report(.habit(habit, at: span, mending))
  }

  /// The current token isn't what is awaited.
  ///
  /// What the lexer refused is not told twice.
  mutating func unexpected(_ expectation: SyntaxError.Expectation) -> Unreadable {
    if token.kind == .invalid { return Unreadable() }
    return report(.expected(expectation, found: found, at: placeOfToken))
  }

  /// Where the missing thing should stand: at the end of a line rather than on the break.
  private var placeOfToken: Span {
    token.kind == .lineBreak || token.kind == .end
      ? Span(Int(previousEnd), Int(previousEnd)) : token.span
  }

  private var found: String {
    switch token.kind {
    case .end: "the end of the text"
    case .lineBreak: "the end of the line"
    default: "'\(tree.source.text(token.span))'"
    }
  }

  // MARK: Nodes

  mutating func add(_ kind: Expression.Kind, from start: Int32) -> Link<Expression> {
    tree.expressions.append(
      Expression(kind: kind, span: Span(Int(start), Int(max(previousEnd, start)))))
    return Link(index: Int32(tree.expressions.count - 1))
  }

  func span(from start: Int32) -> Span { Span(Int(start), Int(max(previousEnd, start))) }
}

extension Array {
  /// Appends what a stack has gathered since a mark, and takes it off the stack.
  mutating func takeRun(from stack: inout [Element], _ mark: Int) -> Run<Element> {
    let start = count
    // One by one: a slice would be counted, copied and let go again.
    for index in mark..<stack.count { append(stack[index]) }
    stack.removeLast(stack.count - mark)
    return Run(start: Int32(start), count: Int32(count - start))
  }
}
