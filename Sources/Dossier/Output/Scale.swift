/// An axis from one round value to another, with ticks at round values between.
struct Scale: Sendable {
  struct Tick: Hashable, Sendable {
    let position: Double
    let label: String
  }

  let lower: Double
  let upper: Double
  /// From the lowest to the highest, which are the ends.
  let ticks: [Tick]

  /// The share of the axis that lies before a position, 0...1.
  func place(_ position: Double) -> Double {
    guard upper > lower else { return 0 }
    // Halves, because the difference of two far numbers may not fit.
    let share = (position / 2 - lower / 2) / (upper / 2 - lower / 2)
    return min(max(share, 0), 1)
  }
}

extension Scale {
  /// Numbers in steps of 1, 2 or 5 times a power of ten, at most so many.
  static func numbers(_ extent: ClosedRange<Double>, steps: Int) -> Scale {
    let half = extent.upperBound / 2 - extent.lowerBound / 2
    let step = Step(atLeast: half > 0 ? half / Double(max(steps, 1)) * 2 : 1)
    let first = Int(exactly: (extent.lowerBound / step.size).rounded(.down)) ?? 0
    var last = Int(exactly: (extent.upperBound / step.size).rounded(.up)) ?? 0
    if last <= first { last = first + 1 }
    let digits = step.labels(first...last)
    let ticks = zip(first...last, digits).map { count, label in
      Tick(position: Double(count) * step.size, label: label)
    }
    return Scale(lower: Double(first) * step.size, upper: Double(last) * step.size, ticks: ticks)
  }

  /// `digit` × 10^`exponent`.
  private struct Step {
    let digit: Int64
    let exponent: Int
    let size: Double

    /// The smallest round step that isn't smaller.
    init(atLeast least: Double) {
      let least = max(least, 1e-290)
      var exponent = 0
      var power = 1.0
      while power * 10 <= least {
        power *= 10
        exponent += 1
      }
      while power > least {
        exponent -= 1
        power = 1 / Step.power(-exponent)
      }
      let digit: Int64 = power >= least ? 1 : 2 * power >= least ? 2 : 5 * power >= least ? 5 : 10
      self.digit = digit
      self.exponent = exponent
      size = Double(digit) * power
    }

    private static func power(_ exponent: Int) -> Double {
      (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    /// The texts of some multiples, large ones with the magnitude that all share.
    func labels(_ counts: ClosedRange<Int>) -> [String] {
      let most = max(counts.lowerBound.magnitude, counts.upperBound.magnitude)
      let furthest = Double(most) * size
      let magnitude = [(12, "tn"), (9, "bn"), (6, "mn")].first { furthest >= Step.power($0.0) }
      return counts.map { count in
        guard count != 0 else { return "0" }
        guard let number = number(count, over: magnitude?.0 ?? 0) else {
          return (Double(count) * size).shortest
        }
        return number.trimmed.grouped + (magnitude.map { " " + $0.1 } ?? "")
      }
    }

    /// A multiple over a power of ten; nil if it doesn't fit.
    private func number(_ count: Int, over magnitude: Int) -> Number? {
      let (product, overflow) = Int64(count).multipliedReportingOverflow(by: digit)
      let shift = exponent - magnitude
      if overflow || shift < -18 { return nil }
      if shift <= 0 { return Number(product, scale: -shift) }
      return Number(product).rescaled(to: shift).map { Number($0) }
    }
  }
}
