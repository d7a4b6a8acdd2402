/// Rows that are read when a plan is run, such as those of a file.
protocol RowSource: Sendable {
  /// What messages call it.
  var name: String { get }
  /// How many fields it has.
  var fieldCount: Int { get }

  /// What notes call it: the path as the script has it.
  var path: String { get }

  /// Some fields of all rows; the other columns of the table hold nothing and aren't looked at.
  ///
  /// - Throws: `RunError`; with the cause `sourceChanged` the plan has to be made anew, since the
  ///   rows have other types than were known when it was.
  func rows(_ needed: [Int], _ meter: Meter) throws(RunError) -> ReadRows
}

/// What came of reading rows.
struct ReadRows {
  let table: Table
  /// The line of each row.
  let lines: Buffer<Int32>
  let notes: [Note]
}

extension PlanRunner {
  /// Rows that rest on their file: on all of it for notes, each on its line for `why`.
  func read(_ rows: any RowSource, _ needed: [Int]) throws(RunError) -> Result {
    let read = try rows.rows(needed, meter)
    var table = read.table
    guard let files, tracksFacts else { return Result(table: table, notes: read.notes) }
    let number =
      tracksAll
      ? files.firstRow(of: rows.path, ReadFiles.Lines(read.lines)) : files.number(of: rows.path)
    guard let number else {
      throw RunError(cause: .limit("rows", Int(Int32.max)), span: .nowhere)
    }
    if tracksAll { table.behind = .rising(first: number) }
    table.shared = [tracksAll ? number - 1 : number]
    return Result(table: table, notes: read.notes)
  }
}

extension Plan {
  /// The columns of the source that the steps read; nil for all of them.
  var neededColumns: [Int]? {
    var columns: Set<Int> = []
    var place = 0
    while place < steps.count, case .split(let split) = steps[place] {
      columns.insert(split.column)
      place += 1
    }
    switch steps.dropFirst(place).first {
    case .compute(let program, let outputs, _, _):
      columns.formUnion(program.columns)
      for case .column(let column) in outputs.lazy.map(\.source) { columns.insert(column) }
      return columns.sorted()
    case .summarize(let program, _, _, _): return columns.union(program.columns).sorted()
    default: return nil
    }
  }
}

extension Program {
  /// The columns of the source that are read.
  fileprivate var columns: Set<Int> {
    var columns: Set<Int> = []
    for instruction in instructions {
      if case .load(let column, _) = instruction.operation { columns.insert(column) }
    }
    for case .column(let column) in lists { columns.insert(column) }
    return columns
  }
}
