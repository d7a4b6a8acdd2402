/// Turns the declarations of scripts into the tables of a dossier.
///
/// Two walks: the first gives every id its row, so that declarations may refer forward; the second
/// fills one column builder a field.
struct FactLoader {
  struct Entry {
    let tree: Int
    let id: Span
    let label: Span?
    let fields: Run<FieldSyntax>
    let span: Span
    let line: Int32
  }

  /// A script whose declarations are loaded.
  struct Script {
    let tree: SyntaxTree
    /// What stands before its ids: `mali` after `use "mali.q" as mali`.
    var namespace: String?
    /// Whether it is the built-in dossier, whose sources are no default for other scripts.
    var isBuiltIn = false
  }

  let scripts: [Script]
  let trees: [SyntaxTree]
  var entries = [[Entry]](repeating: [], count: EntityKind.allCases.count)
  var ids: [String: FactKey] = [:]
  var idTexts = [[String]](repeating: [], count: EntityKind.allCases.count)
  private var facts: [FactKey] = []
  let readings: Readings
  /// What is wrong, for each tree.
  var errors: [[CheckError]]

  /// The dossier that some scripts declare together, and what is wrong in each of them.
  ///
  static func load(_ scripts: [Script], _ readings: Readings) -> (
    store: FactStore, errors: [[CheckError]]
  ) {
    var loader = FactLoader(scripts, readings)
    for index in scripts.indices { loader.collect(index) }
    let store = loader.makeStore()
    return (store, loader.errors)
  }

  private init(_ scripts: [Script], _ readings: Readings) {
    self.scripts = scripts
    self.readings = readings
    trees = scripts.map(\.tree)
    errors = scripts.map { _ in [] }
  }

  /// An id as it is kept, of the script that writes it.
  func qualified(_ id: String, in script: Int) -> String {
    scripts[script].namespace.map { "\($0).\(id)" } ?? id
  }

  // MARK: Ids

  private mutating func collect(_ index: Int) {
    let tree = trees[index]
    var line = LineCounter(tree.source)
    for statement in tree.statements {
      guard case .declaration(let word, let idSpan, let label, let fields) = statement.kind,
        let kind = EntityKind(word)
      else { continue }
      let id = qualified(tree.name(idSpan), in: index)
      let key = FactKey(kind: kind, row: Int32(entries[kind.rawValue].count))
      if let first = ids[id] {
        let entry = entries[first.kind.rawValue][Int(first.row)]
        errors[index].append(
          .duplicateID(tree.name(idSpan), at: idSpan, first: entry.id))
        continue
      }
      ids[id] = key
      idTexts[kind.rawValue].append(id)
      entries[kind.rawValue].append(
        Entry(
          tree: index, id: idSpan, label: label, fields: fields, span: statement.span,
          line: line.line(of: idSpan)))
      if kind == .event || kind == .figure { facts.append(key) }
    }
  }

  // MARK: Tables

  private mutating func makeStore() -> FactStore {
    var entities: [EntityTable] = []
    var tables: [(name: String, table: Table)] = []
    for kind in EntityKind.allCases {
      let (entity, table) = makeTable(kind)
      entities.append(entity)
      tables.append((kind.table, table))
    }
    return FactStore(
      entities: entities, tables: tables, facts: facts, families: readings.families)
  }

  private mutating func makeTable(_ kind: EntityKind) -> (EntityTable, Table) {
    let rules = FieldRule.rules(for: kind)
    let rows = entries[kind.rawValue]
    var labels: [String] = []
    var builders = rules.map { ColumnBuilder($0.type) }
    labels.reserveCapacity(rows.count)
    for row in rows.indices {
      let entry = rows[row]
      let values = fieldValues(of: entry, kind, rules)
      labels.append(label(of: entry, row, kind, rules, values))
      for (index, rule) in rules.enumerated() {
        fill(&builders[index], rule, values[index], entry, kind)
      }
    }
    for (index, rule) in rules.enumerated() { reportOverflow(builders[index], rule, rows) }
    let table = table(kind, rules, labels, builders.map(\.column))
    let entity = entity(kind, rules, labels, table)
    reportCycles(entity)
    return (entity, table)
  }

  /// Numbers of one column share a scale; one that doesn't fit into it is an error at its value.
  private mutating func reportOverflow(_ builder: ColumnBuilder, _ rule: FieldRule, _ rows: [Entry])
  {
    guard case .quantity = rule.type, let row = builder.firstOverflow else { return }
    let tree = trees[rows[row].tree]
    let written = tree[rows[row].fields].first { tree.name($0.name) == rule.name }
    let span = written.map { tree[$0.value].span } ?? rows[row].id
    errors[rows[row].tree].append(.overflow(at: span))
  }

  private mutating func fieldValues(
    of entry: Entry, _ kind: EntityKind, _ rules: [FieldRule]
  ) -> [Link<Expression>?] {
    let tree = trees[entry.tree]
    var values = [Link<Expression>?](repeating: nil, count: rules.count)
    for field in tree[entry.fields] {
      let written = tree.source[field.name].withoutBackticks
      guard let index = rules.firstIndex(where: { $0.name.utf8.elementsEqual(written) }) else {
        let name = tree.name(field.name)
        errors[entry.tree].append(.unknownDeclarationField(name, of: kind, at: field.name))
        continue
      }
      if values[index] != nil {
        errors[entry.tree].append(.fieldTwice(rules[index].name, at: field.name))
      }
      values[index] = field.value
    }
    return values
  }

  /// The text behind the id; a figure without one is called by its subject and measure.
  private func label(
    of entry: Entry, _ row: Int, _ kind: EntityKind, _ rules: [FieldRule],
    _ values: [Link<Expression>?]
  ) -> String {
    let tree = trees[entry.tree]
    if let label = entry.label { return tree.text(label) }
    guard kind == .figure else { return idTexts[kind.rawValue][row] }
    var parts: [String] = []
    if let value = values[0], case .path(let names) = tree[value].kind, names.count == 1,
      let key = ids[qualified(tree.name(tree[names][names.range.lowerBound]), in: entry.tree)],
      key.kind == .actor
    {
      let actor = entries[key.kind.rawValue][Int(key.row)]
      parts.append(
        actor.label.map(trees[actor.tree].text) ?? idTexts[key.kind.rawValue][Int(key.row)])
    }
    if let value = values[1], case .text = tree[value].kind {
      parts.append(tree.text(tree[value].span))
    }
    return parts.joined(separator: ": ")
  }

  private func table(
    _ kind: EntityKind, _ rules: [FieldRule], _ labels: [String], _ columns: [Column]
  ) -> Table {
    var all = [texts(idTexts[kind.rawValue]), texts(labels)] + columns
    if let country = rules.firstIndex(where: { $0.name == "country" }) {
      all[country + 2] = countries(kind, given: columns[country], rules, columns)
    }
    let numbers = facts.enumerated().filter { $0.element.kind == kind }.map { Int32($0.offset) }
    let isFact = kind == .event || kind == .figure
    return Table(
      fields: FieldRule.fields(of: kind, all), columns: all.map { ColumnView($0) },
      count: labels.count,
      provenance: isFact ? .one(Buffer(numbers)) : .none, claims: kind == .figure ? [.own] : [])
  }

  private func texts(_ texts: [String]) -> Column {
    Column(.texts(codes: Buffer((0..<Int32(texts.count)).map { $0 }), TextDictionary(texts)))
  }

  private func entity(
    _ kind: EntityKind, _ rules: [FieldRule], _ labels: [String], _ table: Table
  ) -> EntityTable {
    func list(_ name: String) -> ListColumn? {
      guard let index = rules.firstIndex(where: { $0.name == name }),
        case .lists(let column) = table.columns[index + 2].base.storage
      else { return nil }
      return column
    }
    var aliases = [[String]](repeating: [], count: labels.count)
    if let alias = list("alias"),
      case .texts(let codes, let dictionary) = alias.elements.column.storage
    {
      for row in labels.indices { aliases[row] = alias.range(row).map { dictionary[codes[$0]] } }
    }
    var wholes = [[Int32]?](repeating: [], count: labels.count)
    if let parts = list("part_of"), case .references(let codes, _) = parts.elements.column.storage {
      for row in labels.indices {
        let isKnown = parts.known.map { $0[row] != 0 } ?? true
        wholes[row] = isKnown ? parts.range(row).map { codes[$0] } : nil
      }
    }
    return EntityTable(
      kind: kind, ids: idTexts[kind.rawValue], names: labels, aliases: aliases, wholes: wholes,
      places: places(of: entries[kind.rawValue]))
  }
}

extension FactLoader {
  /// In which script and line each thing is declared.
  fileprivate func places(of entries: [Entry]) -> DeclarationPlaces {
    let used = Set(entries.map(\.tree)).sorted()
    let scripts = entries.map { entry in Int32(used.firstIndex(of: entry.tree) ?? 0) }
    return DeclarationPlaces(
      names: used.map { trees[$0].source.name }, scripts: Buffer(scripts),
      lines: Buffer(entries.map(\.line)))
  }
}

/// Counts lines on the way through a text, whose places come in order.
private struct LineCounter {
  private let source: SourceText
  private var offset: Int
  private var line: Int32 = 1

  init(_ source: SourceText) {
    self.source = source
    offset = source.base
  }

  mutating func line(of span: Span) -> Int32 {
    while offset < Int(span.start) {
      if source.byte(at: offset) == UInt8(ascii: "\n") { line += 1 }
      offset += 1
    }
    return line
  }
}

extension EntityKind {
  init?(_ word: Word) {
    switch word {
    case .source: self = .source
    case .actor: self = .actor
    case .place: self = .place
    case .event: self = .event
    case .figure: self = .figure
    default: return nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// The bytes of a name that may be quoted.
  fileprivate var withoutBackticks: ArraySlice<UInt8> {
    first == UInt8(ascii: "`") ? dropFirst().dropLast() : self
  }
}
