/// What fields of the rows at a place hold, for completion.
extension Session {
  /// The rows that the stage at a place gets.
  func rows(at place: CompletionPlace) -> RowScope? {
    let head = place.head
    return rows(ofPrefix: head.isEmpty ? "it" : head, after: place.earlier)
  }

  /// Behind a comparison the texts that occur in what is compared, names and aliases of things
  /// too, in quotes; nil elsewhere and where it holds neither.
  func compared(at place: CompletionPlace) -> [Completions.Candidate]? {
    guard let path = place.comparedPath, let rows = rows(at: place),
      let shape = shape(of: path, rows)
    else { return nil }
    guard let kind = shape.textKind else { return nil }
    let isWithin = place.comparisonWord == .in
    let found = isWithin && kind.isReference ? nil : occurring(path, at: place, as: kind)
    return (found ?? names.facts.values(of: kind)).map {
      Completions.Candidate(text: JSONFormat.string($0.text), detail: $0.detail)
    }
  }

  /// Behind a dot the fields of the thing.
  func members(at place: CompletionPlace) -> [Completions.Candidate] {
    let path = place.path(endingBefore: place.tokens.endIndex - 1)
    guard !path.isEmpty else { return [] }
    if path.count == 1, path[0] == place.joinedName, let table = place.joinedTable {
      return fields(of: rows(ofPrefix: table, after: place.earlier))
    }
    let rows = place.stage == nil ? nil : rows(at: place)
    let prefix = path.joined(separator: ".") + "."
    let joined = rows?.fields.filter { $0.name.hasPrefix(prefix) } ?? []
    if !joined.isEmpty {
      return joined.map {
        .init(text: String($0.name.dropFirst(prefix.count)).asPath, detail: $0.type.name)
      }
    }
    if let shape = rows.flatMap({ shape(of: path, $0) }) ?? shape(outsideOfRows: path) {
      return members(of: shape)
    }
    if names.isTable(path.joined(separator: "."), in: nil) {
      return fields(of: self.rows(ofPrefix: path.joined(separator: "."), after: place.earlier))
    }
    return namespace(prefix)
  }

  private func fields(of rows: RowScope?) -> [Completions.Candidate] {
    rows?.fields.map { .init(text: $0.name.asPath, detail: $0.type.name) } ?? []
  }

  /// The names of a script that is used under a name.
  private func namespace(_ prefix: String) -> [Completions.Candidate] {
    let things = names.facts.entities.flatMap { table in table.ids.map { ($0, table.kind.word) } }
    let tables = Set(things.filter { $0.0.hasPrefix(prefix) }.map(\.1))
      .flatMap { word in EntityKind.allCases.filter { $0.word == word }.map { prefix + $0.table } }
    let all =
      tables.sorted().map { ($0, "table") } + names.definitions.keys.sorted().map { ($0, "let") }
      + names.functions.keys.sorted().map { ($0 + "(", "function") } + things
    return all.filter { $0.0.hasPrefix(prefix) }
      .map { .init(text: String($0.0.dropFirst(prefix.count)), detail: $0.1) }
  }

  private func members(of shape: Shape) -> [Completions.Candidate] {
    switch shape.type {
    case .reference(let kind), .list(.reference(let kind)):
      return names.facts.table(kind).fields.map { .init(text: $0.name, detail: $0.type.name) }
    case .quantity: return ["low", "best", "high"].map { .init(text: $0, detail: "number") }
    case .date: return ["earliest", "latest"].map { .init(text: $0, detail: "date") }
    case .period: return ["start", "end"].map { .init(text: $0, detail: "date") }
    default: return []
    }
  }

  /// What is known of a path from a field of the rows on.
  func shape(of path: [String], _ rows: RowScope) -> Shape? {
    for length in (1...max(1, path.count)).reversed() {
      let name = path.prefix(length).joined(separator: ".")
      guard let field = rows.fields.first(where: { $0.name == name }) else { continue }
      return follow(field.shape, path.dropFirst(length))
    }
    return shape(outsideOfRows: path)
  }

  /// What is known of a path from an id on.
  private func shape(outsideOfRows path: [String]) -> Shape? {
    for length in (1...max(1, path.count)).reversed() {
      let id = path.prefix(length).joined(separator: ".")
      guard let key = names.facts.entity(withID: id) else { continue }
      return follow(.reference(key.kind), path.dropFirst(length))
    }
    return nil
  }

  private func follow(_ shape: Shape, _ names: ArraySlice<String>) -> Shape? {
    var shape = shape
    for name in names {
      switch shape {
      case .reference(let kind), .list(.reference(let kind), _):
        let fields = self.names.facts.table(kind).fields
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        shape = field.shape
      case .quantity: shape = .number
      case .date, .period: shape = .date(isExact: true, hasKnown: false, written: nil)
      default: return nil
      }
    }
    return shape
  }

  /// Behind a comparison the quantities and dates that occur in what is compared, as scripts write
  /// them.
  func occurringLiterals(at place: CompletionPlace) -> [Completions.Candidate] {
    guard let path = place.comparedPath, let rows = rows(at: place),
      let shape = shape(of: path, rows), shape.isWrittenInDigits,
      let held = held(by: path, at: place, then: "| distinct value | sort value")
    else { return [] }
    let literals = (0..<held.column.count).compactMap {
      held.column.value($0, held.facts).literal(behind: place.comparisonSign)
    }
    var seen: Set<String> = []
    return literals.filter { seen.insert($0.text).inserted && place.goesOn(with: $0.text) }
      .prefix(Self.mostLiterals).map { $0 }
  }

  private static let mostLiterals = 50

  /// The different texts of a path in the rows at a place; nil if there are none.
  private func occurring(
    _ path: [String], at place: CompletionPlace, as kind: TextKind
  ) -> [(text: String, detail: String)]? {
    guard let held = held(by: path, at: place) else { return nil }
    let found = held.facts.texts(of: held.column, as: kind)
    return found.isEmpty ? nil : found
  }

  /// What a path holds in the rows at a place, or where nothing is to be run in the table that the
  /// query begins with; nil if it can't be had, or if that takes too long while somebody waits.
  private func held(
    by path: [String], at place: CompletionPlace, then stages: String = ""
  ) -> (column: Column, facts: FactStore)? {
    guard place.runs else {
      guard path.count == 1, let name = place.firstTable, let table = names.table(named: name),
        let field = table.fields.firstIndex(where: { $0.name == path[0] })
      else { return nil }
      return (table.column(field), names.facts)
    }
    var work = self
    work.limits.time = .milliseconds(150)
    work.files = FilesAlone(files)
    let head = place.head.isEmpty ? "it" : place.head
    let written = path.map(\.asPath).joined(separator: ".")
    let query = "\(head)\n| select value = \(written)\n\(stages)"
    var found: Answer?
    do {
      if !place.earlier.isEmpty { try work.run(SourceText(name: "", text: place.earlier)) { _ in } }
      try work.run(SourceText(name: "", text: query)) { found = $0 }
    } catch {
      return nil
    }
    guard let found, case .table(let table) = found.content else { return nil }
    return (table.column(0), found.facts)
  }
}

extension Shape {
  /// Whether values are written as a number with a unit, or as a date.
  fileprivate var isWrittenInDigits: Bool {
    switch self {
    case .list(let element, _): element.isWrittenInDigits
    default: !unitNames.isEmpty || type == .date
    }
  }
}

extension Value {
  /// As a script writes it behind a sign that compares; nil for what can't stand there.
  fileprivate func literal(behind sign: String) -> Completions.Candidate? {
    switch self {
    case .quantity(let quantity) where quantity.unit != nil:
      // A text has commas between its digits, and a script what stands for them.
      let text = quantity.text.split(separator: ",", omittingEmptySubsequences: false)
      return Completions.Candidate(text: text.joined(separator: "_"), detail: "quantity")
    case .date(let text):
      // No day is equal to a month.
      if ["==", "!="].contains(sign), text.utf8.count != "2024-12-17".utf8.count { return nil }
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      let written = parts.dropLast().map { $0 + " " }.joined() + "@" + (parts.last ?? "")
      return Completions.Candidate(text: written, detail: "date")
    default: return nil
    }
  }
}

/// The files of a session but for the standard input, which would wait for somebody to type.
struct FilesAlone: FileAccess {
  private let files: any FileAccess

  init(_ files: any FileAccess) { self.files = files }

  func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    if path == "-" { throw .notARegularFile }
    return try files.open(path, from: script)
  }
}
