/// A dossier as bytes that are ready to use: columns are read where they lie, nothing is parsed.
///
/// The built-in dossier takes part in every start of the program, so its facts are compiled into
/// such an image; a test holds the image against `kursk.q` (`RECORD=1 make test` makes it anew).
/// The format is private to one build of the library and little-endian:
///
///     blocks    count, then as many elements, the next block on a multiple of 8
///     texts     a block of end offsets, a block of UTF-8 bytes
///     column    a tag, then the blocks of its parts; what is absent has the count −1
enum FactImage {
  /// The image of a dossier.
  static func bytes(of store: FactStore) -> [UInt8] {
    var writer = ImageWriter()
    for kind in EntityKind.allCases {
      writer.add(store[kind])
      writer.add(store.table(kind))
    }
    writer.add(store.facts.map { Int32($0.kind.rawValue) })
    writer.add(store.facts.map(\.row))
    return writer.bytes
  }

  /// The dossier of an image.
  static func store(of image: [UInt8]) -> FactStore {
    var reader = ImageReader(image)
    var entities: [EntityTable] = []
    var tables: [(name: String, table: Table)] = []
    for kind in EntityKind.allCases {
      entities.append(reader.entityTable(kind))
      tables.append((kind.table, reader.table(kind)))
    }
    let kinds: Buffer<Int32> = reader.buffer()
    let rows: Buffer<Int32> = reader.buffer()
    let facts = (0..<kinds.count).map { index in
      FactKey(kind: EntityKind.allCases[Int(kinds[index])], row: rows[index])
    }
    return FactStore(entities: entities, tables: tables, facts: facts)
  }

  /// The first word of a column.
  enum Tag: Int32 {
    case truths, quantities, texts, dates, periods, references, lists
  }
}

/// Writes blocks.
struct ImageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add<T: BitwiseCopyable>(_ values: some Collection<T>) {
    append(Int64(values.count))
    for value in values { append(value) }
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  private mutating func append<T: BitwiseCopyable>(_ value: T) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }

  private mutating func addAbsent() { append(Int64(-1)) }

  private mutating func add(_ number: Int32) { add(CollectionOfOne(number)) }

  private mutating func add<T: BitwiseCopyable>(_ buffer: Buffer<T>?) {
    if let buffer { add(buffer.elements) } else { addAbsent() }
  }

  private mutating func add(_ texts: [String]) {
    var ends: [Int32] = []
    var utf8: [UInt8] = []
    for text in texts {
      utf8 += Array(text.utf8)
      ends.append(Int32(utf8.count))
    }
    add(ends)
    add(utf8)
  }

  mutating func add(_ entities: EntityTable) {
    add(entities.ids)
    add(entities.names)
    add(entities.aliases.flatMap { $0 })
    add(entities.aliases.map { Int32($0.count) })
    add(entities.wholes.flatMap { $0 ?? [] })
    add(entities.wholes.map { Int32($0?.count ?? -1) })
    add(entities.places.names)
    add(entities.places.scripts)
    add(entities.places.lines)
  }

  mutating func add(_ table: Table) {
    for view in table.columns { add(view.column) }
    if case .one(let facts) = table.provenance { add(facts) } else { addAbsent() }
  }

  private mutating func add(_ column: Column) {
    switch column.storage {
    case .truths(let truths):
      add(FactImage.Tag.truths.rawValue)
      add(truths.certain)
      add(truths.possible)
      add(truths.known)
    case .quantities(let quantities): add(quantities)
    case .texts(let codes, let dictionary):
      add(FactImage.Tag.texts.rawValue)
      add(codes)
      add(dictionary.texts)
    case .dates(let dates):
      add(FactImage.Tag.dates.rawValue)
      add(dates)
    case .periods(let periods):
      add(FactImage.Tag.periods.rawValue)
      add(periods.start)
      add(periods.end)
    case .references(let codes, let kind):
      add(FactImage.Tag.references.rawValue)
      add(Int32(kind.rawValue))
      add(codes)
    case .lists(let lists):
      add(FactImage.Tag.lists.rawValue)
      add(lists.offsets)
      add(lists.known)
      add(lists.elements.column)
    }
  }

  private mutating func add(_ dates: DateColumn) {
    add(dates.earliest)
    add(dates.latest)
    add(dates.known)
    add(dates.written)
  }

  private mutating func add(_ written: (codes: Buffer<Int32>, dictionary: TextDictionary)?) {
    add(written?.codes)
    add(written?.dictionary.texts ?? [])
  }

  private mutating func add(_ column: QuantityColumn) {
    add(FactImage.Tag.quantities.rawValue)
    guard case .decimal(let scale) = column.kind else { return }
    add(Int32(scale))
    add(column.isExact ? 1 : 0)
    for bound in [column.low, column.best, column.high] {
      if case .decimals(let buffer) = bound { add(buffer) }
    }
    switch column.unit {
    case .one(let unit):
      addAbsent()
      add([unit?.name ?? ""])
    case .each(let codes, let units):
      add(codes)
      add(units.map { $0?.name ?? "" })
    }
    add(column.known)
    add(column.written)
  }
}

/// Reads blocks where they lie.
struct ImageReader {
  /// Keeps the bytes for the buffers that lie in them.
  private final class Memory {
    let start: UnsafeMutableRawPointer

    init(_ bytes: [UInt8]) {
      start = .allocate(byteCount: max(bytes.count, 1), alignment: 8)
      bytes.withUnsafeBytes { source in
        if let base = source.baseAddress { start.copyMemory(from: base, byteCount: source.count) }
      }
    }

    deinit { start.deallocate() }
  }

  private let memory: Memory
  private var position: UnsafeMutableRawPointer

  init(_ bytes: [UInt8]) {
    memory = Memory(bytes)
    position = memory.start
  }

  private mutating func block<T: BitwiseCopyable>(_ type: T.Type) -> UnsafeBufferPointer<T>? {
    let count = position.load(as: Int64.self)
    position += 8
    guard count >= 0 else { return nil }
    let start = position.assumingMemoryBound(to: T.self)
    position += (Int(count) * MemoryLayout<T>.size + 7) & ~7
    return UnsafeBufferPointer(start: start, count: Int(count))
  }

  mutating func buffer<T: BitwiseCopyable>() -> Buffer<T> {
    Buffer(borrowing: block(T.self) ?? UnsafeBufferPointer(start: nil, count: 0), owner: memory)
  }

  private mutating func optionalBuffer<T: BitwiseCopyable>() -> Buffer<T>? {
    block(T.self).map { Buffer(borrowing: $0, owner: memory) }
  }

  private mutating func number() -> Int32 { block(Int32.self)?.first ?? 0 }

  private mutating func texts() -> [String] {
    guard let ends = block(Int32.self), let utf8 = block(UInt8.self) else { return [] }
    var texts: [String] = []
    texts.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      texts.append(String(decoding: utf8[start..<Int(end)], as: UTF8.self))
      start = Int(end)
    }
    return texts
  }

  mutating func entityTable(_ kind: EntityKind) -> EntityTable {
    let ids = texts()
    let names = texts()
    var aliases = texts()[...]
    let aliasCounts = block(Int32.self) ?? UnsafeBufferPointer(start: nil, count: 0)
    var wholes = Array(block(Int32.self) ?? UnsafeBufferPointer(start: nil, count: 0))[...]
    let wholeCounts = block(Int32.self) ?? UnsafeBufferPointer(start: nil, count: 0)
    return EntityTable(
      kind: kind, ids: ids, names: names,
      aliases: aliasCounts.map { count in
        defer { aliases = aliases.dropFirst(Int(count)) }
        return Array(aliases.prefix(Int(count)))
      },
      wholes: wholeCounts.map { count in
        guard count >= 0 else { return nil }
        defer { wholes = wholes.dropFirst(Int(count)) }
        return Array(wholes.prefix(Int(count)))
      },
      places: DeclarationPlaces(names: texts(), scripts: buffer(), lines: buffer()))
  }

  mutating func table(_ kind: EntityKind) -> Table {
    var columns: [Column] = []
    for _ in 0..<FieldRule.rules(for: kind).count + 2 { columns.append(column()) }
    let facts: Buffer<Int32>? = optionalBuffer()
    return Table(
      fields: FieldRule.fields(of: kind, columns), columns: columns.map { ColumnView($0) },
      count: columns[0].count,
      provenance: facts.map { .one($0) } ?? .none, claims: kind == .figure ? [.own] : [])
  }

  private mutating func column() -> Column {
    switch FactImage.Tag(rawValue: number()) {
    case .truths:
      return Column(
        .truths(TruthColumn(certain: buffer(), possible: buffer(), known: optionalBuffer())))
    case .quantities: return Column(.quantities(quantities()))
    case .texts: return Column(.texts(codes: buffer(), TextDictionary(texts())))
    case .dates, nil: return Column(.dates(dates()))
    case .periods: return Column(.periods(PeriodColumn(start: dates(), end: dates())))
    case .references:
      let kind = EntityKind.allCases[Int(number())]
      return Column(.references(codes: buffer(), kind))
    case .lists:
      let offsets: Buffer<Int32> = buffer()
      let known: Buffer<UInt8>? = optionalBuffer()
      return Column(
        .lists(ListColumn(offsets: offsets, elements: ElementColumn(column()), known: known)))
    }
  }

  private mutating func dates() -> DateColumn {
    DateColumn(
      earliest: buffer(), latest: buffer(), known: optionalBuffer(), written: written())
  }

  private mutating func written() -> (codes: Buffer<Int32>, dictionary: TextDictionary)? {
    let codes: Buffer<Int32>? = optionalBuffer()
    let dictionary = TextDictionary(texts())
    return codes.map { ($0, dictionary) }
  }

  private mutating func quantities() -> QuantityColumn {
    let scale = Int(number())
    let isExact = number() == 1
    let (low, best, high): (Buffer<Int64>, Buffer<Int64>, Buffer<Int64>) = (
      buffer(), buffer(), buffer()
    )
    let unitCodes: Buffer<Int32>? = optionalBuffer()
    let units = texts().map(Unit.init(name:))
    return QuantityColumn(
      low: .decimals(low), best: .decimals(isExact ? low : best),
      high: .decimals(isExact ? low : high), kind: .decimal(scale: scale), isExact: isExact,
      unit: unitCodes.map { .each($0, units) } ?? .one(units[0]), known: optionalBuffer(),
      written: written())
  }
}

extension Unit {
  /// The unit of a result's text: `people/day`; nil for a plain number's.
  fileprivate init?(name: String) {
    let parts = name.split(separator: "/").map(String.init)
    guard let over = parts.first, let unit = Unit.named(over, per: parts.dropFirst().first) else {
      return nil
    }
    self = unit
  }
}
