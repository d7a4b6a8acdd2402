/// A number as files write it: `42`, `-5.60`, `.5`, `1.5e3`.
///
/// `007` is no number, nor are `+1`, `5.`, `1,000` and `NaN`: those stay texts. A style that the
/// script gives may write them otherwise: `1.234,5`.
struct NumberText {
  /// The digits as a whole number, without zeros at the end of the fraction.
  let coefficient: Int64
  /// How many of the digits stand behind the point.
  let scale: Int
  /// How many significant digits stand before the point.
  let wholeDigits: Int
  /// Whether it has more than 18 digits, or an exponent: then the coefficient is nothing.
  let isDouble: Bool

  /// Nil if the bytes aren't a number without groups.
  @inline(__always)
  init?(_ bytes: UnsafePointer<UInt8>, count: Int, point: UInt8 = UInt8(ascii: ".")) {
    var index = 0
    let isNegative = count > 0 && bytes[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    let first = index
    var value: Int64 = 0
    while index < count, bytes[index].isDigit {
      value = value &* 10 &+ Int64(bytes[index] &- 0x30)
      index &+= 1
    }
    let whole = index &- first
    if whole > 1, bytes[first] == UInt8(ascii: "0") { return nil }
    let significant = whole == 1 && value == 0 ? 0 : whole
    if index == count {
      guard whole > 0 else { return nil }
      self.init(isNegative ? 0 &- value : value, 0, significant, isDouble: whole > 18)
      return
    }
    self.init(
      rest: bytes, from: index, count: count, value: isNegative ? 0 &- value : value,
      isNegative: isNegative, wholeDigits: whole, significant: significant, point: point)
  }

  /// A number of the style, with groups or without.
  init?(_ bytes: UnsafePointer<UInt8>, count: Int, _ style: NumberStyle) {
    if let number = NumberText(bytes, count: count, point: style.decimal) {
      self = number
    } else {
      self.init(grouped: bytes, count: count, style)
    }
  }

  /// A number whose whole part has groups: `1 234 567,8`.
  init?(grouped bytes: UnsafePointer<UInt8>, count: Int, _ style: NumberStyle) {
    guard style.thousands != nil, count > 0 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    var index = first
    var (value, whole, inGroup, groups): (Int64, Int, Int, Int) = (0, 0, 0, 0)
    while index < count {
      if bytes[index].isDigit {
        value = value &* 10 &+ Int64(bytes[index] &- 0x30)
        (whole, inGroup, index) = (whole &+ 1, inGroup &+ 1, index &+ 1)
        continue
      }
      let length = style.groupSign(bytes, index, count: count)
      if length == 0 { break }
      guard groups == 0 ? inGroup >= 1 && inGroup <= 3 : inGroup == 3 else { return nil }
      (groups, inGroup, index) = (groups &+ 1, 0, index &+ length)
    }
    guard groups > 0, inGroup == 3, bytes[first] != UInt8(ascii: "0") else { return nil }
    if isNegative { value = 0 &- value }
    if index == count {
      self.init(value, 0, whole, isDouble: whole > 18)
      return
    }
    self.init(
      rest: bytes, from: index, count: count, value: value, isNegative: isNegative,
      wholeDigits: whole, significant: whole, point: style.decimal)
  }

  private init(_ coefficient: Int64, _ scale: Int, _ wholeDigits: Int, isDouble: Bool) {
    self.coefficient = coefficient
    self.scale = scale
    self.wholeDigits = wholeDigits
    self.isDouble = isDouble
  }

  /// The fraction and the exponent.
  private init?(
    rest bytes: UnsafePointer<UInt8>, from start: Int, count: Int, value: Int64, isNegative: Bool,
    wholeDigits: Int, significant: Int, point: UInt8
  ) {
    var index = start
    var value = value
    var scale = 0
    if bytes[index] == point {
      index &+= 1
      let first = index
      var zeros = 0
      while index < count, bytes[index].isDigit {
        let digit = Int64(bytes[index] &- 0x30)
        index &+= 1
        if digit == 0 {
          zeros &+= 1
          continue
        }
        for _ in 0..<min(zeros, 18) { value = value &* 10 }
        value = value &* 10 &+ (isNegative ? 0 &- digit : digit)
        scale &+= zeros &+ 1
        zeros = 0
      }
      guard index > first else { return nil }
    } else if wholeDigits == 0 {
      return nil
    }
    let isLong = significant &+ scale > 18
    if index == count {
      self.init(value, scale, significant, isDouble: isLong)
      return
    }
    guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
    index &+= 1
    if index < count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
      index &+= 1
    }
    let digits = index
    while index < count, bytes[index].isDigit { index &+= 1 }
    guard index == count, index > digits else { return nil }
    self.init(0, 0, 0, isDouble: true)
  }

  /// The coefficient with more digits behind the point; nil if it has more of its own, or doesn't fit.
  @inline(__always)
  func coefficient(scale wanted: Int) -> Int64? {
    if scale == wanted && !isDouble { return coefficient }
    guard !isDouble, scale < wanted, wholeDigits &+ wanted <= 18 else { return nil }
    return coefficient &* Number.powers[wanted &- scale]
  }

  /// The nearest double; nil if it is too large for one.
  func double(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ style: NumberStyle = .plain
  ) -> Double? {
    // A whole number below 2⁵³ by a power of ten below 10²² is rounded once.
    if !isDouble, coefficient.magnitude < 1 << 53, scale <= 18 {
      return Double(coefficient) / Double(Number.powers[scale])
    }
    let text = style.plain(UnsafeBufferPointer(start: bytes, count: count))
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
