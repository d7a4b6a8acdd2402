/// Every choice of one value for each row.
func forEachWorld(_ rows: [[Int64]], _ body: ([Int64]) -> Void) {
  guard rows.allSatisfy({ !$0.isEmpty }) else { return }
  var choice = rows.map { _ in 0 }
  while true {
    body(zip(rows, choice).map { $0[$1] })
    var row = 0
    while row < rows.count {
      choice[row] += 1
      if choice[row] < rows[row].count { break }
      choice[row] = 0
      row += 1
    }
    if row == rows.count { return }
  }
}

/// The least and the greatest that a function has in some worlds.
func range<Result: Comparable>(
  over rows: [[Int64]], _ function: ([Int64]) -> Result
) -> ClosedRange<Result>? {
  var range: ClosedRange<Result>?
  forEachWorld(rows) { world in
    let value = function(world)
    range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
  }
  return range
}
