/// The words that may stand at a place, with what they are.
extension Session {
  typealias Candidate = Completions.Candidate

  func candidates(at place: CompletionPlace) -> [Candidate] {
    if place.last?.kind == .dot { return members(at: place) }
    if let fields = recordCandidates(at: place) { return fields }
    if place.usesFile { return [Candidate(text: Word.builtin.rawValue, detail: "word")] }
    if place.endsInNumber { return units(at: place) + continuations(at: place) }
    // A name that nobody has tells whether a value may begin here.
    guard place.goesOn(with: Self.anyName) else { return continuations(at: place) }
    if place.namesSomethingNew { return [] }
    return compared(at: place)
      ?? (occurringLiterals(at: place) + values(at: place) + words(at: place))
  }

  private static let anyName = "zqzqz"

  // MARK: Behind a value

  /// The signs and words that the parser takes here, but for those that mean nothing behind what
  /// stands here.
  private func continuations(at place: CompletionPlace) -> [Candidate] {
    let path = place.path(endingBefore: place.tokens.endIndex)
    if place.stage == nil, !path.isEmpty, isTable(path) { return [Self.signs[0]] }
    let type = path.isEmpty ? nil : rows(at: place).flatMap { shape(of: path, $0) }?.type
    let signs = Self.signs.filter { sign in
      (type?.isWritten(behind: sign) ?? true) && place.goesOn(with: sign.text)
    }
    // Behind a number any other word would be its unit.
    let words = Word.allCases.filter { word in
      let isWord =
        place.endsInNumber
        ? word.isReserved || word.isClause : !word.isStatement || word == .builtin
      return isWord && (type?.isFollowed(by: word) ?? true) && place.goesOn(with: word.rawValue)
    }
    return signs + words.map { Candidate(text: $0.rawValue, detail: "word") }
  }

  private static let signs = [
    Candidate(text: "|", detail: "next stage"), Candidate(text: "==", detail: "equal"),
    Candidate(text: "!=", detail: "not equal"), Candidate(text: "<", detail: "comparison"),
    Candidate(text: "<=", detail: "comparison"), Candidate(text: ">", detail: "comparison"),
    Candidate(text: ">=", detail: "comparison"), Candidate(text: "+", detail: "arithmetic"),
    Candidate(text: "-", detail: "arithmetic"), Candidate(text: "*", detail: "arithmetic"),
    Candidate(text: "/", detail: "arithmetic"), Candidate(text: "??", detail: "if unknown"),
    Candidate(text: ",", detail: "next"), Candidate(text: ")", detail: "sign"),
    Candidate(text: "]", detail: "sign"), Candidate(text: "}", detail: "sign"),
    Candidate(text: ":", detail: "sign"), Candidate(text: "=", detail: "sign"),
  ]

  private func isTable(_ path: [String]) -> Bool {
    names.isTable(path.joined(separator: "."), in: nil)
  }

  // MARK: Where a value begins

  private func values(at place: CompletionPlace) -> [Candidate] {
    if let types = types(at: place) { return types }
    guard let stage = place.stage else { return sources(at: place) }
    guard let first = stage.first?.word else {
      return Word.stages.map { Candidate(text: $0.rawValue, detail: "stage") } + rowFunctions
    }
    if [.to, .using].contains(place.last?.word) { return conversions(at: place) }
    let hasQuery = place.open.last.map { $0 >= stage.startIndex && beginsQuery(place, $0) } ?? false
    return fields(in: first, at: place) + functions(in: first, at: place)
      + (hasQuery ? tableNames : [])
  }

  private func fields(in stage: Word, at place: CompletionPlace) -> [Candidate] {
    switch (stage, place.last?.word) {
    case (.render, .render):
      return Drawing.Kind.allCases.map { Candidate(text: $0.rawValue, detail: "chart") }
    case (.reconcile, .of), (.reconcile, .by): break
    case (.reconcile, .reconcile):
      return Reconciliation.Method.words.map { Candidate(text: $0, detail: "method") }
    case (.join, .join), (.join, .left), (.union, _): return tableNames
    case (.reconcile, _) where place.stage?.count == 2:
      return ["of", "by"].map { Candidate(text: $0, detail: "word") }
    case (.take, _), (.skip, _): return literals
    default: break
    }
    let alias = place.joinedName.map { [Candidate(text: $0 + ".", detail: "joined table")] } ?? []
    let fields = rows(at: place)?.fields ?? []
    return fields.filter { stage != .expand || $0.type.isList }
      .map { Candidate(text: $0.name.asPath, detail: $0.type.name) } + alias
  }

  /// Aggregates where rows are put together, windows where they stay.
  private func functions(in stage: Word, at place: CompletionPlace) -> [Candidate] {
    if place.stage?.contains(where: { $0.word == .by }) == true { return scalarFunctions }
    switch stage {
    case .render where place.last?.word == .render: return []
    case .summarize, .render: return aggregates + scalarFunctions
    case .derive: return aggregates + windows + scalarFunctions
    case .join where !place.tokens.contains { $0.word == .on }: return []
    case .where, .select, .sort, .distinct, .join: return scalarFunctions
    default: return []
    }
  }

  private func sources(at place: CompletionPlace) -> [Candidate] {
    let ids = names.facts.entities.flatMap { table in
      table.ids.map { Candidate(text: $0, detail: table.kind.word) }
    }
    let values = names.definitions.filter { !$0.value.isTable }.keys.sorted()
    var all = tableNames
    if names.last != nil { all.append(Candidate(text: "it", detail: "last result")) }
    all += values.map { Candidate(text: $0, detail: "let") } + literals + aggregates
    all += scalarFunctions + [Candidate(text: "open(", detail: "file")]
    return all + (place.tokens.isEmpty ? statements : []) + ids
  }

  private var tableNames: [Candidate] {
    let defined = names.definitions.filter(\.value.isTable).keys.sorted()
    return names.tableNames.map { Candidate(text: $0, detail: "table") }
      + defined.map { Candidate(text: $0, detail: "let") }
  }

  private var literals: [Candidate] {
    names.literals.keys.sorted().map { Candidate(text: $0, detail: "let") }
  }

  private var statements: [Candidate] {
    [
      "let", "use", "param", "check", "unit", "family", "assume", "source", "actor", "place",
      "event",
      "figure",
    ].map { Candidate(text: $0, detail: "statement") }
  }

  private var aggregates: [Candidate] {
    Aggregate.Function.allCases.map { Candidate(text: "\($0.rawValue)(", detail: "aggregate") }
  }

  private var windows: [Candidate] {
    WindowFunction.allCases.map { Candidate(text: "\($0.rawValue)(", detail: "window") }
  }

  private var rowFunctions: [Candidate] {
    names.functions.keys.sorted().map { Candidate(text: "\($0)(", detail: "function") }
  }

  private var hostFunctions: [Candidate] {
    names.hostFunctions.keys.sorted().map { Candidate(text: "\($0)(", detail: "function") }
  }

  private var scalarFunctions: [Candidate] {
    (ScalarFunction.allCases.map(\.rawValue) + Checker.dateFunctions)
      .map { Candidate(text: "\($0)(", detail: "function") } + rowFunctions + hostFunctions
  }

  /// The reserved words that begin a value, such as `not`; other words would be names.
  private func words(at place: CompletionPlace) -> [Candidate] {
    Word.allCases.filter { word in
      let isSpecial = word.isReserved || (word == .left && place.last?.word == .join)
      return isSpecial && place.goesOn(with: word.rawValue)
    }.map { Candidate(text: $0.rawValue, detail: "word") }
  }

  /// Whether rows may stand in a pair of brackets: behind `in`, or in an aggregate.
  private func beginsQuery(_ place: CompletionPlace, _ bracket: Int) -> Bool {
    guard bracket + 1 == place.tokens.endIndex, bracket > 0 else { return false }
    let before = place.tokens[bracket - 1]
    return before.word == .in || Aggregate.Function(rawValue: place.text(before)) != nil
  }

  private func types(at place: CompletionPlace) -> [Candidate]? {
    guard place.tokens.first?.word == .param, place.last?.kind == .colon else { return nil }
    return ["truth", "integer", "number", "quantity", "text", "date", "period", "table"]
      .map { Candidate(text: $0, detail: "type") }
  }

  // MARK: Units

  /// The units of what is compared, and others once a letter of them is typed.
  private func units(at place: CompletionPlace) -> [Candidate] {
    let own = place.comparedPath.flatMap { path in rows(at: place).flatMap { shape(of: path, $0) } }
    let near = own?.unitNames ?? []
    let declared = names.readings.ownWords
    let others = (declared + Unit.words).filter { !near.contains($0) }
    let magnitudes = ["k", "mn", "bn", "tn"].filter { place.goesOn(with: $0) }
    return near.map { Candidate(text: $0, detail: "unit") }
      + magnitudes.map { Candidate(text: $0, detail: "magnitude") }
      + others.map { unit in
        let isCurrency = unit.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
        return Candidate(text: unit, detail: "unit", isRare: !near.isEmpty || isCurrency)
      }
  }

  /// What `to` makes of a quantity, and which figures `using` takes.
  private func conversions(at place: CompletionPlace) -> [Candidate] {
    if place.last?.word == .using {
      return names.facts[.figure].ids.map { Candidate(text: $0, detail: "figure") }
    }
    return Unit.words.map { Candidate(text: $0, detail: "unit") }
  }
}

/// The fields of declarations, and what they take.
extension Session {
  /// Inside the braces of a declaration its fields, or behind a colon what the field takes; nil
  /// elsewhere.
  func recordCandidates(at place: CompletionPlace) -> [Candidate]? {
    guard let word = place.tokens.first?.word,
      let kind = EntityKind.allCases.first(where: { $0.word == word.rawValue }),
      let brace = place.open.first, place.tokens[brace].kind == .openBrace
    else { return nil }
    let rules = FieldRule.rules(for: kind)
    if place.last?.kind == .openBrace || (place.last?.kind == .comma && place.open.last == brace) {
      return rules.map { Candidate(text: "\($0.name): ", detail: $0.type.name) }
    }
    let inList = place.open.last.map { place.tokens[$0].kind == .openSquare } ?? false
    let end = inList ? place.open.last ?? brace : place.tokens.endIndex
    let name = place.path(endingBefore: end - 1).last
    guard place.tokens[end - 1].kind == .colon, let rule = rules.first(where: { $0.name == name })
    else { return nil }
    return values(of: rule)
  }

  private func values(of rule: FieldRule) -> [Candidate] {
    switch rule.type {
    case .reference(let kind), .list(.reference(let kind)):
      return names.facts[kind].ids.map { Candidate(text: $0, detail: kind.word) }
    case .truth: return ["true", "false"].map { Candidate(text: $0, detail: "truth") }
    default: return rule.vocabulary.map { Candidate(text: JSONFormat.string($0), detail: "text") }
    }
  }
}

extension Type {
  /// Nobody adds texts, and only things of a kind are compared by size.
  fileprivate func isWritten(behind sign: Completions.Candidate) -> Bool {
    guard ["arithmetic", "comparison"].contains(sign.detail) else { return true }
    switch self {
    case .quantity, .date, .period, .unknown: return true
    case .truth, .text, .reference, .list: return false
    }
  }

  /// Whether a word means something behind a value of the type.
  fileprivate func isFollowed(by word: Word) -> Bool {
    switch word {
    case .and, .or, .then, .maybe, .else: self == .truth || self == .unknown
    case .has, .like: [.text, .list(.text), .unknown].contains(self)
    case .to, .using: isNumeric || self == .unknown
    case .overlaps: [.date, .period, .unknown].contains(self)
    default: true
    }
  }

  fileprivate var isList: Bool { if case .list = self { true } else { false } }
}
