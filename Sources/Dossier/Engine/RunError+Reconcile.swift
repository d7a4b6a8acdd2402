/// What can go wrong while rival claims are put to one.
enum ReconcileError: Sendable {
  /// `figures | reconcile range by subject`: their units, and two of them
  case severalUnits([String], [String])
  /// `reconcile agree 5`, where three claim it
  case fewerOrigins(Int, most: Int)
  /// `reconcile prefer ["Russia"]`, which claims nothing; those who claim something
  case nobodyClaims([String])
  /// `events | reconcile range of date`
  case notFigures
  /// Claims of two places, and one that doesn't say of which
  case parted([String])

  func diagnostic(_ places: Reconciliation.Places, at span: Span, _ written: Rewriting)
    -> Diagnostic
  {
    func grouped(_ keys: String) -> String {
      written.line(replacing: Span(Int(places.stage.end), Int(places.stage.end)), with: keys)
    }
    let keys = places.keys.map { Diagnostic.Label($0, "one row for each of these") }
    switch self {
    case .severalUnits(let units, let claims):
      let last = units.last.map { " and " + $0 } ?? ""
      let found = units.dropLast().joined(separator: ", ") + last
      let unit = ", unit = \(places.unit)"
      return Diagnostic(
        "E0440", "claims in \(found) can't be put to one",
        at: .init(span, claims.joined(separator: " and ")), secondary: keys,
        help: places.keys.map {
          written.line(replacing: Span(Int($0.end), Int($0.end)), with: unit)
        })
    case .fewerOrigins(let count, let most):
      return Diagnostic(
        "E0441", "\(count) origins can't agree where there are \(most) at most",
        at: .init(span), secondary: keys,
        help: most > 1 ? written.line(replacing: span, with: "\(most)") : nil)
    case .nobodyClaims(let names):
      let shown = names.prefix(6).joined(separator: ", ")
      let more = names.count > 6 ? ", and \(names.count - 6) more" : ""
      return Diagnostic(
        "E0442", "nobody of these claims anything here", at: .init(span), secondary: keys,
        notes: names.isEmpty ? [] : ["claimants: \(shown)\(more)"],
        help: names.first { !$0.contains("\"") && !$0.contains("\\") }.map {
          written.line(replacing: span, with: "[\"\($0)\"]")
        })
    case .notFigures:
      return Diagnostic(
        "E0443", "only figures show by themselves which of them are rivals: say 'by'",
        at: .init(span))
    case .parted(let claims):
      return Diagnostic(
        "E0444",
        "these may be claims of the same thing as one that says less, but not of each other's",
        at: .init(span), notes: [claims.joined(separator: " · ")],
        help: grouped(" by subject, measure, place, event, period"))
    }
  }
}
