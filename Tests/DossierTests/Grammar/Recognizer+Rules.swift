@testable import Dossier

/// The rules of grammar.md that the EBNF leaves open, each written as what it takes away.
extension Recognizer {
  /// The places up to which a production goes where a rule decides; nil where none does.
  mutating func endsByRule(_ name: String, from start: Int) -> Set<Int>? {
    switch name {
    case "statement": endsOfStatement(from: start)
    case "stage": isRefusedStage(at: start) ? [] : nil
    case "columns":
      // `render bar by …`: where a value and a clause could stand, it is the clause.
      text(start) == "by" && text(start - 2) == "render" && text(start - 3) == "|" ? [] : nil
    case "table": text(start) == "left" && text(start - 1) == "join" ? [] : nil
    case "plain": isAmount(at: start) ? [] : nil
    case "quantity": endOfQuantity(from: start).map { [$0] } ?? []
    case "unit": endOfUnit(from: start).map { [$0] } ?? []
    case "value" where text(start) == "unknown": [endOfUnit(from: start + 1) ?? start + 1]
    case "range": endsOfRange(from: start)
    case "args": isJoined(start - 1, start) ? nil : []
    default: nil
    }
  }

  // MARK: Statements

  /// A word that begins a statement leaves no other reading.
  private mutating func endsOfStatement(from start: Int) -> Set<Int>? {
    guard case .choice(let rules, _) = grammar.rule("statement") else { return nil }
    let word = text(start)
    let isStatement = beginsStatement(word, at: start)
    if !isStatement, Word(rawValue: word.lowercased())?.isStage == true,
      kind(start + 1) == .word || kind(start + 1) == .star
    {
      return []
    }
    let taken = rules.filter { rule in
      let words = firstTerminals(rule)
      return isStatement ? words.contains(word) : words.isEmpty
    }
    return taken.reduce(into: []) { $0.formUnion(ends(of: $1, from: start)) }
  }

  private func beginsStatement(_ word: String, at start: Int) -> Bool {
    switch word {
    case "let": true
    case "param", "assume": beginsName(start + 1)
    case "use": kind(start + 1) == .text || beginsName(start + 1)
    case "family": kind(start + 1) == .text
    case "unit": isMeasure(start + 1)
    case "check": beginsValue(start + 1)
    case "source", "actor", "place", "event", "figure": beginsName(start + 1)
    default: false
    }
  }

  /// The words with which an alternative can begin; none for `query`.
  private func firstTerminals(_ rule: Rule) -> [String] {
    switch rule {
    case .terminal(let text): [text]
    case .sequence(let rules): rules.first.map(firstTerminals) ?? []
    case .choice(let rules, _): rules.flatMap(firstTerminals)
    default: []
    }
  }

  // MARK: Stages

  /// Behind these words a clause word that is a name wears backticks.
  private func isRefusedStage(at start: Int) -> Bool {
    switch (text(start), text(start + 1)) {
    case ("sort", "by"), ("summarize", "by"), ("distinct", "on"): true
    default: false
    }
  }

  /// `reconcile agree thousands of …` holds an amount, not a path.
  private func isAmount(at start: Int) -> Bool {
    switch text(start) {
    case "dozens", "hundreds", "thousands": text(start + 1) == "of"
    case "tens": text(start + 1) == "of" && text(start + 2) == "thousands"
    default: false
    }
  }

  // MARK: Literals

  /// A number takes the magnitude and the unit behind it.
  private func endOfQuantity(from start: Int) -> Int? {
    var place = start
    switch (text(start), text(start + 1)) {
    case ("about", _), ("nearly", _), ("over", _), ("under", _): place += 1
    case ("at", "least"), ("at", "most"), ("up", "to"): place += 2
    case ("several", "hundred"), ("several", "thousand"), ("dozens", "of"), ("hundreds", "of"),
      ("thousands", "of"):
      return endOfUnit(from: start + 2) ?? start + 2
    case ("tens", "of"):
      guard text(start + 2) == "thousands", text(start + 3) == "of" else { return nil }
      return endOfUnit(from: start + 4) ?? start + 4
    default: break
    }
    guard kind(place) == .number else { return nil }
    place += 1
    if ["k", "mn", "bn", "tn"].contains(text(place)) { place += 1 }
    return endOfUnit(from: place) ?? place
  }

  private func endOfUnit(from start: Int) -> Int? {
    if kind(start) == .percent { return start + 1 }
    guard isMeasure(start) else { return nil }
    let isRate =
      kind(start + 1) == .slash && kind(start + 2) == .word && isJoined(start, start + 2)
    return isRate ? start + 3 : start + 1
  }

  /// Behind `..` a right end is read if a value can begin there.
  private mutating func endsOfRange(from start: Int) -> Set<Int> {
    if kind(start) == .dotDot { return ends(of: .name("sum"), from: start + 1) }
    let lows = ends(of: .name("sum"), from: start)
    return lows.reduce(into: []) { found, end in
      if kind(end) != .dotDot {
        found.insert(end)
      } else if beginsValue(end + 1), text(end + 1) != "maybe" {
        found.formUnion(ends(of: .name("sum"), from: end + 1))
      } else {
        found.insert(end + 1)
      }
    }
  }

  // MARK: Tokens

  private func word(_ index: Int) -> Word? {
    kind(index) == .word ? Word(rawValue: text(index)) : nil
  }

  private func beginsName(_ index: Int) -> Bool {
    guard kind(index) == .word else { return kind(index) == .quotedName }
    return word(index).map { !$0.isReserved && !$0.isClause } ?? true
  }

  private func isMeasure(_ index: Int) -> Bool {
    kind(index) == .word && beginsName(index) && word(index)?.isStage != true
  }

  private func beginsValue(_ index: Int) -> Bool {
    switch kind(index) {
    case .number, .text, .textHead, .date, .openRound, .openSquare, .openBrace, .minus, .dotDot:
      return true
    case .word where ["true", "false", "maybe", "unknown", "not", "if"].contains(text(index)):
      return true
    default: return beginsName(index)
    }
  }
}
