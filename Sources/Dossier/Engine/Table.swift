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
  }

  let fields: [Field]
  let columns: [ColumnView]
  /// How many rows it has.
  public let count: Int
  var provenance = Provenance.none
  /// Facts of other rows that values of a row rest on, such as a window's: they are cited with it,
  /// but it doesn't stand for them.
  var behind = Provenance.none
  /// 0 where a row is only maybe in the table; nil if all rows are certain.
  var membership: Buffer<UInt8>?
  /// Nil if nothing has put the rows in order.
  var order: RowOrder?

  init(
    fields: [Field], columns: [ColumnView], count: Int, provenance: Provenance = .none,
    membership: Buffer<UInt8>? = nil
  ) {
    self.fields = fields
    self.columns = columns
    self.count = count
    self.provenance = provenance
    self.membership = membership
  }

  /// The values of a field, side by side; ask once and keep them.
  func column(_ index: Int) -> Column { columns[index].column }

  /// The names of its fields, in order.
  public var fieldNames: [String] { fields.map(\.name) }

  /// The facts of one row.
  func facts(of row: Int) -> ArraySlice<Int32> { provenance.facts(of: row) }

  /// The facts of one row and those behind it, for citations.
  func citedFacts(of row: Int) -> ArraySlice<Int32> {
    if behind.isEmpty { return facts(of: row) }
    return Set(facts(of: row)).union(behind.facts(of: row)).sorted()[...]
  }

  /// Whether the row is in the table only if something undecided is true.
  func isMaybe(_ row: Int) -> Bool { membership.map { $0[row] == 0 } ?? false }

  /// Some rows, in the order asked for; no value is copied until its column is.
  func picked(_ rows: [Int32]) -> Table {
    var table = Table(
      fields: fields, columns: columns.picked(Selection(rows)), count: rows.count,
      provenance: provenance.gathered(rows), membership: membership?.gathered(rows))
    table.behind = behind.gathered(rows)
    table.order = order?.gathered(rows)
    return table
  }

  /// The same rows with other columns.
  func with(fields: [Field], columns: [ColumnView]) -> Table {
    var table = Table(
      fields: fields, columns: columns, count: count, provenance: provenance,
      membership: membership)
    table.behind = behind
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
    case .sets(let offsets, let facts):
      Array(facts.elements[Int(offsets[row])..<Int(offsets[row + 1])])[...]
    }
  }

  func gathered(_ rows: [Int32]) -> Table.Provenance {
    switch self {
    case .none: return .none
    case .one(let facts): return .one(facts.gathered(rows))
    case .sets(let offsets, let facts):
      var builder = FactSetBuilder()
      for row in rows {
        builder.add(facts.elements[Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1])])
      }
      return builder.provenance
    }
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
