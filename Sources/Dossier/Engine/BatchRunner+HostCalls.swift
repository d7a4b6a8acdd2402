/// Calls of the host's functions: row by row, for the rows that are kept so far and need the result.
extension BatchRunner {
  func callHost(_ call: HostCall, _ instruction: Instruction) throws(RunError) {
    let depth = (HostCalls.current?.depth ?? 0) + 1
    guard depth <= HostCalls.deepest else {
      throw RunError(cause: .hostCall(call.name, .tooDeep), span: instruction.span)
    }
    var outcome = Swift.Result<Column, RunError>.success(Column(.truths(.empty)))
    let calls = HostCalls(depth: depth, signal: meter.signal)
    HostCalls.$current.withValue(calls) {
      do throws(RunError) {
        outcome = .success(try results(of: call, instruction))
      } catch {
        outcome = .failure(error)
      }
    }
    hostResults[instruction.result] = try outcome.get()
  }

  private func results(
    of call: HostCall, _ instruction: Instruction
  ) throws(RunError) -> Column {
    let lanes = laneCount(program.registers[Int(instruction.result.index)].space)
    let all = (0..<Int32(lanes)).map { $0 }
    let arguments = call.arguments.map { form in
      form.map { LaneCollector.column(of: $0, lanes: all, self) }
    }
    let reached = call.reached.map(masks)
    var results = HostResults(call)
    for lane in 0..<lanes {
      guard isKept(lane, instruction), reached.map({ $0[lane] != 0 }) ?? true else {
        results.addAbsent()
        continue
      }
      var values: [Value] = []
      for (column, type) in zip(arguments, call.function.parameters) {
        let value = column?.value(lane, call.facts) ?? .unknown
        values.append(try argument(value, type, of: call, instruction))
      }
      let value = try value(of: call, values, instruction)
      let problem = try results.add(value) { text throws(RunError) in
        try make(text, call.made, at: instruction.span)
      }
      if let problem {
        throw RunError(cause: .hostCall(call.name, problem), span: instruction.span)
      }
    }
    return results.column
  }

  /// What a function gets for a value of a row: one that takes a number never sees a range.
  private func argument(
    _ value: Value, _ type: ParameterType, of call: HostCall, _ instruction: Instruction
  ) throws(RunError) -> Value {
    guard type == .number || type == .integer, case .quantity(let range) = value else {
      return value
    }
    if let number = range.low, number == range.high { return .number(number) }
    throw RunError(cause: .hostCall(call.name, .range(range.text)), span: instruction.span)
  }

  /// The result for some values; that of a pure function is asked for once.
  private func value(
    of call: HostCall, _ values: [Value], _ instruction: Instruction
  ) throws(RunError) -> Value {
    if !call.function.seesAbsent {
      if values.contains(.none) { return .none }
      if values.contains(.unknown) { return .unknown }
    }
    if call.function.isPure, let known = hostMemo[instruction.result]?[values] { return known }
    try meter.charge(steps: call.function.cost, at: instruction.span)
    let value: Value
    do {
      value = try call.function.body(values)
    } catch {
      let problem = HostProblem.thrown(String(describing: error))
      throw RunError(cause: .hostCall(call.name, problem), span: instruction.span)
    }
    if call.function.isPure, hostMemo[instruction.result, default: [:]].count < 4_096 {
      hostMemo[instruction.result, default: [:]][values] = value
    }
    return value
  }
}

extension TruthColumn {
  fileprivate static var empty: TruthColumn {
    TruthColumn(certain: Buffer([]), possible: Buffer([]))
  }
}
