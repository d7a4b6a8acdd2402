/// The loops over lanes.
///
/// Written as `while` loops over pointers with wrapping counters, because
/// that is the form that the compiler turns into vector code; a `?:` around a loaded value in a
/// `for` loop would become a branch.
enum Kernels {
  typealias Mask = UnsafeMutablePointer<UInt8>

  @inline(__always)
  private static func byte(_ truth: Bool) -> UInt8 { unsafeBitCast(truth, to: UInt8.self) }

  static func and(_ a: Mask, _ b: Mask, _ out: Mask, _ count: Int) {
    var i = 0
    while i < count {
      out[i] = a[i] & b[i]
      i &+= 1
    }
  }

  /// Keeps in a mask what another has; in place, because loops over overlapping memory stay scalar.
  static func keep(_ mask: Mask, in other: Mask, _ count: Int) {
    var i = 0
    while i < count {
      mask[i] &= other[i]
      i &+= 1
    }
  }

  /// Takes out of a mask what another has.
  static func remove(_ other: Mask, from mask: Mask, _ count: Int) {
    var i = 0
    while i < count {
      mask[i] &= other[i] ^ 1
      i &+= 1
    }
  }

  static func or(_ a: Mask, _ b: Mask, _ out: Mask, _ count: Int) {
    var i = 0
    while i < count {
      out[i] = a[i] | b[i]
      i &+= 1
    }
  }

  static func andNot(_ a: Mask, _ b: Mask, _ out: Mask, _ count: Int) {
    var i = 0
    while i < count {
      out[i] = a[i] & (b[i] ^ 1)
      i &+= 1
    }
  }

  static func not(_ a: Mask, _ out: Mask, _ count: Int) {
    var i = 0
    while i < count {
      out[i] = a[i] ^ 1
      i &+= 1
    }
  }

  /// How many lanes are 1.
  static func count(_ mask: Mask, _ count: Int) -> Int {
    var total = 0
    var i = 0
    while i < count {
      // Blocks of 255 fit into a byte, so that the sum runs over byte lanes.
      let end = min(i &+ 255, count)
      var block: UInt8 = 0
      while i < end {
        block &+= mask[i]
        i &+= 1
      }
      total &+= Int(block)
    }
    return total
  }

  static func less<T: Comparable & BitwiseCopyable>(
    _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, _ out: Mask, _ count: Int
  ) {
    var i = 0
    while i < count {
      out[i] = byte(a[i] < b[i])
      i &+= 1
    }
  }

  /// Eight comparisons to one store of their eight bytes, since vectors of 64-bit lanes compare
  /// slowly on the oldest x86-64.
  static func less(
    _ a: UnsafeMutablePointer<Int64>, _ b: UnsafeMutablePointer<Int64>, _ out: Mask, _ count: Int
  ) {
    @inline(__always) func bit(_ i: Int, _ shift: UInt64) -> UInt64 {
      UInt64(byte(a[i] < b[i])) &<< shift
    }
    var i = 0
    while i &+ 8 <= count {
      let low = bit(i, 0) | bit(i &+ 1, 8) | bit(i &+ 2, 16) | bit(i &+ 3, 24)
      let high = bit(i &+ 4, 32) | bit(i &+ 5, 40) | bit(i &+ 6, 48) | bit(i &+ 7, 56)
      UnsafeMutableRawPointer(out + i).storeBytes(of: (low | high).littleEndian, as: UInt64.self)
      i &+= 8
    }
    while i < count {
      out[i] = byte(a[i] < b[i])
      i &+= 1
    }
  }

  static func lessOrEqual<T: Comparable & BitwiseCopyable>(
    _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, _ out: Mask, _ count: Int
  ) {
    var i = 0
    while i < count {
      out[i] = byte(a[i] <= b[i])
      i &+= 1
    }
  }

  static func equal<T: Comparable & BitwiseCopyable>(
    _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, _ out: Mask, _ count: Int
  ) {
    var i = 0
    while i < count {
      out[i] = byte(a[i] == b[i])
      i &+= 1
    }
  }

  /// A byte for each code; the table has two more at its end, for none (−2) and unknown (−1).
  static func lookUp(
    _ table: [UInt8], _ codes: UnsafeMutablePointer<Int32>, _ out: Mask, _ count: Int
  ) {
    table.withUnsafeBufferPointer { bytes in
      let size = Int32(bytes.count)
      var i = 0
      while i < count {
        let code = codes[i]
        let place = code < 0 ? code &+ size : code
        out[i] = place >= 0 && place < size ? bytes[Int(place)] : 0
        i &+= 1
      }
    }
  }

  static func recode(
    _ table: [Int32], _ codes: UnsafeMutablePointer<Int32>, _ out: UnsafeMutablePointer<Int32>,
    _ count: Int
  ) {
    table.withUnsafeBufferPointer { values in
      for i in 0..<count {
        let code = codes[i]
        out[i] = code >= 0 && Int(code) < values.count ? values[Int(code)] : code
      }
    }
  }

  // MARK: Arithmetic

  /// One lane of exact arithmetic.
  @inline(__always)
  static func apply(_ sign: ArithmeticSign, _ a: Int64, _ b: Int64) -> (Int64, overflow: Bool) {
    switch sign {
    case .add: a.addingReportingOverflow(b)
    case .subtract: a.subtractingReportingOverflow(b)
    case .multiply: a.multipliedReportingOverflow(by: b)
    }
  }

  /// One lane of bounds: open ends and missing best values spread; an overflow is told.
  @inline(__always)
  static func applyBound(
    _ sign: ArithmeticSign, _ bound: Bound, _ a: Int64, _ b: Int64
  ) -> (Int64, overflow: Bool) {
    let open: Int64 = bound == .high ? Open.high : Open.low
    if a == Open.low || a == Open.high || b == Open.low || b == Open.high { return (open, false) }
    let (value, overflow) = apply(sign, a, b)
    return (value, overflow || value == Open.low || value == Open.high)
  }

  /// True if a lane didn't fit; which one, and whether it counts, is looked up then.
  static func arithmetic(
    _ sign: ArithmeticSign, _ bound: Bound, _ a: UnsafeMutablePointer<Int64>,
    _ b: UnsafeMutablePointer<Int64>, _ out: UnsafeMutablePointer<Int64>, _ count: Int
  ) -> Bool {
    var overflowed = false
    if bound == .exact {
      for i in 0..<count {
        let (value, overflow) = apply(sign, a[i], b[i])
        out[i] = value
        overflowed = overflowed || overflow || value == Open.low || value == Open.high
      }
    } else {
      for i in 0..<count {
        let (value, overflow) = applyBound(sign, bound, a[i], b[i])
        out[i] = value
        overflowed = overflowed || overflow
      }
    }
    return overflowed
  }

  static func arithmetic(
    _ sign: ArithmeticSign, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>,
    _ out: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for i in 0..<count {
      switch sign {
      case .add: out[i] = a[i] + b[i]
      case .subtract: out[i] = a[i] - b[i]
      case .multiply: out[i] = a[i] * b[i]
      }
    }
  }

  /// The lower or upper end of a product of two ranges: the least or greatest of the four corners.
  static func product(_ bound: Bound, _ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> (
    Int64, overflow: Bool
  ) {
    func corner(_ x: Int64, _ y: Int64) -> (Int64, overflow: Bool) {
      if x == 0 || y == 0 { return (0, false) }
      let isOpen = x == Open.low || x == Open.high || y == Open.low || y == Open.high
      if isOpen { return ((x < 0) == (y < 0) ? Open.high : Open.low, false) }
      let (value, overflow) = x.multipliedReportingOverflow(by: y)
      return (value, overflow || value == Open.low || value == Open.high)
    }
    let corners = [corner(a, c), corner(a, d), corner(b, c), corner(b, d)]
    let overflow = corners.contains { $0.overflow }
    let values = corners.map(\.0)
    return ((bound == .low ? values.min() : values.max()) ?? 0, overflow)
  }

  static func product(_ bound: Bound, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double
  {
    func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
    if a == b, c == d { return product(a, c) }
    let corners = [(a, c), (a, d), (b, c), (b, d)]
    func isLess(_ x: (Double, Double), _ y: (Double, Double)) -> Bool {
      product(x.0, x.1) < product(y.0, y.1)
    }
    let end = bound == .low ? corners.min(by: isLess) : corners.max(by: isLess)
    let (x, y) = end ?? (a, c)
    let value = product(x, y)
    // A product without a rest needs no rounding outward.
    return (-value).addingProduct(x, y) == 0 ? value : value.widened(bound)
  }

  /// The lower or upper end of a quotient; the divisor doesn't hold 0.
  static func quotient(_ bound: Bound, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double
  {
    if a == b, c == d { return a / c }
    let corners = [(a, c), (a, d), (b, c), (b, d)].filter { !($0 / $1).isNaN }
    func isLess(_ x: (Double, Double), _ y: (Double, Double)) -> Bool { x.0 / x.1 < y.0 / y.1 }
    guard let (x, y) = bound == .low ? corners.min(by: isLess) : corners.max(by: isLess) else {
      return bound.open
    }
    // A quotient without a rest needs no rounding outward.
    let value = x / y
    return (-x).addingProduct(value, y) == 0 ? value : value.widened(bound)
  }

  // MARK: Sums

  /// The sum of the lanes that the mask keeps; nil if one of them is 2^50 or more.
  ///
  /// Smaller ones can't overflow 64 bits within a batch of up to 2^12 lanes; whether all are small
  /// is found out in the same loop. Open ends are huge, so they are told too.
  static func sum(_ values: UnsafeMutablePointer<Int64>, _ mask: Mask?, _ count: Int) -> Int64? {
    var total: Int64 = 0
    var seen: UInt64 = 0
    let bias: Int64 = 1 << 50
    var i = 0
    if let mask {
      while i < count {
        let kept = values[i] & (0 &- Int64(mask[i]))
        total &+= kept
        seen |= UInt64(bitPattern: kept &+ bias)
        i &+= 1
      }
    } else {
      while i < count {
        total &+= values[i]
        seen |= UInt64(bitPattern: values[i] &+ bias)
        i &+= 1
      }
    }
    return seen < 1 << 51 && count <= 4_096 ? total : nil
  }

  /// Writes the places of the lanes that are 1, without a branch; there is room for all.
  static func list(_ mask: Mask, _ out: UnsafeMutablePointer<Int32>, _ count: Int) -> Int {
    var found = 0
    var i = 0
    while i < count {
      out[found] = Int32(truncatingIfNeeded: i)
      found &+= Int(mask[i])
      i &+= 1
    }
    return found
  }

  /// The sum of some lanes; nil if one of them is 2^50 or more.
  static func sum(_ values: UnsafeMutablePointer<Int64>, lanes: [Int32]) -> Int64? {
    lanes.withUnsafeBufferPointer { lanes in
      var total: Int64 = 0
      var seen: UInt64 = 0
      for lane in lanes {
        let value = values[Int(lane)]
        total &+= value
        seen |= UInt64(bitPattern: value &+ 1 << 50)
      }
      return seen < 1 << 51 && lanes.count <= 4_096 ? total : nil
    }
  }

  /// Whether all lanes are less than 2^40, so that 2^23 of them can't overflow 64 bits.
  static func areSmall(_ values: UnsafeMutablePointer<Int64>, _ count: Int) -> Bool {
    var seen: UInt64 = 0
    var i = 0
    while i < count {
      seen |= UInt64(bitPattern: values[i] &+ 1 << 40)
      i &+= 1
    }
    return seen < 1 << 41
  }

  /// Adds each lane to the sum of its group; the sums of `stride` bounds lie side by side.
  static func add(
    _ values: UnsafeMutablePointer<Int64>, _ groups: UnsafePointer<Int32>,
    to sums: UnsafeMutablePointer<Int64>, stride: Int, _ count: Int
  ) {
    var i = 0
    while i < count {
      sums[Int(groups[i]) &* stride] &+= values[i]
      i &+= 1
    }
  }
}

extension Bound {
  /// What stands for an open end of this bound among doubles.
  var open: Double { self == .high ? .infinity : -.infinity }
}

extension Double {
  /// The next number outward, so that rounding can't cut a range short; 0 is exact.
  fileprivate func widened(_ bound: Bound) -> Double {
    self == 0 ? 0 : bound == .low ? nextDown : nextUp
  }
}
