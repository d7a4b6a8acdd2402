/// The order that their values give to rows, as it goes through the stages behind a `sort`.
struct RowOrder: Sendable {
  /// Numbers that rise from row to row and are equal where all keys are.
  let places: Buffer<Int32>
  /// The first key; nil if no two of its values overlap unless they are the same.
  let key: ColumnView?
  /// The number that each row had when it was sorted: rows that a join repeats share one.
  let rows: Buffer<Int32>

  /// The order of a sorted table.
  init(places: Buffer<Int32>, by key: ColumnView?) {
    self.places = places
    self.key = key
    rows = Buffer((0..<Int32(places.count)).map { $0 })
  }

  private init(places: Buffer<Int32>, key: ColumnView?, rows: Buffer<Int32>) {
    self.places = places
    self.key = key
    self.rows = rows
  }

  func gathered(_ rows: [Int32]) -> RowOrder {
    RowOrder(
      places: places.gathered(rows), key: key.flatMap { [$0].picked(Selection(rows)).first },
      rows: self.rows.gathered(rows))
  }

  /// The rows, from 1, that may as well stand behind the next one.
  var uncertain: [Int] {
    guard let column = key?.column else { return [] }
    return (1..<max(places.count, 1)).filter { row in
      rows[row - 1] != rows[row] && column.overlaps(row - 1, row)
    }
  }

  /// Whether the row at some place, from 0, may as well stand before the one above it.
  func isUncertain(at row: Int) -> Bool {
    guard let key, row > 0, row < places.count else { return false }
    let two = [key].picked(Selection([Int32(row - 1), Int32(row)]))
    return rows[row - 1] != rows[row] && two[0].column.overlaps(0, 1)
  }
}

extension PlanRunner {
  /// The first rows, each of which rests on those behind the cut, too, that may stand at its place.
  func taken(_ count: Int, of table: Table) throws(RunError) -> Table {
    var first = table.first(count)
    guard tracksFacts, let order = table.order, let column = order.key?.column,
      !table.provenance.isEmpty || !table.behind.isEmpty
    else { return first }
    try meter.charge(steps: count * (table.count - count), at: .nowhere)
    let rivals = (0..<count).map { row in
      (count..<table.count).filter {
        order.rows[row] != order.rows[$0] && column.overlaps(row, $0)
      }
    }
    if rivals.allSatisfy(\.isEmpty) { return first }
    let evidence = rivals.map { $0.flatMap { table.facts(of: $0) + table.behind.facts(of: $0) } }
    first.behind = first.behind.joined(Table.Provenance(evidence), count: count)
    return first
  }
}

extension Column {
  /// Whether two different values may overlap.
  var mayOverlap: Bool {
    switch storage {
    case .dates(let dates): dates.earliest !== dates.latest
    case .quantities(let values): !values.isExact
    default: false
    }
  }

  /// Whether two rows' ranges overlap without being the same point, so that their order isn't certain.
  fileprivate func overlaps(_ a: Int, _ b: Int) -> Bool {
    if isNone(a) || isNone(b) { return false }
    switch storage {
    case .dates(let dates):
      guard dates.isKnown(a), dates.isKnown(b) else { return false }
      let (x, y) = (dates[a], dates[b])
      return !(x.isExact && y.isExact) && x.earliest <= y.latest && y.earliest <= x.latest
    case .quantities(let values):
      guard !values.isExact, values.isKnown(a), values.isKnown(b),
        values.unit(at: a) == values.unit(at: b)
      else { return false }
      switch (values.low, values.high) {
      case (.decimals(let low), .decimals(let high)):
        return overlaps((low[a], high[a]), (low[b], high[b]))
      case (.doubles(let low), .doubles(let high)):
        return overlaps((low[a], high[a]), (low[b], high[b]))
      default: return false
      }
    default: return false
    }
  }

  private func overlaps<End: Comparable>(_ x: (End, End), _ y: (End, End)) -> Bool {
    let arePoints = x.0 == x.1 && y.0 == y.1
    return !arePoints && x.0 <= y.1 && y.0 <= x.1
  }
}
