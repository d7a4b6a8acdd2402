import Testing

@testable import Dossier

/// Ends of ranges that are doubles, held against exact arithmetic in 128 bits.
@Suite struct RoundingTests {
  @Test("a quotient lies between its ends, which are the same where it is a double")
  func quotients() {
    var random = Random(seed: 31)
    for _ in 0..<Cases.some(of: 20_000) {
      // Big enough that the doubles beside the quotient are whole numbers.
      let divisor = Int128(Int64.random(in: 1...1 << 40, using: &random))
      let dividend =
        Int128(Int64.random(in: -(1 << 62)...1 << 62, using: &random)) << 48
        + Int128(Int64.random(in: 0...1 << 47, using: &random))
      let low = Double(dividend, over: divisor, .low)
      let high = Double(dividend, over: divisor, .high)
      guard abs(low) > 0x1p54, let a = Int128(exactly: low), let b = Int128(exactly: high) else {
        continue
      }
      #expect(a * divisor <= dividend && dividend <= b * divisor, "\(dividend) / \(divisor)")
      var next = low
      for _ in 0..<8 { next = next.nextUp }
      #expect(high <= next)
    }
    for (a, b) in [(3, 2), (-10, 4), (0, 7), (1 << 60, 3 << 20), (7, 1)] {
      let exact = Double(a) / Double(b)
      let isExact = exact * Double(b) == Double(a) && a != 1 << 60
      let low = Double(Int128(a), over: Int128(b), .low)
      let high = Double(Int128(a), over: Int128(b), .high)
      #expect(isExact ? low == exact && high == exact : low.nextUp == high)
    }
  }

  @Test("a sum lies between its ends, one step apart at most")
  func sums() {
    var random = Random(seed: 37)
    for _ in 0..<Cases.some(of: 20_000) {
      let a = Double(Int64.random(in: -(1 << 60)...1 << 60, using: &random))
      let b = Double(Int64.random(in: -(1 << 40)...1 << 40, using: &random)) / 1_024
      let (low, high) = (a.adding(b, .low), a.adding(b, .high))
      // In units of 2^−10 all three are whole.
      func units(_ number: Double) -> Int128 { Int128(number * 1_024) }
      let sum = units(a) + units(b)
      #expect(units(low) <= sum && sum <= units(high) && high <= low.nextUp, "\(a) + \(b)")
      #expect(low != high || units(low) == sum)
    }
  }

  @Test("the middle values are those of the sorted ones, whatever their order")
  func middles() {
    var random = Random(seed: 41)
    for round in 0..<Cases.some(of: 5_000) {
      let count = Int.random(in: 1...60, using: &random)
      var values = (0..<count).map { _ in Int64.random(in: -9...9, using: &random) }
      if round % 3 == 0 { values.sort() }
      if round % 3 == 1 { values = values.indices.map { Int64(($0 * 7) % count) } }
      let sorted = values.sorted()
      let (lower, upper) = values.withUnsafeMutableBufferPointer {
        OrderStatistic.middles(of: $0)
      }
      #expect(lower == sorted[(count - 1) / 2] && upper == sorted[count / 2], "\(sorted)")
    }
  }
}
