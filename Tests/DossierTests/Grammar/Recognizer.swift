@testable import Dossier

/// Says whether a text is a sentence of a grammar, by trying every way to derive it.
///
/// It goes by the EBNF of grammar.md alone, over the tokens of the lexer; what the rules behind the
/// EBNF take away is in `endsByRule`.
struct Recognizer {
  let grammar: Grammar
  private let source: SourceText
  private let tokens: [Token]
  /// For each production and place the places up to which it can go.
  private var known: [String: [Int: Set<Int>]] = [:]

  init(_ grammar: Grammar, _ source: SourceText) {
    self.grammar = grammar
    self.source = source
    tokens = Recognizer.withoutJoinedBreaks(Lexer.tokens(of: source).tokens.dropLast())
  }

  /// Line breaks inside brackets, behind what wants more and before what goes on end nothing.
  private static func withoutJoinedBreaks(_ tokens: ArraySlice<Token>) -> [Token] {
    var open = 0
    var kept: [Token] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .openRound, .openSquare, .openBrace, .textHead: open += 1
      case .closeRound, .closeSquare, .closeBrace, .textTail: open -= 1
      case .lineBreak:
        let next = index + 1 < tokens.count ? tokens[index + 1] : nil
        let goesOn =
          next?.kind == .pipe || next?.kind == .openBrace || next?.word?.continuesLine == true
        if open > 0 || goesOn || kept.last?.wantsMore == true { continue }
      default: break
      }
      kept.append(token)
    }
    return kept
  }

  mutating func isSentence() -> Bool {
    ends(of: .name(grammar.order[0]), from: 0).contains(tokens.count)
  }

  mutating func ends(of rule: Rule, from start: Int) -> Set<Int> {
    switch rule {
    case .terminal(let text):
      return start < tokens.count && self.text(start) == text ? [start + 1] : []
    case .words: return []
    case .name(let name): return ends(ofProduction: name, from: start)
    case .sequence(let rules):
      var places: Set<Int> = [start]
      for rule in rules { places = ends(of: rule, from: places) }
      return places
    case .choice(let rules, _):
      return rules.reduce(into: []) { $0.formUnion(ends(of: $1, from: start)) }
    case .optional(let rule, _): return ends(of: rule, from: start).union([start])
    case .many(let rule, _):
      var places: Set<Int> = [start]
      var fresh = places
      while !fresh.isEmpty {
        fresh = ends(of: rule, from: fresh).subtracting(places)
        places.formUnion(fresh)
      }
      return places
    case .except(let rule, let other):
      guard start < tokens.count, !grammar.language(other).contains(text(start)) else { return [] }
      return ends(of: rule, from: start)
    }
  }

  private mutating func ends(of rule: Rule, from places: Set<Int>) -> Set<Int> {
    places.reduce(into: []) { $0.formUnion(ends(of: rule, from: $1)) }
  }

  private mutating func ends(ofProduction name: String, from start: Int) -> Set<Int> {
    if let found = known[name]?[start] { return found }
    var found: Set<Int>
    switch name {
    case "end", "text", "head", "middle", "tail", "number", "day", "month", "quoted", "word":
      found = start < tokens.count && isToken(tokens[start], name) ? [start + 1] : []
    default:
      found = endsByRule(name, from: start) ?? ends(of: grammar.rule(name), from: start)
    }
    known[name, default: [:]][start] = found
    return found
  }

  /// Whether no blank stands between two tokens.
  func isJoined(_ first: Int, _ last: Int) -> Bool {
    guard first >= 0, last < tokens.count else { return false }
    return (first..<last).allSatisfy { tokens[$0].span.end == tokens[$0 + 1].span.start }
  }

  /// The kind of a token; beyond the text its end.
  func kind(_ index: Int) -> Token.Kind {
    tokens.indices.contains(index) ? tokens[index].kind : .end
  }

  private func isToken(_ token: Token, _ name: String) -> Bool {
    switch token.kind {
    case .semicolon, .lineBreak: name == "end"
    case .text: name == "text"
    case .textHead: name == "head"
    case .textMiddle: name == "middle"
    case .textTail: name == "tail"
    case .number: name == "number"
    case .date: name == "day" || (name == "month" && isMonth(token))
    case .quotedName: name == "quoted"
    case .word: name == "word"
    default: false
    }
  }

  /// `@2024-08`, not a season.
  private func isMonth(_ token: Token) -> Bool {
    let parts = source.text(token.span).dropFirst().split(separator: "-")
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2 else { return false }
    return (1...12).contains(Int(parts[1]) ?? 0) && Int(parts[0]) != nil
  }

  func text(_ index: Int) -> String {
    tokens.indices.contains(index) ? source.text(tokens[index].span) : ""
  }
}
