/// Rows of named, typed columns: what a query reads and what it gives.
public struct Table: Sendable {
  /// The facts that each row rests on.
  enum Provenance: Sendable {
    /// Rows of a host's table: none.
    case none
    /// One fact a row.
    case one(Buffer<Int32>)
    /// Row `i` rests on `facts[offsets[i]..<offsets[i + 1]]`.
    case sets(offsets: Buffer<Int32>, facts: Buffer<Int32>)
    /// Row `i` rests on number `first + i`: the rows of a file.
    case rising(first: Int32)
  }

  let fields: [Field]
  let columns: [ColumnView]
  /// How many rows it has.
  public let count: Int
  var provenance = Provenance.none
  /// The figures that its fields rest on, which `Field.claims` name by their places here.
  var claims: [FigureSets] = []
  /// What values of a row rest on though it doesn't stand for it: facts of other rows, such as a
  /// window's, declarations, the line of a file.
  var behind = Provenance.none
  /// What all rows rest on: the facts of constants, the file that was opened.
  var shared: [Int32] = []
  /// 0 where a row is only maybe in the table; nil if all rows are certain.
  var membership: Buffer<UInt8>?
  /// Nil if nothing has put the rows in order.
  var order: RowOrder?

  init(
    fields: [Field], columns: [ColumnView], count: Int, provenance: Provenance = .none,
    claims: [FigureSets] = [], membership: Buffer<UInt8>? = nil
  ) {
    self.fields = fields
    self.columns = columns
    self.count = count
    self.provenance = provenance
    self.claims = claims
    self.membership = membership
  }

  /// The values of a field, side by side; ask once and keep them.
  func column(_ index: Int) -> Column { columns[index].column }

  /// The names of its fields, in order.
  public var fieldNames: [String] { fields.map(\.name) }

  /// The facts of one row.
  func facts(of row: Int) -> ArraySlice<Int32> { provenance.facts(of: row) }

  /// All that one row rests on (`Evidence`), each once, rising.
  func evidence(of row: Int) -> ArraySlice<Int32> {
    if behind.isEmpty {
      if provenance.isEmpty { return shared[...] }
      if shared.isEmpty { return facts(of: row) }
    }
    return Set(facts(of: row)).union(behind.facts(of: row)).union(shared).sorted()[...]
  }

  /// Whether the row is in the table only if something undecided is true.
  func isMaybe(_ row: Int) -> Bool { membership.map { $0[row] == 0 } ?? false }

  /// Some rows, in the order asked for; no value is copied until its column is.
  func picked(_ rows: [Int32]) -> Table {
    var table = Table(
      fields: fields, columns: columns.picked(Selection(rows)), count: rows.count,
      provenance: provenance.gathered(rows), claims: claims.map { $0.gathered(rows) },
      membership: membership?.gathered(rows))
    table.behind = behind.gathered(rows)
    table.shared = shared
    table.order = order?.gathered(rows)
    return table
  }

  /// The same rows with other columns.
  func with(fields: [Field], columns: [ColumnView]) -> Table {
    var table = Table(
      fields: fields, columns: columns, count: count, provenance: provenance, claims: claims,
      membership: membership)
    table.behind = behind
    table.shared = shared
    table.order = order
    return table
  }
}

extension Table.Provenance {
  /// The facts of one row.
  func facts(of row: Int) -> ArraySlice<Int32> {
    switch self {
    case .none: []
    case .one(let facts): [facts[row]]
    case .rising(let first): [first + Int32(row)]
    case .sets(let offsets, let facts):
      Array(facts.elements[Int(offsets[row])..<Int(offsets[row + 1])])[...]
    }
  }

  func gathered(_ rows: [Int32]) -> Table.Provenance {
    switch self {
    case .none: return .none
    case .one(let facts): return .one(facts.gathered(rows))
    case .rising(let first): return .one(Buffer(rows.map { first + $0 }))
    case .sets(let offsets, let facts):
      var builder = FactSetBuilder()
      for row in rows {
        builder.add(facts.elements[Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1])])
      }
      return builder.provenance
    }
  }
}

extension Table.Provenance {
  /// One set a row, of numbers in any order.
  init(_ rows: [[Int32]]) {
    var builder = FactSetBuilder()
    for numbers in rows { builder.add(Set(numbers).sorted()) }
    self = builder.provenance
  }

  /// What each of the rows rests on here and there.
  func joined(_ other: Table.Provenance, count: Int) -> Table.Provenance {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Table.Provenance((0..<count).map { Array(facts(of: $0)) + other.facts(of: $0) })
  }
}

extension Table {
  /// Adds what all rows rest on.
  mutating func rest(on numbers: Set<Int32>) {
    if !numbers.isEmpty { shared = numbers.union(shared).sorted() }
  }
}

/// Collects one set of facts a row.
struct FactSetBuilder {
  private var offsets: [Int32] = [0]
  private var facts: [Int32] = []

  mutating func add(_ set: some Sequence<Int32>) {
    facts.append(contentsOf: set)
    offsets.append(Int32(facts.count))
  }

  var provenance: Table.Provenance { .sets(offsets: Buffer(offsets), facts: Buffer(facts)) }
}

extension Table {
  /// The values of its first column as one list.
  var asList: ListColumn {
    ListColumn(offsets: Buffer([0, Int32(count)]), elements: ElementColumn(column(0)))
  }
}
