/// The marks of a stretch of a block: where fields and records end, and what is odd.
///
/// They are looked for a window at a time: so they stay in the nearest cache, and a record that is
/// passed over costs little. The same walk finds out where the text stops being UTF-8.
struct MarkWindow: ~Copyable {
  private static let size = 1 << 14

  private var scanner: StructureScanner
  /// The marks of the window.
  let marks: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  /// The first mark that isn't used yet.
  var next = 0
  /// How far the block was looked at.
  private var scannedTo = 0
  private var validTo = 0
  /// The first byte that isn't UTF-8, as far as the block was looked at.
  private(set) var invalidAt = Int.max

  init(_ dialect: Dialect) {
    scanner = StructureScanner(dialect)
    marks = .allocate(capacity: MarkWindow.size)
  }

  deinit { marks.deallocate() }

  /// Whether what was looked at ends inside of quotes.
  var endsInQuotes: Bool { scanner.isInQuotes }

  /// Begins anew where a record does.
  mutating func restart(at start: Int) {
    scanner.restart()
    scannedTo = start
    validTo = start
    invalidAt = .max
    count = 0
    next = 0
  }

  /// Finds the marks of the next window; false at the end of the block.
  mutating func advance(in block: ByteBlock) -> Bool {
    guard scannedTo < block.count else { return false }
    let end = min(scannedTo + MarkWindow.size, block.count)
    var hasHigh = false
    count = scanner.scan(block.bytes, scannedTo..<end, into: marks, hasHigh: &hasHigh)
    next = 0
    if invalidAt == .max, hasHigh || validTo < scannedTo {
      switch UTF8Check(block.bytes, validTo..<end) {
      case .valid(let place): validTo = place
      case .invalid(let place): invalidAt = place
      }
    } else {
      validTo = end
    }
    scannedTo = end
    return true
  }

  /// The first byte of a whole block that isn't UTF-8; nil if all are.
  func invalidByte(in block: ByteBlock) -> Int? {
    if invalidAt < block.count { return invalidAt }
    return validTo < block.count ? validTo : nil
  }
}
