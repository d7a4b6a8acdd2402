/// Cuts JSON into records: the objects of a list, of the one list in an object, or one after another.
final class JSONRecords: RecordSource {
  private let block: ByteBlock
  private let name: String
  private let skipsBad: Bool
  let fields: JSONFields
  /// The field of each column of the batches.
  private let needed: [Int]
  private(set) var skipped = 0
  private(set) var layout: JSONLayout

  private let isSample: Bool
  /// What the fields from `firstNew` on look like, which no column is read for yet; nil for one that
  /// only records had that couldn't be read.
  private(set) var sightings: [Sighting?] = []
  private let firstNew: Int
  private let reader: CellReader
  private let scratch: GrowingBuffer<UInt8>
  /// Records that were cut.
  private var count = 0

  private var place = 0
  private var line = 1
  /// Characters of the line at hand that lay in earlier blocks.
  private var columnsBefore = 0
  private var isStarted = false
  private var isDone = false
  private var pending: ReadError?
  /// A limit that was reached while a record was cut.
  private var failure: ReadError?
  private var needsMore: Bool

  /// - Parameters:
  ///   - fields: those that are known; others are added as they are found.
  ///   - firstNew: from which field on `sightings` are gathered.
  ///   - isSample: whether the block is all there is to read, with a record cut off at its end; what
  ///     is malformed is passed over then, unless it `isStrict`.
  init(
    _ block: ByteBlock, _ layout: JSONLayout, _ fields: JSONFields, firstNew: Int, needed: [Int],
    name: String, _ options: FileOptions, charge: Charge, isSample: Bool = false,
    isStrict: Bool = false
  ) {
    self.block = block
    self.layout = layout
    self.fields = fields
    self.needed = needed
    self.name = name
    self.isSample = isSample
    skipsBad = (options.skipsBad || isSample) && !isStrict
    self.firstNew = firstNew
    reader = CellReader(.json, options)
    scratch = GrowingBuffer(charge: charge)
    needsMore = !isSample
  }

  /// Begins at another place than the file's beginning.
  func begin(at place: Int) {
    self.place = place
    isStarted = true
  }

  // MARK: Batches

  func fill(_ batch: RecordBatch) throws(ReadError) {
    batch.clear(block.bytes)
    if let pending { throw pending }
    while !isDone, !batch.isFull {
      if needsMore {
        if batch.count > 0 || isSample { return }
        noteColumns()
        try block.refill(keeping: place)
        needsMore = false
        place = 0
        batch.clear(block.bytes)
      }
      do throws(JSONScanner.Stop) {
        try isStarted ? next(batch) : start()
      } catch {
        try stop(error, batch)
        if pending != nil { return }
      }
      if let failure { throw failure }
    }
  }

  private func scanner() -> JSONScanner {
    JSONScanner(
      bytes: block.bytes, count: block.count, isLast: block.isLast, place: place, line: line)
  }

  private func stop(_ stop: JSONScanner.Stop, _ batch: RecordBatch) throws(ReadError) {
    switch stop {
    case .needsMore: needsMore = true
    case .mistake(let cause, let offset):
      if skipsBad, isStarted, try skipRecord() { return }
      let (line, column) = place(of: offset, after: place, line: line)
      let failure = ReadError.file(FileError(cause: cause, name: name, line: line, column: column))
      if batch.count == 0 { throw failure }
      pending = failure
    }
  }

  /// Before the bytes up to the place are dropped: those of its line still count.
  private func noteColumns() {
    let start = lineStart(before: place)
    if start > 0 { columnsBefore = 0 }
    for index in start..<place where block.bytes[index] & 0xC0 != 0x80 { columnsBefore += 1 }
  }

  /// Where the line of a place begins, as far as the block has it.
  private func lineStart(before place: Int) -> Int {
    var start = place
    while start > 0, block.bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func place(of offset: Int, after start: Int, line: Int) -> (line: Int, column: Int) {
    let lineStart = lineStart(before: start)
    let place = placeInRecord(
      block.bytes, start: lineStart, line: line, offset: offset, newline: 0x0A)
    return (place.line, place.column + (lineStart == 0 && place.line == line ? columnsBefore : 0))
  }

  // MARK: Records

  /// Up to the first record.
  private func start() throws(JSONScanner.Stop) {
    var scanner = scanner()
    try scanner.skipMark()
    try layout.enter(&scanner)
    (place, line) = (scanner.place, scanner.line)
    isStarted = true
  }

  private func next(_ batch: RecordBatch) throws(JSONScanner.Stop) {
    var scanner = scanner()
    guard try layout.next(&scanner) else {
      isDone = true
      return
    }
    let (start, line) = (scanner.place, scanner.line)
    try record(&scanner)
    count += 1
    do { try noteNew() } catch { failure = error }
    let row = batch.count
    for (slot, field) in needed.enumerated() { batch.column(slot)[row] = fields.cell(field) }
    batch.lines[row] = Int32(clamping: line)
    batch.starts[row] = UInt32(start)
    batch.count += 1
    layout.isFirst = false
    (place, self.line) = (scanner.place, scanner.line)
  }

  /// One object, whose objects become fields with dotted names.
  private func record(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    fields.begin()
    guard try scanner.peek() == UInt8(ascii: "{") else {
      throw scanner.mistake(expected: "an object")
    }
    scanner.place += 1
    if try scanner.eat(UInt8(ascii: "}")) { return }
    while true {
      try key(&scanner)
      try scanner.skipSpace()
      if try scanner.peek() == UInt8(ascii: "{") {
        guard fields.depth + 1 < JSONScanner.depthLimit else {
          throw .mistake(.tooDeep(limit: JSONScanner.depthLimit), at: scanner.place)
        }
        scanner.place += 1
        fields.open()
        if try !scanner.eat(UInt8(ascii: "}")) { continue }
        fields.close()
      } else {
        try field(&scanner)
      }
      if try isClosed(&scanner) { return }
    }
  }

  private func key(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    try scanner.skipSpace()
    let start = scanner.place
    try scanner.text("a key in quotes")
    let cell = Cell(start: UInt32(start), end: UInt32(scanner.place))
    do { try fields.key(cell, block.bytes) } catch { failure = error }
    guard try scanner.eat(UInt8(ascii: ":")) else { throw scanner.mistake(expected: "':'") }
  }

  private func field(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) {
    let start = scanner.place
    try scanner.value()
    let cell = Cell(start: UInt32(start), end: UInt32(scanner.place))
    var isNew = true
    do { isNew = try fields.add(cell) } catch { failure = error }
    if !isNew { throw .mistake(.sameKey(fields.pathText), at: start) }
    if fields.count > FileSchema.columnLimit {
      throw .mistake(.tooManyColumns(FileSchema.columnLimit), at: start)
    }
  }

  /// After a field: whether the record ends here.
  private func isClosed(_ scanner: inout JSONScanner) throws(JSONScanner.Stop) -> Bool {
    while true {
      if try scanner.eat(UInt8(ascii: ",")) { return false }
      guard try scanner.eat(UInt8(ascii: "}")) else {
        throw scanner.mistake(expected: "',' or '}'")
      }
      if fields.depth == 0 { return true }
      fields.close()
    }
  }

  /// Passes over a record whose end can be told: the line, or the value in its list.
  private func skipRecord() throws(ReadError) -> Bool {
    var scanner = scanner()
    do throws(JSONScanner.Stop) {
      guard try layout.next(&scanner) else { return false }
      if layout.isLines {
        while let byte = try scanner.peek(), byte != 0x0A { scanner.place += 1 }
      } else {
        try scanner.value()
      }
    } catch {
      guard case .needsMore = error else { return false }
      needsMore = true
      return true
    }
    layout.isFirst = false
    skipped += 1
    (place, line) = (scanner.place, scanner.line)
    return true
  }

  func place(of offset: Int, in batch: RecordBatch, row: Int) -> (line: Int, column: Int) {
    place(of: offset, after: Int(batch.starts[row]), line: Int(batch.lines[row]))
  }

  /// Takes the values of new fields into account.
  private func noteNew() throws(ReadError) {
    while sightings.count < fields.count - firstNew { sightings.append(nil) }
    for index in sightings.indices {
      let cell = fields.cell(firstNew + index)
      guard cell.start != Cell.missing.start || sightings[index] != nil else { continue }
      var sighting = sightings[index] ?? Sighting()
      // Records before this one don't have the field.
      if sightings[index] == nil, count > 1 { sighting.hasUnknown = true }
      try sighting.note(reader.value(cell, block.bytes), reader, scratch)
      sightings[index] = sighting
    }
  }
}
