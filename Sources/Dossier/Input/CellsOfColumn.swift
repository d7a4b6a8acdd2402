/// What all fillers share: the field, how its cells are read, and what was seen.
final class CellsOfColumn {
  let field: FileField
  let given: FileOptions.GivenType?
  /// The place of its cells in a batch.
  let slot: Int
  let reader: CellReader
  let charge: Charge
  var sighting: Sighting
  let scratch: GrowingBuffer<UInt8>
  private var known: GrowingBuffer<UInt8>?

  init(
    _ field: FileField, _ column: FileSchema.SourceColumn, slot: Int, _ reader: CellReader,
    charge: Charge
  ) {
    self.field = field
    self.slot = slot
    self.reader = reader
    self.charge = charge
    given = column.given
    sighting = column.sighting
    scratch = GrowingBuffer(charge: charge)
    if field.mayBeUnknown, field.type != .text { known = GrowingBuffer(charge: charge) }
  }

  /// Where the marks of known rows go; nil if all rows are known.
  func knownRoom(_ count: Int) throws(ReadError) -> UnsafeMutablePointer<UInt8>? {
    guard let known else { return nil }
    let room = try known.room(for: count)
    room.update(repeating: 1, count: count)
    known.add(count)
    return room
  }

  func noteUnknown(_ known: UnsafeMutablePointer<UInt8>?, _ row: Int) {
    if let known { known[row] = 0 } else { sighting.hasUnknown = true }
  }

  /// A value of a column of which the samples had none.
  func noteFirst(_ value: CellReader.Value) throws(ReadError) {
    try sighting.note(value, reader, scratch)
  }

  /// A value that the type doesn't hold: a wider type does, or the row is bad.
  func noteOther(
    _ value: CellReader.Value, _ batch: RecordBatch, _ row: Int,
    known: UnsafeMutablePointer<UInt8>?
  ) throws(ReadError) {
    let bytes = CellReader.trimmed(try reader.decoded(value, scratch))
    // Among numbers, dates and truths spaces are as good as nothing.
    if bytes.isEmpty, value.isWord {
      noteUnknown(known, row)
      return
    }
    let seen = Sighting(bytes, isWord: value.isWord, reader)
    if accepts(seen) { sighting.formUnion(seen) } else { batch.isBad[row] = 1 }
  }

  /// What a value is that doesn't fit; nil if it fits.
  func misfit(_ batch: RecordBatch, _ row: Int) throws(ReadError) -> Misfit? {
    let value = reader.value(batch.column(slot)[row], batch.bytes)
    if value.isUnknown || field.type == .text { return nil }
    let bytes = CellReader.trimmed(try reader.decoded(value, scratch))
    if bytes.isEmpty, value.isWord { return nil }
    if accepts(Sighting(bytes, isWord: value.isWord, reader)) { return nil }
    return Misfit(
      text: OtherReadings.Example(bytes, line: nil).text,
      numbers: value.isWord && !isNumber(bytes) ? NumberStyles(bytes) : [],
      dates: DatePatterns(bytes))
  }

  /// Whether it is a number as the file writes them, though none that the column can hold.
  private func isNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.baseAddress.map { NumberText($0, count: bytes.count, reader.numbers) != nil } ?? false
  }

  private func accepts(_ seen: Sighting) -> Bool {
    switch field.type {
    case .truth: seen.kinds == .truth
    case .decimal, .double:
      seen.kinds.isSubset(of: .numbers) && (given != .integer || seen.type == .decimal(scale: 0))
    case .date: seen.kinds.isSubset(of: .dates)
    case .text: true
    }
  }

  func dropBad(_ batch: RecordBatch) { known?.drop(batch.isBad, ofLast: batch.count) }

  func finishKnown() -> Buffer<UInt8>? { known?.finish() }
}

/// A value that doesn't fit its column, shortened, and in which ways it would.
struct Misfit {
  let text: String
  let numbers: NumberStyles
  let dates: DatePatterns
}
