/// Where a value lies in a block: the bytes `start..<end`.
struct Cell {
  /// A key that an object doesn't have.
  static let missing = Cell(start: .max, end: .max)

  var start: UInt32
  var end: UInt32
}

/// Some records of a block, cut into cells but not yet read.
///
/// The cells of one column lie side by side, so that it is read by one loop that knows its type.
final class RecordBatch {
  let capacity: Int
  private let width: Int
  private let cells: UnsafeMutablePointer<Cell>
  /// The first line of each record.
  let lines: UnsafeMutablePointer<Int32>
  /// Where each record begins in the block.
  let starts: UnsafeMutablePointer<UInt32>
  /// 1 where a value doesn't fit its column.
  let isBad: UnsafeMutablePointer<UInt8>
  var count = 0
  /// The block's memory.
  var bytes: UnsafePointer<UInt8>

  init(width: Int, bytes: UnsafePointer<UInt8>) {
    self.width = width
    self.bytes = bytes
    capacity = max(16, min(1_024, 262_144 / max(width, 1)))
    cells = .allocate(capacity: capacity * max(width, 1))
    lines = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
    isBad = .allocate(capacity: capacity)
    isBad.initialize(repeating: 0, count: capacity)
  }

  deinit {
    cells.deallocate()
    lines.deallocate()
    starts.deallocate()
    isBad.deallocate()
  }

  var isFull: Bool { count == capacity }

  /// The cells of a column.
  @inline(__always)
  func column(_ index: Int) -> UnsafeMutablePointer<Cell> { cells + index &* capacity }

  func clear(_ bytes: UnsafePointer<UInt8>) {
    count = 0
    self.bytes = bytes
    isBad.update(repeating: 0, count: capacity)
  }

  /// The first row with a value that doesn't fit its column.
  var firstBad: Int? { (0..<count).first { isBad[$0] != 0 } }
}

/// What cuts a file into records: delimited text, or JSON.
protocol RecordSource: AnyObject {
  /// Puts the next records into the batch; none at the end of the file.
  ///
  /// The cells hold until the next call.
  func fill(_ batch: RecordBatch) throws(ReadError)
  /// Malformed records that were passed over.
  var skipped: Int { get }
  /// The place of a byte of a record of the batch.
  func place(of offset: Int, in batch: RecordBatch, row: Int) -> (line: Int, column: Int)
}

/// The place of a byte in a record that begins with a line.
func placeInRecord(
  _ bytes: UnsafePointer<UInt8>, start: Int, line: Int, offset: Int, newline: UInt8
) -> (line: Int, column: Int) {
  var line = line
  var lineStart = start
  for index in start..<max(offset, start) where bytes[index] == newline {
    line += 1
    lineStart = index + 1
  }
  let before = UnsafeBufferPointer(start: bytes + lineStart, count: max(offset - lineStart, 0))
  return (line, String(decoding: before, as: UTF8.self).count + 1)
}
