/// A stretch of a file in memory.
///
/// Whole records are taken from it, and what is left of the last one moves to the front when the next
/// stretch is read. So memory holds a block, not the file.
///
/// Behind the last byte lie 64 more that may be read, so that a scan needs no special end.
final class ByteBlock {
  /// How much is read at a time; a longer record makes the block grow.
  static let size = 1 << 20
  /// Offsets in a block have 31 bits.
  private static let limit = 1 << 30
  private static let padding = 64

  private let content: any FileContent
  private let charge: Charge
  /// The end of the file; nil for a stream.
  private let end: Int?
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  /// Whether nothing comes behind the block's bytes.
  private(set) var isLast = false
  private var capacity: Int
  /// Where in the file the next bytes are read.
  private var offset: Int

  /// A file from a place on, to be read in blocks.
  init(
    _ content: any FileContent, from start: Int = 0, size: Int = ByteBlock.size, charge: Charge
  ) throws(ReadError) {
    self.content = content
    self.charge = charge
    offset = start
    end = content.size
    capacity = min(size, max((end ?? size) - start, 64))
    bytes = .allocate(capacity: capacity + ByteBlock.padding)
    bytes.initialize(repeating: 0, count: capacity + ByteBlock.padding)
    try charge.bytes(capacity)
  }

  deinit { bytes.deallocate() }

  var elements: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

  /// Drops the bytes before `start` and reads on behind the others.
  func refill(keeping start: Int) throws(ReadError) {
    let kept = count - start
    if start > 0, kept > 0 { bytes.update(from: bytes + start, count: kept) }
    count = kept
    if kept > capacity / 2, !isLast { try grow() }
    while count < capacity, !isLast {
      let room = min(capacity - count, (end ?? .max) - offset)
      if room == 0 {
        isLast = true
        return
      }
      let buffer = UnsafeMutableRawBufferPointer(start: bytes + count, count: room)
      let read = try self.read(into: buffer)
      if read == 0 {
        guard end == nil else { throw problem(.shrank) }
        isLast = true
      }
      count += read
      offset += read
    }
    if let end, offset >= end { isLast = true }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
    let read: Int
    try charge.steps(0)
    do { read = try content.read(at: offset, into: buffer) } catch { throw problem(error) }
    return min(max(read, 0), buffer.count)
  }

  private func problem(_ problem: FileProblem) -> ReadError {
    if problem == .interrupted {
      return .stopped(RunError(cause: .cancelled, span: charge.span))
    }
    return .file(FileError(cause: .problem(problem), name: content.name))
  }

  private func grow() throws(ReadError) {
    guard capacity < ByteBlock.limit else {
      throw .file(
        FileError(cause: .tooLong(what: "a row", limit: "1 GB"), name: content.name))
    }
    let larger = min(capacity * 2, ByteBlock.limit)
    try charge.bytes(larger - capacity)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + ByteBlock.padding)
    memory.initialize(repeating: 0, count: larger + ByteBlock.padding)
    memory.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = memory
    capacity = larger
  }
}

/// Whom the reader charges for memory and work, and the place in the script that asked.
struct Charge {
  let meter: Meter
  let span: Span

  func bytes(_ count: Int) throws(ReadError) {
    do { try meter.charge(bytes: count, at: span) } catch { throw .stopped(error) }
  }

  func steps(_ count: Int) throws(ReadError) {
    do { try meter.charge(steps: count, at: span) } catch { throw .stopped(error) }
  }
}
