/// Bars: from zero to the value, whose certain part is what the value has in any case.
///
/// `200..999 people` is certain up to 200 and uncertain from there to 999; `-5..3` is uncertain on
/// both sides of zero.
extension Mark {
  init(bar ends: QuantityColumn.Ends) {
    low = ends.low.map { min($0, 0) }
    high = ends.high.map { max($0, 0) }
    if let low = ends.low, low >= 0 {
      certain = 0...low
    } else if let high = ends.high, high <= 0 {
      certain = high...0
    }
    point = ends.low == ends.high ? nil : ends.best
  }
}

extension QuantityColumn {
  /// A row's numbers as positions; nil where they stand open, or lie further out than any axis goes.
  struct Ends: Hashable, Sendable {
    let low: Double?
    let best: Double?
    let high: Double?

    /// Axes end here.
    static let furthest = 1e300
  }

  /// The ends of a row's value; nil where it isn't reported.
  func ends(_ row: Int) -> Ends? {
    guard isKnown(row) else { return nil }
    func position(_ number: Double?) -> Double? {
      number.flatMap { $0.magnitude < Ends.furthest ? $0 : nil }
    }
    if let bounds = bounds(row) {
      return Ends(
        low: bounds.low?.double, best: bounds.best?.double, high: bounds.high?.double)
    }
    guard case .doubles(let low) = low, case .doubles(let best) = best,
      case .doubles(let high) = high
    else { return nil }
    return Ends(low: position(low[row]), best: position(best[row]), high: position(high[row]))
  }
}
