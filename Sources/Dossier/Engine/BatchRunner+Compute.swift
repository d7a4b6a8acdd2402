extension BatchRunner {
  /// The instructions that compute lanes from lanes.
  func compute(_ instruction: Instruction) throws(RunError) {
    let result = instruction.result
    let inputs = instruction.inputs
    let lanes = laneCount(program.registers[Int(result.index)].space)
    switch instruction.operation {
    case .and: Kernels.and(masks(inputs[0]), masks(inputs[1]), masks(result), lanes)
    case .or: Kernels.or(masks(inputs[0]), masks(inputs[1]), masks(result), lanes)
    case .andNot: Kernels.andNot(masks(inputs[0]), masks(inputs[1]), masks(result), lanes)
    case .not: Kernels.not(masks(inputs[0]), masks(result), lanes)
    case .compare(let order): compare(order, inputs[0], inputs[1], masks(result), lanes)
    case .orElse(let value): orElse(value, instruction, lanes)
    case .choose: choose(instruction, lanes)
    case .lookUp(let table): Kernels.lookUp(table, codes(inputs[0]), masks(result), lanes)
    case .recode(let table): Kernels.recode(table, codes(inputs[0]), codes(result), lanes)
    case .arithmetic(let sign, let bound): try arithmetic(sign, bound, instruction, lanes)
    case .negate(let bound): try negate(bound, instruction, lanes)
    case .product(let bound): try product(bound, instruction, lanes)
    case .quotient(let bound): quotient(bound, instruction, lanes)
    case .toDouble(let scale, let bound): toDouble(scale, bound, instruction, lanes)
    case .spread(let list): spread(list, instruction)
    case .anyElement(let list): anyElement(list, instruction)
    case .lengthOfList(let list):
      let (offsets, out) = (lists[list].offsets, ints(result))
      for row in 0..<count { out[row] = Int64(offsets[row + 1] - offsets[row]) }
    case .isFilled(let list):
      let offsets = lists[list].offsets
      for row in 0..<count { masks(result)[row] = offsets[row] < offsets[row + 1] ? 1 : 0 }
    case .follow(let column, let part, let orElse): follow(column, part, orElse, instruction, lanes)
    case .testText, .compareTexts, .testPart, .nameEntity, .adoptText, .mapText, .lengthOfText,
      .numberOfText, .isNumber, .compose:
      try computeTexts(instruction, lanes)
    case .inRows(let plan, let test, let certain):
      try lookUpMembers(plan, test, certain: certain, instruction, lanes)
    case .sameRecord(let a, let b): sameRecord(a, b, instruction, lanes)
    case .extreme(let isMax, let bound): extreme(isMax, bound, instruction, lanes)
    case .absolute(let bound): absolute(bound, instruction, lanes)
    case .round(let rounding, let scale, let places):
      try round(rounding, scale, places, instruction, lanes)
    case .roundDouble(let rounding, let places):
      let (a, out) = (doubles(inputs[0]), doubles(result))
      for lane in 0..<lanes { out[lane] = rounding.rounded(a[lane], places: places) }
    case .tally(let index): tally(index, instruction)
    case .containedIn(let table, let certain): containedIn(table, certain, instruction, lanes)
    case .date(let operation): try computeDates(operation, instruction, lanes)
    case .callHost(let call): try callHost(call, instruction)
    case .load, .loadElements, .loadResult, .openList, .keep, .require: break
    }
  }

  private func compare(
    _ order: Order, _ a: Register, _ b: Register, _ out: UnsafeMutablePointer<UInt8>, _ lanes: Int
  ) {
    func run<T: Comparable & BitwiseCopyable>(
      _ x: UnsafeMutablePointer<T>, _ y: UnsafeMutablePointer<T>
    ) {
      switch order {
      case .less: Kernels.less(x, y, out, lanes)
      case .lessOrEqual: Kernels.lessOrEqual(x, y, out, lanes)
      case .equal: Kernels.equal(x, y, out, lanes)
      }
    }
    switch program.registers[Int(a.index)].lane {
    case .mask: run(masks(a), masks(b))
    case .code: run(codes(a), codes(b))
    case .int where order == .less: Kernels.less(ints(a), ints(b), out, lanes)
    case .int: run(ints(a), ints(b))
    case .double: run(doubles(a), doubles(b))
    }
  }

  // MARK: Arithmetic

  private func arithmetic(
    _ sign: ArithmeticSign, _ bound: Bound, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let (a, b) = (instruction.inputs[0], instruction.inputs[1])
    if program.registers[Int(instruction.result.index)].lane == .double {
      let out = doubles(instruction.result)
      Kernels.arithmetic(sign, doubles(a), doubles(b), out, lanes)
      // Infinities that cancel leave the bound open.
      for lane in 0..<lanes where out[lane].isNaN { out[lane] = bound.open }
      if bound == .best {
        let (x, y) = (doubles(a), doubles(b))
        for lane in 0..<lanes where x[lane] == -.infinity || y[lane] == -.infinity {
          out[lane] = -.infinity
        }
      }
      return
    }
    let (x, y) = (ints(a), ints(b))
    guard Kernels.arithmetic(sign, bound, x, y, ints(instruction.result), lanes) else { return }
    try refuseOverflow(at: instruction) { lane in
      if bound != .exact { return Kernels.applyBound(sign, bound, x[lane], y[lane]).overflow }
      let (value, overflow) = Kernels.apply(sign, x[lane], y[lane])
      return overflow || value == Open.low || value == Open.high
    }
  }

  private func negate(_ bound: Bound, _ instruction: Instruction, _ lanes: Int) throws(RunError) {
    let input = instruction.inputs[0]
    if program.registers[Int(instruction.result.index)].lane == .double {
      let (a, out) = (doubles(input), doubles(instruction.result))
      for lane in 0..<lanes {
        out[lane] = bound == .best && a[lane] == -.infinity ? -.infinity : -a[lane]
      }
      return
    }
    let (a, out) = (ints(input), ints(instruction.result))
    for lane in 0..<lanes {
      switch a[lane] {
      case Open.low: out[lane] = bound == .best ? Open.best : Open.high
      case Open.high: out[lane] = Open.low
      default: out[lane] = -a[lane]
      }
    }
  }

  private func product(_ bound: Bound, _ instruction: Instruction, _ lanes: Int) throws(RunError) {
    let inputs = instruction.inputs
    if program.registers[Int(instruction.result.index)].lane == .double {
      let ends = inputs.map(doubles)
      let out = doubles(instruction.result)
      for lane in 0..<lanes {
        out[lane] = Kernels.product(
          bound, ends[0][lane], ends[1][lane], ends[2][lane], ends[3][lane])
      }
      return
    }
    let ends = inputs.map(ints)
    let out = ints(instruction.result)
    func corner(_ lane: Int) -> (Int64, overflow: Bool) {
      Kernels.product(bound, ends[0][lane], ends[1][lane], ends[2][lane], ends[3][lane])
    }
    var overflowed = false
    for lane in 0..<lanes {
      let (value, overflow) = corner(lane)
      out[lane] = value
      overflowed = overflowed || overflow
    }
    if overflowed { try refuseOverflow(at: instruction) { corner($0).overflow } }
  }

  private func orElse(_ value: Constant, _ instruction: Instruction, _ lanes: Int) {
    let known = masks(instruction.inputs[1])
    switch value {
    case .int(let number):
      let (a, out) = (ints(instruction.inputs[0]), ints(instruction.result))
      for lane in 0..<lanes { out[lane] = known[lane] != 0 ? a[lane] : number }
    case .double(let number):
      let (a, out) = (doubles(instruction.inputs[0]), doubles(instruction.result))
      for lane in 0..<lanes { out[lane] = known[lane] != 0 ? a[lane] : number }
    case .code(let number):
      let (a, out) = (codes(instruction.inputs[0]), codes(instruction.result))
      for lane in 0..<lanes { out[lane] = known[lane] != 0 ? a[lane] : number }
    case .mask, .scalar: break
    }
  }

  private func quotient(_ bound: Bound, _ instruction: Instruction, _ lanes: Int) {
    let ends = instruction.inputs.map(doubles)
    let out = doubles(instruction.result)
    for lane in 0..<lanes {
      if ends.count == 4 {
        out[lane] = Kernels.quotient(
          bound, ends[0][lane], ends[1][lane], ends[2][lane], ends[3][lane])
      } else {
        let isMissing =
          bound == .best && (ends[0][lane] == -.infinity || ends[1][lane] == -.infinity)
        let value = ends[0][lane] / ends[1][lane]
        out[lane] = isMissing || value.isNaN ? -.infinity : value
      }
    }
  }

  private func toDouble(_ scale: Int, _ bound: Bound, _ instruction: Instruction, _ lanes: Int) {
    let (a, out) = (ints(instruction.inputs[0]), doubles(instruction.result))
    let power = Double(Number.powers[scale])
    for lane in 0..<lanes {
      switch a[lane] {
      case Open.low where bound != .exact: out[lane] = -.infinity
      case Open.high where bound != .exact: out[lane] = .infinity
      default: out[lane] = Double(a[lane]) / power
      }
    }
  }

  // MARK: Lists and references

  private func spread(_ list: Int, _ instruction: Instruction) {
    let source = pointer(instruction.inputs[0])
    let target = pointer(instruction.result)
    let size = program.registers[Int(instruction.result.index)].lane.size
    for (lane, parent) in lists[list].parents.enumerated() {
      (target + lane * size).copyMemory(from: source + Int(parent) * size, byteCount: size)
    }
  }

  private func anyElement(_ list: Int, _ instruction: Instruction) {
    let (source, out) = (masks(instruction.inputs[0]), masks(instruction.result))
    out.update(repeating: 0, count: count)
    for (lane, parent) in lists[list].parents.enumerated() where source[lane] != 0 {
      out[Int(parent)] = 1
    }
  }

  private func follow(
    _ column: Column, _ part: Part, _ orElse: Constant, _ instruction: Instruction, _ lanes: Int
  ) {
    let rows = codes(instruction.inputs[0])
    let memory = column.memory(part)
    func run<T: BitwiseCopyable>(
      _ out: UnsafeMutablePointer<T>, _ missing: T, _ absent: T, ofNone: T
    ) {
      let values = memory?.assumingMemoryBound(to: T.self)
      for lane in 0..<lanes {
        let row = rows[lane]
        if row >= 0 {
          out[lane] = values.map { $0[Int(row)] } ?? absent
        } else {
          out[lane] = row == Code.none ? ofNone : missing
        }
      }
    }
    // What doesn't apply is known, and neither certain nor possible.
    let ofNone: UInt8 = part == .known || part == .none ? 1 : 0
    switch (orElse, part.whenAbsent) {
    case (.mask(let missing), .mask(let absent)):
      run(masks(instruction.result), missing, absent, ofNone: ofNone)
    case (.mask(let missing), _): run(masks(instruction.result), missing, 1, ofNone: ofNone)
    case (.code(let missing), .code(let absent)):
      followCodes(rows, memory, missing, absent, instruction, lanes)
    case (.code(let missing), _): followCodes(rows, memory, missing, missing, instruction, lanes)
    case (.int(let missing), _): run(ints(instruction.result), missing, missing, ofNone: missing)
    case (.double(let missing), _):
      run(doubles(instruction.result), missing, missing, ofNone: missing)
    case (.scalar, _): break
    }
  }

  /// A field of something that doesn't apply doesn't apply either.
  private func followCodes(
    _ rows: UnsafeMutablePointer<Int32>, _ memory: UnsafeMutableRawPointer?, _ missing: Int32,
    _ absent: Int32, _ instruction: Instruction, _ lanes: Int
  ) {
    let values = memory?.assumingMemoryBound(to: Int32.self)
    let out = codes(instruction.result)
    for lane in 0..<lanes {
      let row = rows[lane]
      if row >= 0 {
        out[lane] = values.map { $0[Int(row)] } ?? absent
      } else {
        out[lane] = row == Code.none && missing == Code.unknown ? Code.none : missing
      }
    }
  }

  private func containedIn(
    _ table: EntityTable, _ certain: Bool, _ instruction: Instruction, _ lanes: Int
  ) {
    let (a, b) = (codes(instruction.inputs[0]), codes(instruction.inputs[1]))
    let out = masks(instruction.result)
    var seen: [Int32: [Truth]] = [:]
    for lane in 0..<lanes {
      let truth: Truth
      switch (a[lane], b[lane]) {
      case (Code.none, _), (_, Code.none): truth = .false
      case (let x, let y) where x < 0 || y < 0: truth = .maybe
      case (let x, let y):
        let truths = seen[y] ?? table.contained(in: [y])
        seen[y] = truths
        truth = truths[Int(x)]
      }
      out[lane] = truth == .true || (!certain && truth == .maybe) ? 1 : 0
    }
  }
}
