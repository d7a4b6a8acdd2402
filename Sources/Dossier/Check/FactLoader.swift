/// Turns the declarations of scripts into the tables of a dossier.
///
/// Two walks: the first gives every id its row, so that declarations may refer forward; the second
/// fills one column builder a field.
struct FactLoader {
  private struct Entry {
    let tree: Int
    let id: Span
    let label: Span?
    let fields: Run<FieldSyntax>
    let span: Span
  }

  private let trees: [SyntaxTree]
  private var entries = [[Entry]](repeating: [], count: EntityKind.allCases.count)
  private var ids: [String: FactKey] = [:]
  private var idTexts = [[String]](repeating: [], count: EntityKind.allCases.count)
  private var facts: [FactKey] = []
  /// What is wrong, for each tree.
  private var errors: [[CheckError]]

  /// The dossier that some scripts declare together, and what is wrong in each of them.
  static func load(_ trees: [SyntaxTree]) -> (store: FactStore, errors: [[CheckError]]) {
    var loader = FactLoader(trees: trees)
    for index in trees.indices { loader.collect(index) }
    let store = loader.makeStore()
    return (store, loader.errors)
  }

  private init(trees: [SyntaxTree]) {
    self.trees = trees
    errors = trees.map { _ in [] }
  }

  // MARK: Ids

  private mutating func collect(_ index: Int) {
    let tree = trees[index]
    for statement in tree.statements {
      guard case .declaration(let word, let idSpan, let label, let fields) = statement.kind,
        let kind = EntityKind(word)
      else { continue }
      let id = tree.name(idSpan)
      let key = FactKey(kind: kind, row: Int32(entries[kind.rawValue].count))
      if let first = ids[id] {
        let entry = entries[first.kind.rawValue][Int(first.row)]
        errors[index].append(
          .duplicateID(id, at: idSpan, first: entry.tree == index ? entry.id : nil))
        continue
      }
      ids[id] = key
      idTexts[kind.rawValue].append(id)
      entries[kind.rawValue].append(
        Entry(tree: index, id: idSpan, label: label, fields: fields, span: statement.span))
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
    return FactStore(entities: entities, tables: tables, facts: facts)
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
    let table = table(kind, rules, labels, builders.map(\.column))
    let entity = entity(kind, rules, labels, table)
    reportCycles(entity)
    return (entity, table)
  }

  private mutating func fieldValues(
    of entry: Entry, _ kind: EntityKind, _ rules: [FieldRule]
  ) -> [Link<Expression>?] {
    let tree = trees[entry.tree]
    var values = [Link<Expression>?](repeating: nil, count: rules.count)
    for field in tree[entry.fields] {
      let written = tree.source.bytes[field.name.range]
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
      let key = ids[tree.name(tree[names][names.range.lowerBound])], key.kind == .actor
    {
      let actor = entries[key.kind.rawValue][Int(key.row)]
      parts.append(actor.label.map(trees[actor.tree].text) ?? idTexts[key.kind.rawValue][Int(key.row)])
    }
    if let value = values[1], case .text = tree[value].kind { parts.append(tree.text(tree[value].span)) }
    return parts.joined(separator: ": ")
  }

  private func table(
    _ kind: EntityKind, _ rules: [FieldRule], _ labels: [String], _ columns: [Column]
  ) -> Table {
    let showsLabel = kind != .figure
    var fields = [
      Table.Field(name: "id", type: .text, isShown: false),
      Table.Field(name: FieldRule.label(of: kind), type: .text, isShown: showsLabel),
    ]
    for rule in rules {
      let isClaim = kind == .figure && rule.type.isNumeric
      fields.append(
        Table.Field(name: rule.name, type: rule.type, isShown: rule.isShown, isClaim: isClaim))
    }
    var all = [texts(idTexts[kind.rawValue]), texts(labels)] + columns
    if let country = rules.firstIndex(where: { $0.name == "country" }) {
      all[country + 2] = countries(kind, given: columns[country], rules, columns)
    }
    let numbers = facts.enumerated().filter { $0.element.kind == kind }.map { Int32($0.offset) }
    let isFact = kind == .event || kind == .figure
    return Table(
      fields: fields, columns: all, count: labels.count,
      provenance: isFact ? .one(Buffer(numbers)) : .none)
  }

  private func texts(_ texts: [String]) -> Column {
    Column(.texts(codes: Buffer((0..<Int32(texts.count)).map { $0 }), TextDictionary(texts)))
  }

  private func entity(
    _ kind: EntityKind, _ rules: [FieldRule], _ labels: [String], _ table: Table
  ) -> EntityTable {
    func list(_ name: String) -> ListColumn? {
      guard let index = rules.firstIndex(where: { $0.name == name }),
        case .lists(let column) = table.columns[index + 2].storage
      else { return nil }
      return column
    }
    var aliases = [[String]](repeating: [], count: labels.count)
    if let alias = list("alias"), case .texts(let codes, let dictionary) = alias.elements.column.storage {
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
      kind: kind, ids: idTexts[kind.rawValue], names: labels, aliases: aliases, wholes: wholes)
  }

  // MARK: Countries and cycles

  /// Takes away, again and again, what is part of nothing that is left: the rest goes in circles.
  private mutating func reportCycles(_ entity: EntityTable) {
    var open = entity.wholes.map { $0?.count ?? 0 }
    var parts = [[Int]](repeating: [], count: entity.count)
    for row in 0..<entity.count {
      for whole in entity.wholes[row] ?? [] { parts[Int(whole)].append(row) }
    }
    var waiting = open.indices.filter { open[$0] == 0 }
    while let row = waiting.popLast() {
      for part in parts[row] {
        open[part] -= 1
        if open[part] == 0 { waiting.append(part) }
      }
    }
    guard let first = open.indices.first(where: { open[$0] > 0 }) else { return }
    var path: [Int] = []
    var row = first
    while !path.contains(row) {
      path.append(row)
      row = (entity.wholes[row] ?? []).map(Int.init).first { open[$0] > 0 } ?? row
    }
    let circle = Array(path[(path.firstIndex(of: row) ?? 0)...]) + [row]
    let entry = entries[entity.kind.rawValue][row]
    errors[entry.tree].append(.cycle(circle.map { entity.ids[$0] }, at: entry.id))
  }

  /// A country left out is that of the wholes; a state is its own.
  private func countries(
    _ kind: EntityKind, given: Column, _ rules: [FieldRule], _ columns: [Column]
  ) -> Column {
    guard case .references(let codes, _) = given.storage,
      let part = rules.firstIndex(where: { $0.name == "part_of" }),
      case .lists(let wholes) = columns[part].storage,
      case .references(let wholeCodes, _) = wholes.elements.column.storage,
      let type = rules.firstIndex(where: { $0.name == "type" }),
      case .texts(let types, let names) = columns[type].storage
    else { return given }
    let filled = Buffer<Int32>(uninitialized: codes.count)
    for row in 0..<codes.count {
      var at = row
      var steps = 0
      while true {
        if codes[at] >= 0 { break }
        if kind == .actor, types[at] >= 0, names[types[at]] == "state" { break }
        guard let first = wholes.range(at).first, steps < codes.count else { break }
        at = Int(wholeCodes[first])
        steps += 1
      }
      let isState = kind == .actor && types[at] >= 0 && names[types[at]] == "state"
      filled.start[row] = codes[at] >= 0 ? codes[at] : isState ? Int32(at) : Code.unknown
    }
    return Column(.references(codes: filled, .actor))
  }

  // MARK: Values

  private mutating func fill(
    _ builder: inout ColumnBuilder, _ rule: FieldRule, _ value: Link<Expression>?, _ entry: Entry,
    _ kind: EntityKind
  ) {
    guard let value else {
      fillAbsent(&builder, rule, entry, kind)
      return
    }
    let tree = trees[entry.tree]
    let expression = tree[value]
    do throws(CheckError) {
      if case .unknown(nil) = expression.kind, !rule.type.isNumeric {
        builder.addAbsent(isNone: false)
      } else if case .list(let element) = rule.type {
        try fillList(&builder, element, rule, expression, tree)
      } else {
        try fillOne(&builder, rule.type, rule, expression, tree)
      }
    } catch {
      errors[entry.tree].append(error)
      builder.addAbsent(isNone: true)
    }
  }

  private mutating func fillAbsent(
    _ builder: inout ColumnBuilder, _ rule: FieldRule, _ entry: Entry, _ kind: EntityKind
  ) {
    if rule.absence == .error {
      let sources = entries[EntityKind.source.rawValue]
      let own = sources.indices.filter { sources[$0].tree == entry.tree }
      if rule.name == "source", own.count == 1 {
        builder.add(reference: Int32(own[0]))
        return
      }
      errors[entry.tree].append(.missingField(rule.name, of: kind, at: entry.id))
    }
    builder.addAbsent(isNone: rule.absence != .unknown)
  }

  /// One value where a list is due is a list of one.
  private func fillList(
    _ builder: inout ColumnBuilder, _ element: Type, _ rule: FieldRule, _ expression: Expression,
    _ tree: SyntaxTree
  ) throws(CheckError) {
    if case .list(let links) = expression.kind {
      for link in tree[links] { try fillOne(&builder, element, rule, tree[link], tree) }
    } else {
      try fillOne(&builder, element, rule, expression, tree)
    }
    builder.endList()
  }

  private func fillOne(
    _ builder: inout ColumnBuilder, _ type: Type, _ rule: FieldRule, _ expression: Expression,
    _ tree: SyntaxTree
  ) throws(CheckError) {
    switch (type, expression.kind) {
    case (.text, .text):
      let text = tree.text(expression.span)
      if !rule.vocabulary.isEmpty, !rule.vocabulary.contains(text) {
        throw .notInVocabulary(text, field: rule.name, rule.vocabulary, at: expression.span)
      }
      builder.add(text: text)
    case (.truth, .truth(let truth)): builder.add(truth: truth)
    case (.reference(let kind), .path(let names)):
      builder.add(reference: try reference(kind, names, expression.span, tree))
    case (.date, .date(let link, let part)):
      guard case .date(let range) = tree[link].form else {
        throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
      }
      let period = PeriodRange(start: range, end: range)
      builder.add(period, written: tree.dateText(expression.span, part))
    case (.period, .date(let link, let part)):
      let period =
        switch tree[link].form {
        case .period(let period): period
        case .date(let range): PeriodRange(start: range, end: range)
        }
      builder.add(period, written: tree.dateText(expression.span, part))
    case (.quantity, _):
      guard let quantity = try tree.quantity(expression), rule.type.accepts(quantity) else {
        throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
      }
      builder.add(quantity)
    default:
      throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
    }
  }

  private func reference(
    _ kind: EntityKind, _ names: Run<Span>, _ span: Span, _ tree: SyntaxTree
  ) throws(CheckError) -> Int32 {
    let id = tree.name(span)
    if names.count == 1, let key = ids[id], key.kind == kind { return key.row }
    throw .undeclared(id, kind, known: idTexts[kind.rawValue], at: span)
  }
}

extension SyntaxTree {
  /// What a date prints: its EDTF text without `@`.
  func dateText(_ span: Span, _ part: MonthPart?) -> String {
    let written = source.text(span)
    guard let at = written.firstIndex(of: "@") else { return written }
    let text = String(written[written.index(after: at)...])
    return part.map { "\($0.rawValue) \(text)" } ?? text
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

extension Type {
  /// Whether a field of this type takes a literal: paragraphs are plain whole numbers.
  fileprivate func accepts(_ quantity: QuantityLiteral) -> Bool {
    guard case .list = self else { return true }
    return quantity.unit == nil && quantity.isExact && quantity.bounds.low?.trimmed.scale == 0
  }
}

extension FieldRule {
  /// What the field takes, in words.
  fileprivate var expected: String {
    switch type {
    case .list(.reference(let kind)): "the id of \(kind.phrase), or a list of ids"
    case .reference(let kind): "the id of \(kind.phrase)"
    case .list(.text): "a text or a list of texts"
    case .list: "a whole number or a list of them"
    case .date: "a date: one day somewhere, such as @2024-12 or @[2024-10..2024-12]"
    case .period: "a period, such as @2022-02/2024-12"
    case .quantity: "a quantity with its unit; what is not reported is 'unknown people'"
    default: type.phrase
    }
  }
}
