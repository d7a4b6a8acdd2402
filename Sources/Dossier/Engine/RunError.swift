/// What can go wrong while a query runs.
struct RunError: Error, Sendable {
  enum Cause: Sendable {
    /// `9e18 people * 9e18`, in a row
    case overflow
    /// `figures | summarize total = sum(value)`
    case unitsMixed([String], filterBy: String?)
    /// Claims that may overlap
    case notDisjoint([String], help: Mending?)
    /// `events | derive v = nk_sent.value | summarize total = sum(v)`: a figure in several addends,
    /// which rest on it alone or on others too
    case repeated(String, times: Int, isAlone: Bool)
    /// 10 people/day in May and 20 people/day in June
    case periodsDiffer([String], help: Mending?)
    /// `sum(value + 5 people)` where a row is in USD
    case wrongUnit(needed: String, found: [String])
    /// `events | derive name = "Kim" | where actor == name`, if two are called so
    case ambiguousName(String, kind: EntityKind, ids: [String])
    /// `t | summarize share(balance) by country`, if a balance is less than 0
    case negativeShare
    /// `reconcile agree 5`, where three claim it
    indirect case reconcile(ReconcileError, Reconciliation.Places)
    /// `@9999-12-31 + 1 day`
    case dateBeyond
    /// `date(2023, 2, 29)`, in a row
    case noSuchDay
    /// `date(name)`, where a name is no date
    case noDate(String)
    /// What was found while rows were read.
    case told(Diagnostic)
    /// The rows have other types than were known when the plan was made; `Session` makes it anew.
    case sourceChanged
    /// `figures | derive d = distance(subject.name, "Kyiv")`, where the host has no map
    case hostCall(String, HostProblem)
    case limit(String, Int)
    case cancelled
  }

  let cause: Cause
  let span: Span
}
