extension BatchRunner {
  func keep(_ filter: FilterStep, _ index: Int) {
    let certain = masks(filter.condition.certain)
    let possible = masks(filter.condition.possible)
    let aside = filter.condition.aside.map(masks)
    let isExact = filter.condition.certain == filter.condition.possible
    if !isExact || aside != nil { noteUndecided(filter, index, certain, possible, aside) }
    if filter.kept == .every { return }
    if filter.kept == .possible, !isExact {
      keepPossible(certain, possible, aside)
    } else {
      Kernels.keep(selection, in: certain, count)
    }
    selected = Kernels.count(selection, count)
  }

  private func keepPossible(
    _ certain: UnsafeMutablePointer<UInt8>, _ possible: UnsafeMutablePointer<UInt8>,
    _ aside: UnsafeMutablePointer<UInt8>?
  ) {
    if let membership { Kernels.keep(membership, in: certain, count) }
    Kernels.keep(selection, in: possible, count)
    if let aside { Kernels.remove(aside, from: selection, count) }
  }

  /// Counts what stays open; only rows that do are looked at one by one.
  private func noteUndecided(
    _ filter: FilterStep, _ index: Int, _ certain: UnsafeMutablePointer<UInt8>,
    _ possible: UnsafeMutablePointer<UInt8>, _ aside: UnsafeMutablePointer<UInt8>?
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { undecided in
      guard let open = undecided.baseAddress else { return }
      if let aside {
        Kernels.and(selection, aside, open, count)
        notes[index].aside += Kernels.count(open, count)
      }
      Kernels.andNot(possible, certain, open, count)
      Kernels.keep(open, in: selection, count)
      if let aside { Kernels.remove(aside, from: open, count) }
      let found = Kernels.count(open, count)
      guard found > 0 else { return }
      notes[index].undetermined += found
      for comparison in filter.comparisons { explain(comparison, index, open) }
    }
  }

  /// Why rows are undetermined: the first comparison that is.
  ///
  /// Its rows are taken out of the mask.
  private func explain(
    _ comparison: ComparisonNote, _ index: Int, _ open: UnsafeMutablePointer<UInt8>
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { undecided in
      guard let here = undecided.baseAddress else { return }
      Kernels.andNot(masks(comparison.truth.possible), masks(comparison.truth.certain), here, count)
      if let aside = comparison.truth.aside { Kernels.remove(masks(aside), from: here, count) }
      Kernels.keep(here, in: open, count)
      Kernels.remove(here, from: open, count)
      if let unknown = comparison.unknown {
        let before = Kernels.count(here, count)
        Kernels.remove(masks(unknown), from: here, count)
        notes[index].notReported += before - Kernels.count(here, count)
      }
      guard !comparison.right.isEmpty, notes[index].wantsExamples else { return }
      for row in 0..<count where here[row] != 0 && notes[index].wantsExamples {
        notes[index].add("'\(text(of: comparison.left, row))' straddles \(comparison.right)")
      }
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
      return dictionary(written.texts)[codes(written.codes)[row]]
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
    try refuse(.overflow, at: instruction, overflows)
  }

  func refuse(
    _ cause: RunError.Cause, at instruction: Instruction, _ isWrong: (Int) -> Bool
  ) throws(RunError) {
    let space = program.registers[Int(instruction.result.index)].space
    for lane in 0..<laneCount(space) where isKept(lane, instruction) && isWrong(lane) {
      throw RunError(cause: cause, span: instruction.span)
    }
  }

  /// Whether a lane of an instruction's result belongs to a row that is kept so far.
  func isKept(_ lane: Int, _ instruction: Instruction) -> Bool {
    let space = program.registers[Int(instruction.result.index)].space
    return selection[space == 0 ? lane : Int(lists[space - 1].parents[lane])] != 0
  }
}
