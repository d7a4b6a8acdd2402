/// Instructions behind `if`, `??` and the functions on numbers.
extension BatchRunner {
  func choose(_ instruction: Instruction, _ lanes: Int) {
    let condition = masks(instruction.inputs[0])
    let (a, b) = (instruction.inputs[1], instruction.inputs[2])
    func run<T: BitwiseCopyable>(
      _ x: UnsafeMutablePointer<T>, _ y: UnsafeMutablePointer<T>, _ out: UnsafeMutablePointer<T>
    ) {
      for lane in 0..<lanes { out[lane] = condition[lane] != 0 ? x[lane] : y[lane] }
    }
    switch program.registers[Int(instruction.result.index)].lane {
    case .mask: run(masks(a), masks(b), masks(instruction.result))
    case .code: run(codes(a), codes(b), codes(instruction.result))
    case .int: run(ints(a), ints(b), ints(instruction.result))
    case .double: run(doubles(a), doubles(b), doubles(instruction.result))
    }
  }

  /// Open ends are the least and the greatest numbers that there are, so they need no case; a
  /// best value is missing if one of the two is.
  func extreme(_ isMax: Bool, _ bound: Bound, _ instruction: Instruction, _ lanes: Int) {
    let (a, b) = (instruction.inputs[0], instruction.inputs[1])
    func run<T: Comparable & BitwiseCopyable>(
      _ x: UnsafeMutablePointer<T>, _ y: UnsafeMutablePointer<T>, _ out: UnsafeMutablePointer<T>,
      missing: T?
    ) {
      for lane in 0..<lanes {
        if bound == .best, let missing, x[lane] == missing || y[lane] == missing {
          out[lane] = missing
        } else {
          out[lane] = (x[lane] < y[lane]) == isMax ? y[lane] : x[lane]
        }
      }
    }
    switch program.registers[Int(instruction.result.index)].lane {
    case .mask: run(masks(a), masks(b), masks(instruction.result), missing: nil)
    case .code: run(codes(a), codes(b), codes(instruction.result), missing: nil)
    case .int: run(ints(a), ints(b), ints(instruction.result), missing: Open.best)
    case .double: run(doubles(a), doubles(b), doubles(instruction.result), missing: -.infinity)
    }
  }

  func absolute(_ bound: Bound, _ instruction: Instruction, _ lanes: Int) {
    let (first, last) = (instruction.inputs[0], instruction.inputs[instruction.inputs.count - 1])
    if program.registers[Int(instruction.result.index)].lane == .double {
      let (low, high, out) = (doubles(first), doubles(last), doubles(instruction.result))
      for lane in 0..<lanes {
        switch bound {
        case .best where low[lane] == -.infinity: out[lane] = -.infinity
        case .low: out[lane] = low[lane] > 0 ? low[lane] : high[lane] < 0 ? -high[lane] : 0
        default: out[lane] = max(abs(low[lane]), abs(high[lane]))
        }
      }
      return
    }
    let (low, high, out) = (ints(first), ints(last), ints(instruction.result))
    // The least number is an open end, so negating the others can't overflow.
    func distance(_ number: Int64) -> Int64 { number == Open.low ? Open.high : abs(number) }
    for lane in 0..<lanes {
      switch bound {
      case .best where low[lane] == Open.best: out[lane] = Open.best
      case .low: out[lane] = low[lane] > 0 ? low[lane] : high[lane] < 0 ? distance(high[lane]) : 0
      default: out[lane] = max(distance(low[lane]), distance(high[lane]))
      }
    }
  }

  func round(
    _ rounding: RoundingRule, _ scale: Int, _ places: Int, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let (a, out) = (ints(instruction.inputs[0]), ints(instruction.result))
    // To tens and hundreds the number gets its zeros back.
    let zeros = Int128(Number.powers[min(max(-places, 0), 18)])
    var overflowed = false
    func rounded(_ number: Int64) -> Int128 {
      Int128(rounding.divided(number, places: scale - places)) * zeros
    }
    for lane in 0..<lanes {
      if a[lane] == Open.low || a[lane] == Open.high {
        out[lane] = a[lane]
        continue
      }
      let value = rounded(a[lane])
      out[lane] = Int64(truncatingIfNeeded: value)
      overflowed = overflowed || Int64(exactly: value) == nil
    }
    guard overflowed else { return }
    try refuseOverflow(at: instruction) { lane in
      a[lane] != Open.low && a[lane] != Open.high && Int64(exactly: rounded(a[lane])) == nil
    }
  }

  func tally(_ index: Int, _ instruction: Instruction) {
    let rows = masks(instruction.inputs[0])
    for row in 0..<count where selection[row] != 0 && rows[row] != 0 { tallies[index] += 1 }
  }

  /// What the footer says of the rows that were counted.
  var tallyNotes: [Note] {
    var notes: [Note] = []
    var counted: [ReadColumn: Int] = [:]
    for (tally, count) in zip(program.tallies, tallies) {
      switch tally {
      case .rows(let one, let several):
        if count > 0 { notes.append(.remark("\(count.grouped) \(count == 1 ? one : several)")) }
      case .words(let reading): notes.append(.readings([(reading, 0)]))
      case .reading(let reading, let column, let isOne):
        guard count > 0 else { continue }
        // What several results rest on is counted once.
        let key = ReadColumn(reading: reading, column: column)
        let before = counted[key] ?? 0
        counted[key] = max(before, isOne ? 1 : count)
        notes.append(.readings([(reading, max(0, (isOne ? 1 : count) - before))]))
      }
    }
    return notes.withReadingsOnce(+)
  }
}

/// A column whose words were read.
private struct ReadColumn: Hashable {
  let reading: AssumedReading
  let column: Register
}
