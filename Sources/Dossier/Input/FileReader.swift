/// A file that was opened and sampled, ready to be read.
///
/// ```swift
/// let reader = try FileReader(opening: "ged.csv", from: nil, access, FileOptions(), charge)
/// switch try reader.read([3, 4], as: reader.schema, charge) {
/// case .table(let table): …
/// case .widened(let schema): … // check the statement with this one, and read again
/// }
/// ```
struct FileReader: Sendable {
  /// What came of reading a file.
  enum Outcome {
    case table(FileTable)
    /// The samples said too little: types must be wider, though compatible.
    case widened(FileSchema)
  }

  let path: String
  let content: any FileContent
  let options: FileOptions
  let format: FileFormat
  /// The fields by the samples.
  let schema: FileSchema

  /// Opens a file and looks at its header and samples.
  ///
  /// - Parameter script: the name of the script that asks, nil for a text that was typed.
  init(
    opening path: String, from script: String?, _ access: any FileAccess, _ options: FileOptions,
    _ charge: Charge
  ) throws(ReadError) {
    let file: any FileContent
    do { file = try access.open(path, from: script) } catch {
      throw .file(FileError(cause: .problem(error), name: path))
    }
    content = try FileReader.decoded(file, options)
    self.path = path
    self.options = options
    let sampler = FileSampler(content: content, path: path, options: options, charge: charge)
    do throws(ReadError) { (format, schema) = try sampler.sample() } catch {
      throw FileReader.explained(error, of: content, options, path)
    }
  }

  /// Reads some fields of all rows, in the order asked for; each of their values is verified.
  ///
  /// - Parameter needed: indices of `schema.fields`.
  func read(
    _ needed: [Int], as schema: FileSchema, _ charge: Charge
  ) throws(ReadError) -> Outcome {
    do throws(ReadError) {
      let block = try ByteBlock(content, charge: charge)
      let run = try ReadRun(self, schema, needed, block, charge)
      return try run.read()
    } catch {
      throw FileReader.explained(error, of: content, options, path)
    }
  }
}

/// The rows of a file.
struct FileTable {
  let table: Table
  /// The first line of each row in the file.
  let lines: Buffer<Int32>
  /// How many rows were passed over, as `bad: skip` asks.
  let skipped: Int
}

/// One reading of a file: records are cut, their cells read, column by column.
private struct ReadRun {
  let reader: FileReader
  let schema: FileSchema
  let needed: [Int]
  let block: ByteBlock
  let charge: Charge
  private let source: any RecordSource
  private var fillers: [any ColumnFiller] = []
  /// The source again if it is JSON, whose keys may turn up late.
  private let json: JSONRecords?

  init(
    _ reader: FileReader, _ schema: FileSchema, _ needed: [Int], _ block: ByteBlock,
    _ charge: Charge
  ) throws(ReadError) {
    self.reader = reader
    self.schema = schema
    self.needed = needed
    self.block = block
    self.charge = charge
    // Which rows are passed over must not depend on the fields that are asked for.
    let others =
      reader.options.skipsBad
      ? schema.fields.indices.filter { index in
        schema.fields[index].type != .text && !needed.contains(index)
      } : []
    let columns = (needed + others).map { schema.fields[$0].column }
    let name = reader.content.name
    switch reader.format {
    case .delimited(let dialect):
      json = nil
      source = try ReadRun.delimited(reader, schema, block, dialect, columns)
      try fill(others, .delimited(quote: dialect.quote))
    case .json(let layout):
      let fields = try JSONFields(schema.columns.map(\.name), charge: charge)
      let records = JSONRecords(
        block, layout, fields, firstNew: fields.count, needed: columns, name: name,
        reader.options, charge: charge)
      json = records
      source = records
      try fill(others, .json)
    }
  }

  private static func delimited(
    _ reader: FileReader, _ schema: FileSchema, _ block: ByteBlock, _ dialect: Dialect,
    _ columns: [Int]
  ) throws(ReadError) -> DelimitedRecords {
    try block.refill(keeping: 0)
    let records = DelimitedRecords(
      block, from: FileFormat.start(block), dialect, needed: columns, name: reader.content.name,
      skipsBad: reader.options.skipsBad)
    let header = try records.readHeader()
    guard header.count == schema.columns.count else {
      throw .file(FileError(cause: .problem(.shrank), name: reader.content.name))
    }
    records.setLastName(schema.columns.last?.name ?? "")
    return records
  }

  private mutating func fill(_ others: [Int], _ form: CellReader.Form) throws(ReadError) {
    let cells = CellReader(form, reader.options)
    for (slot, index) in (needed + others).enumerated() {
      let field = schema.fields[index]
      let shared = CellsOfColumn(
        field, schema.columns[field.column], slot: slot, cells, charge: charge)
      switch field.type {
      case .text: fillers.append(try TextFiller(shared))
      case .decimal(let scale): fillers.append(DecimalFiller(shared, scale: scale))
      case .double: fillers.append(DoubleFiller(shared))
      case .date(let isExact): fillers.append(DateFiller(shared, isExact: isExact))
      case .truth: fillers.append(TruthFiller(shared))
      }
    }
  }

  // MARK: Reading

  func read() throws(ReadError) -> FileReader.Outcome {
    let batch = RecordBatch(width: fillers.count, bytes: block.bytes)
    let lines = GrowingBuffer<Int32>(charge: charge)
    var dropped = 0
    while true {
      try source.fill(batch)
      if batch.count == 0 { break }
      guard lines.count + batch.count < Int(Int32.max) else {
        let cause = FileError.Cause.tooLong(what: "the table", limit: "2,147,483,646 rows")
        throw .file(FileError(cause: cause, name: reader.content.name))
      }
      try charge.steps(batch.count * max(fillers.count, 1))
      for filler in fillers { try filler.add(batch) }
      try lines.append(UnsafeBufferPointer(start: batch.lines, count: batch.count))
      guard let firstBad = batch.firstBad else { continue }
      guard reader.options.skipsBad else { throw try misfit(batch, firstBad) }
      for filler in fillers { filler.dropBad(batch) }
      let before = lines.count
      lines.drop(batch.isBad, ofLast: batch.count)
      dropped += before - lines.count
    }
    let widened = widenedSchema()
    if !widened.hasShapes(of: schema) { return .widened(widened) }
    return .table(table(lines.finish(), skipped: source.skipped + dropped))
  }

  private func table(_ lines: Buffer<Int32>, skipped: Int) -> FileTable {
    let columns = fillers.prefix(needed.count).map { $0.finish() }
    let fields = columns.enumerated().map { index, column in
      Field(name: schema.fields[needed[index]].name, source: .column(index), shape: column.shape)
    }
    let table = Table(
      fields: fields, columns: columns.map { ColumnView($0) }, count: lines.count)
    return FileTable(table: table, lines: lines, skipped: skipped)
  }

  /// The schema with all that was seen.
  private func widenedSchema() -> FileSchema {
    var columns = schema.columns
    for filler in fillers {
      columns[filler.cells.field.column].sighting.formUnion(filler.cells.sighting)
    }
    if let json {
      let known = columns.count
      for (index, sighting) in json.sightings.enumerated() {
        guard let sighting else { continue }
        let name = json.fields.name(known + index)
        columns.append(FileSchema.SourceColumn(name: name, sighting: sighting))
      }
    }
    return FileSchema(columns)
  }

  /// The first value of a row that doesn't fit.
  private func misfit(_ batch: RecordBatch, _ row: Int) throws(ReadError) -> ReadError {
    let inOrder = fillers.sorted { $0.cells.field.column < $1.cells.field.column }
    for filler in inOrder {
      let cells = filler.cells
      guard let value = try cells.misfit(batch, row) else { continue }
      let (options, note) = mending(value, cells)
      let start = Int(batch.column(cells.slot)[row].start)
      let place = source.place(of: start, in: batch, row: row)
      let cause = FileError.Cause.value(value.text, field: cells.field, cells.given)
      return .file(
        FileError(
          cause: cause, name: reader.content.name, line: place.line, column: place.column,
          note: note, help: options.call(reader.path)))
    }
    return .file(FileError(cause: .notUTF8, name: reader.content.name))
  }

  /// The options that would take a value, and what else it could be.
  private func mending(_ value: Misfit, _ cells: CellsOfColumn) -> (FileOptions, note: String?) {
    let options = reader.options
    let others = cells.sighting.others
    switch cells.field.type {
    case .decimal, .double:
      let styles = FileSchema.allowed(others.numbers.intersection(value.numbers), options)
      guard let choice = styles.choice(prefersGroups: reader.format.isSeparatedByComma) else {
        break
      }
      let other = choice.other.map { options.with($0) }
      return (options.with(choice.first), other?.note(beside: options))
    case .date:
      guard options.date == nil, let choice = others.dates.intersection(value.dates).choice else {
        break
      }
      let other = choice.other.map { options.with($0) }
      return (options.with(choice.first), other?.note(beside: options))
    case .text, .truth: break
    }
    var changed = options
    changed.types[cells.field.name] = .text
    return (changed, nil)
  }
}
