/// Doubles that are rounded outward, so that rounding can't cut a range short.
extension Double {
  /// A sum as an end of a range: rounded down for the low one, up for the high one.
  ///
  /// What the nearest sum leaves over is exact (D. E. Knuth, *The Art of Computer Programming*,
  /// volume 2, 4.2.2, theorem B).
  @inline(__always)
  func adding(_ other: Double, _ bound: Bound) -> Double {
    let sum = self + other
    guard bound == .low || bound == .high, sum.isFinite else { return sum }
    let part = sum - self
    let rest = (self - (sum - part)) + (other - part)
    return sum.rounded(bound, rest: rest)
  }

  /// The double at or beyond an exact value that differs from this one by the rest.
  @inline(__always)
  func rounded(_ bound: Bound, rest: Double) -> Double {
    if bound == .low, rest < 0 { return nextDown }
    if bound == .high, rest > 0 { return nextUp }
    return self
  }

  /// The quotient of two doubles as an end of a range.
  func divided(by divisor: Double, _ bound: Bound) -> Double {
    let value = self / divisor
    let rest = self.addingProduct(-value, divisor)
    return value.rounded(bound, rest: divisor < 0 ? -rest : rest)
  }

  /// The quotient of two whole numbers as an end of a range; the divisor is positive.
  init(_ dividend: Int128, over divisor: Int128, _ bound: Bound) {
    var (a, b) = (dividend, divisor)
    if Double(exactly: a) == nil || Double(exactly: b) == nil {
      let common = Double.commonDivisor(a.magnitude, b.magnitude)
      (a, b) = (a / common, b / common)
    }
    if let x = Double(exactly: a), let y = Double(exactly: b) {
      self = x.divided(by: y, bound)
      return
    }
    // Three roundings are less than four steps.
    var value = Double(a) / Double(b)
    for _ in 0..<4 {
      if bound == .low { value = value.nextDown } else if bound == .high { value = value.nextUp }
    }
    self = value
  }

  private static func commonDivisor(_ a: UInt128, _ b: UInt128) -> Int128 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return Int128(exactly: x) ?? 1
  }
}
