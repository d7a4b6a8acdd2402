/// An exact decimal: `coefficient` × 10^−`scale`.
///
/// `Number(56, scale: 1)` is 5.6. Arithmetic that doesn't fit into 64 bits gives nil, never a
/// rounded or wrapped result.
public struct Number: Sendable, Hashable {
  /// The digits as a whole number.
  public let coefficient: Int64
  /// How many of the digits stand behind the point, 0...18.
  public let scale: Int

  /// A number of so many digits behind the point.
  public init(_ coefficient: Int64, scale: Int = 0) {
    self.coefficient = coefficient
    self.scale = scale
  }

  /// The powers of ten that a 64-bit number holds.
  static let powers: [Int64] = (0...18).map { exponent in
    (0..<exponent).reduce(into: Int64(1)) { power, _ in power *= 10 }
  }

  /// The same value with more digits behind the point; nil if it doesn't fit.
  func rescaled(to scale: Int) -> Int64? {
    if scale == self.scale { return coefficient }
    let shift = scale - self.scale
    guard shift > 0, shift <= 18 else { return shift < 0 ? shortened(to: scale) : nil }
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: Number.powers[shift])
    return overflow ? nil : product
  }

  private func shortened(to scale: Int) -> Int64? {
    let trimmed = self.trimmed
    return trimmed.scale <= scale ? trimmed.rescaled(to: scale) : nil
  }

  /// The same value without zeros at the end of its fraction.
  var trimmed: Number {
    var digits = coefficient
    var places = scale
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    return Number(digits, scale: places)
  }

  /// The product, or nil if it doesn't fit.
  func times(_ other: Number) -> Number? {
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    return overflow || scale + other.scale > 18 ? nil : Number(product, scale: scale + other.scale)
  }

  /// The sum, or nil if it doesn't fit.
  func plus(_ other: Number) -> Number? {
    let scale = max(scale, other.scale)
    guard let a = rescaled(to: scale), let b = other.rescaled(to: scale) else { return nil }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : Number(sum, scale: scale)
  }

  /// The nearest double.
  public var double: Double { Double(coefficient) / Double(Number.powers[scale]) }

  /// The digits with `,` between groups of three: `1,797,771`, `-0.5`.
  public var grouped: String { text(separator: UInt8(ascii: ",")) }

  /// The digits without separators, as machines read them: `1797771`, `-0.5`.
  public var plain: String { text(separator: nil) }

  private func text(separator: UInt8?) -> String {
    var digits = Array(String(coefficient.magnitude).utf8)
    while digits.count <= scale { digits.insert(UInt8(ascii: "0"), at: 0) }
    let whole = digits.count - scale
    var bytes: [UInt8] = coefficient < 0 ? [UInt8(ascii: "-")] : []
    for index in 0..<whole {
      if let separator, index > 0, (whole - index) % 3 == 0 { bytes.append(separator) }
      bytes.append(digits[index])
    }
    if scale > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(contentsOf: digits[whole...])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Number {
  var negated: Number? {
    coefficient == .min ? nil : Number(-coefficient, scale: scale)
  }

  /// Whether one number is less than another, exactly.
  static func isLess(_ a: Number, _ b: Number) -> Bool {
    let scale = max(a.scale, b.scale)
    let left = Int128(a.coefficient) * Int128(Number.powers[scale - a.scale])
    let right = Int128(b.coefficient) * Int128(Number.powers[scale - b.scale])
    return left < right
  }
}

extension Int {
  /// A count as footers say it: `1,462`.
  var grouped: String { Number(Int64(self)).grouped }
}
