/// Makes a schema from a file's header and samples.
///
/// They are its begin, middle and end, 1 MB in all; of a stream its first MB. A small file is seen
/// whole.
struct FileSampler {
  private static let total = 1 << 20
  private static let part = total / 3

  let content: any FileContent
  let path: String
  let options: FileOptions
  let charge: Charge

  private var name: String { content.name }

  /// The format and the fields.
  func sample() throws(ReadError) -> (format: FileFormat, schema: FileSchema) {
    let isLarge = (content.size ?? 0) > FileSampler.total
    let block = try block(from: 0, size: isLarge ? FileSampler.part : FileSampler.total)
    if block.count == 0 { throw .file(FileError(cause: .empty, name: name)) }
    let format = try FileFormat.found(in: block, path: path, options, name: name)
    let columns: [FileSchema.SourceColumn]
    switch format {
    case .delimited(let dialect):
      columns = try sample(block, dialect, laterStarts: isLarge ? laterStarts : [])
    case .json(let layout):
      if let option = options.numberOption {
        throw .file(FileError(cause: .onlyOfDelimited(option), name: name))
      }
      let starts = isLarge && layout.isLines ? laterStarts : []
      columns = try sample(block, layout, laterStarts: starts)
    }
    let given = try given(columns)
    try checkWays(given)
    return (format, FileSchema(given))
  }

  private func block(from start: Int, size: Int) throws(ReadError) -> ByteBlock {
    let block = try ByteBlock(content, from: start, size: size, charge: charge)
    try block.refill(keeping: 0)
    return block
  }

  /// Where the samples of the middle and the end begin.
  private var laterStarts: [Int] {
    let size = content.size ?? 0
    return [size / 2, size - FileSampler.part]
  }

  /// The types that the script gives.
  private func given(
    _ columns: [FileSchema.SourceColumn]
  ) throws(ReadError) -> [FileSchema.SourceColumn] {
    var columns = columns
    for name in options.types.keys.sorted() {
      guard let index = columns.firstIndex(where: { $0.name == normalised(name) }) else {
        let nearest = Suggestion.nearest(to: name, among: columns.map(\.name))
        throw .file(FileError(cause: .noSuchField(name, nearest: nearest), name: self.name))
      }
      columns[index].given = options.types[name]
    }
    return columns
  }

  // MARK: Delimited text

  private func sample(
    _ block: ByteBlock, _ dialect: Dialect, laterStarts: [Int]
  ) throws(ReadError) -> [FileSchema.SourceColumn] {
    let header = DelimitedRecords(
      block, from: FileFormat.start(block), dialect, needed: [], name: name, skipsBad: true)
    let cells = try header.readHeader()
    let names = try HeaderNames(cells, block.bytes, dialect, file: name, charge: charge).names
    var sightings = [Sighting](repeating: Sighting(), count: names.count)
    func add(_ found: [Sighting]) {
      for (index, sighting) in found.enumerated() { sightings[index].formUnion(sighting) }
    }
    let first = records(
      block, from: header.nextStart, dialect, names.count, line: header.nextLine)
    add(try self.sightings(first, names.count, dialect, block, isFirst: true))
    for start in laterStarts {
      let block = try self.block(from: start, size: FileSampler.part)
      add(try laterSightings(block, dialect, names.count))
    }
    return zip(names, sightings).map { FileSchema.SourceColumn(name: $0, sighting: $1) }
  }

  private func records(
    _ block: ByteBlock, from start: Int, _ dialect: Dialect, _ width: Int, line: Int = 1
  ) -> DelimitedRecords {
    DelimitedRecords(
      block, from: start, line: line, dialect, width: width, needed: Array(0..<width), name: name,
      skipsBad: true, isSample: true)
  }

  /// A sample of the middle may begin in quotes or outside: it counts if one of both leaves no row
  /// malformed.
  private func laterSightings(
    _ block: ByteBlock, _ dialect: Dialect, _ width: Int
  ) throws(ReadError) -> [Sighting] {
    for inQuotes in [false, true] {
      guard let start = StructureScanner.firstRow(block, dialect, inQuotes: inQuotes) else {
        continue
      }
      let records = records(block, from: start, dialect, width)
      let found = try sightings(records, width, dialect, block)
      if records.skipped == 0 { return found }
    }
    return []
  }

  /// What the values of each column look like.
  private func sightings(
    _ records: DelimitedRecords, _ width: Int, _ dialect: Dialect, _ block: ByteBlock,
    isFirst: Bool = false
  ) throws(ReadError) -> [Sighting] {
    let reader = CellReader(.delimited(quote: dialect.quote), options)
    let scratch = GrowingBuffer<UInt8>(charge: charge)
    var sightings = [Sighting](repeating: Sighting(), count: width)
    let batch = RecordBatch(width: width, bytes: block.bytes)
    while true {
      try records.fill(batch)
      if batch.count == 0 { return sightings }
      try charge.steps(batch.count * width)
      for column in 0..<width {
        let cells = batch.column(column)
        for row in 0..<batch.count {
          let value = reader.value(cells[row], batch.bytes)
          try sightings[column].note(
            value, reader, scratch, line: isFirst ? Int(batch.lines[row]) : nil)
        }
      }
    }
  }

  // MARK: JSON

  private func sample(
    _ block: ByteBlock, _ layout: JSONLayout, laterStarts: [Int]
  ) throws(ReadError) -> [FileSchema.SourceColumn] {
    let fields = try JSONFields([], charge: charge)
    var sightings = try self.sightings(block, layout, fields, at: nil)
    for start in laterStarts {
      let block = try self.block(from: start, size: FileSampler.part)
      guard let newline = block.elements.firstIndex(of: 0x0A) else { continue }
      let later = try self.sightings(block, layout, fields, at: newline + 1)
      while sightings.count < later.count { sightings.append(nil) }
      for (index, sighting) in later.enumerated() {
        guard let sighting else { continue }
        var before = sightings[index] ?? Sighting()
        // Records of the earlier samples don't have the field.
        before.hasUnknown = before.hasUnknown || sightings[index] == nil
        before.formUnion(sighting)
        sightings[index] = before
      }
    }
    let columns = sightings.enumerated().compactMap { index, sighting in
      sighting.map { FileSchema.SourceColumn(name: fields.name(index), sighting: $0) }
    }
    if columns.isEmpty {
      _ = try self.sightings(block, layout, fields, at: nil, isStrict: true)
      throw .file(FileError(cause: .noTable("there is no field in it"), name: name))
    }
    return columns
  }

  private func sightings(
    _ block: ByteBlock, _ layout: JSONLayout, _ fields: JSONFields, at start: Int?,
    isStrict: Bool = false
  ) throws(ReadError) -> [Sighting?] {
    let records = JSONRecords(
      block, layout, fields, firstNew: 0, needed: [], name: name, options, charge: charge,
      isSample: true, isStrict: isStrict)
    if let start { records.begin(at: start) }
    let batch = RecordBatch(width: 0, bytes: block.bytes)
    repeat {
      try records.fill(batch)
      try charge.steps(batch.count * max(fields.count, 1))
    } while batch.count > 0
    return records.sightings
  }
}
