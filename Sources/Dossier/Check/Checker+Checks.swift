/// `check`: a claim, and whether the facts support it.
extension Checker {
  mutating func checkCheck(
    _ link: Link<Query>, _ label: Span?, at span: Span
  ) -> CheckedStatement {
    guard let query = checkOpenly(link) ?? check(link) else { return .nothing }
    if !query.isTable, query.outputs.first?.shape.type != .truth {
      let type = query.outputs.first?.shape.type ?? .unknown
      if type != .unknown {
        errors.append(.expectedType("a query or a truth", found: type, at: tree[link].span))
      }
      return .nothing
    }
    var plan = query.plan
    plan.remarks = remarks
    return .check(
      plan, isTable: query.isTable, label: label.map(tree.text) ?? name(of: tree[link]),
      span: span)
  }

  /// A truth is found of all rows that may be there, so that what `where` leaves open leaves the truth
  /// open too; nil for rows, and where something refuses rows that are only maybe there.
  private mutating func checkOpenly(_ link: Link<Query>) -> CheckedQuery? {
    var open = self
    open.keepsOpenRows = true
    open.openDefinitions()
    guard let query = open.check(link), !query.isTable, open.errors.count == errors.count
    else { return nil }
    environment.count = open.environment.count
    environment.valueCount = open.environment.valueCount
    (facts, remarks, definitionDepth) = (open.facts, open.remarks, open.definitionDepth)
    return query
  }

  /// Names stand for the rows that may be there, too, where that can be had.
  private mutating func openDefinitions() {
    let named = environment.definitions.sorted { $0.value.number < $1.value.number }
    var isOpen = false
    for (word, definition) in named {
      var inner = checker(of: definition.tree)
      inner.environment.namespace = definition.namespace
      inner.keepsOpenRows = true
      guard let checked = inner.check(definition.query), inner.errors.isEmpty else { continue }
      // Those behind it may rest on it.
      isOpen = isOpen || inner.hasOpenRows
      guard isOpen else { continue }
      environment.valueCount = inner.environment.valueCount
      environment.renew(word, definition, as: checked)
    }
  }
}
