import CByteScan

/// Finds where fields and rows of delimited text end, 64 bytes at a time.
///
/// Bytes become masks, one bit a byte. A running exclusive or over the quotes tells which bytes stand
/// in quotes; separators and line breaks count outside only. What may not be (a quote inside a
/// field, text behind a closing quote, a lone carriage return, NUL) is found by the same masks over
/// all columns, so that a field that nobody needs is held to the rules, too.
struct StructureScanner {
  /// Set in a mark that isn't the end of a field or a row: a line break in quotes, or a mistake.
  static let flag: UInt32 = 1 << 31

  let dialect: Dialect
  // What the last byte was: all ones inside quotes; 1 after a separator or a line break or at the
  // start; 1 after a closing quote; 1 after a carriage return.
  private var inside: UInt64 = 0
  private var afterBreak: UInt64 = 1
  private var afterClose: UInt64 = 0
  private var afterReturn: UInt64 = 0

  init(_ dialect: Dialect) { self.dialect = dialect }

  /// Whether the last byte stood in quotes.
  var isInQuotes: Bool { inside != 0 }

  /// Goes on with the beginning of a row, or inside of quotes.
  mutating func restart(inQuotes: Bool = false) {
    inside = inQuotes ? ~0 : 0
    afterBreak = inQuotes ? 0 : 1
    afterClose = 0
    afterReturn = 0
  }

  /// Writes the offsets of the marks in `range` and gives how many there are.
  ///
  /// `range` has a multiple of 64 bytes, or ends with the block; `hasHigh` is set if one of the bytes
  /// isn't ASCII.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, into marks: UnsafeMutablePointer<UInt32>,
    hasHigh: inout Bool
  ) -> Int {
    var count = 0
    var high: UInt64 = 0
    var start = range.lowerBound
    while start < range.upperBound {
      let left = range.upperBound &- start
      let valid: UInt64 = left >= 64 ? ~0 : (1 << UInt64(left)) &- 1
      let chunk = bytes + start
      high |= bytescan_high(chunk) & valid
      let found = masks(chunk, valid)
      var bits = found.plain | found.odd
      while bits != 0 {
        let bit = UInt64(bits.trailingZeroBitCount)
        let isOdd = UInt32(truncatingIfNeeded: (found.odd >> bit) & 1)
        marks[count] = UInt32(truncatingIfNeeded: start &+ Int(bit)) | (isOdd << 31)
        count &+= 1
        bits &= bits &- 1
      }
      start &+= 64
    }
    hasHigh = high != 0
    return count
  }

  /// Ends of fields and rows, and everything else that matters.
  @inline(__always)
  private mutating func masks(
    _ chunk: UnsafePointer<UInt8>, _ valid: UInt64
  ) -> (plain: UInt64, odd: UInt64) {
    let quotes = dialect.hasQuote ? bytescan_equal(chunk, dialect.quote) & valid : 0
    let lines = bytescan_equal(chunk, dialect.newline)
    let separators = bytescan_equal(chunk, dialect.separator)
    let returns = dialect.hasReturns ? bytescan_equal(chunk, UInt8(ascii: "\r")) : 0
    let zeros = bytescan_equal(chunk, 0)

    let quoted = StructureScanner.runningParity(quotes) ^ inside
    inside = UInt64(bitPattern: Int64(bitPattern: quoted) >> 63)
    let breaks = (separators | lines) & ~quoted & valid
    let opens = quotes & quoted
    let closes = quotes & ~quoted
    let quoteInside = opens & ~(((breaks | quotes) << 1) | afterBreak)
    let behindClose = ((closes << 1) | afterClose) & ~(separators | lines | returns | quotes)
    let outerReturns = returns & ~quoted & valid
    let behindReturn = ((outerReturns << 1) | afterReturn) & ~lines
    afterBreak = (breaks | closes) >> 63
    afterClose = closes >> 63
    afterReturn = outerReturns >> 63
    let odd = quoteInside | behindClose | behindReturn | zeros | (lines & quoted)
    return (breaks, odd & valid)
  }

  /// Bit i is the parity of the bits 0...i.
  @inline(__always)
  private static func runningParity(_ bits: UInt64) -> UInt64 {
    var parity = bits
    parity ^= parity << 1
    parity ^= parity << 2
    parity ^= parity << 4
    parity ^= parity << 8
    parity ^= parity << 16
    return parity ^ (parity << 32)
  }
}

extension StructureScanner {
  /// Where the first row begins behind the one that a block begins in, if it begins in quotes or not.
  static func firstRow(_ block: ByteBlock, _ dialect: Dialect, inQuotes: Bool) -> Int? {
    let window = 64
    let marks = UnsafeMutablePointer<UInt32>.allocate(capacity: window)
    defer { marks.deallocate() }
    var scanner = StructureScanner(dialect)
    scanner.restart(inQuotes: inQuotes)
    var hasHigh = false
    for start in stride(from: 0, to: block.count, by: window) {
      let range = start..<min(start + window, block.count)
      let count = scanner.scan(block.bytes, range, into: marks, hasHigh: &hasHigh)
      for index in 0..<count where marks[index] & flag == 0 {
        let offset = Int(marks[index])
        if block.bytes[offset] == dialect.newline { return offset + 1 }
      }
    }
    return nil
  }
}

/// Which bytes part fields and rows.
struct Dialect: Sendable, Hashable {
  let separator: UInt8
  /// What encloses fields; nothing does if it is 0, which never stands in text.
  let quote: UInt8
  /// A line feed, or a carriage return where there are no line feeds.
  let newline: UInt8
  /// Another separator that would part the first rows as well.
  var otherSeparator: UInt8?

  var hasQuote: Bool { quote != 0 }
  /// Whether a carriage return may stand before the line break only.
  var hasReturns: Bool { newline == UInt8(ascii: "\n") }
}
