/// A quantity as a literal gives it.
struct QuantityLiteral: Sendable, Hashable {
  var bounds: Bounds
  let unit: Unit?
  /// What prints: `about 10,000 people`, `5.6 bn USD`.
  let written: String
  var isKnown = true

  var isExact: Bool { isKnown && bounds.low != nil && bounds.low == bounds.high }
}

extension Bounds {
  /// As results of arithmetic print: `-3..-1 people`, `5 people..`, `-5`.
  func text(unit: Unit?) -> String {
    let suffix = unit.map { " " + $0.name } ?? ""
    let ends = (low: low?.trimmed.grouped, high: high?.trimmed.grouped)
    guard let low = ends.low, let high = ends.high else {
      if let low = ends.low { return "\(low)\(suffix).." }
      return ends.high.map { "..\($0)\(suffix)" } ?? "unknown\(suffix)"
    }
    return low == high ? low + suffix : "\(low)..\(high)\(suffix)"
  }
}
