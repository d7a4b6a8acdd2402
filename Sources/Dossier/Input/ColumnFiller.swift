/// Fills a column from the cells of batches, and verifies every value on the way.
///
/// A value that its type doesn't hold, but a wider one does, makes the sighting grow; any other marks
/// its row as bad.
protocol ColumnFiller: AnyObject {
  var cells: CellsOfColumn { get }
  /// Reads the cells of the filler's column.
  func add(_ batch: RecordBatch) throws(ReadError)
  /// Takes the bad rows of the batch that was added last out again.
  func dropBad(_ batch: RecordBatch)
  func finish() -> Column
}

/// Texts, or the times of day behind dates.
final class TextFiller: ColumnFiller {
  let cells: CellsOfColumn
  private let codes: GrowingBuffer<Int32>
  private let texts: TextCollector

  init(_ cells: CellsOfColumn) throws(ReadError) {
    self.cells = cells
    codes = GrowingBuffer(charge: cells.charge)
    texts = try TextCollector(charge: cells.charge)
  }

  func add(_ batch: RecordBatch) throws(ReadError) {
    let (column, reader) = (batch.column(cells.slot), cells.reader)
    let room = try codes.room(for: batch.count)
    let isTime = cells.field.part == .time
    var row = 0
    while row < batch.count {
      let value = reader.value(column[row], batch.bytes)
      if value.isUnknown {
        room[row] = Code.unknown
        cells.sighting.hasUnknown = true
      } else {
        let bytes = try reader.decoded(value, cells.scratch)
        if cells.field.isOpen { try cells.noteFirst(value) }
        room[row] = isTime ? try time(bytes) : try texts.code(of: bytes)
      }
      row &+= 1
    }
    codes.add(batch.count)
  }

  private func time(_ bytes: UnsafeBufferPointer<UInt8>) throws(ReadError) -> Int32 {
    let bytes = CellReader.trimmed(bytes)
    guard let start = DateText(bytes, pattern: cells.reader.dates)?.timeStart else {
      return Code.unknown
    }
    return try texts.code(of: UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  func dropBad(_ batch: RecordBatch) { codes.drop(batch.isBad, ofLast: batch.count) }

  func finish() -> Column { Column(.texts(codes: codes.finish(), texts.finish())) }
}

/// Exact numbers of one scale.
final class DecimalFiller: ColumnFiller {
  let cells: CellsOfColumn
  private let scale: Int
  private let style: NumberStyle
  private let values: GrowingBuffer<Int64>

  init(_ cells: CellsOfColumn, scale: Int) {
    self.cells = cells
    self.scale = scale
    style = cells.reader.numbers
    values = GrowingBuffer(charge: cells.charge)
  }

  func add(_ batch: RecordBatch) throws(ReadError) {
    let (column, reader) = (batch.column(cells.slot), cells.reader)
    let room = try values.room(for: batch.count)
    let known = try cells.knownRoom(batch.count)
    var row = 0
    while row < batch.count {
      let value = reader.value(column[row], batch.bytes)
      room[row] = 0
      if value.isUnknown {
        cells.noteUnknown(known, row)
      } else if let number = number(value) {
        room[row] = number
      } else {
        try cells.noteOther(value, batch, row, known: known)
      }
      row &+= 1
    }
    values.add(batch.count)
  }

  @inline(__always)
  private func number(_ value: CellReader.Value) -> Int64? {
    guard value.isWord else { return nil }
    let bytes = CellReader.trimmed(value.bytes)
    guard let base = bytes.baseAddress else { return nil }
    let number = NumberText(base, count: bytes.count, point: style.decimal)
    return (number ?? grouped(bytes))?.coefficient(scale: scale)
  }

  private func grouped(_ bytes: UnsafeBufferPointer<UInt8>) -> NumberText? {
    bytes.baseAddress.flatMap { NumberText(grouped: $0, count: bytes.count, style) }
  }

  func dropBad(_ batch: RecordBatch) {
    values.drop(batch.isBad, ofLast: batch.count)
    cells.dropBad(batch)
  }

  func finish() -> Column {
    var column = QuantityColumn.exact(values.finish(), scale: scale)
    column.known = cells.finishKnown()
    return Column(.quantities(column))
  }
}

/// Numbers of more digits than 64 bits hold.
final class DoubleFiller: ColumnFiller {
  let cells: CellsOfColumn
  private let values: GrowingBuffer<Double>

  init(_ cells: CellsOfColumn) {
    self.cells = cells
    values = GrowingBuffer(charge: cells.charge)
  }

  func add(_ batch: RecordBatch) throws(ReadError) {
    let (column, reader) = (batch.column(cells.slot), cells.reader)
    let room = try values.room(for: batch.count)
    let known = try cells.knownRoom(batch.count)
    for row in 0..<batch.count {
      let value = reader.value(column[row], batch.bytes)
      room[row] = 0
      if value.isUnknown {
        cells.noteUnknown(known, row)
      } else if let number = number(value) {
        room[row] = number
      } else {
        try cells.noteOther(value, batch, row, known: known)
      }
    }
    values.add(batch.count)
  }

  private func number(_ value: CellReader.Value) -> Double? {
    guard value.isWord else { return nil }
    let bytes = CellReader.trimmed(value.bytes)
    let style = cells.reader.numbers
    guard let base = bytes.baseAddress else { return nil }
    return NumberText(base, count: bytes.count, style)?.double(base, count: bytes.count, style)
  }

  func dropBad(_ batch: RecordBatch) {
    values.drop(batch.isBad, ofLast: batch.count)
    cells.dropBad(batch)
  }

  func finish() -> Column {
    let numbers = NumberBuffer.doubles(values.finish())
    return Column(
      .quantities(
        QuantityColumn(
          low: numbers, best: numbers, high: numbers, kind: .double, isExact: true,
          unit: .one(nil), known: cells.finishKnown())))
  }
}

/// Days, or dates that may be coarser.
final class DateFiller: ColumnFiller {
  let cells: CellsOfColumn
  private let earliest: GrowingBuffer<Int32>
  private let latest: GrowingBuffer<Int32>?

  init(_ cells: CellsOfColumn, isExact: Bool) {
    self.cells = cells
    earliest = GrowingBuffer(charge: cells.charge)
    latest = isExact ? nil : GrowingBuffer(charge: cells.charge)
  }

  func add(_ batch: RecordBatch) throws(ReadError) {
    let (column, reader) = (batch.column(cells.slot), cells.reader)
    let first = try earliest.room(for: batch.count)
    let last = try latest?.room(for: batch.count) ?? first
    let known = try cells.knownRoom(batch.count)
    for row in 0..<batch.count {
      let value = reader.value(column[row], batch.bytes)
      (first[row], last[row]) = latest == nil ? (0, 0) : (Day.distantPast, Day.distantFuture)
      if value.isUnknown {
        cells.noteUnknown(known, row)
      } else if let range = try range(value) {
        (first[row], last[row]) = (range.earliest, range.latest)
      } else {
        try cells.noteOther(value, batch, row, known: known)
      }
    }
    earliest.add(batch.count)
    latest?.add(batch.count)
  }

  /// Nil where the type has to be wider.
  @inline(__always)
  private func range(_ value: CellReader.Value) throws(ReadError) -> DateRange? {
    if value.bytes.count == 10, let day = DateText.day(value.bytes) {
      return DateRange(earliest: day, latest: day)
    }
    let bytes = CellReader.trimmed(try cells.reader.decoded(value, cells.scratch))
    guard let date = DateText(bytes, pattern: cells.reader.dates) else { return nil }
    if date.timeStart != nil, !cells.sighting.hasTime { return nil }
    return date.range.isExact || latest != nil ? date.range : nil
  }

  func dropBad(_ batch: RecordBatch) {
    earliest.drop(batch.isBad, ofLast: batch.count)
    latest?.drop(batch.isBad, ofLast: batch.count)
    cells.dropBad(batch)
  }

  func finish() -> Column {
    let first = earliest.finish()
    return Column(
      .dates(
        DateColumn(
          earliest: first, latest: latest?.finish() ?? first, known: cells.finishKnown())))
  }
}

/// Truths.
final class TruthFiller: ColumnFiller {
  let cells: CellsOfColumn
  private let certain: GrowingBuffer<UInt8>
  private let possible: GrowingBuffer<UInt8>

  init(_ cells: CellsOfColumn) {
    self.cells = cells
    certain = GrowingBuffer(charge: cells.charge)
    possible = GrowingBuffer(charge: cells.charge)
  }

  func add(_ batch: RecordBatch) throws(ReadError) {
    let (column, reader) = (batch.column(cells.slot), cells.reader)
    let (sure, maybe) = (try certain.room(for: batch.count), try possible.room(for: batch.count))
    let known = try cells.knownRoom(batch.count)
    for row in 0..<batch.count {
      let value = reader.value(column[row], batch.bytes)
      (sure[row], maybe[row]) = (0, 1)
      if value.isUnknown {
        cells.noteUnknown(known, row)
      } else if value.isWord, let truth = truthText(CellReader.trimmed(value.bytes)) {
        (sure[row], maybe[row]) = truth ? (1, 1) : (0, 0)
      } else {
        try cells.noteOther(value, batch, row, known: known)
      }
    }
    certain.add(batch.count)
    possible.add(batch.count)
  }

  func dropBad(_ batch: RecordBatch) {
    certain.drop(batch.isBad, ofLast: batch.count)
    possible.drop(batch.isBad, ofLast: batch.count)
    cells.dropBad(batch)
  }

  func finish() -> Column {
    Column(
      .truths(
        TruthColumn(
          certain: certain.finish(), possible: possible.finish(), known: cells.finishKnown())))
  }
}
