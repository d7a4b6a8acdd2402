/// The instructions that compute days, and numbers of days.
extension BatchRunner {
  func computeDates(
    _ operation: DateOperation, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    switch operation {
    case .moved(let step, let kind, let isBack, let bound):
      try move(step, kind, isBack: isBack, bound, instruction, lanes)
    case .difference(let bound):
      let days = instruction.inputs.map(codes)
      let out = ints(instruction.result)
      for lane in 0..<lanes {
        out[lane] = DateOperation.difference(
          bound, (days[0][lane], days[1][lane]), (days[2][lane], days[3][lane]))
      }
    case .part(let part, let bound): takePart(part, bound, instruction, lanes)
    case .assembled(let isLast): try assemble(isLast: isLast, instruction, lanes)
    case .read(let texts, let isLatest):
      try readDates(texts, isLatest: isLatest, instruction, lanes)
    }
  }

  private func move(
    _ step: CalendarStep, _ kind: NumberKind, isBack: Bool, _ bound: Bound,
    _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let (days, out) = (codes(instruction.inputs[0]), codes(instruction.result))
    let amount = instruction.inputs[1]
    func moved(_ lane: Int) -> Int32? {
      switch kind {
      case .decimal(let scale):
        DateOperation.moved(
          days[lane], ints(amount)[lane], step, scale: scale, isBack: isBack, bound)
      case .double:
        DateOperation.moved(days[lane], doubles(amount)[lane], step, isBack: isBack, bound)
      }
    }
    var isBeyond = false
    for lane in 0..<lanes {
      let day = moved(lane)
      out[lane] = day ?? Day.distantPast
      isBeyond = isBeyond || day == nil
    }
    if isBeyond { try refuse(.dateBeyond, at: instruction) { moved($0) == nil } }
  }

  private func takePart(
    _ part: DatePart, _ bound: Bound, _ instruction: Instruction, _ lanes: Int
  ) {
    let (earliest, latest) = (codes(instruction.inputs[0]), codes(instruction.inputs[1]))
    let out = ints(instruction.result)
    for lane in 0..<lanes {
      let numbers = part.numbers(earliest[lane], latest[lane])
      switch bound {
      case .exact: out[lane] = numbers.lowerBound == Open.low ? 0 : numbers.lowerBound
      case .low: out[lane] = numbers.lowerBound
      case .high: out[lane] = numbers.upperBound
      case .best:
        out[lane] = numbers.lowerBound == numbers.upperBound ? numbers.lowerBound : Open.best
      }
    }
  }

  private func assemble(isLast: Bool, _ instruction: Instruction, _ lanes: Int) throws(RunError) {
    let ends = instruction.inputs.map(ints)
    let out = codes(instruction.result)
    func day(_ lane: Int) -> Int32? {
      DateOperation.assembled(
        isLast: isLast, years: (ends[0][lane], ends[1][lane]),
        months: (ends[2][lane], ends[3][lane]), days: (ends[4][lane], ends[5][lane]))
    }
    for lane in 0..<lanes { out[lane] = day(lane) ?? Day.distantPast }
    var missing: Int?
    for lane in 0..<lanes where missing == nil && day(lane) == nil { missing = lane }
    guard missing != nil else { return }
    try refuse(.noSuchDay, at: instruction) { day($0) == nil }
  }

  private func readDates(
    _ texts: Texts, isLatest: Bool, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let (codes, out) = (codes(instruction.inputs[0]), self.codes(instruction.result))
    let dictionary = dictionary(texts)
    var memo = memos[instruction.result] ?? CodeMemo()
    // What no date can have stands for a text that is none.
    let noDate = isLatest ? Day.distantPast : Day.distantFuture
    for lane in 0..<lanes {
      guard codes[lane] >= 0 else {
        out[lane] = isLatest ? Day.distantFuture : Day.distantPast
        continue
      }
      out[lane] = memo.answer(codes[lane]) { code in
        guard let range = DateRange(written: dictionary[code]) else { return noDate }
        return isLatest ? range.latest : range.earliest
      }
      if out[lane] == noDate, isKept(lane, instruction) {
        throw RunError(cause: .noDate(dictionary[codes[lane]]), span: instruction.span)
      }
    }
    memos[instruction.result] = memo
  }
}

extension DateRange {
  /// A date as EDTF writes it; nil for what is no date, or a period.
  init?(written text: String) {
    guard let date = try? EDTF(Array(text.utf8)[...]), case .date(let range) = date.form else {
      return nil
    }
    self = range
  }
}
