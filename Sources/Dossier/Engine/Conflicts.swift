/// Claims of the same thing that can't all be true, side by side: the step of `conflicts`.
///
/// Two claims conflict if no value fits both. Looking at pairs is enough: ranges of which every two
/// share a value have one that all share (E. Helly's theorem, on a line).
struct Conflicts: Sendable {
  /// The column of the claims.
  let value: Int
  /// The columns that say what is claimed; nil where the rule of rivals does.
  let keys: [Int]?
  /// The number of the conflict, then the fields of the rows.
  let fields: [Field]
  let readings: Readings
  let span: Span
}

extension PlanRunner {
  func conflicts(_ step: Conflicts, _ input: Result) throws(RunError) -> Result {
    let table = input.table
    let column = table.column(step.value)
    guard let ends = ClaimEnds(column) else { return input }
    try meter.charge(steps: table.count * 2, at: step.span)
    try meter.charge(bytes: table.count * 64, at: step.span)
    let rows = (0..<Int32(table.count)).filter { ends.applies($0) && ends.isKnown($0) }
    var groups: ClaimGroups
    var rivals: Rivals?
    if let keys = step.keys {
      // Claims in different units are of different things.
      groups = ClaimGroups(keys.map(table.column) + column.units, among: rows)
    } else {
      guard let facts, let found = Rivals(table, facts) else {
        let places = Reconciliation.Places(stage: step.span, method: step.span)
        throw RunError(cause: .reconcile(.notFigures, places), span: step.span)
      }
      groups = try ClaimGroups(found, among: rows, meter)
      rivals = found
    }
    var words = ReadWords(step.readings)
    for group in groups.rows where group.count > 1 { words.add(group, of: column) }
    var (found, numbers): ([Int32], [Int64]) = ([], [])
    var count: Int64 = 0
    for group in groups.rows {
      let conflicting = ends.conflicting(group, rivals)
      guard !conflicting.isEmpty else { continue }
      count += 1
      found += conflicting
      numbers += [Int64](repeating: count, count: conflicting.count)
    }
    let picked = table.picked(found)
    let number = Column(.quantities(.exact(Buffer(numbers))))
    var result = picked.with(
      fields: step.fields,
      columns: [ColumnView(number)] + picked.columns.prefix(step.fields.count - 1))
    result.order = nil
    let compared = "\(rows.count) \(rows.count == 1 ? "claim" : "claims") compared"
    let outcome = count == 0 ? "no conflict" : "\(count) \(count == 1 ? "conflict" : "conflicts")"
    let inexact = groups.notes(of: step.keys?.map(table.column) ?? [])
    return Result(
      table: result,
      notes: input.notes + [.remark("\(compared), \(outcome)")] + words.notes + inexact)
  }
}

extension ClaimEnds {
  /// The rows of a group that conflict with another one of it.
  fileprivate func conflicting(_ group: [Int32], _ rivals: Rivals?) -> [Int32] {
    // The rows of one scope are rivals of the same others.
    var scopes: [(row: Int32, highestLow: Int64, lowestHigh: Int64)] = []
    var places: [Int32: Int] = [:]
    for row in group {
      let (low, high) = (low[Int(row)], high[Int(row)])
      let scope = rivals?.numbers[Int(row)] ?? 0
      guard let place = places[scope] else {
        places[scope] = scopes.count
        scopes.append((row, low, high))
        continue
      }
      scopes[place].highestLow = max(scopes[place].highestLow, low)
      scopes[place].lowestHigh = min(scopes[place].lowestHigh, high)
    }
    return group.filter { row in
      scopes.contains { scope in
        (low[Int(row)] > scope.lowestHigh || high[Int(row)] < scope.highestLow)
          && rivals?.areRivals(row, scope.row) ?? true
      }
    }
  }
}

extension Column {
  /// The units of rows that may have different ones, as a key.
  fileprivate var units: [Column] {
    guard case .quantities(let values) = storage, case .each(let codes, let units) = values.unit
    else { return [] }
    let names = TextDictionary(units.map { $0?.name ?? "" })
    return [Column(.texts(codes: codes, names))]
  }
}
