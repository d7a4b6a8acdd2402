/// A rule of a grammar in the notation of grammar.md.
///
/// Every place where something is chosen has numbers for its choices, so that it can be counted
/// what was chosen.
indirect enum Rule {
  case terminal(String)
  /// `? line break ?`: something said in words.
  case words(String)
  case name(String)
  case sequence([Rule])
  case choice([Rule], first: Int)
  /// Two numbers: left out, taken.
  case optional(Rule, first: Int)
  /// Two numbers: none, some.
  case many(Rule, first: Int)
  case except(Rule, Rule)
}

/// The productions of an EBNF.
struct Grammar {
  private(set) var order: [String] = []
  private(set) var productions: [String: Rule] = [:]
  /// The productions of single tokens: those behind a comment that begins with `Tokens`.
  private(set) var tokens: Set<String> = []
  /// How many choices there are.
  private(set) var choices = 0
  /// In which production each choice stands.
  private(set) var owners: [String] = []
  /// The choices that sentences can take: not those of what `-` takes away.
  private(set) var derivable: Set<Int> = []
  /// For each production the choices that its trees can hold without entering another expression.
  private(set) var within: [String: Set<Int>] = [:]

  private enum Sign: Equatable {
    case name(String), terminal(String), words(String), mark(Character)
  }

  private var languages: [String: Set<String>] = [:]
  private var signs: [Sign] = []
  private var position = 0
  private var firstToken: Int?

  init(_ text: String) throws {
    try scan(Array(text))
    while position < signs.count { try readProduction() }
    var isStable = false
    while !isStable {
      isStable = true
      for name in order {
        let choices = choices(in: rule(name))
        if choices != within[name] { isStable = false }
        within[name] = choices
      }
    }
    derivable = (within[order.first ?? ""] ?? []).union(within["expr"] ?? [])
    for name in order {
      try check(rule(name))
      languages[name] = language(rule(name))
    }
  }

  func rule(_ name: String) -> Rule { productions[name] ?? .terminal("") }

  /// All terminals of some productions, in order.
  func terminals(of names: some Sequence<String>) -> [String] {
    names.flatMap { terminals(rule($0)) }
  }

  private func terminals(_ rule: Rule) -> [String] {
    switch rule {
    case .terminal(let text): [text]
    case .words, .name: []
    case .sequence(let rules), .choice(let rules, _): rules.flatMap(terminals)
    case .optional(let rule, _), .many(let rule, _): terminals(rule)
    case .except(let rule, _): terminals(rule)
    }
  }

  /// The texts of a rule that has only finitely many: those that `-` takes away.
  func language(_ rule: Rule) -> Set<String> {
    switch rule {
    case .terminal(let text): [text]
    case .name(let name): languages[name] ?? language(self.rule(name))
    case .choice(let rules, _): rules.reduce(into: []) { $0.formUnion(language($1)) }
    case .sequence(let rules) where rules.count == 1: language(rules[0])
    default: []
    }
  }

  // MARK: Reading

  private mutating func scan(_ text: [Character]) throws {
    var index = 0
    func piece(until end: Character) throws -> String {
      let start = index + 1
      guard let stop = text[start...].firstIndex(of: end) else {
        throw Malformed(at: String(text[index...]))
      }
      index = stop + 1
      return String(text[start..<stop])
    }
    while index < text.count {
      let character = text[index]
      if character.isWhitespace {
        index += 1
      } else if text[index...].starts(with: "(*") {
        let start = index
        while index < text.count, !text[index...].starts(with: "*)") { index += 1 }
        if text[start...].starts(with: "(* Tokens") { firstToken = signs.count }
        index += 2
      } else if character == "\"" || character == "'" {
        signs.append(.terminal(try piece(until: character)))
      } else if character == "?" {
        signs.append(.words(try piece(until: "?").trimmed))
      } else if character.isLetter {
        let start = index
        while index < text.count, text[index].isLetter { index += 1 }
        signs.append(.name(String(text[start..<index])))
      } else {
        signs.append(.mark(character))
        index += 1
      }
    }
  }

  struct Malformed: Error { let at: String }

  private mutating func eat(_ mark: Character) -> Bool {
    guard position < signs.count, signs[position] == .mark(mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Character) throws {
    guard eat(mark) else { throw Malformed(at: "\(mark) in \(order.last ?? "")") }
  }

  private mutating func readProduction() throws {
    guard case .name(let name) = signs[position] else { throw Malformed(at: "\(signs[position])") }
    if let firstToken, position >= firstToken { tokens.insert(name) }
    position += 1
    order.append(name)
    try expect("=")
    productions[name] = try readChoice()
    try expect(".")
  }

  private mutating func readChoice() throws -> Rule {
    var rules = [try readSequence()]
    while eat("|") { rules.append(try readSequence()) }
    return rules.count == 1 ? rules[0] : .choice(rules, first: number(rules.count))
  }

  private mutating func number(_ count: Int) -> Int {
    choices += count
    owners += Array(repeating: order.last ?? "", count: count)
    return choices - count
  }

  private mutating func readSequence() throws -> Rule {
    var rules: [Rule] = []
    while let rule = try readFactor() {
      rules.append(eat("-") ? .except(rule, try readFactor() ?? .terminal("")) : rule)
    }
    if rules.isEmpty { throw Malformed(at: "nothing in \(order.last ?? "")") }
    return rules.count == 1 ? rules[0] : .sequence(rules)
  }

  private mutating func readFactor() throws -> Rule? {
    guard position < signs.count else { return nil }
    let sign = signs[position]
    position += 1
    switch sign {
    case .name(let name): return .name(name)
    case .terminal(let text): return .terminal(text)
    case .words(let text): return .words(text)
    case .mark("("):
      let rule = try readChoice()
      try expect(")")
      return rule
    case .mark("["):
      let rule = try readChoice()
      try expect("]")
      return .optional(rule, first: number(2))
    case .mark("{"):
      let rule = try readChoice()
      try expect("}")
      return .many(rule, first: number(2))
    case .mark:
      position -= 1
      return nil
    }
  }

  /// Every name has a production.
  private func check(_ rule: Rule) throws {
    switch rule {
    case .terminal, .words: break
    case .name(let name): if productions[name] == nil { throw Malformed(at: name) }
    case .sequence(let rules), .choice(let rules, _): try rules.forEach(check)
    case .optional(let rule, _), .many(let rule, _): try check(rule)
    case .except(let rule, let other):
      try check(rule)
      try check(other)
    }
  }

  private func choices(in rule: Rule) -> Set<Int> {
    switch rule {
    case .terminal, .words: []
    case .name(let name): name == "expr" ? [] : within[name] ?? []
    case .sequence(let rules): rules.reduce(into: []) { $0.formUnion(choices(in: $1)) }
    case .choice(let rules, let first):
      rules.reduce(into: Set(first..<first + rules.count)) { $0.formUnion(choices(in: $1)) }
    case .optional(let rule, let first), .many(let rule, let first):
      choices(in: rule).union([first, first + 1])
    case .except(let rule, _): choices(in: rule)
    }
  }
}

extension String {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
