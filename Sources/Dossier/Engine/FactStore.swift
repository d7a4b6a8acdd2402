/// Which declaration a fact number stands for.
struct FactKey: Sendable, Hashable {
  let kind: EntityKind
  let row: Int32
}

/// What `Facts` holds.
final class FactStore: Sendable {
  let entities: [EntityTable]
  /// `sources`, `actors`, `places`, `events` and `figures`, in this order.
  let tables: [(name: String, table: Table)]
  /// Every event and figure in the order of the text: the fact numbers of the rows.
  let facts: [FactKey]

  /// Measures that exclude each other, so that they may be added.
  let families: [Set<String>]
  /// Whether scripts were used under names of their own, which then stand before their ids.
  private let hasNamespaces: Bool

  init(
    entities: [EntityTable], tables: [(name: String, table: Table)], facts: [FactKey],
    families: [Set<String>] = Readings.published.families
  ) {
    hasNamespaces = entities.contains { $0.ids.contains { $0.utf8.contains(UInt8(ascii: ".")) } }
    self.entities = entities
    self.tables = tables
    self.facts = facts
    self.families = families
  }

  /// The same facts with other families of measures.
  func with(families: [Set<String>]) -> FactStore {
    FactStore(entities: entities, tables: tables, facts: facts, families: families)
  }

  subscript(kind: EntityKind) -> EntityTable { entities[kind.rawValue] }

  func table(_ kind: EntityKind) -> Table { tables[kind.rawValue].table }

  /// A table by its name; `facts` is put together when it is asked for.
  func table(named name: String) -> Table? {
    let (namespace, word) = name.splitNamespace
    guard let table = word == "facts" ? factsTable : tables.first(where: { $0.name == word })?.table
    else { return nil }
    return hasNamespaces ? table.only(idsIn: namespace) : namespace == nil ? table : nil
  }

  /// The names under which scripts were used that declare something, sorted.
  var namespaces: [String] {
    guard hasNamespaces else { return [] }
    let spaces = entities.flatMap(\.ids).compactMap { $0.splitNamespace.namespace.map(String.init) }
    return Set(spaces).sorted()
  }

  static let tableNames = EntityKind.allCases.map(\.table) + ["facts"]

  /// The entity of any kind that has an id.
  func entity(withID id: String) -> FactKey? {
    for table in entities {
      if let row = table.ids.firstIndex(of: id) {
        return FactKey(kind: table.kind, row: Int32(row))
      }
    }
    return nil
  }

  /// The number of the fact that an event or a figure is.
  func factNumber(_ key: FactKey) -> Int32? { facts.firstIndex(of: key).map(Int32.init) }

  /// A field of a fact's own row.
  func field(_ name: String, of kind: EntityKind) -> Column {
    let table = table(kind)
    let index = table.fields.firstIndex { $0.name == name } ?? 0
    return table.column(index)
  }
}

extension FactStore {
  /// Every declared row of events and figures as one table, in the order of the text.
  private var factsTable: Table {
    let shared: [(name: String, type: Type, isShown: Bool)] = [
      ("claimed_by", .list(.reference(.actor)), true), ("on_record", .truth, false),
      ("stated", .date, false), ("source", .reference(.source), false),
      ("para", .list(.number), true),
    ]
    var ids = ColumnBuilder(.text)
    var names = ColumnBuilder(.text)
    var titles = ColumnBuilder(.text)
    var known = ColumnBuilder(.truth)
    var others = shared.map { ColumnBuilder($0.type) }
    for fact in facts {
      let row = Int(fact.row)
      ids.add(text: self[fact.kind].ids[row])
      names.add(text: fact.kind.table)
      titles.add(text: self[fact.kind].names[row])
      known.add(truth: isKnown(fact) ? .true : .false)
      for (index, field) in shared.enumerated() {
        others[index].add(self.field(field.name, of: fact.kind), row: row)
      }
    }
    let columns = ([ids, names, titles, known] + others).map(\.column)
    let called = ["id", "table", "title", "known"] + shared.map(\.name)
    let isShown = [false, true, true, true] + shared.map(\.isShown)
    let fields = columns.enumerated().map { index, column in
      Field(
        name: called[index], source: .column(index), shape: column.shape, isShown: isShown[index])
    }
    return Table(
      fields: fields, columns: columns.map { ColumnView($0) },
      count: facts.count, provenance: .one(Buffer((0..<Int32(facts.count)).map { $0 })))
  }

  /// False where the value of a figure or the status of an event is unknown.
  private func isKnown(_ fact: FactKey) -> Bool {
    if fact.kind == .figure, case .quantities(let values) = field("value", of: .figure).storage {
      return values.known.map { $0[Int(fact.row)] != 0 } ?? true
    }
    if case .texts(let codes, let texts) = field("status", of: .event).storage {
      let code = codes[Int(fact.row)]
      return code >= 0 && texts[code] != "unknown"
    }
    return true
  }
}

extension String {
  /// `mali.figures` as `mali` and `figures`.
  fileprivate var splitNamespace: (namespace: Substring?, word: Substring) {
    guard let dot = lastIndex(of: ".") else { return (nil, self[...]) }
    return (self[..<dot], self[index(after: dot)...])
  }
}

extension Table {
  /// The rows that a script has declared under its own name, or under none; nil if there are none.
  fileprivate func only(idsIn namespace: Substring?) -> Table? {
    guard case .texts(let codes, let dictionary) = column(0).storage else { return self }
    let rows = (0..<Int32(count)).filter {
      dictionary[codes[Int($0)]].splitNamespace.namespace == namespace
    }
    if rows.count == count { return self }
    return rows.isEmpty && namespace != nil ? nil : picked(rows)
  }
}
