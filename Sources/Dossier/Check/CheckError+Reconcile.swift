/// What can be wrong with `reconcile` and `conflicts` before the run.
enum ReconcileMistake: Sendable, Hashable {
  /// `reconcile mean`
  case unknownMethod(String, at: Span)
  /// `reconcile prefer by subject`
  case argumentMissing(at: Span)
  /// `reconcile range 2`
  case argumentHere(String, at: Span, method: Span)
  /// `reconcile range of measure`
  case noBounds(String, Type, at: Span)
  /// `open("claims.csv") | reconcile range of deaths`
  case keysNeeded(String, fields: [String], at: Span)
  /// `open("claims.csv") | reconcile latest of deaths by place`, without a field `stated`
  case fieldNeeded(String, String, method: String, at: Span)
  /// `reconcile agree 1.5`
  case notACount(at: Span)

  func diagnostic(_ written: Rewriting) -> Diagnostic {
    switch self {
    case .unknownMethod(let name, let at) where Reconciliation.Method.averages.contains(name):
      return Diagnostic(
        "E0380", "no way to reconcile is called '\(name)': claims are never averaged",
        at: .init(at), help: written.line(replacing: at, with: "range"))
    case .unknownMethod(let name, let at):
      let nearest = Suggestion.nearest(to: name, among: Reconciliation.Method.words)
      return Diagnostic(
        "E0380", "no way to reconcile is called '\(name)'",
        at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? ""),
        notes: nearest == nil ? ["known: range, overlap, agree 2, prefer [a, b], latest"] : [],
        help: nearest.map { written.line(replacing: at, with: $0) })
    case .argumentMissing(let at):
      return Diagnostic(
        "E0381", "'prefer' needs those who are preferred, in their order", at: .init(at),
        notes: ["such as: reconcile prefer [\"Red Cross\", \"Ministry\"]"])
    case .argumentHere(let method, let at, let name):
      return Diagnostic(
        "E0382", "'\(method)' takes nothing behind it", at: .init(at), secondary: .init(name),
        help: written.line(replacing: Span(Int(name.end), Int(at.end)), with: ""))
    case .noBounds(let stage, let type, let at):
      return Diagnostic(
        "E0383", "'\(stage)' goes over numbers, quantities and dates, not \(type.phrase)",
        at: .init(at))
    case .keysNeeded(let stage, let fields, let at):
      return Diagnostic(
        "E0384", "'\(stage)' needs 'by' here: what these rows are claims of", at: .init(at),
        notes: ["fields: " + fields.joined(separator: ", ")])
    case .fieldNeeded(let field, let kind, let method, let at):
      return Diagnostic(
        "E0385", "'\(method)' needs a field '\(field)' that is \(kind)", at: .init(at),
        notes: ["a file's own field takes the name with: | derive \(field) = …"])
    case .notACount(let at):
      return Diagnostic(
        "E0386", "'agree' needs a whole number of origins that is written out", at: .init(at),
        notes: ["without a number more than half of the origins must agree"])
    }
  }
}
