/// Runs the instructions of one program over a table, some thousand rows at a time.
///
/// A loaded register points into the column's own memory; the others have slots of their own. After
/// `run(batch:)` the registers hold the lanes of that batch until the next.
final class BatchRunner {
  /// Rows of a batch: its registers fit into the second-level cache.
  static let batchSize = 2_048

  let program: Program
  let table: Table
  let meter: Meter
  /// The first row of the batch.
  private(set) var start = 0
  /// How many rows the batch has.
  private(set) var count = 0
  /// 1 for the rows that the filters keep.
  let selection: UnsafeMutablePointer<UInt8>
  /// How many rows of the batch the filters keep.
  private(set) var selected = 0
  /// 0 where a kept row is only maybe there.
  private(set) var membership: UnsafeMutablePointer<UInt8>?
  /// The elements of the batch's lists.
  private(set) var lists: [ListBatch]
  /// What the filters left undecided, for the footer.
  private(set) var notes: [FilterNote]

  private var pointers: [UnsafeMutableRawPointer]
  private var owned: [UnsafeMutableRawPointer] = []
  private let capacity: Int
  private let defaults: [Part: UnsafeMutableRawPointer]

  init(_ program: Program, _ table: Table, _ meter: Meter, scalars: [Table]) throws(RunError) {
    self.program = program
    self.table = table
    self.meter = meter
    capacity = BatchRunner.capacity(program, table)
    let bytes = capacity
    selection = .allocate(capacity: bytes)
    selection.initialize(repeating: 1, count: bytes)
    lists = program.lists.map { _ in ListBatch() }
    notes = program.filters.map { FilterNote(isKept: $0.possibly) }
    pointers = []
    defaults = BatchRunner.defaults(program, capacity)
    try allocate(scalars)
  }

  deinit {
    selection.deallocate()
    membership?.deallocate()
    for memory in owned { memory.deallocate() }
    for memory in defaults.values { memory.deallocate() }
  }

  /// Lanes that a slot needs: rows of a batch, or the elements of the batch with the most.
  private static func capacity(_ program: Program, _ table: Table) -> Int {
    var most = min(batchSize, max(table.count, 1))
    for list in program.lists {
      switch list {
      case .column(let column):
        guard case .lists(let lists) = table.columns[column].storage else { continue }
        for start in stride(from: 0, to: table.count, by: batchSize) {
          let end = min(start + batchSize, table.count)
          most = max(most, Int(lists.offsets[end] - lists.offsets[start]))
        }
      case .followed(_, let lists):
        let longest = (0..<lists.offsets.count - 1).map { lists.range($0).count }.max() ?? 0
        most = max(most, longest * min(batchSize, max(table.count, 1)))
      }
    }
    return most
  }

  /// The memory of parts that some loaded column doesn't have.
  private static func defaults(
    _ program: Program, _ capacity: Int
  ) -> [Part: UnsafeMutableRawPointer] {
    var memory: [Part: UnsafeMutableRawPointer] = [:]
    for instruction in program.instructions {
      let part: Part
      switch instruction.operation {
      case .load(_, let loaded), .loadElements(_, let loaded): part = loaded
      default: continue
      }
      guard memory[part] == nil else { continue }
      switch part {
      case .known, .written, .unit:
        let lane: Program.Lane = part == .known ? .mask : .code
        let block = UnsafeMutableRawPointer.allocate(byteCount: capacity * lane.size, alignment: 16)
        fill(block, part.whenAbsent, capacity)
        memory[part] = block
      default: continue
      }
    }
    return memory
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
      memory.bindMemory(to: Double.self, capacity: count).initialize(repeating: number, count: count)
    case .scalar: break
    }
  }

  private func allocate(_ scalars: [Table]) throws(RunError) {
    let bytes = program.slots.reduce(0) { $0 + capacity * $1.lane.size + 16 }
    try meter.charge(bytes: bytes, at: program.instructions.first?.span ?? Span(0, 0))
    let slots = program.slots.map { slot in
      UnsafeMutableRawPointer.allocate(byteCount: capacity * slot.lane.size + 16, alignment: 16)
    }
    owned = slots
    pointers = program.registers.map { slots[$0.slot] }
    for (register, value) in program.constants {
      let memory = pointers[Int(register.index)]
      if case .scalar(let plan, let column, let part) = value {
        fill(memory, from: scalars[plan].columns[column], part, lane: program.registers[Int(register.index)].lane)
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

  // MARK: Batches

  /// Computes the registers for some rows; false if no row is kept.
  func run(start: Int) throws(RunError) -> Bool {
    self.start = start
    count = min(BatchRunner.batchSize, table.count - start)
    selected = count
    if !program.filters.isEmpty { selection.update(repeating: 1, count: count) }
    if let membership { membership.update(repeating: 1, count: count) }
    try meter.charge(steps: count * (program.instructions.count + 1), at: Span(0, 0))
    for instruction in program.instructions {
      try execute(instruction)
      if selected == 0 { return false }
    }
    return true
  }

  private func execute(_ instruction: Instruction) throws(RunError) {
    let result = Int(instruction.result.index)
    switch instruction.operation {
    case .load(let column, let part):
      let size = program.registers[result].lane.size
      if let memory = table.columns[column].memory(part) {
        pointers[result] = memory + start * size
      } else if let memory = defaults[part] {
        pointers[result] = memory
      }
    case .keep(let filter): keep(program.filters[filter], filter)
    case .require(let cause): try require(cause, instruction)
    case .openList(let list): openList(list, instruction)
    case .loadElements(let list, let part): loadElements(list, part, instruction)
    default: try compute(instruction)
    }
  }

  // MARK: Filters

  private func keep(_ filter: FilterStep, _ index: Int) {
    let certain = masks(filter.condition.certain)
    let possible = masks(filter.condition.possible)
    let aside = filter.condition.aside.map(masks)
    let isExact = filter.condition.certain == filter.condition.possible
    if !isExact || aside != nil { noteUndecided(filter, index, certain, possible, aside) }
    if filter.possibly, !isExact {
      keepPossible(certain, possible, aside)
    } else {
      Kernels.and(selection, certain, selection, count)
    }
    selected = Kernels.count(selection, count)
  }

  private func keepPossible(
    _ certain: UnsafeMutablePointer<UInt8>, _ possible: UnsafeMutablePointer<UInt8>,
    _ aside: UnsafeMutablePointer<UInt8>?
  ) {
    let members: UnsafeMutablePointer<UInt8>
    if let membership {
      members = membership
    } else {
      members = .allocate(capacity: capacity)
      members.initialize(repeating: 1, count: capacity)
      membership = members
    }
    Kernels.and(members, certain, members, count)
    Kernels.and(selection, possible, selection, count)
    if let aside { Kernels.andNot(selection, aside, selection, count) }
  }

  private func noteUndecided(
    _ filter: FilterStep, _ index: Int, _ certain: UnsafeMutablePointer<UInt8>,
    _ possible: UnsafeMutablePointer<UInt8>, _ aside: UnsafeMutablePointer<UInt8>?
  ) {
    for row in 0..<count where selection[row] != 0 {
      if let aside, aside[row] != 0 {
        notes[index].aside += 1
      } else if possible[row] != 0, certain[row] == 0 {
        notes[index].undetermined += 1
        explain(row, filter, index)
      }
    }
  }

  /// Why a row is undetermined: the first comparison that is.
  private func explain(_ row: Int, _ filter: FilterStep, _ index: Int) {
    for comparison in filter.comparisons {
      guard masks(comparison.truth.possible)[row] != 0, masks(comparison.truth.certain)[row] == 0,
        comparison.truth.aside.map({ masks($0)[row] == 0 }) ?? true
      else { continue }
      if let unknown = comparison.unknown, masks(unknown)[row] != 0 {
        notes[index].notReported += 1
      } else if notes[index].examples.count < 3, !comparison.right.isEmpty {
        let text = LaneCollector.column(of: comparison.left, lanes: [Int32(row)], self).text(0, names: nil)
        notes[index].add("'\(text)' straddles \(comparison.right)")
      }
      return
    }
  }

  private func require(_ cause: RunError.Cause, _ instruction: Instruction) throws(RunError) {
    let holds = masks(instruction.inputs[0])
    for row in 0..<count where selection[row] != 0 && holds[row] == 0 {
      throw RunError(cause: cause, span: instruction.span)
    }
  }

  /// A lane that doesn't fit is an error only in a row that is kept.
  func refuseOverflow(
    at instruction: Instruction, _ overflows: (Int) -> Bool
  ) throws(RunError) {
    let space = program.registers[Int(instruction.result.index)].space
    for lane in 0..<laneCount(space) {
      let row = space == 0 ? lane : Int(lists[space - 1].parents[lane])
      if selection[row] != 0, overflows(lane) {
        throw RunError(cause: .overflow, span: instruction.span)
      }
    }
  }

  // MARK: Lists

  private func openList(_ list: Int, _ instruction: Instruction) {
    switch program.lists[list] {
    case .column(let column):
      guard case .lists(let lists) = table.columns[column].storage else { return }
      self.lists[list].open(lists, rows: start..<start + count)
    case .followed(let codes, let column):
      self.lists[list].open(column, codes: self.codes(codes), count: count)
    }
  }

  private func loadElements(_ list: Int, _ part: Part, _ instruction: Instruction) {
    let result = Int(instruction.result.index)
    let lane = program.registers[result].lane
    let batch = lists[list]
    guard let memory = batch.column?.column.memory(part) else {
      if let memory = defaults[part] { pointers[result] = memory }
      return
    }
    let target = owned[program.registers[result].slot]
    pointers[result] = target
    for (index, element) in batch.elements.enumerated() {
      (target + index * lane.size).copyMemory(
        from: memory + Int(element) * lane.size, byteCount: lane.size)
    }
  }
}

/// The elements of one list field in a batch.
struct ListBatch {
  /// Row `i` has the lanes `offsets[i]..<offsets[i + 1]`.
  private(set) var offsets: [Int32] = [0]
  /// The row of each lane.
  private(set) var parents: [Int32] = []
  /// The place of each lane in the element column.
  private(set) var elements: [Int32] = []
  private(set) var column: ElementColumn?

  var count: Int { elements.count }

  mutating func open(_ lists: ListColumn, rows: Range<Int>) {
    reset(lists)
    for (index, row) in rows.enumerated() { add(lists, row, parent: index) }
  }

  mutating func open(_ lists: ListColumn, codes: UnsafeMutablePointer<Int32>, count: Int) {
    reset(lists)
    for index in 0..<count {
      if codes[index] >= 0 {
        add(lists, Int(codes[index]), parent: index)
      } else {
        offsets.append(Int32(elements.count))
      }
    }
  }

  private mutating func reset(_ lists: ListColumn) {
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    parents.removeAll(keepingCapacity: true)
    elements.removeAll(keepingCapacity: true)
    column = lists.elements
  }

  private mutating func add(_ lists: ListColumn, _ row: Int, parent: Int) {
    for element in lists.range(row) {
      parents.append(Int32(parent))
      elements.append(Int32(element))
    }
    offsets.append(Int32(elements.count))
  }
}

/// What a `where` left undecided.
struct FilterNote: Sendable {
  var undetermined = 0
  var notReported = 0
  var aside = 0
  /// Whether the rows were kept, marked as maybe.
  let isKept: Bool
  private(set) var examples: [String] = []

  init(isKept: Bool) { self.isKept = isKept }

  mutating func add(_ example: String) {
    if !examples.contains(example) { examples.append(example) }
  }
}
