/// What a query rests on: `cite` and `why`, of rows and of a value.
extension Checker {
  /// Whether the first stage may stand behind a value.
  func asksForSources(_ query: Query) -> Bool {
    switch tree[query.stages].first?.kind {
    case .cite, .why: true
    default: false
    }
  }

  /// One value: a plan of one row; false if something was wrong.
  ///
  /// `count(figures) | cite` is the value, too; `count(figures) | why` is rows, which any stage may follow.
  mutating func checkValue(
    _ query: Query, _ stages: inout ArraySlice<Stage>, _ line: inout QueryLine
  ) -> Bool {
    guard let source = query.source else { return false }
    let before = errors.count
    let meaning = check(source, line.rows)
    guard errors.count == before, !meaning.isMissing else { return false }
    if case .missing = meaning.form {
      errors.append(misplaced(meaning))
      return false
    }
    let output = Field(
      name: name(of: source), source: .form(meaning.form), shape: meaning.form.shape,
      claims: meaning.claims ?? Claims())
    let (outputs, claims) = claimColumns([output], line.rows)
    let program = line.rows.builder.finished(
      keeping: meaning.form.registers + claims.compactMap(\.register))
    line.rows = RowScope(outputs: outputs, after: line.rows)
    line.plan.steps.append(
      .compute(program, outputs, result: line.rows.fields, claims: claims))
    while case .cite = stages.first?.kind {
      line.plan.cites = true
      stages.removeFirst()
    }
    if let stage = stages.first, !stage.isWhy {
      errors.append(.notATable(meaning.type, at: meaning.span))
      return false
    }
    return true
  }

  /// `why`: what the rows rest on, with the constants of the stages so far.
  mutating func checkWhy(_ line: inout QueryLine) {
    flush(&line)
    line.plan.steps.append(.why(facts: line.plan.facts + facts))
    (line.plan.facts, facts) = ([], [])
    line.rows = RowScope(fields: Grounds.fields, name: nil, skipsUnknown: false)
  }
}

extension Stage {
  fileprivate var isWhy: Bool { if case .why = kind { true } else { false } }
}
