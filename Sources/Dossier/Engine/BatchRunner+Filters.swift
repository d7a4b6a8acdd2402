extension BatchRunner {
  func keep(_ filter: FilterStep, _ index: Int) {
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
        let text = text(of: comparison.left, row)
        notes[index].add("'\(text)' straddles \(comparison.right)")
      }
      return
    }
  }

  /// What a row's value prints; the words of a literal need no column.
  private func text(of form: Form, _ row: Int) -> String {
    let written: WrittenForm? =
      switch form {
      case .quantity(let quantity): quantity.written
      case .date(let date): date.written
      default: nil
      }
    if let written, codes(written.codes)[row] >= 0 {
      return written.dictionary[codes(written.codes)[row]]
    }
    return LaneCollector.column(of: form, lanes: [Int32(row)], self).text(0, names: nil)
  }

  func require(_ cause: RunError.Cause, _ instruction: Instruction) throws(RunError) {
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
}
