/// Writes the instructions of one step, sharing loads and constants.
struct ProgramBuilder {
  private(set) var program = Program()
  private var constants = SmallMap<Constant, Register>()
  private var isConstant: [Bool] = []
  /// Whether each register holds the same in every row.
  private var isSame: [Bool] = []
  private var scalars: [(definition: Int, index: Int)] = []
  private var followed: [(key: FollowKey, register: Register)] = []

  private struct FollowKey: Equatable {
    let codes: Register
    let memory: UnsafeMutableRawPointer
    let part: Part
  }

  /// The space of a register: 0 for rows, k for the elements of a list.
  func space(_ register: Register) -> Int { program.registers[Int(register.index)].space }
  func lane(_ register: Register) -> Program.Lane { program.registers[Int(register.index)].lane }

  private mutating func newRegister(_ lane: Program.Lane, space: Int) -> Register {
    program.registers.append(Program.RegisterInfo(lane: lane, space: space))
    isConstant.append(false)
    isSame.append(false)
    return Register(index: Int32(program.registers.count - 1))
  }

  /// Adds an instruction; its result lives where its inputs live.
  mutating func emit(
    _ operation: Instruction.Operation, _ lane: Program.Lane, _ inputs: Inputs, at span: Span,
    space: Int? = nil
  ) -> Register {
    var target = 0
    for index in 0..<inputs.count { target = max(target, self.space(inputs[index])) }
    target = space ?? target
    var spreaded = inputs
    if target > 0 {
      for index in 0..<inputs.count {
        spreaded[index] = spread(inputs[index], to: target, at: span)
      }
    }
    return append(operation, lane, spreaded, target, span)
  }

  private mutating func append(
    _ operation: Instruction.Operation, _ lane: Program.Lane, _ inputs: Inputs, _ space: Int,
    _ span: Span
  ) -> Register {
    let result = newRegister(lane, space: space)
    let instruction = Instruction(operation: operation, result: result, inputs: inputs, span: span)
    isSame[Int(result.index)] = isOfConstants(instruction)
    program.instructions.append(instruction)
    return result
  }

  /// A register of rows as one of a list's elements; constants are the same everywhere.
  private mutating func spread(_ register: Register, to space: Int, at span: Span) -> Register {
    if space == 0 || self.space(register) == space || isConstant[Int(register.index)] {
      return register
    }
    return append(.spread(list: space - 1), lane(register), [register], space, span)
  }

  mutating func constant(_ value: Constant, _ lane: Program.Lane) -> Register {
    if let register = constants[value] { return register }
    let register = newRegister(lane, space: 0)
    program.constants.append((register, value))
    constants[value] = register
    isConstant[Int(register.index)] = true
    isSame[Int(register.index)] = true
    return register
  }

  /// Whether a register holds what a script writes out, not what a plan has found.
  func isLiteral(_ register: Register) -> Bool {
    guard isConstant[Int(register.index)] else { return false }
    let value = program.constants.first { $0.register == register }?.value
    if case .scalar = value { return false }
    return true
  }

  /// Whether a value changes from row to row.
  func varies(_ register: Register) -> Bool { !isSame[Int(register.index)] }

  private func isOfConstants(_ instruction: Instruction) -> Bool {
    if case .loadElements(let list, _) = instruction.operation {
      switch program.lists[list] {
      case .rows, .scalar: return true
      case .column, .followed, .pieces: return false
      }
    }
    if case .callHost(let call) = instruction.operation, !call.function.isPure { return false }
    let others = instruction.others
    for place in 0..<instruction.inputs.count where varies(instruction.inputs[place]) {
      return false
    }
    return instruction.inputs.count + others.count > 0 && !others.contains(where: varies)
  }

  mutating func mask(_ isSet: Bool) -> Register { constant(.mask(isSet ? 1 : 0), .mask) }

  mutating func load(_ column: Int, _ part: Part, _ lane: Program.Lane, at span: Span) -> Register {
    append(.load(column: column, part), lane, Inputs(), 0, span)
  }

  /// A part of another table's row; asked for twice it is the same register, so that a field of a
  /// fact is known to be equal to itself.
  mutating func follow(
    _ codes: Register, _ column: Column, _ part: Part, _ lane: Program.Lane, orElse: Constant,
    at span: Span
  ) -> Register {
    guard let memory = column.memory(part) else {
      return emit(.follow(column, part, orElse: orElse), lane, [codes], at: span)
    }
    let key = FollowKey(codes: codes, memory: memory, part: part)
    if let known = followed.first(where: { $0.key == key }) { return known.register }
    let register = emit(.follow(column, part, orElse: orElse), lane, [codes], at: span)
    followed.append((key, register))
    return register
  }

  /// The lanes of what a call gave.
  mutating func loadResult(
    _ call: Register, _ part: Part, _ lane: Program.Lane, at span: Span
  ) -> Register {
    append(.loadResult(part), lane, [call], 0, span)
  }

  /// The space of a list column's elements.
  mutating func openList(_ source: Program.ListSource, at span: Span) -> Int {
    if case .column(let column) = source,
      let index = program.lists.firstIndex(where: {
        if case .column(column) = $0 { true } else { false }
      })
    {
      return index + 1
    }
    program.lists.append(source)
    let index = program.lists.count - 1
    var inputs = Inputs()
    switch source {
    case .followed(let codes, _), .pieces(let codes, _, _, _): inputs = [codes]
    case .column, .rows, .scalar: break
    }
    _ = append(.openList(index), .mask, inputs, 0, span)
    return index + 1
  }

  mutating func loadElements(_ space: Int, _ part: Part, _ lane: Program.Lane, at span: Span)
    -> Register
  {
    append(.loadElements(list: space - 1, part), lane, Inputs(), space, span)
  }

  mutating func add(_ filter: FilterStep, at span: Span) {
    program.filters.append(filter)
    _ = append(.keep(program.filters.count - 1), .mask, Inputs(), 0, span)
  }

  /// A condition that keeps every row, once.
  mutating func observe(_ condition: FilterStep, at span: Span) {
    if program.filters.contains(where: { $0.kept == .every && $0.name == condition.name }) {
      return
    }
    add(condition, at: span)
  }

  /// Notes an `in` between two things, of which the left one may be a list's element.
  mutating func add(_ containment: Containment) { program.containments.append(containment) }

  /// Two registers where one of them lives: that of a list's elements.
  mutating func together(
    _ a: Register, _ b: Register, at span: Span
  ) -> (Register, Register) {
    let target = max(space(a), space(b))
    return (spread(a, to: target, at: span), spread(b, to: target, at: span))
  }

  /// The scalar of a `let`, one for all its uses.
  mutating func scalar(ofDefinition number: Int, _ plan: Plan) -> Int {
    if let known = scalars.first(where: { $0.definition == number }) { return known.index }
    let index = addScalar(Plan(source: .named(number, plan)))
    scalars.append((number, index))
    return index
  }

  mutating func addScalar(_ plan: Plan) -> Int {
    program.scalars.append(plan)
    return program.scalars.count - 1
  }

  /// A dictionary to be filled while the program runs.
  mutating func makeTexts() -> Int {
    program.madeTexts += 1
    return program.madeTexts - 1
  }

  /// Counts rows for the footer.
  mutating func tally(_ rows: Register, one: String, several: String, at span: Span) {
    program.tallies.append(.rows(one: one, several: several))
    _ = append(.tally(program.tallies.count - 1), .mask, [rows], 0, span)
  }

  /// Notes how words were read that aren't the rows'.
  mutating func tally(_ reading: AssumedReading) { program.tallies.append(.words(reading)) }

  /// Counts the rows whose words were read.
  mutating func tally(
    _ reading: AssumedReading, in rows: Register, of column: Register, at span: Span
  ) {
    let isOne = isOneForAll(column)
    program.tallies.append(.reading(reading, column: column, isOne: isOne))
    _ = append(.tally(program.tallies.count - 1), .mask, [rows], 0, span)
  }

  /// Whether a register holds the same in every row: a constant, a field of a constant thing, the
  /// elements of a query's list.
  private func isOneForAll(_ register: Register) -> Bool {
    if isConstant[Int(register.index)] { return true }
    let maker = program.instructions.last { $0.result == register }
    switch maker?.operation {
    case .follow: return maker.map { isOneForAll($0.inputs[0]) } ?? false
    case .loadElements(let list, _):
      switch program.lists[list] {
      case .rows, .scalar: return true
      case .column, .followed, .pieces: return false
      }
    default: return false
    }
  }

  // MARK: Masks

  mutating func and(_ a: Register, _ b: Register, at span: Span) -> Register {
    a == b ? a : emit(.and, .mask, [a, b], at: span)
  }

  mutating func or(_ a: Register, _ b: Register, at span: Span) -> Register {
    a == b ? a : emit(.or, .mask, [a, b], at: span)
  }

  mutating func not(_ a: Register, at span: Span) -> Register { emit(.not, .mask, [a], at: span) }

  /// Both where there are two.
  mutating func and(_ a: Register?, _ b: Register?, at span: Span) -> Register? {
    guard let a, let b else { return a ?? b }
    return and(a, b, at: span)
  }

  mutating func or(_ a: Register?, _ b: Register?, at span: Span) -> Register? {
    guard let a, let b else { return a ?? b }
    return or(a, b, at: span)
  }

  // MARK: The program

  /// What each instruction reads.
  private var inputs: [(index: Int, register: Register)] {
    var inputs: [(index: Int, register: Register)] = []
    inputs.reserveCapacity(program.instructions.count * 2)
    for (index, instruction) in program.instructions.enumerated() {
      for place in 0..<instruction.inputs.count {
        inputs.append((index, instruction.inputs[place]))
      }
      switch instruction.operation {
      case .compose, .sameRecord, .callHost: inputs += instruction.others.map { (index, $0) }
      case .keep(let filter): inputs += program.filters[filter].registers.map { (index, $0) }
      default: break
      }
    }
    return inputs
  }

  /// The program with a slot for each register; the outputs stay alive to the end of a batch.
  mutating func finished(keeping outputs: [Register]) -> Program {
    var lastUse = [Int](repeating: -1, count: program.registers.count)
    let inputs = inputs
    for input in inputs { lastUse[Int(input.register.index)] = input.index }
    let kept = outputs + program.containments.flatMap(\.registers)
    for register in kept { lastUse[Int(register.index)] = .max }
    for constant in program.constants { lastUse[Int(constant.register.index)] = .max }
    var slots = SlotAllocator()
    for constant in program.constants { slots.take(constant.register, &program) }
    var next = 0
    for index in program.instructions.indices {
      let result = program.instructions[index].result
      slots.take(result, &program)
      while next < inputs.count, inputs[next].index == index {
        slots.release(inputs[next].register, after: index, &lastUse, program)
        next += 1
      }
      slots.release(result, after: index, &lastUse, program)
    }
    program.slots = slots.slots
    return program
  }
}

/// Gives registers their memory: a slot is used again when its register is no longer needed.
private struct SlotAllocator {
  var slots: [Program.RegisterInfo] = []
  private var free: [Int] = []

  mutating func take(_ register: Register, _ program: inout Program) {
    let info = program.registers[Int(register.index)]
    let reusable = free.firstIndex { slots[$0].lane == info.lane && slots[$0].space == info.space }
    if let reusable {
      program.registers[Int(register.index)].slot = free.remove(at: reusable)
    } else {
      slots.append(info)
      program.registers[Int(register.index)].slot = slots.count - 1
    }
  }

  /// Frees a register's slot after its last use.
  mutating func release(
    _ register: Register, after index: Int, _ lastUse: inout [Int], _ program: borrowing Program
  ) {
    guard lastUse[Int(register.index)] <= index else { return }
    lastUse[Int(register.index)] = .max
    free.append(program.registers[Int(register.index)].slot)
  }
}

/// A map that is searched from its end while it is small, as most are.
private struct SmallMap<Key: Hashable, Value> {
  private var pairs: [(key: Key, value: Value)] = []
  private var map: [Key: Value] = [:]

  subscript(key: Key) -> Value? {
    get { map.isEmpty ? pairs.last { $0.key == key }?.value : map[key] }
    set {
      guard let newValue else { return }
      if map.isEmpty, pairs.count < 16 {
        pairs.append((key, newValue))
        return
      }
      if map.isEmpty { map = Dictionary(pairs, uniquingKeysWith: { $1 }) }
      map[key] = newValue
    }
  }
}
