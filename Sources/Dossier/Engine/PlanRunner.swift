/// Runs plans: one step after the other, each from a table to a table.
final class PlanRunner {
  let facts: FactStore?
  let meter: Meter
  /// Whether the facts that rows rest on are wanted, for citations.
  let tracksFacts: Bool
  /// Whether the declarations and lines of files that rows rest on are wanted too, for `why`.
  let tracksAll: Bool
  /// The files that were read, and the numbers of their rows.
  let files: ReadFiles?
  private var named: [Int: Result] = [:]
  /// The definitions whose notes the current statement has told already.
  private var told: Set<Int> = []
  /// What the constants of the current plan rest on.
  private var constants: Set<Int32> = []

  /// Rows, and what the footer says of them.
  struct Result: Sendable {
    var table: Table
    var notes: [Note] = []
  }

  init(
    facts: FactStore?, meter: Meter, tracksFacts: Bool, tracksAll: Bool, files: ReadFiles?
  ) {
    self.facts = facts
    self.meter = meter
    self.tracksFacts = tracksFacts
    self.tracksAll = tracksAll
    self.files = files
  }

  /// Runs the plan of a statement.
  func answer(_ plan: Plan) throws(RunError) -> Result {
    told = []
    var result = try run(plan)
    let uncertain = result.table.order?.uncertain ?? []
    if !uncertain.isEmpty { result.notes.append(.order(uncertain)) }
    // Each step counts the rows that it sees.
    result.notes = result.notes.withReadingsOnce(max)
    return result
  }

  func run(_ plan: Plan) throws(RunError) -> Result {
    let outer = constants
    constants = []
    defer { constants = outer }
    var result = try source(of: plan)
    for step in plan.steps { try run(step, &result) }
    result.table.rest(on: constants.union(plan.facts))
    result.notes += plan.remarks.map { .remark($0) }
    return result
  }

  private func source(of plan: Plan) throws(RunError) -> Result {
    switch plan.source {
    case .read(let rows):
      return try read(rows, plan.neededColumns ?? Array(0..<rows.fieldCount))
    case .table(let table, _): return Result(table: table)
    case .printed(let table, let plan):
      return Result(table: tracksAll ? try run(plan).table : table)
    case .one: return Result(table: Table(fields: [], columns: [], count: 1))
    case .named(let number, let plan):
      var result: Result
      if let known = named[number] {
        result = known
      } else {
        result = try run(plan)
        named[number] = result
      }
      if !told.insert(number).inserted { result.notes = [] }
      return result
    }
  }

  private func run(_ step: Plan.Step, _ result: inout Result) throws(RunError) {
    // Chains of definitions nest here, so the frame is kept small.
    guard case .compute(let program, let outputs, let fields, let claims) = step else {
      return try runOverRows(step, &result)
    }
    result = try compute(program, outputs, fields, claims, result)
  }

  /// The steps that look at more than one row.
  private func runOverRows(_ step: Plan.Step, _ result: inout Result) throws(RunError) {
    switch step {
    case .compute: break
    case .summarize(let program, let keys, let aggregates, let claims):
      let summary = Summary(
        program: program, keys: keys, aggregates: aggregates, claims: claims, facts: self.facts)
      try summarize(summary, &result)
    case .sort(let keys): try sort(by: keys, &result)
    case .narrow(let count): result.table = result.table.narrowed(to: count)
    case .take(let count): try take(count, &result)
    case .skip(let count): skip(count, &result)
    case .join(let join): result = try joined(join, result)
    case .union(let union): result = try united(union, result)
    case .expand(let column, let fields, let span):
      result.table = try expanded(column, fields, result.table, at: span)
    case .window(let window): result = try windowed(window, result)
    case .reconcile(let step): result = try reconciled(step, result)
    case .conflicts(let step): result = try conflicts(step, result)
    case .distinct: try distinct(&result)
    case .split(let split): result = try self.split(split, result)
    case .why(let facts):
      result.table.rest(on: constants.union(facts))
      constants = []
      try why(&result)
    case .describe: try describe(&result)
    }
  }

  /// The tables of a program's scalars, each of one row, and what was noted on the way.
  func scalars(of program: Program) throws(RunError) -> ([Table], [Note]) {
    var tables: [Table] = []
    var notes: [Note] = []
    for plan in program.scalars {
      let result = try run(plan)
      constants.formUnion(result.table.shared)
      for row in 0..<result.table.count { constants.formUnion(result.table.evidence(of: row)) }
      tables.append(result.table)
      notes += result.notes
    }
    return (tables, notes)
  }

  // MARK: Steps
  // Functions of their own: `run` lies on the stack once for each definition that another rests on.

  private func summarize(_ summary: Summary, _ result: inout Result) throws(RunError) {
    let (scalars, scalarNotes) = try scalars(of: summary.program)
    noteOrder(&result, of: summary.aggregates)
    let batches = try BatchRunner(summary.program, result.table, meter, scalars: scalars)
    let outcome = try summary.run(batches, tracksFacts: tracksFacts, tracksAll: tracksAll)
    result.table = outcome.table
    result.notes += scalarNotes + outcome.filters.map { .filter($0) } + batches.tallyNotes
    if outcome.inexactKeys > 0 { result.notes.append(.inexactKeys(outcome.inexactKeys)) }
    result.notes += [.skipped(outcome.skipped), .unreported(outcome.unreported)]
  }

  private func sort(by keys: [Plan.Key], _ result: inout Result) throws(RunError) {
    var sorter = Sorter(count: result.table.count, facts: facts, meter)
    for key in keys { try sorter.add(result.table.column(key.column), descending: key.descending) }
    try meter.charge(steps: result.table.count, at: .nowhere)
    let rows = try sorter.rows()
    result.table = result.table.picked(rows)
    let key = keys.first.map { result.table.columns[$0.column] }
    result.table.order = RowOrder(
      places: sorter.places(of: rows), by: key?.base.mayOverlap == true ? key : nil)
  }

  private func take(_ count: Int, _ result: inout Result) throws(RunError) {
    noteCut(&result, at: count, by: "take")
    guard count < result.table.count else { return }
    let maybe = (0..<count).count { result.table.isMaybe($0) }
    if maybe > 0 { result.notes.append(.maybeTaken(maybe)) }
    result.table = try taken(count, of: result.table)
  }

  private func skip(_ count: Int, _ result: inout Result) {
    noteCut(&result, at: count, by: "skip")
    let first = Int32(clamping: min(count, result.table.count))
    result.table = result.table.picked((first..<Int32(result.table.count)).map { $0 })
  }

  private func describe(_ result: inout Result) throws(RunError) {
    try meter.charge(steps: result.table.count * result.table.fields.count, at: .nowhere)
    let shared = result.table.shared
    let description = Description(table: result.table, facts: facts, meter: meter)
    result.table = try description.run(tracksFacts: tracksFacts)
    result.table.shared = shared
  }

  // MARK: Compute

  private func compute(
    _ program: Program, _ outputs: [Field], _ fields: [Field], _ claims: [ClaimSource],
    _ input: Result
  ) throws(RunError) -> Result {
    let table = input.table
    let (scalars, scalarNotes) = try scalars(of: program)
    let batches = try BatchRunner(program, table, meter, scalars: scalars)
    let forms = outputs.compactMap { output -> Form? in
      if case .form(let form) = output.source { form } else { nil }
    }
    let collector = LaneCollector(
      forms, batches, expecting: program.filters.isEmpty ? table.count : 16)
    var kept: [Int32]? = program.filters.isEmpty ? nil : []
    var figures = ClaimCollector(claims, batches, facts)
    let passages = tracksAll ? Passages(batches, facts) : nil
    var members: [UInt8] = []
    for start in stride(from: 0, to: table.count, by: BatchRunner.batchSize) {
      guard try batches.run(start: start) else { continue }
      passages?.add()
      try figures.add()
      if kept == nil || batches.isWhole {
        try collector.add(at: .nowhere)
        kept?.append(contentsOf: Int32(start)..<Int32(start + batches.count))
      } else {
        let lanes = batches.keptLanes
        try collector.add(lanes: lanes, at: .nowhere)
        kept?.append(contentsOf: lanes.map { $0 + Int32(start) })
      }
      if let membership = batches.membership {
        batches.forEach(nil, [], 1) { lane, _ in members.append(membership[lane]) }
      }
      if kept != nil { try meter.charge(bytes: batches.selected * 4, at: .nowhere) }
    }
    let count = kept?.count ?? table.count
    let source = kept.map { table.columns.picked(Selection($0)) } ?? table.columns
    let columns = outputs.map { output in
      switch output.source {
      case .column(let index): source[index]
      case .form(let form): ColumnView(collector.column(form))
      }
    }
    var result = Table(
      fields: fields, columns: columns, count: count,
      provenance: kept.map { table.provenance.gathered($0) } ?? table.provenance,
      claims: figures.columns(kept))
    result.behind = kept.map { table.behind.gathered($0) } ?? table.behind
    if let passages { result.behind = result.behind.joined(passages.provenance, count: count) }
    if tracksFacts, let named = figures.named(count: count) {
      result.behind = result.behind.joined(named, count: count)
    }
    result.shared = table.shared
    result.order = kept.map { table.order?.gathered($0) } ?? table.order
    if members.contains(0) { result.membership = Buffer(members) }
    let notes =
      input.notes + scalarNotes + batches.notes.map { .filter($0) } + batches.tallyNotes
    return Result(table: result, notes: notes)
  }

  // MARK: Rows

  private func distinct(_ result: inout Result) throws(RunError) {
    let (table, inexact) = try distinct(result.table)
    result.table = table
    if inexact > 0 { result.notes.append(.inexactKeys(inexact)) }
  }

  /// The different rows, and how many of them are compared by something that isn't exact.
  private func distinct(_ table: Table) throws(RunError) -> (Table, inexact: Int) {
    let columns = table.columns.map(\.column)
    var keys = KeyTable()
    var first: [Int32] = []
    var rests: [[Int32]] = []
    var behind: [[Int32]] = []
    var isCertain: [UInt8] = []
    var figures = table.claims.map { _ in [[Int32]]() }
    for row in 0..<table.count {
      if row % BatchRunner.batchSize == 0 {
        try meter.charge(steps: min(BatchRunner.batchSize, table.count - row), at: .nowhere)
        try meter.charge(bytes: BatchRunner.batchSize * 8 * columns.count, at: .nowhere)
      }
      try meter.tick(row, at: .nowhere)
      var words: [Int64] = []
      for column in columns { column.appendWords(row, &words) }
      let (id, isNew) = keys.number(of: words)
      if isNew {
        first.append(Int32(row))
        rests.append([])
        behind.append([])
        isCertain.append(0)
        for claim in figures.indices { figures[claim].append([]) }
      }
      for claim in figures.indices {
        figures[claim][Int(id)] += table.figures(claim, of: row)
      }
      if !table.isMaybe(row) { isCertain[Int(id)] = 1 }
      guard tracksFacts else { continue }
      rests[Int(id)].append(contentsOf: table.facts(of: row))
      if !table.behind.isEmpty { behind[Int(id)].append(contentsOf: table.behind.facts(of: row)) }
    }
    var result = table.picked(first)
    result.membership = isCertain.contains(0) ? Buffer(isCertain) : nil
    if tracksFacts, !table.provenance.isEmpty { result.provenance = Table.Provenance(rests) }
    if tracksFacts, !table.behind.isEmpty { result.behind = Table.Provenance(behind) }
    result.claims = figures.map { FigureSets($0.map { Set($0).sorted() }) }
    let inexact = first.count { row in columns.contains { $0.isInexact(Int(row)) } }
    return (result, inexact)
  }

  // MARK: Orders that aren't certain

  /// Which rows are cut off is not certain if those at the cut could stand the other way round.
  private func noteCut(_ result: inout Result, at count: Int, by stage: String) {
    guard result.table.order?.isUncertain(at: count) == true else { return }
    result.notes.append(.uncertainOrder(of: stage))
  }

  /// What comes first or last is not certain either.
  private func noteOrder(_ result: inout Result, of aggregates: [Aggregate]) {
    let ordered = aggregates.first { [.first, .last, .list].contains($0.function) }
    guard let ordered, result.table.order?.uncertain.isEmpty == false else { return }
    result.notes.append(.uncertainOrder(of: ordered.function.rawValue))
  }
}

extension Table {
  func narrowed(to count: Int) -> Table {
    with(fields: Array(fields.prefix(count)), columns: Array(columns.prefix(count)))
  }

  func first(_ count: Int) -> Table { picked((0..<Int32(count)).map { $0 }) }
}

extension Column {
  /// The key words of a row: equal words, same record.
  func appendWords(_ row: Int, _ words: inout [Int64]) {
    if none?[row] == 1 {
      words.append(2)
      return
    }
    switch storage {
    case .truths(let column):
      let isKnown = column.known?[row] != 0
      words.append(isKnown ? 4 | Int64(column[row].rawValue) : 0)
    case .quantities(let column):
      let isKnown = column.isKnown(row)
      words.append(isKnown ? 1 : 0)
      guard isKnown else { return }
      for bound in [column.low, column.best, column.high] {
        switch bound {
        case .decimals(let buffer): words.append(buffer[row])
        case .doubles(let buffer): words.append(Int64(bitPattern: (buffer[row] + 0).bitPattern))
        }
      }
      if case .each(let codes, _) = column.unit { words.append(Int64(codes[row])) }
    case .texts(let codes, _), .references(let codes, _): words.append(Int64(codes[row]))
    case .dates(let column): column.appendWords(row, &words)
    case .periods(let column):
      column.start.appendWords(row, &words)
      if column.start.isKnown(row) { column.end.appendWords(row, &words) }
    case .lists(let column):
      words.append(Int64(column.range(row).count))
      words.append(Int64(column.known?[row] ?? 1))
      for index in column.range(row) { column.elements.column.appendWords(index, &words) }
    }
  }
}

extension DateColumn {
  fileprivate func appendWords(_ row: Int, _ words: inout [Int64]) {
    words.append(isKnown(row) ? 1 : 0)
    guard isKnown(row) else { return }
    words.append(Int64(earliest[row]))
    words.append(Int64(latest[row]))
  }
}
