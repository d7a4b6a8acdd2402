/// Cuts delimited text into records.
///
/// A record whose marks all lie in the window at hand, which is nearly every one, is cut by a loop
/// without decisions; `assemble` is the slow way for all others.
final class DelimitedRecords: RecordSource {
  private let dialect: Dialect
  /// How many fields a record must have.
  private var width: Int
  private var lastName = ""
  private let needed: [Int]
  private var isHeader = false
  private let block: ByteBlock
  private let name: String
  private let skipsBad: Bool
  private let isSample: Bool
  private(set) var skipped = 0

  private var window: MarkWindow
  private var recordStart: Int
  private var line: Int
  private var ends: [UInt32] = []
  private var pending: ReadError?
  private var needsMore = false
  /// Whether the rest of a line is passed over whose end isn't in the block.
  private var isSkipping = false

  /// Begins where a record does: at the start of the file, or behind a line break.
  ///
  /// - Parameters:
  ///   - width: how many fields each record has; `readHeader` finds it out.
  ///   - isSample: whether the block is all there is to read, with a record cut off at its end.
  init(
    _ block: ByteBlock, from start: Int, line: Int = 1, _ dialect: Dialect, width: Int = 0,
    needed: [Int], name: String, skipsBad: Bool, isSample: Bool = false
  ) {
    self.block = block
    self.line = line
    self.dialect = dialect
    self.width = width
    self.needed = needed
    self.name = name
    self.skipsBad = skipsBad
    self.isSample = isSample
    recordStart = start
    window = MarkWindow(dialect)
    window.restart(at: start)
  }

  // MARK: Header

  /// The texts of the first record; the records after it have as many fields.
  func readHeader() throws(ReadError) -> [Cell] {
    isHeader = true
    width = FileSchema.columnLimit
    defer { isHeader = false }
    while true {
      do throws(RowMistake) {
        switch try assemble() {
        case .record: return try headerCells()
        case .blank: break
        case .end: throw RowMistake(cause: .empty, offset: recordStart)
        case .needsMore:
          needsMore = true
        }
      } catch {
        throw .file(describe(error))
      }
      if needsMore { try refill() }
    }
  }

  private func headerCells() throws(RowMistake) -> [Cell] {
    guard ends.count <= FileSchema.columnLimit else {
      let cause = FileError.Cause.tooManyColumns(FileSchema.columnLimit)
      throw RowMistake(cause: cause, offset: recordStart)
    }
    width = ends.count
    var start = UInt32(recordStart)
    var cells: [Cell] = []
    for end in ends {
      cells.append(Cell(start: start, end: end))
      start = end + 1
    }
    if dialect.hasReturns, let last = cells.last, last.end > last.start,
      block.bytes[Int(last.end) - 1] == UInt8(ascii: "\r")
    {
      cells[cells.count - 1].end -= 1
    }
    moveOn()
    return cells
  }

  /// Where the next record begins in the block.
  var nextStart: Int { recordStart }
  var nextLine: Int { line }

  /// The name of the last column, for messages about short rows.
  func setLastName(_ name: String) { lastName = name }

  // MARK: Batches

  private func refill() throws(ReadError) {
    needsMore = false
    try block.refill(keeping: recordStart)
    recordStart = 0
    window.restart(at: 0)
  }

  func fill(_ batch: RecordBatch) throws(ReadError) {
    batch.clear(block.bytes)
    if let pending { throw pending }
    if isSkipping {
      if isSample { return }
      try skipLongLine()
    }
    while true {
      if needsMore {
        if isSample { return }
        try refill()
        batch.clear(block.bytes)
      }
      do throws(RowMistake) {
        if try collect(batch) { return }
      } catch {
        if skipsBad {
          skip(error)
          if !isSkipping { continue }
          if batch.count > 0 || isSample { return }
          try skipLongLine()
          continue
        }
        let failure = ReadError.file(describe(error))
        if batch.count == 0 { throw failure }
        pending = failure
        return
      }
      if batch.count > 0 { return }
    }
  }

  /// Takes records until the batch is full or the file ends (true), or the block does (false).
  private func collect(_ batch: RecordBatch) throws(RowMistake) -> Bool {
    while !batch.isFull {
      if takeFast(batch) { continue }
      switch try assemble() {
      case .record: take(batch)
      case .blank: break
      case .needsMore:
        needsMore = true
        return false
      case .end: return true
      }
    }
    return true
  }

  /// A record whose marks are all there and plain.
  @inline(__always)
  private func takeFast(_ batch: RecordBatch) -> Bool {
    guard window.next &+ width <= window.count else { return false }
    let bytes = UnsafePointer(block.bytes)
    let own = window.marks + window.next
    var all: UInt32 = 0
    var different: UInt8 = 0
    var index = 0
    while index &+ 1 < width {
      let mark = own[index]
      all |= mark
      different |= bytes[Int(mark & ~StructureScanner.flag)] ^ dialect.separator
      index &+= 1
    }
    let last = own[width &- 1]
    all |= last
    guard all & StructureScanner.flag == 0, different == 0, bytes[Int(last)] == dialect.newline,
      Int(last) < window.invalidAt
    else { return false }
    // An empty line of a table of one column is no record.
    if width == 1, Int(last) <= recordStart &+ 1 { return false }
    cut(UnsafePointer(own), batch)
    window.next &+= width
    line &+= 1
    recordStart = Int(last) &+ 1
    return true
  }

  private func take(_ batch: RecordBatch) {
    ends.withUnsafeBufferPointer { ends in
      if let base = ends.baseAddress { cut(base, batch) }
    }
    moveOn()
  }

  /// Writes the cells of a record whose fields end so.
  @inline(__always)
  private func cut(_ ends: UnsafePointer<UInt32>, _ batch: RecordBatch) {
    let row = batch.count
    let start = UInt32(truncatingIfNeeded: recordStart)
    for (slot, column) in needed.enumerated() {
      let first = column == 0 ? start : ends[column &- 1] &+ 1
      var end = ends[column]
      if column &+ 1 == width, end > first, dialect.hasReturns,
        block.bytes[Int(end) &- 1] == UInt8(ascii: "\r")
      {
        end &-= 1
      }
      batch.column(slot)[row] = Cell(start: first, end: end)
    }
    batch.lines[row] = Int32(clamping: line)
    batch.starts[row] = start
    batch.count &+= 1
  }

  // MARK: The slow way

  private enum Step {
    case record, blank, needsMore, end
  }

  /// Where the record at hand ends, and how many lines it has.
  private var recordEnd = 0
  private var linesInRecord = 0

  /// Finds the ends of the fields of the next record.
  private func assemble() throws(RowMistake) -> Step {
    ends.removeAll(keepingCapacity: true)
    linesInRecord = 1
    var fields = 0
    while true {
      guard window.next < window.count || window.advance(in: block) else {
        return try block.isLast ? finish(fields) : .needsMore
      }
      // A window without marks.
      guard window.next < window.count else { continue }
      let mark = window.marks[window.next]
      let offset = Int(mark & ~StructureScanner.flag)
      guard offset < window.invalidAt else {
        throw RowMistake(cause: .notUTF8, offset: window.invalidAt)
      }
      window.next += 1
      if mark & StructureScanner.flag != 0 {
        guard block.bytes[offset] == dialect.newline else {
          throw RowMistake(at: offset, in: block, from: recordStart, dialect)
        }
        linesInRecord += 1
        continue
      }
      fields += 1
      if fields <= width + 1 { ends.append(mark) }
      if block.bytes[offset] == dialect.newline {
        recordEnd = offset + 1
        return try complete(fields, end: offset)
      }
    }
  }

  /// The last record may end without a line break.
  private func finish(_ fields: Int) throws(RowMistake) -> Step {
    if let offset = window.invalidByte(in: block) {
      throw RowMistake(cause: .notUTF8, offset: offset)
    }
    if window.endsInQuotes { throw RowMistake(unclosedIn: block, from: recordStart, dialect) }
    if recordStart == block.count { return .end }
    if fields <= width { ends.append(UInt32(block.count)) }
    recordEnd = block.count
    return try complete(fields + 1, end: block.count)
  }

  private func complete(_ fields: Int, end: Int) throws(RowMistake) -> Step {
    if fields == width, width > 1 { return .record }
    if isHeader, fields > 1 { return .record }
    var content = recordStart..<end
    if dialect.hasReturns, !content.isEmpty, block.bytes[end - 1] == UInt8(ascii: "\r") {
      content = content.dropLast()
    }
    if content.isEmpty {
      moveOn()
      return .blank
    }
    if fields == width || isHeader { return .record }
    let count = FileError.Cause.fieldCount(found: fields, expected: width, lastName: lastName)
    let offset = fields > width ? Int(ends[width - 1]) + 1 : content.upperBound
    throw RowMistake(cause: count, offset: offset, hasEnd: true)
  }

  private func moveOn() {
    recordStart = recordEnd
    line += linesInRecord
  }

  // MARK: Mistakes

  private func describe(_ mistake: RowMistake) -> FileError {
    let place = placeInRecord(
      block.bytes, start: recordStart, line: line, offset: mistake.offset,
      newline: dialect.newline)
    return FileError(
      cause: mistake.cause, name: name, line: place.line, column: place.column)
  }

  /// Passes over a record, or the line where one begins whose end can't be told.
  private func skip(_ mistake: RowMistake) {
    skipped += 1
    if mistake.hasEnd { moveOn() } else { isSkipping = !skipLine(from: recordStart) }
  }

  /// Goes on behind the next line break; false if the block has none.
  private func skipLine(from start: Int) -> Bool {
    var index = start
    while index < block.count, block.bytes[index] != dialect.newline { index += 1 }
    guard index < block.count || block.isLast else { return false }
    recordStart = min(index + 1, block.count)
    line += 1
    window.restart(at: recordStart)
    return true
  }

  /// Goes on behind a line that ends in another block; nothing of it is kept.
  private func skipLongLine() throws(ReadError) {
    repeat { try block.refill(keeping: block.count) } while !skipLine(from: 0)
    isSkipping = false
  }

  func place(of offset: Int, in batch: RecordBatch, row: Int) -> (line: Int, column: Int) {
    placeInRecord(
      batch.bytes, start: Int(batch.starts[row]), line: Int(batch.lines[row]), offset: offset,
      newline: dialect.newline)
  }
}
