/// A script as `fmt` writes it: the same tokens with the blanks and line breaks of one style.
///
/// Statements stand on lines of their own, at most one empty line apart; a query that is too long is
/// broken before its `|`, a bracket behind its opening sign. Comments stay between the tokens where
/// they stood. Only a comma before a closing bracket and `;` come and go, so the tree is the same.
struct CanonicalText {
  static let width = 100

  let source: SourceText
  /// All tokens but line breaks.
  let tokens: [Token]
  private let statements: [Statement]
  /// The statement that is being written.
  var statement: Statement.Kind?
  /// Where it begins.
  var first = 0

  /// The canonical text of a script without errors of syntax.
  static func text(of tree: SyntaxTree) -> String {
    var script = CanonicalText(tree.source, tree.statements)
    return script.written()
  }

  /// A part of a statement on one line, without comments.
  static func line(_ bytes: [UInt8]) -> String {
    let part = CanonicalText(SourceText(name: "", bytes: bytes), [])
    return part.flat(part.tokens.indices, depth: 1)
  }

  private init(_ source: SourceText, _ statements: [Statement]) {
    self.source = source
    self.statements = statements
    tokens = Lexer.tokens(of: source).tokens.filter { $0.kind != .lineBreak && $0.kind != .end }
  }

  // MARK: Statements

  private mutating func written() -> String {
    var text = ""
    var index = 0
    var end = source.base
    for (number, statement) in statements.enumerated() {
      while index < tokens.count, tokens[index].span.start < statement.span.start { index += 1 }
      let gap = source[Span(end, Int(statement.span.start))]
      text += between(gap, isFirst: number == 0, isLast: false)
      first = index
      while index < tokens.count, tokens[index].span.end <= statement.span.end { index += 1 }
      self.statement = statement.kind
      text += layout(of: first..<index).text(width: CanonicalText.width)
      if needsSemicolon(behind: index) { text += ";" }
      end = Int(statement.span.end)
    }
    let rest = source[Span(end, source.end)]
    text += between(rest, isFirst: statements.isEmpty, isLast: true)
    return text.isEmpty ? "" : text + "\n"
  }

  /// Whether the next line would otherwise go on with this one.
  private func needsSemicolon(behind index: Int) -> Bool {
    guard let next = tokens[index...].first(where: { $0.kind != .semicolon }) else { return false }
    return next.continuesLine || tokens[index - 1].wantsMore
  }

  /// The comments and empty lines between two statements.
  private func between(_ gap: ArraySlice<UInt8>, isFirst: Bool, isLast: Bool) -> String {
    var text = ""
    var isFirst = isFirst
    let (comments, breaks) = comments(in: gap)
    for comment in comments {
      text += isFirst ? "" : comment.breaks == 0 ? "  " : comment.breaks == 1 ? "\n" : "\n\n"
      text += comment.text
      isFirst = false
    }
    if isFirst || isLast { return text }
    return text + (breaks < 2 ? "\n" : "\n\n")
  }

  private struct Comment {
    let text: String
    /// How many line breaks stand before it.
    let breaks: Int
  }

  /// The comments of what stands between two tokens, and how many line breaks follow them.
  private func comments(in gap: ArraySlice<UInt8>) -> (comments: [Comment], breaks: Int) {
    var comments: [Comment] = []
    var breaks = 0
    var rest = gap
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\n") { breaks += 1 }
      guard byte == UInt8(ascii: "#") else { continue }
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count)
      let text = "#" + String(decoding: line, as: UTF8.self)
      comments.append(Comment(text: text.trimmingBlankEnd, breaks: breaks))
      breaks = 0
    }
    return (comments, breaks)
  }

  /// Comments before a token, each on the line of the token before or on one of its own.
  private func comments(before index: Int, isBehindComment: Bool = false) -> [Layout] {
    guard index > first else { return [] }
    let gap = source[Span(Int(tokens[index - 1].span.end), Int(tokens[index].span.start))]
    guard gap.contains(UInt8(ascii: "#")) else { return [] }
    return comments(in: gap).comments.flatMap { comment -> [Layout] in
      comment.breaks == 0 && !isBehindComment
        ? [.comment("  " + comment.text)] : [.lineBreak, .comment(comment.text)]
    }
  }

  // MARK: Layout

  private func layout(of range: Range<Int>) -> Layout {
    var index = range.lowerBound
    return level(&index, range.upperBound, depth: 0)
  }

  /// Tokens up to a closing bracket: a pipeline, or one row of them.
  private func level(_ index: inout Int, _ end: Int, depth: Int) -> Layout {
    let start = index
    var segments: [[Layout]] = [[]]
    var breaks: [[Layout]] = []
    while index < end, !tokens[index].closesBracket {
      if isDroppedComma(at: index, end) {
        index += 1
        continue
      }
      let comments = index == start ? [] : comments(before: index)
      if tokens[index].kind == .pipe, index > start {
        breaks.append(comments.isEmpty ? [.line(" ")] : comments + [.lineBreak])
        segments.append([])
      } else if index > start {
        let isElement = depth > 0 && breaks.isEmpty && tokens[index - 1].kind == .comma
        let gap = gap(before: index, comments, depth)
        segments[segments.count - 1] += isElement ? gap : [.indented(gap)]
      }
      segments[segments.count - 1].append(piece(&index, end, depth))
    }
    let head = Layout.fill(segments[0])
    if breaks.isEmpty { return head }
    var stages: [Layout] = []
    for (line, segment) in zip(breaks, segments.dropFirst()) {
      stages += line + [.fill(segment)]
    }
    return .group([head, .indented(stages)])
  }

  /// A comma before a closing bracket comes back if the bracket is broken.
  private func isDroppedComma(at index: Int, _ end: Int) -> Bool {
    tokens[index].kind == .comma && index + 1 < end && tokens[index + 1].closesBracket
  }

  private func gap(before index: Int, _ comments: [Layout], _ depth: Int) -> [Layout] {
    if !comments.isEmpty { return comments + [.lineBreak] }
    let blank = isSpaced(before: index, depth: depth) ? " " : ""
    let previous = tokens[index - 1]
    let mayBreak =
      previous.kind == .comma
      || (tokens[index].word?.continuesLine == true && previous.kind != .dot
        && previous.kind != .pipe && !isDenominator(index))
    if mayBreak { return [.line(blank)] }
    return blank.isEmpty ? [] : [.text(blank)]
  }

  private func piece(_ index: inout Int, _ end: Int, _ depth: Int) -> Layout {
    switch tokens[index].kind {
    case .openRound, .openSquare, .openBrace: return bracket(&index, end, depth)
    case .textHead:
      let start = index
      var open = 0
      repeat {
        open += tokens[index].kind == .textHead ? 1 : tokens[index].kind == .textTail ? -1 : 0
        index += 1
      } while open > 0 && index < end
      return .text(flat(start..<index, depth: depth + 1))
    default:
      index += 1
      return .text(source.text(tokens[index - 1].span))
    }
  }

  private func bracket(_ index: inout Int, _ end: Int, _ depth: Int) -> Layout {
    let open = index
    index += 1
    let start = index
    let opening = index < end ? comments(before: index) : []
    let contents = level(&index, end, depth: depth + 1)
    guard index < end else { return contents }
    let close = index
    index += 1
    var closing = comments(before: close)
    if tokens[close - 1].kind == .comma {
      let inner = comments(before: close - 1)
      if !inner.isEmpty { closing = inner + comments(before: close, isBehindComment: true) }
    }
    let signs = [open, close].map { Layout.text(source.text(tokens[$0].span)) }
    if close == start {
      return .group([
        signs[0], .indented(opening), opening.isEmpty ? .text("") : .lineBreak, signs[1],
      ])
    }
    let pad = isPadded(open, depth) ? " " : ""
    // A list of one word may be a type, which takes no comma.
    let comma: [Layout] =
      tokens[open].kind != .openRound && close > start + 1 ? [.closingComma] : []
    let inside = (opening.isEmpty ? [.line(pad)] : opening + [.lineBreak]) + [contents] + comma
    return .group([
      signs[0], .indented(inside + closing), closing.isEmpty ? .line(pad) : .lineBreak, signs[1],
    ])
  }
}

extension Token {
  var closesBracket: Bool { kind == .closeRound || kind == .closeSquare || kind == .closeBrace }
}

extension String {
  fileprivate var trimmingBlankEnd: String {
    var part = self[...]
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }
}
