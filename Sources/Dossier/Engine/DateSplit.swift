/// Rows whose date may lie in several groups become maybe rows, one for each of them.
///
/// Groups by the month of a date count such a row as possible in each month that it may lie in. A row
/// whose date isn't certain but whose month is stays one certain row.
struct DateSplit: Sendable {
  /// How long the pieces of a date are.
  enum Piece: Int, Sendable, Comparable {
    case day, month, year

    static func < (a: Piece, b: Piece) -> Bool { a.rawValue < b.rawValue }

    /// The last day of the piece that a day lies in.
    fileprivate func last(from day: Int32) -> Int32 {
      switch self {
      case .day: day
      case .month: CalendarMonth(of: day).last
      case .year: CalendarMonth(year: CalendarMonth(of: day).year, month: 12).last
      }
    }
  }

  let column: Int
  /// What the groups go by; each is a column behind those of the rows.
  let parts: [DatePart]
  /// The fields of the rows with those of the parts.
  let fields: [Field]
  let span: Span

  /// The longest pieces of dates in which all parts are the same on all days.
  fileprivate var piece: Piece { parts.map(\.piece).min() ?? .year }

  /// How many different groups there can be; nil if there is no end.
  fileprivate var most: Int? {
    if parts.contains(.year) { return nil }
    return parts.reduce(1) { $0 * $1.range.count }
  }
}

extension DatePart {
  fileprivate var piece: DateSplit.Piece {
    switch self {
    case .year: .year
    case .month, .quarter: .month
    case .day, .weekday: .day
    }
  }
}

extension PlanRunner {
  func split(_ split: DateSplit, _ input: Result) throws(RunError) -> Result {
    let table = input.table
    guard case .dates(let dates) = table.column(split.column).storage else { return input }
    var rows: [Int32] = []
    var groups: [DateGroup] = []
    var isCut: [Bool] = []
    var cut = 0
    for row in 0..<table.count {
      let found = try dates.groups(row, split, meter)
      try meter.charge(bytes: found.count * (16 + 16 * split.parts.count), at: split.span)
      if found.count > 1 { cut += 1 }
      for group in found {
        rows.append(Int32(row))
        groups.append(group)
        isCut.append(found.count > 1)
      }
    }
    let picked = table.picked(rows)
    let gathered = dates.gathered(rows)
    var columns = picked.columns
    if cut > 0 {
      columns[split.column] = ColumnView(Column(.dates(gathered.cut(groups, isCut))))
    }
    for index in split.parts.indices {
      columns.append(ColumnView(gathered.numbers(groups.map { $0.parts[index] })))
    }
    var result = picked.with(fields: split.fields, columns: columns)
    if cut > 0 {
      result.membership = Buffer(isCut.indices.map { isCut[$0] || picked.isMaybe($0) ? 0 : 1 })
    }
    return Result(table: result, notes: input.notes + (cut > 0 ? [.split(cut)] : []))
  }
}

/// Days of a date that belong to one group, and the numbers that the group goes by.
private struct DateGroup {
  var first: Int32
  var last: Int32
  var parts: [ClosedRange<Int64>]
}

extension DateColumn {
  /// The groups that a row may belong to; one if its date stands open, isn't reported or doesn't apply.
  fileprivate func groups(
    _ row: Int, _ split: DateSplit, _ meter: Meter
  ) throws(RunError) -> [DateGroup] {
    let (first, last) = (earliest[row], latest[row])
    let whole = DateGroup(
      first: first, last: last, parts: split.parts.map { $0.numbers(first, last) })
    let isBounded = first != Day.distantPast && last != Day.distantFuture
    guard isKnown(row), none?[row] != 1, isBounded, first < last else { return [whole] }
    var groups: [DateGroup] = []
    var places: [[Int64]: Int] = [:]
    var day = first
    while day <= last {
      try meter.charge(steps: 1, at: split.span)
      let end = min(split.piece.last(from: day), last)
      let numbers = split.parts.map { $0.number(day) }
      if let place = places[numbers] {
        groups[place].last = end
      } else {
        places[numbers] = groups.count
        groups.append(DateGroup(first: day, last: end, parts: numbers.map { $0...$0 }))
        // All that there can be; each may go on to the end.
        if groups.count == split.most {
          for place in groups.indices { groups[place].last = last }
          return groups
        }
      }
      day = end + 1
    }
    return groups
  }

  /// The dates of rows that were cut, as what lies in their groups.
  fileprivate func cut(_ groups: [DateGroup], _ isCut: [Bool]) -> DateColumn {
    var column = DateColumn(
      earliest: Buffer(groups.map(\.first)), latest: Buffer(groups.map(\.last)))
    (column.known, column.none) = (known, none)
    if let (codes, dictionary) = written {
      column.written = (Buffer(isCut.indices.map { isCut[$0] ? -1 : codes[$0] }), dictionary)
    }
    return column
  }

  /// Parts of these dates as numbers, known where the dates are.
  fileprivate func numbers(_ ranges: [ClosedRange<Int64>]) -> Column {
    let best = ranges.map { $0.lowerBound == $0.upperBound ? $0.lowerBound : Open.best }
    return Column(
      .quantities(
        QuantityColumn(
          low: .decimals(Buffer(ranges.map(\.lowerBound))), best: .decimals(Buffer(best)),
          high: .decimals(Buffer(ranges.map(\.upperBound))), kind: .decimal(scale: 0),
          isExact: false, unit: .one(nil), known: known, none: none)))
  }
}
