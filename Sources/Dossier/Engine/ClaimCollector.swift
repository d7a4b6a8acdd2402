/// Reads on which figures the values of a batch rest.
struct ClaimReader {
  private let batch: BatchRunner
  /// The fact that each figure is.
  private let numbers: Buffer<Int32>

  init(_ batch: BatchRunner, _ facts: FactStore?) {
    self.batch = batch
    numbers = facts?.figureNumbers ?? Buffer([])
  }

  /// Adds the figures of a lane.
  func append(
    _ source: ClaimSource, _ lane: Int, to figures: inout [Int32]
  ) throws(RunError) {
    let before = figures.count
    switch source {
    case .column(let column):
      figures.append(contentsOf: batch.table.figures(column, of: batch.start + lane))
    case .scalar(let plan, let column):
      figures.append(contentsOf: batch.scalars[plan].figures(column, of: 0))
    case .figures(let register):
      for lane in lanes(of: register, lane) {
        let code = Int(batch.codes(register)[lane])
        if code >= 0, code < numbers.count { figures.append(numbers[code]) }
      }
    }
    // Much more than they take, so that places among them fit into 32 bits.
    try batch.meter.charge(bytes: (figures.count - before) * 16, at: .nowhere)
  }

  /// The elements of a list, or the lane itself.
  private func lanes(of register: Register, _ lane: Int) -> Range<Int> {
    let space = batch.program.registers[Int(register.index)].space
    guard space > 0 else { return lane..<lane + 1 }
    let offsets = batch.lists[space - 1].offsets
    return Int(offsets[lane])..<Int(offsets[lane + 1])
  }
}

/// Makes the claim columns of the rows that a step computes, from batch to batch.
struct ClaimCollector {
  private let sources: [ClaimSource]
  private let reader: ClaimReader
  private let batch: BatchRunner
  private var ends: [[Int32]]
  private var figures: [[Int32]]

  init(_ sources: [ClaimSource], _ batch: BatchRunner, _ facts: FactStore?) {
    self.sources = sources
    self.batch = batch
    reader = ClaimReader(batch, facts)
    ends = sources.map { _ in [0] }
    figures = sources.map { _ in [] }
  }

  /// Adds the kept rows of a batch.
  mutating func add() throws(RunError) {
    for (index, source) in sources.enumerated() where source.register != nil {
      for lane in batch.keptLanes {
        try reader.append(source, Int(lane), to: &figures[index])
        ends[index].append(Int32(figures[index].count))
      }
    }
  }

  /// What the rows rest on by way of names that stand in them; nil if there are none.
  func named(count: Int) -> Table.Provenance? {
    let claims = sources.indices.filter { sources[$0].register != nil }
    if claims.isEmpty { return nil }
    return Table.Provenance(
      (0..<count).map { row in
        claims.flatMap { figures[$0][Int(ends[$0][row])..<Int(ends[$0][row + 1])] }
      })
  }

  /// The columns, of the kept rows; nil for all.
  func columns(_ kept: [Int32]?) -> [FigureSets] {
    let (table, count) = (batch.table, kept?.count ?? batch.table.count)
    return sources.enumerated().map { index, source in
      switch source {
      case .column(let column):
        guard column < table.claims.count else { return FigureSets([], count: count) }
        return kept.map { table.claims[column].gathered($0) } ?? table.claims[column]
      case .scalar(let plan, let column):
        return FigureSets(Array(batch.scalars[plan].figures(column, of: 0)), count: count)
      case .figures:
        return .stretches(
          starts: Buffer(ends[index].dropLast()), ends: Buffer(ends[index].dropFirst()),
          of: Buffer(figures[index]))
      }
    }
  }
}

extension FactStore {
  /// The fact that each figure is.
  fileprivate var figureNumbers: Buffer<Int32> {
    if case .one(let numbers) = table(.figure).provenance { return numbers }
    return Buffer([])
  }
}
