/// What a footer says of a `reconcile`.
struct ReconciliationTally {
  /// Claims without a value.
  var unreported = 0
  var conflicts = 0
  /// Which claims, for a few conflicts.
  var examples: [String] = []
  /// Groups in which it isn't certain whose claim counts.
  var undecided = 0
  /// Groups with fewer origins than must agree.
  var tooFew = 0
  var mostOrigins = 0
  /// Groups in which nobody who is preferred claims anything.
  var nobody = 0

  func notes(_ method: Reconciliation.Method) -> [Note] {
    var notes: [Note] = []
    func add(_ count: Int, _ one: String, _ several: String) {
      if count > 0 { notes.append(.remark("\(count.grouped) \(count == 1 ? one : several)")) }
    }
    if unreported > 0 { notes.append(.skipped(UnreportedValues(unreported))) }
    if conflicts > 0 {
      let more = conflicts > examples.count ? "; \((conflicts - examples.count).grouped) more" : ""
      notes.append(.remark("conflict: " + examples.joined(separator: "; ") + more))
    }
    add(
      tooFew, "row has fewer origins than must agree", "rows have fewer origins than must agree")
    add(
      nobody, "row has no claim of those preferred", "rows have no claim of those preferred")
    switch method {
    case .latest:
      add(
        undecided, "row may have several latest claims: all of them count",
        "rows may have several latest claims: all of them count")
    default:
      add(
        undecided, "row's claimant is not certain: all who may be meant count",
        "rows' claimants are not certain: all who may be meant count")
    }
    return notes
  }
}
