/// On which figures a value rests: what is added up is tested by them.
///
/// Whatever is computed of a figure rests on it, in whichever way; only a truth about it doesn't. What
/// others are divided by, or multiplied by as a constant or a percentage, scales them and is nothing
/// that is added.
extension Checker {
  /// What a sum, a product and so on rest on.
  func claims(of sign: Term.Sign, _ a: Meaning, _ b: Meaning, _ rows: RowScope) -> Claims {
    switch sign {
    case .plus: (a.claims ?? Claims()).plus(b.claims ?? Claims())
    case .minus: (a.claims ?? Claims()).plus((b.claims ?? Claims()).negated)
    case .times, .over: claims(ofProduct: a, b, divides: sign == .over, rows)
    }
  }

  private func claims(
    ofProduct a: Meaning, _ b: Meaning, divides: Bool, _ rows: RowScope
  ) -> Claims {
    guard a.rests || b.rests else { return Claims() }
    let (x, y) = (a.claims ?? Claims(), b.claims ?? Claims())
    let (first, second) = (rows.varies(a), rows.varies(b))
    func of(_ claims: Claims, by factor: Meaning) -> Claims {
      switch factor.isNegative {
      case true?: claims.negated
      case false?: claims
      case nil: claims.ofEitherSign
      }
    }
    if divides { return first || !second && !x.isEmpty ? of(x, by: b) : of(y, by: a) }
    if first != second { return first ? of(x, by: b) : of(y, by: a) }
    if x.isEmpty || y.isEmpty { return x.isEmpty ? of(y, by: a) : of(x, by: b) }
    if first, a.isPercentage != b.isPercentage {
      return a.isPercentage ? y.ofEitherSign : x.ofEitherSign
    }
    return x.or(y).ofEitherSign
  }

  /// The claims of a step's result as columns of it: where each comes from, and the fields with
  /// their new numbers.
  func claimColumns(_ fields: [Field], _ rows: RowScope) -> ([Field], [ClaimSource]) {
    if fields.allSatisfy(\.claims.isEmpty) { return (fields, []) }
    let used = Set(fields.flatMap(\.claims.columns)).sorted()
    let renumbered = fields.map { field in
      var field = field
      field.claims = field.claims.renumbered { used.firstIndex(of: $0) ?? 0 }
      return field
    }
    return (renumbered, used.map { rows.claimSources[$0] })
  }
}

extension Claims {
  /// What one of several values rests on, whichever it is.
  init(ofOneOf values: [Meaning]) {
    self = values.reduce(Claims()) { $0.or($1.claims ?? Claims()) }
  }
}

extension Aggregate {
  /// The claim columns of its result, and what the result rests on by their places.
  ///
  /// - Parameter place: its place among the aggregates of the step.
  func groupClaims(at place: Int) -> ([GroupClaims], Claims) {
    guard function.givesValue, !claims.isEmpty else { return ([], Claims()) }
    let (columns, result) = claims.grouped(isSum: function.adds)
    let made = columns.map { column in
      GroupClaims(
        sources: column.map { sources[$0] }, chooser: function.picksRow ? place : nil)
    }
    return (made, result)
  }

  /// What a window of it rests on: columns, and the result by their places.
  var givenClaims: (columns: [[Int]], result: Claims) {
    guard function.givesValue else { return ([], Claims()) }
    return claims.grouped(isSum: function.adds && function != .share)
  }

  /// The registers that it reads when a batch is done.
  var registers: [Register] {
    (argument?.registers ?? [])
      + (isGuarded ? claims.columns.compactMap { sources[$0].register } : [])
  }
}

extension GroupClaims {
  var registers: [Register] { sources.compactMap(\.register) }
}

extension RowScope {
  /// The columns of the rows that have some names; what is computed or a list has none.
  func plainColumns(_ names: [String]) -> [String: Int] {
    var columns: [String: Int] = [:]
    for field in fields where names.contains(field.name) {
      guard case .column(let column) = field.source else { continue }
      if case .list = field.shape { continue }
      columns[field.name] = column
    }
    return columns
  }

  /// The claims of a field of the row that a code names, if it is one of figures.
  func claims(ofFigures codes: Register) -> Claims {
    Claims(column: number(of: .figures(codes)))
  }

  /// What a plan's only row rests on.
  func claims(_ claims: Claims, ofScalar plan: Int) -> Claims {
    claims.renumbered { number(of: .scalar(plan: plan, column: $0)) }
  }

  /// Whether a value isn't the same in all rows.
  fileprivate func varies(_ meaning: Meaning) -> Bool {
    meaning.form.registers.contains(where: builder.varies)
  }
}

extension Meaning {
  fileprivate var rests: Bool { claims?.isEmpty == false }

  /// Whether a literal is negative; nil if that isn't known.
  fileprivate var isNegative: Bool? {
    guard case .quantity(let literal) = literal else { return nil }
    if let low = literal.bounds.low, low.coefficient >= 0 { return false }
    if let high = literal.bounds.high, high.coefficient <= 0 { return true }
    return nil
  }

  fileprivate var isPercentage: Bool {
    if case .quantity(.one(let unit?), _) = type { unit.isPercent } else { false }
  }
}

extension [Field] {
  /// How many claim columns they name, at least.
  var claimCount: Int {
    var count = 0
    for field in self where !field.claims.isEmpty {
      count = Swift.max(count, field.claims.columnCount)
    }
    return count
  }
}
