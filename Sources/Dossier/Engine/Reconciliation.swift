/// Rival claims put to one, group by group: the step of `reconcile`.
struct Reconciliation: Sendable {
  enum Method: Sendable {
    case range, overlap
    /// Nil for more than half of the origins.
    case agree(Int?)
    case prefer([Testimony.Claimant])
    case latest

    static let words = ["range", "overlap", "agree", "prefer", "latest"]
    /// What others would do with claims, and is no way to reconcile.
    static let averages: Set = ["mean", "avg", "average", "median"]

    var word: String {
      switch self {
      case .range: "range"
      case .overlap: "overlap"
      case .agree: "agree"
      case .prefer: "prefer"
      case .latest: "latest"
      }
    }
  }

  /// Where the stage and its parts are written, for errors.
  struct Places: Sendable {
    let stage: Span
    let method: Span
    /// Behind the method: `2`, `["a", "b"]`.
    var argument: Span?
    /// Behind `of`.
    var value: Span?
    var keys: Span?
    /// `unit(value)`, as the field is written.
    var unit = ""
  }

  let method: Method
  /// The column of the claims.
  let value: Int
  /// The columns that group; nil where the rule of rivals does.
  let keys: [Int]?
  /// The columns of a file that say who claims and when.
  let claimants: Int?
  let stated: Int?
  /// Keys, value, method, origins, claims.
  let fields: [Field]
  let readings: Readings
  let places: Places

  /// The fields that group where nothing else does.
  static let aspects = ["subject", "measure", "place", "event", "period"]
}

extension PlanRunner {
  func reconciled(_ step: Reconciliation, _ input: Result) throws(RunError) -> Result {
    let table = input.table
    let column = table.column(step.value)
    guard let ends = ClaimEnds(column) else { return input }
    try meter.charge(steps: table.count * 2, at: step.places.stage)
    try meter.charge(bytes: table.count * 64, at: step.places.stage)
    let rows = (0..<Int32(table.count)).filter(ends.applies)
    let keys = try keyColumns(of: step, table)
    let groups: ClaimGroups
    if let rivals = keys.rivals {
      groups = try ClaimGroups(rivals, among: rows, meter)
      for group in groups.rows { try refuseParted(group, rivals, table, step) }
    } else {
      groups = ClaimGroups(keys.columns, among: rows)
    }
    let testimony = Testimony(
      table, facts, claimants: step.claimants.map(table.column),
      stated: step.stated.map(table.column))
    var work = ReconciliationRun(step, column, ends, testimony)
    for group in groups.rows {
      try meter.charge(steps: group.count, at: step.places.stage)
      try work.settle(group)
    }
    try work.refuseNothing(rows.filter(ends.isKnown))
    var notes = input.notes + work.notes
    if keys.rivals == nil { notes += groups.notes(of: keys.columns) }
    return Result(table: try work.table(from: table, keys, facts, meter), notes: notes)
  }

  /// The columns that name the groups, and the rule of rivals if it makes them.
  private func keyColumns(
    of step: Reconciliation, _ table: Table
  ) throws(RunError) -> (columns: [Column], rivals: Rivals?) {
    if let keys = step.keys { return (keys.map(table.column), nil) }
    guard let facts, let rivals = Rivals(table, facts) else {
      throw RunError(cause: .reconcile(.notFigures, step.places), span: step.places.method)
    }
    let rows = (0..<table.count).flatMap { table.facts(of: $0) }.map { facts.facts[Int($0)].row }
    let columns = Reconciliation.aspects.map { facts.field($0, of: .figure).gathered(rows) }
    return (columns, rivals)
  }

  /// What joins two claims that state different things may belong to either.
  private func refuseParted(
    _ group: [Int32], _ rivals: Rivals, _ table: Table, _ step: Reconciliation
  ) throws(RunError) {
    guard let (a, b) = rivals.parted(group), let facts else { return }
    let names = [a, b].compactMap { table.facts(of: Int($0)).first }.map(facts.scopeText)
    throw RunError(cause: .reconcile(.parted(names), step.places), span: step.places.method)
  }
}

extension FactStore {
  /// `43,000 people killed, Kursk, 2024`: a figure with what its scope states.
  func scopeText(_ number: Int32) -> String {
    let row = Int(facts[Int(number)].row)
    let stated = ["place", "event", "period"].map {
      field($0, of: .figure).text(row, names: self)
    }
    return ([summary(ofFigure: number)] + stated.filter { $0 != "·" && !$0.isEmpty }).joined(
      separator: ", ")
  }
}
