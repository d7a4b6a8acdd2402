/// A quantity as a literal gives it.
struct QuantityLiteral: Sendable, Hashable {
  var bounds: Bounds
  let unit: Unit?
  /// What prints: `about 10,000 people`, `5.6 bn USD`.
  let written: String
  var isKnown = true

  var isExact: Bool { isKnown && bounds.low != nil && bounds.low == bounds.high }
}
