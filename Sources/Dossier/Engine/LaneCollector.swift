/// Keeps the lanes of some registers from batch to batch, to make columns of them in the end.
final class LaneCollector {
  private struct Store {
    var memory: UnsafeMutableRawPointer
    var capacity: Int
    var count = 0
  }

  private let batch: BatchRunner
  private let registers: [Register]
  private var stores: [Store]
  private var offsets: [Int: [Int32]] = [:]
  private var buffers: [Register: AnyObject] = [:]

  init(_ forms: [Form], _ batch: BatchRunner, expecting rows: Int) {
    self.batch = batch
    registers = Array(Set(forms.flatMap(\.registers))).sorted { $0.index < $1.index }
    stores = registers.map { register in
      let size = batch.program.registers[Int(register.index)].lane.size
      let capacity = max(rows, 16)
      return Store(
        memory: .allocate(byteCount: capacity * size, alignment: 16), capacity: capacity)
    }
    for form in forms {
      if case .list(let list) = form { offsets[list.space] = [0] }
    }
  }

  deinit { for store in stores { store.memory.deallocate() } }

  /// Adds all rows of the batch.
  func add(at span: Span) throws(RunError) {
    try charge(batch.laneCount, at: span)
    for index in registers.indices {
      let register = registers[index]
      let space = space(of: register)
      append(index, from: batch.pointer(register), count: batch.laneCount(space))
    }
    for (space, _) in offsets {
      let list = batch.lists[space - 1]
      let base = offsets[space]?.last ?? 0
      offsets[space]?.append(contentsOf: list.offsets.dropFirst().map { $0 + base })
    }
  }

  /// Adds some rows of the batch.
  func add(lanes: [Int32], at span: Span) throws(RunError) {
    try charge({ $0 == 0 ? lanes.count : batch.laneCount($0) }, at: span)
    gather(lanes)
  }

  /// Charges the meter before so many lanes of each space come in.
  private func charge(_ lanes: (Int) -> Int, at span: Span) throws(RunError) {
    var bytes = 0
    for index in registers.indices {
      let info = batch.program.registers[Int(registers[index].index)]
      bytes += lanes(info.space) * info.lane.size
    }
    for (space, _) in offsets { bytes += lanes(space) * 4 }
    try batch.meter.charge(bytes: bytes, at: span)
  }

  private func gather(_ lanes: [Int32]) {
    var elements: [Int: [Int32]] = [:]
    for (space, _) in offsets {
      let list = batch.lists[space - 1]
      var picked: [Int32] = []
      for lane in lanes {
        let range = list.offsets[Int(lane)]..<list.offsets[Int(lane) + 1]
        picked.append(contentsOf: range)
        let last = offsets[space]?.last ?? 0
        offsets[space]?.append(last + Int32(range.count))
      }
      elements[space] = picked
    }
    for index in registers.indices {
      let register = registers[index]
      let space = space(of: register)
      append(
        index, from: batch.pointer(register), lanes: space == 0 ? lanes : elements[space] ?? [])
    }
  }

  /// Constants stand in the rows' space but hold lanes for every space.
  private func space(of register: Register) -> Int {
    batch.program.registers[Int(register.index)].space
  }

  private func grow(_ index: Int, by count: Int, size: Int) {
    let needed = stores[index].count + count
    guard needed > stores[index].capacity else { return }
    let capacity = max(needed, stores[index].capacity * 2)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity * size, alignment: 16)
    memory.copyMemory(from: stores[index].memory, byteCount: stores[index].count * size)
    stores[index].memory.deallocate()
    stores[index].memory = memory
    stores[index].capacity = capacity
  }

  private func append(_ index: Int, from source: UnsafeMutableRawPointer, count: Int) {
    let size = batch.program.registers[Int(registers[index].index)].lane.size
    grow(index, by: count, size: size)
    (stores[index].memory + stores[index].count * size).copyMemory(
      from: source, byteCount: count * size)
    stores[index].count += count
  }

  private func append(_ index: Int, from source: UnsafeMutableRawPointer, lanes: [Int32]) {
    let size = batch.program.registers[Int(registers[index].index)].lane.size
    grow(index, by: lanes.count, size: size)
    var target = stores[index].memory + stores[index].count * size
    for lane in lanes {
      target.copyMemory(from: source + Int(lane) * size, byteCount: size)
      target += size
    }
    stores[index].count += lanes.count
  }

  // MARK: Columns

  /// The collected lanes as a buffer, which takes their memory over.
  private func buffer<T: BitwiseCopyable>(_ register: Register, as type: T.Type) -> Buffer<T> {
    if let buffer = buffers[register] as? Buffer<T> { return buffer }
    guard let index = registers.firstIndex(of: register) else { return Buffer<T>(uninitialized: 0) }
    let store = stores[index]
    let buffer = Buffer(
      adopting: store.memory.assumingMemoryBound(to: T.self), count: store.count)
    stores[index] = Store(memory: .allocate(byteCount: 16, alignment: 16), capacity: 0)
    buffers[register] = buffer
    return buffer
  }

  private func numbers(_ register: Register, _ kind: NumberKind) -> NumberBuffer {
    kind == .double
      ? .doubles(buffer(register, as: Double.self)) : .decimals(buffer(register, as: Int64.self))
  }

  private func words(_ form: WrittenForm?) -> (codes: Buffer<Int32>, dictionary: TextDictionary)? {
    form.map { (buffer($0.codes, as: Int32.self), batch.dictionary($0.texts)) }
  }

  private func dates(_ form: DateForm) -> DateColumn {
    let earliest = buffer(form.earliest, as: Int32.self)
    return DateColumn(
      earliest: earliest,
      latest: form.latest == form.earliest ? earliest : buffer(form.latest, as: Int32.self),
      known: form.known.map { buffer($0, as: UInt8.self) },
      none: form.none.map { buffer($0, as: UInt8.self) }, written: words(form.written))
  }

  /// The column of a form whose registers were collected.
  func column(_ form: Form) -> Column {
    switch form {
    case .truth(let truth):
      let certain = buffer(truth.certain, as: UInt8.self)
      let isExact = truth.certain == truth.possible
      return Column(
        .truths(
          TruthColumn(
            certain: certain, possible: isExact ? certain : buffer(truth.possible, as: UInt8.self),
            known: truth.known.map { buffer($0, as: UInt8.self) },
            aside: truth.aside.map { buffer($0, as: UInt8.self) },
            none: truth.none.map { buffer($0, as: UInt8.self) })))
    case .quantity(let quantity): return Column(.quantities(quantities(quantity)))
    case .text(let codes, let texts):
      return Column(.texts(codes: buffer(codes, as: Int32.self), batch.dictionary(texts)))
    case .reference(let codes, let kind):
      return Column(.references(codes: buffer(codes, as: Int32.self), kind))
    case .date(let date): return Column(.dates(dates(date)))
    case .period(let start, let end):
      return Column(.periods(PeriodColumn(start: dates(start), end: dates(end))))
    case .list(let list):
      return Column(
        .lists(
          ListColumn(
            offsets: Buffer(offsets[list.space] ?? [0]),
            elements: ElementColumn(column(list.element)),
            known: list.known.map { buffer($0, as: UInt8.self) })))
    case .missing: return Column(.texts(codes: Buffer<Int32>(uninitialized: 0), TextDictionary([])))
    }
  }

  private func quantities(_ form: QuantityForm) -> QuantityColumn {
    let low = numbers(form.low, form.kind)
    let unit: QuantityColumn.UnitOfRows =
      switch form.unit {
      case .one(let unit): .one(unit)
      case .each(let codes, let units): .each(buffer(codes, as: Int32.self), units)
      }
    return QuantityColumn(
      low: low, best: form.isExact ? low : numbers(form.best, form.kind),
      high: form.isExact ? low : numbers(form.high, form.kind), kind: form.kind,
      isExact: form.isExact, unit: unit, known: form.known.map { buffer($0, as: UInt8.self) },
      none: form.none.map { buffer($0, as: UInt8.self) }, written: words(form.written))
  }

  /// A column of some lanes of the current batch.
  static func column(of form: Form, lanes: [Int32], _ batch: BatchRunner) -> Column {
    let collector = LaneCollector([form], batch, expecting: lanes.count)
    collector.gather(lanes)
    return collector.column(form)
  }
}
