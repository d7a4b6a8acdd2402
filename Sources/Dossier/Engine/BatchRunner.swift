/// Runs the instructions of one program over a table, some thousand rows at a time.
///
/// A loaded register points into the column's own memory; the others have slots of their own. After
/// `run(batch:)` the registers hold the lanes of that batch until the next.
final class BatchRunner {
  /// Rows of a batch: its registers fit into the second-level cache.
  static let batchSize = 4_096

  let program: Program
  let table: Table
  /// The columns that the program reads, side by side.
  let columns: [Column?]
  /// The tables of the program's scalars, each of one row.
  let scalars: [Table]
  /// The dictionaries that the program makes.
  var made: [TextCoder]
  /// How many rows `program.tallies` have counted.
  var tallies: [Int]
  /// The values of subqueries, by their plans.
  var members: [Int: MemberSet] = [:]
  /// What instructions have found out about codes, by their results.
  var memos: [Register: CodeMemo<Int32>] = [:]
  /// Bytes of texts that were looked at since the meter was asked.
  var textBytes = 0
  /// What the host's functions gave for this batch, by their calls.
  var hostResults: [Register: Column] = [:]
  /// What pure ones gave so far.
  var hostMemo: [Register: [[Value]: Value]] = [:]
  let meter: Meter
  /// The first row of the batch.
  private(set) var start = 0
  /// How many rows the batch has.
  private(set) var count = 0
  /// 1 for the rows that the filters keep.
  var selection: UnsafeMutablePointer<UInt8>
  /// How many rows of the batch the filters keep.
  var selected = 0
  /// Whether the filters keep all rows of the batch.
  var isWhole: Bool { selected == count }
  var listedLanes: [Int32]?
  /// The certain rows of the batch and the others, once somebody has asked.
  var parts: BatchParts?
  /// Whether rows are left out for a while that the filters keep.
  var isNarrowed = false
  /// 0 where a kept row is only maybe there; nil if all are certain.
  let membership: UnsafeMutablePointer<UInt8>?
  /// The elements of the batch's lists.
  private(set) var lists: [ListBatch]
  /// What the filters left undecided, for the footer.
  var notes: [FilterNote]

  private var pointers: [UnsafeMutableRawPointer]
  /// One block for all slots, and where each of them begins.
  private var block: UnsafeMutableRawPointer?
  private var slots: [Int] = []
  private(set) var capacity: Int

  init(_ program: Program, _ table: Table, _ meter: Meter, scalars: [Table]) throws(RunError) {
    self.program = program
    self.table = table
    self.meter = meter
    self.scalars = scalars
    made = [TextCoder](repeating: TextCoder(), count: program.madeTexts)
    tallies = [Int](repeating: 0, count: program.tallies.count)
    columns = try BatchRunner.columns(program, table, meter)
    capacity = BatchRunner.capacity(program, table, columns, scalars)
    try meter.ensure(bytes: capacity * 16, at: .nowhere)
    selection = .allocate(capacity: capacity)
    selection.initialize(repeating: 1, count: capacity)
    lists = program.lists.map { _ in ListBatch() }
    notes = program.filters.map { FilterNote($0) }
    pointers = []
    let mayHoldMaybe = table.membership != nil || program.filters.contains { $0.kept == .possible }
    membership = mayHoldMaybe ? .allocate(capacity: BatchRunner.batchSize) : nil
    try allocate(scalars)
  }

  deinit {
    selection.deallocate()
    membership?.deallocate()
    parts?.deallocate()
    block?.deallocate()
  }

  private static func columns(
    _ program: Program, _ table: Table, _ meter: Meter
  ) throws(RunError) -> [Column?] {
    var columns = [Column?](repeating: nil, count: table.columns.count)
    func read(_ index: Int) throws(RunError) {
      guard columns[index] == nil else { return }
      let span = program.instructions.first?.span ?? .nowhere
      try meter.charge(bytes: table.columns[index].copySize, at: span)
      columns[index] = table.column(index)
    }
    for instruction in program.instructions {
      if case .load(let column, _) = instruction.operation { try read(column) }
    }
    for case .column(let column) in program.lists { try read(column) }
    return columns
  }

  /// Lanes that a slot needs: rows of a batch, or the elements of the batch with the most.
  private static func capacity(
    _ program: Program, _ table: Table, _ columns: [Column?], _ scalars: [Table]
  ) -> Int {
    var most = min(batchSize, max(table.count, 1))
    for list in program.lists {
      switch list {
      case .column(let column):
        guard case .lists(let lists)? = columns[column]?.storage else { continue }
        for start in stride(from: 0, to: table.count, by: batchSize) {
          let end = min(start + batchSize, table.count)
          most = max(most, Int(lists.offsets[end] - lists.offsets[start]))
        }
      case .followed(_, let lists):
        let longest = (0..<lists.offsets.count - 1).map { lists.range($0).count }.max() ?? 0
        most = max(most, longest * min(batchSize, max(table.count, 1)))
      case .pieces: break
      case .rows(let plan):
        most = max(most, scalars[plan].count * min(batchSize, max(table.count, 1)))
      case .scalar(let plan, let column):
        guard case .lists(let lists) = scalars[plan].column(column).storage else { continue }
        most = max(most, lists.range(0).count * min(batchSize, max(table.count, 1)))
      }
    }
    return most
  }

  private static func fill(_ memory: UnsafeMutableRawPointer, _ value: Constant, _ count: Int) {
    switch value {
    case .mask(let byte):
      memory.bindMemory(to: UInt8.self, capacity: count).initialize(repeating: byte, count: count)
    case .code(let code):
      memory.bindMemory(to: Int32.self, capacity: count).initialize(repeating: code, count: count)
    case .int(let number):
      memory.bindMemory(to: Int64.self, capacity: count).initialize(repeating: number, count: count)
    case .double(let number):
      memory.bindMemory(to: Double.self, capacity: count).initialize(
        repeating: number, count: count)
    case .scalar: break
    }
  }

  private func allocate(_ scalars: [Table]) throws(RunError) {
    var size = 0
    slots.reserveCapacity(program.slots.count)
    for slot in program.slots {
      slots.append(size)
      size += (capacity * slot.lane.size + 31) & ~15
    }
    try meter.charge(bytes: size, at: program.instructions.first?.span ?? .nowhere)
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(size, 16), alignment: 16)
    self.block = block
    pointers.reserveCapacity(program.registers.count)
    for register in program.registers { pointers.append(block + slots[register.slot]) }
    fillConstants()
  }

  private func fillConstants() {
    for (register, value) in program.constants {
      let memory = pointers[Int(register.index)]
      if case .scalar(let plan, let column, let part) = value {
        fill(
          memory, from: scalars[plan].column(column), part,
          lane: program.registers[Int(register.index)].lane)
      } else {
        BatchRunner.fill(memory, value, capacity)
      }
    }
  }

  /// The only row of a scalar's column, in all lanes.
  private func fill(
    _ memory: UnsafeMutableRawPointer, from column: Column, _ part: Part, lane: Program.Lane
  ) {
    guard let source = column.memory(part) else {
      BatchRunner.fill(memory, part.whenAbsent, capacity)
      return
    }
    let value: Constant =
      switch lane {
      case .mask: .mask(source.load(as: UInt8.self))
      case .code: .code(source.load(as: Int32.self))
      case .int: .int(source.load(as: Int64.self))
      case .double: .double(source.load(as: Double.self))
      }
    BatchRunner.fill(memory, value, capacity)
  }

  // MARK: Lanes

  func pointer(_ register: Register) -> UnsafeMutableRawPointer { pointers[Int(register.index)] }

  func masks(_ register: Register) -> UnsafeMutablePointer<UInt8> {
    pointer(register).assumingMemoryBound(to: UInt8.self)
  }

  func codes(_ register: Register) -> UnsafeMutablePointer<Int32> {
    pointer(register).assumingMemoryBound(to: Int32.self)
  }

  func ints(_ register: Register) -> UnsafeMutablePointer<Int64> {
    pointer(register).assumingMemoryBound(to: Int64.self)
  }

  func doubles(_ register: Register) -> UnsafeMutablePointer<Double> {
    pointer(register).assumingMemoryBound(to: Double.self)
  }

  /// How many lanes a space has in this batch.
  func laneCount(_ space: Int) -> Int { space == 0 ? count : lists[space - 1].count }

  /// The rows of the batch that the filters keep, listed when somebody needs a list.
  var keptLanes: [Int32] {
    if let listedLanes { return listedLanes }
    let lanes = [Int32](unsafeUninitializedCapacity: count) { lanes, filled in
      if let start = lanes.baseAddress { filled = Kernels.list(selection, start, count) }
    }
    listedLanes = lanes
    return lanes
  }

  /// Does something as if the batch had one kept row; before that all are.
  func only<Failure>(_ lane: Int, _ body: () throws(Failure) -> Void) throws(Failure) {
    let (selectedBefore, listedBefore) = (selected, listedLanes)
    selection.update(repeating: 0, count: count)
    selection[lane] = 1
    (selected, listedLanes) = (1, [Int32(lane)])
    defer {
      selection.update(repeating: 1, count: count)
      (selected, listedLanes) = (selectedBefore, listedBefore)
    }
    try body()
  }

  // MARK: Batches

  /// Computes the registers for some rows; false if no row is kept.
  func run(start: Int) throws(RunError) -> Bool {
    self.start = start
    count = min(BatchRunner.batchSize, table.count - start)
    selected = count
    listedLanes = nil
    parts?.areKnown = false
    if !program.filters.isEmpty { selection.update(repeating: 1, count: count) }
    startMembership()
    try meter.charge(steps: count * (program.instructions.count + 1), at: .nowhere)
    for index in program.instructions.indices {
      try execute(program.instructions[index])
      if selected == 0 { return false }
    }
    return true
  }

  /// A row that was maybe there stays maybe.
  private func startMembership() {
    guard let membership else { return }
    if let before = table.membership {
      membership.update(from: before.start + start, count: count)
    } else {
      membership.update(repeating: 1, count: count)
    }
  }

  private func execute(_ instruction: Instruction) throws(RunError) {
    let result = Int(instruction.result.index)
    switch instruction.operation {
    case .load(let column, let part):
      let info = program.registers[result]
      if let memory = columns[column]?.memory(part) {
        pointers[result] = memory + start * info.lane.size
      } else {
        BatchRunner.fill(pointers[result], part.whenAbsent, count)
      }
    case .loadResult(let part):
      if let memory = hostResults[instruction.inputs[0]]?.memory(part) {
        pointers[result] = memory
      } else {
        BatchRunner.fill(pointers[result], part.whenAbsent, count)
      }
    case .keep(let filter): keep(program.filters[filter], filter)
    case .require(let cause): try require(cause, instruction)
    case .openList(let list): try openList(list, instruction)
    case .loadElements(let list, let part): loadElements(list, part, instruction)
    default: try compute(instruction)
    }
  }

  // MARK: Lists

  /// Makes room for more lanes; what the slots hold stays.
  private func grow(to lanes: Int, at span: Span) throws(RunError) {
    guard lanes > capacity, let old = block else { return }
    let (offsets, lanesBefore) = (slots, capacity)
    capacity = lanes * 2
    var size = 0
    slots = program.slots.map { slot in
      defer { size += (capacity * slot.lane.size + 31) & ~15 }
      return size
    }
    try meter.charge(bytes: size, at: span)
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(size, 16), alignment: 16)
    for (index, slot) in program.slots.enumerated() {
      (block + slots[index]).copyMemory(
        from: old + offsets[index], byteCount: lanesBefore * slot.lane.size)
    }
    for (index, register) in program.registers.enumerated()
    where pointers[index] == old + offsets[register.slot] {
      pointers[index] = block + slots[register.slot]
    }
    self.block = block
    old.deallocate()
    fillConstants()
  }

  private func openList(_ list: Int, _ instruction: Instruction) throws(RunError) {
    switch program.lists[list] {
    case .column(let column):
      guard case .lists(let lists)? = columns[column]?.storage else { return }
      self.lists[list].open(lists, rows: start..<start + count)
    case .followed(let codes, let column):
      self.lists[list].open(column, codes: self.codes(codes), count: count)
    case .rows, .scalar:
      if let lists = listColumn(list) { self.lists[list].open(lists, count: count) }
    case .pieces(let codes, let texts, let separator, let made):
      let pieces = try pieces(codes, texts, separator, made, at: instruction.span)
      let lanes = pieces.reduce(0) { $0 + $1.count }
      try meter.ensure(bytes: lanes * 24, at: instruction.span)
      self.lists[list].open(pieces)
      try grow(to: self.lists[list].count, at: instruction.span)
    }
  }

  private func loadElements(_ list: Int, _ part: Part, _ instruction: Instruction) {
    let result = Int(instruction.result.index)
    let lane = program.registers[result].lane
    let batch = lists[list]
    let target = pointers[result]
    guard let memory = batch.column?.column.memory(part) else {
      BatchRunner.fill(target, part.whenAbsent, batch.count)
      return
    }
    for (index, element) in batch.elements.enumerated() {
      (target + index * lane.size).copyMemory(
        from: memory + Int(element) * lane.size, byteCount: lane.size)
    }
  }
}
