@testable import Dossier

/// Derives random sentences from a grammar, the same ones for the same seed.
///
/// What the EBNF leaves to the rules behind it is respected here: which words are safe as names, where
/// lines may break, numbers and dates that exist.
struct Generator {
  /// One token of a sentence.
  struct Piece {
    var text: String
    /// Whether no blank may stand before it.
    var isJoined = false
    /// Whether no line breaks before or behind it.
    var isWhole = false
  }

  /// How often each choice is to be taken.
  static let enough = 50

  let grammar: Grammar
  private var random: Random
  /// How often each choice of the grammar was taken.
  private var counts: [Int]
  /// The deepest nesting of expressions.
  private(set) var deepest = 0
  private var pieces: [Piece] = []
  private var depth = 0
  /// The choices that weren't taken often enough yet.
  private(set) var rare: Set<Int>
  private var heights: [String: Int] = [:]
  private let contextual = Word.allCases.map(\.rawValue)

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    random = Random(seed: seed)
    counts = [Int](repeating: 0, count: grammar.choices)
    rare = grammar.derivable
    // How high the lowest tree of each production is, found by going round until nothing changes.
    var isStable = false
    while !isStable {
      isStable = true
      for name in grammar.order {
        let height = min(height(grammar.rule(name)) + 1, 1_000)
        if heights[name] != height {
          heights[name] = height
          isStable = false
        }
      }
    }
  }

  /// The tokens of a new sentence.
  mutating func sentence() -> [Piece] {
    pieces = []
    depth = 0
    derive(.name("program"))
    return pieces
  }

  // MARK: Deriving

  private func height(_ rule: Rule) -> Int {
    switch rule {
    case .terminal, .words, .optional, .many: 0
    case .name(let name): heights[name] ?? 1_000
    case .sequence(let rules): rules.map(height).max() ?? 0
    case .choice(let rules, _): rules.map(height).min() ?? 0
    case .except(let rule, _): height(rule)
    }
  }

  /// Large sentences and deep ones come to an end.
  private var isFull: Bool { pieces.count > 90 || depth > 9 }

  private mutating func derive(_ rule: Rule) {
    switch rule {
    case .terminal(let text): pieces.append(Piece(text: text))
    case .words(let words): pieces.append(Piece(text: token(said: words)))
    case .name(let name): derive(production: name)
    case .sequence(let rules): for rule in rules { derive(rule) }
    case .choice(let rules, let first):
      let index = branch(rules, first)
      count(first + index)
      derive(rules[index])
    case .optional(let rule, let first):
      let isTaken = isEntered(rule, first)
      count(first + (isTaken ? 1 : 0))
      if isTaken { derive(rule) }
    case .many(let rule, let first):
      let isTaken = isEntered(rule, first)
      count(first + (isTaken ? 1 : 0))
      if isTaken { derive(rule) }
      while isTaken, !isFull, random.isLucky(4) { derive(rule) }
    case .except(let rule, let other):
      let taken = grammar.language(other)
      let start = pieces.count
      repeat {
        pieces.removeLast(pieces.count - start)
        derive(rule)
      } while taken.contains(pieces[start...].map(\.text).joined())
    }
  }

  /// Whether a choice inside was taken too rarely, as far as no other expression is entered.
  private func isRare(_ rule: Rule) -> Bool {
    if rare.isEmpty { return false }
    return switch rule {
    case .terminal, .words: false
    case .name(let name): !(grammar.within[name] ?? []).isDisjoint(with: rare)
    case .sequence(let rules): rules.contains(where: isRare)
    case .choice(let rules, let first):
      rules.indices.contains { rare.contains(first + $0) || isRare(rules[$0]) }
    case .optional(let rule, let first), .many(let rule, let first):
      rare.contains(first) || rare.contains(first + 1) || isRare(rule)
    case .except(let rule, _): isRare(rule)
    }
  }

  private mutating func count(_ choice: Int) {
    counts[choice] += 1
    if counts[choice] == Generator.enough { rare.remove(choice) }
  }

  /// Whether something that may be left out is taken.
  private mutating func isEntered(_ rule: Rule, _ first: Int) -> Bool {
    if isFull { return false }
    let isOutRare = rare.contains(first)
    let isInRare = rare.contains(first + 1) || isRare(rule)
    return isOutRare == isInRare ? random.isLucky(2) : random.isLucky(4) != isInRare
  }

  /// Rare branches come first; a full sentence takes the lowest one.
  private mutating func branch(_ rules: [Rule], _ first: Int) -> Int {
    if isFull {
      let lowest = rules.map(height).min() ?? 0
      let low = rules.indices.filter { height(rules[$0]) == lowest }
      return low[random.below(low.count)]
    }
    if random.isLucky(2) {
      let wanted = rules.indices.filter { rare.contains(first + $0) || isRare(rules[$0]) }
      if !wanted.isEmpty { return wanted[random.below(wanted.count)] }
    }
    return random.below(rules.count)
  }

  private mutating func derive(production name: String) {
    if name == "expr" {
      depth += 1
      deepest = max(deepest, depth)
    }
    defer { if name == "expr" { depth -= 1 } }
    if grammar.tokens.contains(name) {
      pieces.append(Piece(text: token(name)))
      return
    }
    let start = pieces.count
    derive(grammar.rule(name))
    switch name {
    case "args": pieces[start].isJoined = true
    case "value" where pieces[start].text == "maybe" && pieces[..<start].last?.text == "..":
      // It would be the branch of an `if`.
      pieces[start].text = "true"
    case "interpolated": for index in start..<pieces.count { pieces[index].isWhole = true }
    case "unit": for index in pieces.indices.dropFirst(start + 1) { pieces[index].isJoined = true }
    case "type": for index in start..<pieces.count { pieces[index].isWhole = true }
    default: break
    }
  }

  // MARK: Tokens

  private mutating func token(_ name: String) -> String {
    while true {
      var text = contextualWord(name) ?? ""
      if text.isEmpty {
        let outside = pieces
        pieces = []
        derive(grammar.rule(name))
        text = pieces.map(\.text).joined()
        pieces = outside
      }
      if isSound(text, as: name) { return text }
    }
  }

  /// Half of the words are ones that the language uses somewhere else.
  private mutating func contextualWord(_ name: String) -> String? {
    guard ["name", "key", "id", "measure", "word"].contains(name), random.isLucky(2) else {
      return nil
    }
    return contextual[random.below(contextual.count)]
  }

  private func isSound(_ text: String, as name: String) -> Bool {
    let word = Word(rawValue: text)
    switch name {
    case "name":
      guard let word else { return true }
      if word.isReserved { return false }
      guard let before = pieces.last?.text, before != ";", before != "\n" else { return false }
      if before == "join", word == .left { return false }
      let names = ["sort", "distinct", "summarize", "param", "check", ".."]
      let isNamed = ["reconcile", "render"].contains(pieces.dropLast().last?.text)
      if isNamed, [.dozens, .hundreds, .thousands].contains(word) { return false }
      return !word.isClause || (!names.contains(before) && !isNamed)
    case "id": return word.map { !$0.isReserved && !$0.isClause } ?? true
    case "measure":
      guard let word else { return true }
      let isMagnitude = [.k, .mn, .bn, .tn].contains(word)
      return !word.isReserved && !word.isClause && !word.isStage && !isMagnitude
    case "number": return fits(text)
    case "day":
      do throws(EDTF.Problem) {
        _ = try EDTF(Array(text.utf8.dropFirst())[...])
        return true
      } catch {
        switch error {
        case .noSuchDay, .backwards, .beyondYears: return false
        default: return true
        }
      }
    default: return true
    }
  }

  /// Whether a number fits into 64 bits, also with a magnitude behind it.
  private func fits(_ text: String) -> Bool {
    let parts = text.filter { $0 != "_" }.lowercased().split(separator: "e")
    let power = parts.count > 1 ? Int(parts[1]) ?? 99 : 0
    let digits = parts[0].split(separator: ".")
    let places = (digits.count > 1 ? digits[1].count : 0) + max(-power, 0)
    guard abs(power) < 7, places <= 18, let whole = Int(digits.joined()) else { return false }
    return whole * Int(Number.powers[max(power, 0)]) < 9_000_000
  }

  private mutating func token(said words: String) -> String {
    let samples: [String]
    switch words {
    case "line break": samples = ["\n"]
    case "letter": samples = ["a", "b", "x", "Z", "é", "Ж", "北"]
    case "letter, digit or _": samples = ["a", "o", "R", "7", "0", "_", "ß"]
    default: samples = ["a", " ", "#", ";", "|", "é", "→", "9", "'", "("]
    }
    return samples[random.below(samples.count)]
  }

  // MARK: Text

  /// The sentence as it may be written: blanks, and line breaks and comments where lines go on.
  mutating func text(_ pieces: [Piece]) -> String {
    var text = ""
    var open = 0
    for (index, piece) in pieces.enumerated() {
      var written = piece.text
      if written == "\n", !mayEndLine(pieces, index) { written = ";" }
      if index > 0, !piece.isJoined {
        let before = pieces[index - 1].text
        let isWhole = piece.isWhole || pieces[index - 1].isWhole
        let mayBreak = !isWhole && mayBreak(before, piece.text, isOpen: open > 0)
        if mayBreak, random.isLucky(6) {
          text += ["\n", "\n  ", " # or not\n", "\r\n\n"][random.below(4)]
        } else if !["(", "[", "{"].contains(before) || random.isLucky(3) {
          text += random.isLucky(9) ? "\t  " : " "
        }
      }
      if ["(", "[", "{"].contains(piece.text) { open += 1 }
      if [")", "]", "}"].contains(piece.text) { open -= 1 }
      text += written
    }
    return text
  }

  /// A line that ends with a word that wants more, or is followed by one that goes on, isn't ended.
  private func mayEndLine(_ pieces: [Piece], _ index: Int) -> Bool {
    let before = pieces[..<index].last { $0.text != "\n" }?.text ?? ""
    let after = pieces[(index + 1)...].first { $0.text != "\n" }?.text ?? ""
    if Word(rawValue: before)?.wantsMore == true { return false }
    return after != "|" && after != "{" && Word(rawValue: after)?.continuesLine != true
  }

  private func mayBreak(_ before: String, _ after: String, isOpen: Bool) -> Bool {
    if before == ":" || before == ";" || before == "\n" || ["=", ":", "\n"].contains(after) {
      return false
    }
    if after == "|" || after == "{" { return true }
    if Word(rawValue: after)?.continuesLine == true, before != "." { return true }
    let signs: Set<String> = [
      ",", "=", "+", "-", "*", "/", "|", "??", "==", "!=", "<", "<=", ">", ">=",
    ]
    if signs.contains(before) || Word(rawValue: before)?.wantsMore == true { return true }
    return isOpen && (["(", "[", "{"].contains(before) || [")", "]", "}", ","].contains(after))
  }

  /// A number from 0 for the tests' own choices.
  mutating func below(_ count: Int) -> Int { random.below(count) }
}

extension Random {
  /// A number from 0.
  fileprivate mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// One time in so many.
  fileprivate mutating func isLucky(_ times: Int) -> Bool { below(times) == 0 }
}
