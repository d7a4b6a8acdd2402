/// Whether a text can be run as it stands or wants more lines.
public enum Completeness: Sendable, Equatable {
  /// Enter runs it.
  case complete
  /// Enter begins a new line with so many blanks.
  case incomplete(indent: Int)
}

/// What could stand at a place of a text.
public struct Completions: Sendable, Equatable {
  /// One candidate.
  public struct Candidate: Sendable, Equatable {
    /// What is inserted.
    public let text: String
    /// Its type or kind, for a list.
    public let detail: String

    /// A candidate.
    public init(text: String, detail: String) {
      self.text = text
      self.detail = detail
    }
  }

  /// The UTF-8 range that a candidate takes the place of.
  public let replacing: Range<Int>
  /// The candidates that begin as the text does, in a fixed order.
  public let candidates: [Candidate]

  /// Candidates for a range.
  public init(replacing: Range<Int>, candidates: [Candidate]) {
    self.replacing = replacing
    self.candidates = candidates
  }
}

/// A table and its fields, for listings.
public struct TableSummary: Sendable {
  /// The table's name, as queries write it.
  public let name: String
  /// How many rows it has; nil where only a run would tell.
  public let rows: Int?
  /// Names and types of its fields.
  public let fields: [(name: String, type: String)]
}

extension Session {
  /// Whether brackets are open, or the last sign wants something behind it.
  public func completeness(of text: String) -> Completeness {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: text)).tokens
    var depth = 0
    var last: Token?
    for token in tokens where token.kind != .lineBreak && token.kind != .end {
      switch token.kind {
      case .openRound, .openSquare, .openBrace: depth += 1
      case .closeRound, .closeSquare, .closeBrace: depth = max(0, depth - 1)
      default: break
      }
      last = token
    }
    if depth > 0 { return .incomplete(indent: depth * 2) }
    return last?.wantsMore == true ? .incomplete(indent: 2) : .complete
  }

  /// The tables of the dossier, those of scripts that are used under a name, and those of the host.
  public var tables: [TableSummary] {
    let used = names.facts.namespaces.flatMap { space in
      FactStore.tableNames.map { "\(space).\($0)" }
    }
    return (names.tableNames + used).compactMap { name in
      guard let table = names.table(named: name) else { return nil }
      return TableSummary(
        name: name, rows: table.count, fields: table.fields.map { ($0.name, $0.type.name) })
    }
  }

  /// The tables that `let` names, in the order in which that was done.
  public var namedTables: [TableSummary] {
    names.definitions.filter(\.value.isTable).sorted { $0.value.number < $1.value.number }
      .map { name, definition in
        let fields = definition.fields.map { ($0.name, $0.type.name) }
        return TableSummary(name: name, rows: nil, fields: fields)
      }
  }

  /// What could stand at a place: stages after `|`, charts after `render`, fields and names in a
  /// stage, names of things in quotes behind a comparison, fields behind a dot, tables at the start.
  public func completions(in text: String, at offset: Int) -> Completions {
    let bytes = Array(text.utf8.prefix(offset))
    var start = openText(bytes) ?? bytes.count
    if start == bytes.count {
      while start > 0, isNameByte(bytes[start - 1]) { start -= 1 }
    }
    let prefix = fold(String(decoding: bytes[start...], as: UTF8.self))
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let candidates = candidates(behind: before).filter { fold($0.text).hasPrefix(prefix) }
    return Completions(replacing: start..<bytes.count, candidates: candidates)
  }

  /// Where the quote of a text stands that isn't closed yet.
  private func openText(_ bytes: [UInt8]) -> Int? {
    let errors = Lexer.tokens(of: SourceText(name: "", bytes: bytes)).errors
    for case .unterminatedText(let span) in errors where Int(span.end) == bytes.count {
      return Int(span.start)
    }
    return nil
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= 0x61 && letter <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
      || byte >= 0x80
  }

  private func candidates(behind before: String) -> [Completions.Candidate] {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: before)).tokens.dropLast()
    guard let last = tokens.last else { return sources }
    if last.kind == .pipe {
      let stages = Word.stages.map {
        Completions.Candidate(text: $0.rawValue, detail: "stage")
      }
      return stages
        + names.functions.keys.sorted().map {
          Completions.Candidate(text: "\($0)(", detail: "function")
        }
    }
    if last.word == .render, tokens.dropLast().last?.kind == .pipe {
      return Drawing.Kind.allCases.map { Completions.Candidate(text: $0.rawValue, detail: "chart") }
    }
    if last.kind == .dot { return members(before, tokens) }
    guard let pipe = tokens.lastIndex(where: { $0.kind == .pipe }) else { return sources }
    let head = String(decoding: Array(before.utf8)[..<Int(tokens[pipe].span.start)], as: UTF8.self)
    guard let rows = rows(ofPrefix: head) else { return [] }
    if let values = values(tokens, rows, before) { return values }
    let fields = rows.fields.map {
      Completions.Candidate(text: $0.name, detail: $0.shape.type.name)
    }
    return fields + functions
  }

  private var sources: [Completions.Candidate] {
    let tables = names.tableNames.map { Completions.Candidate(text: $0, detail: "table") }
    let defined = (Array(names.definitions.keys) + Array(names.literals.keys)).sorted()
    let statements = ["let", "use", "param", "check", "unit", "family", "assume"].map {
      Completions.Candidate(text: $0, detail: "statement")
    }
    let ids = names.facts.entities.flatMap { table in
      table.ids.map { Completions.Candidate(text: $0, detail: table.kind.word) }
    }
    return tables + defined.map { Completions.Candidate(text: $0, detail: "let") } + functions
      + statements + ids
  }

  private var functions: [Completions.Candidate] {
    let aggregates = Aggregate.Function.allCases.map {
      Completions.Candidate(text: "\($0.rawValue)(", detail: "aggregate")
    }
    let windows = WindowFunction.allCases.map {
      Completions.Candidate(text: "\($0.rawValue)(", detail: "window")
    }
    let others =
      ScalarFunction.allCases.map(\.rawValue) + Checker.dateFunctions + ["open"]
      + names.functions.keys.sorted()
    return aggregates + windows
      + others.map { Completions.Candidate(text: "\($0)(", detail: "function") }
  }

  /// Behind `subject ==` the names that occur in that field.
  private func values(
    _ tokens: ArraySlice<Token>, _ rows: RowScope, _ before: String
  ) -> [Completions.Candidate]? {
    guard tokens.count >= 2, let last = tokens.last,
      [.equal, .notEqual].contains(last.kind) || last.word == .in || last.word == .has
    else { return nil }
    let name = tokens[tokens.endIndex - 2]
    let written = String(decoding: Array(before.utf8)[name.span.range], as: UTF8.self)
    guard let field = rows.fields.first(where: { $0.name == written }) else { return nil }
    return names.facts.values(of: field.shape).map {
      Completions.Candidate(text: JSONFormat.string($0.text), detail: $0.detail)
    }
  }

  /// Behind a dot the fields of the thing.
  private func members(_ before: String, _ tokens: ArraySlice<Token>) -> [Completions.Candidate] {
    guard tokens.count >= 2 else { return [] }
    let name = tokens[tokens.endIndex - 2]
    let written = String(decoding: Array(before.utf8)[name.span.range], as: UTF8.self)
    if let key = names.facts.entity(withID: written) { return fields(of: key.kind) }
    guard let pipe = tokens.lastIndex(where: { $0.kind == .pipe }) else { return [] }
    let head = String(decoding: Array(before.utf8)[..<Int(tokens[pipe].span.start)], as: UTF8.self)
    guard let field = rows(ofPrefix: head)?.fields.first(where: { $0.name == written }) else {
      return []
    }
    switch field.shape.type {
    case .reference(let kind), .list(.reference(let kind)): return fields(of: kind)
    case .quantity: return ["low", "best", "high"].map { .init(text: $0, detail: "number") }
    case .date: return ["earliest", "latest"].map { .init(text: $0, detail: "date") }
    case .period: return ["start", "end"].map { .init(text: $0, detail: "date") }
    default: return []
    }
  }

  private func fields(of kind: EntityKind) -> [Completions.Candidate] {
    names.facts.table(kind).fields.map { .init(text: $0.name, detail: $0.type.name) }
  }
}

extension FactStore {
  /// The texts that a field may be compared with: names and aliases of things, or what occurs.
  fileprivate func values(of shape: Shape) -> [(text: String, detail: String)] {
    switch shape {
    case .text(.fixed(let dictionary)): return dictionary.texts.sorted().map { ($0, "text") }
    case .reference(let kind):
      let table = self[kind]
      return
        (table.names.map { ($0, kind.word) } + table.aliases.flatMap { $0 }.map { ($0, "alias") })
        .sorted { $0.0 < $1.0 }
    case .list(let element, _): return values(of: element)
    default: return []
    }
  }
}
