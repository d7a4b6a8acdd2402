/// Rows whose date may lie in several months, years or days become maybe rows, one for each of them.
///
/// So groups by the month of a date count such a row as possible in each month that it may lie in.
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
  let piece: Piece
  let span: Span
}

extension DatePart {
  /// The longest pieces of dates in which the part is the same on all days.
  var piece: DateSplit.Piece {
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
    guard case .dates(let dates) = table.column(split.column).storage,
      dates.earliest !== dates.latest
    else { return input }
    var rows: [Int32] = []
    var (earliest, latest, isCut): ([Int32], [Int32], [UInt8]) = ([], [], [])
    var cut = 0
    for row in 0..<table.count {
      let pieces = dates.pieces(row, split.piece)
      try meter.charge(bytes: pieces.count * 16, at: split.span)
      try meter.charge(steps: pieces.count, at: split.span)
      if pieces.count > 1 { cut += 1 }
      for piece in pieces {
        rows.append(Int32(row))
        earliest.append(piece.first)
        latest.append(piece.last)
        isCut.append(pieces.count > 1 ? 1 : 0)
      }
    }
    guard cut > 0 else { return input }
    var result = table.picked(rows)
    let gathered = dates.gathered(rows)
    var column = DateColumn(earliest: Buffer(earliest), latest: Buffer(latest))
    (column.known, column.none) = (gathered.known, gathered.none)
    if let (codes, dictionary) = gathered.written {
      let kept = codes.elements.indices.map { isCut[$0] == 1 ? -1 : codes[$0] }
      column.written = (Buffer(kept), dictionary)
    }
    var columns = result.columns
    columns[split.column] = ColumnView(Column(.dates(column)))
    result = result.with(fields: result.fields, columns: columns)
    result.membership = Buffer(
      isCut.indices.map { isCut[$0] == 1 || result.isMaybe($0) ? 0 : 1 })
    return Result(table: result, notes: input.notes + [.split(cut, split.piece)])
  }
}

extension DateColumn {
  /// A date, piece by piece; whole if it stands open, isn't reported or doesn't apply.
  fileprivate func pieces(
    _ row: Int, _ piece: DateSplit.Piece
  ) -> [(first: Int32, last: Int32)] {
    let (first, last) = (earliest[row], latest[row])
    let isBounded = first != Day.distantPast && last != Day.distantFuture
    guard isKnown(row), none?[row] != 1, isBounded else { return [(first, last)] }
    var pieces: [(first: Int32, last: Int32)] = []
    var day = first
    while day <= last {
      let end = min(piece.last(from: day), last)
      pieces.append((day, end))
      day = end + 1
    }
    return pieces
  }
}
