/// Which way a number goes to fewer digits; halves go away from zero.
enum RoundingRule: String, Sendable, Hashable {
  case nearest = "round"
  case down = "floor"
  case up = "ceil"
}

extension RoundingRule {
  /// The multiple of 10^`places` that a coefficient goes to, divided by it.
  ///
  /// `nearest.divided(1_250, places: 2)` is 13.
  func divided(_ coefficient: Int64, places: Int) -> Int64 {
    guard places <= 18 else {
      return self == .up && coefficient > 0 ? 1 : self == .down && coefficient < 0 ? -1 : 0
    }
    let power = Number.powers[places]
    let (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: power)
    switch self {
    case .down: return rest < 0 ? quotient - 1 : quotient
    case .up: return rest > 0 ? quotient + 1 : quotient
    case .nearest:
      // Compared with the other half, since twice the rest may not fit.
      guard rest.magnitude >= power.magnitude - rest.magnitude, rest != 0 else { return quotient }
      return rest < 0 ? quotient - 1 : quotient + 1
    }
  }

  func rounded(_ number: Double, places: Int) -> Double {
    let power = powerOfTen(places.magnitude)
    let scaled = places < 0 ? number / power : number * power
    guard scaled.isFinite, power.isFinite else { return number }
    let rule: FloatingPointRoundingRule =
      switch self {
      case .nearest: .toNearestOrAwayFromZero
      case .down: .down
      case .up: .up
      }
    let whole = scaled.rounded(rule)
    return places < 0 ? whole * power : whole / power
  }

  private func powerOfTen(_ places: UInt) -> Double {
    (0..<min(places, 400)).reduce(1.0) { power, _ in power * 10 }
  }
}
