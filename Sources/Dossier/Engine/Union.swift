/// The rows of two tables, one table behind the other, by the names of their fields.
struct Union: Sendable {
  let right: Plan
  /// Where each field of the result lies in both tables; nil where a table lacks it.
  let places: [(left: Int?, right: Int?)]
  /// Where each claim column of the result lies in both tables; rows of one that lacks it have
  /// nothing there.
  let claims: [(left: Int?, right: Int?)]
  let fields: [Field]
  let span: Span
}

extension PlanRunner {
  func united(_ union: Union, _ input: Result) throws(RunError) -> Result {
    let other = try run(union.right)
    let (left, right) = (input.table, other.table)
    let count = left.count + right.count
    guard count < Int(Int32.max) else {
      throw RunError(cause: .limit("rows", Int(Int32.max)), span: union.span)
    }
    try meter.charge(steps: count, at: union.span)
    var columns: [ColumnView] = []
    for (place, field) in zip(union.places, union.fields) {
      try meter.charge(bytes: count * 8, at: union.span)
      let (first, second) = (place.left.map(left.column), place.right.map(right.column))
      // What a table lacks isn't reported there.
      let upper = first ?? second?.absent(left.count, isNone: false)
      let lower = second ?? first?.absent(right.count, isNone: false)
      guard let upper, let lower,
        let column = try upper.followed(by: lower, as: field.shape, meter, at: union.span)
      else {
        throw RunError(cause: .overflow, span: union.span)
      }
      columns.append(ColumnView(column))
    }
    var table = Table(fields: union.fields, columns: columns, count: count)
    table.provenance = left.provenance.followed(by: right.provenance, (left.count, right.count))
    for claim in union.claims {
      try meter.charge(bytes: count * 8, at: union.span)
      table.claims.append(left.figureSets(claim.left).followed(by: right.figureSets(claim.right)))
    }
    if left.shared == right.shared {
      table.behind = left.behind.followed(by: right.behind, (left.count, right.count))
      table.shared = left.shared
    } else {
      table.behind = left.allBehind.followed(by: right.allBehind, (left.count, right.count))
    }
    if left.membership != nil || right.membership != nil {
      let members = [left, right].map { table in
        table.membership ?? Buffer(repeating: 1, count: table.count)
      }
      table.membership = members[0].followed(by: members[1])
    }
    // The rows have no common order; those of the left table keep their places.
    let uncertain = left.order?.uncertain ?? []
    let notes = uncertain.isEmpty ? [] : [Note.order(uncertain)]
    return Result(table: table, notes: input.notes + other.notes + notes)
  }
}

extension Table.Provenance {
  /// The facts of some rows, then those of others.
  fileprivate func followed(
    by other: Table.Provenance, _ counts: (Int, Int)
  ) -> Table.Provenance {
    switch (self, other) {
    case (.none, .none): return .none
    case (.one(let a), .one(let b)): return .one(a.followed(by: b))
    default:
      var builder = FactSetBuilder()
      for row in 0..<counts.0 { builder.add(facts(of: row)) }
      for row in 0..<counts.1 { builder.add(other.facts(of: row)) }
      return builder.provenance
    }
  }
}

extension Table {
  /// A claim column of all rows; without one each row has nothing.
  fileprivate func figureSets(_ claim: Int?) -> FigureSets {
    guard let claim, claim < claims.count else { return FigureSets([], count: count) }
    return figureSets(claim, at: Array(0..<Int32(count)))
  }

  /// What each row rests on besides its facts, with what all of them rest on.
  fileprivate var allBehind: Provenance {
    if shared.isEmpty { return behind }
    return Provenance((0..<count).map { behind.facts(of: $0) + shared })
  }
}
