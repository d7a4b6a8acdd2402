extension CheckError {
  /// The words for people, of stages that put rows together or look at several.
  func rowsDiagnostic(_ written: Rewriting) -> Diagnostic {
    switch self {
    case .joinCondition(let at, let help):
      return Diagnostic(
        "E0345", "a join compares its keys with 'same', joined by 'and'", at: .init(at),
        help: help.map { written.line(replacing: at, with: $0) })
    case .joinSides(let name, let at):
      return Diagnostic(
        "E0346", "each 'same' needs a field of both tables", at: .init(at),
        notes: ["fields of the table that is joined begin with its name: \(name)."])
    case .keyTypesDiffer(let a, let at, let b, let other, let help):
      return Diagnostic(
        "E0347", "\(a.phrase) and \(b.phrase) are never the same record", at: .init(at, a.phrase),
        secondary: .init(other, b.phrase),
        help: help.map { written.line(replacing: $0.span, with: $0.text) })
    case .needsName(let at):
      return Diagnostic(
        "E0348", "this table has no name for its fields", at: .init(at),
        notes: ["such as: join (…) as other on subject same other.subject"])
    case .unionTypesDiffer(let field, let a, let table, let b, let other, let at):
      return Diagnostic(
        "E0349", "'\(field)' is \(a.phrase) in one table and \(b.phrase) in the other",
        at: .init(at, "\(other ?? "here"): \(b.phrase)"),
        notes: ["\(table ?? "before"): \(a.phrase)"])
    case .dropsAll(let at):
      return Diagnostic("E0350", "this leaves no field", at: .init(at))
    case .windowHere(let name, let at):
      return Diagnostic(
        "E0351", "'\(name)' looks at other rows; it stands in 'derive', outside of aggregates",
        at: .init(at))
    case .noOrder(let name, let at):
      return Diagnostic(
        "E0352", "'\(name)' needs an order", at: .init(at), notes: ["sort first: | sort value desc"]
      )
    case .notRunning(let at):
      return Diagnostic(
        "E0353", "'running' takes one of some aggregates", at: .init(at),
        notes: [
          "such as: running(sum(value))",
          "aggregates: \(Aggregate.Function.running.joined(separator: ", "))",
        ])
    case .groupsNothing(let at):
      return Diagnostic(
        "E0354", "'by' groups nothing here: no column looks at other rows", at: .init(at))
    case .reconcile(let mistake): return mistake.diagnostic(written)
    default: return Diagnostic("E0322", "this can't stand here", at: .init(.nowhere))
    }
  }
}
