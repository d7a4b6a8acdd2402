/// Lays marks out on the cells of one line.
///
/// Spans are rounded outward and their certain parts inward, so that what is drawn encloses what is
/// meant. The first cell is the wall that the marks stand at; the last one is for arrows.
struct Plot {
  let scale: Scale
  /// How many cells the scale has.
  let cells: Int
  let kind: Drawing.Kind
  let signs: Signs

  /// Cells with the wall and the place for arrows.
  var width: Int { cells + 2 }

  /// One line of cells.
  func line(_ entry: Chart.Entry) -> String {
    var line = [Character](repeating: " ", count: width)
    line[0] = signs.wall
    if scale.lower < 0, kind == .bar { line[column(ofEdge: 0)] = signs.wall }
    switch entry {
    case .mark(let mark): draw(mark, &line)
    case .unreported: line[1 + cell(0)] = signs.unknown
    case .none: break
    }
    return String(line)
  }

  private func draw(_ mark: Mark, _ line: inout [Character]) {
    let (first, last) = span(mark)
    for cell in first..<last { line[1 + cell] = signs.light }
    fill(mark, first, last, &line)
    if let point = mark.point { line[1 + cell(point)] = kind == .bar ? signs.best : signs.day }
    if mark.low == nil { line[0] = signs.before }
    if mark.high == nil { line[width - 1] = signs.behind }
  }

  /// The cells of all that a mark may reach: at least one.
  func span(_ mark: Mark) -> (first: Int, last: Int) {
    let first = min(mark.low.map { down($0) } ?? 0, cells - 1)
    let last = mark.high.map { up($0) } ?? cells
    return (first, max(last, first + 1))
  }

  /// The cell that a position lies in.
  func cell(_ position: Double) -> Int { min(down(position), cells - 1) }

  /// The place in the line of the edge before a position.
  func column(ofEdge position: Double) -> Int {
    Int(exactly: (scale.place(position) * Double(cells)).rounded()) ?? 0
  }

  private func fill(_ mark: Mark, _ first: Int, _ last: Int, _ line: inout [Character]) {
    guard let certain = mark.certain else { return }
    if certain.lowerBound == certain.upperBound {
      if mark.isExact { line[1 + first] = signs.zero }
      return
    }
    let begin = certain.lowerBound == mark.low ? first : up(certain.lowerBound)
    let end = certain.upperBound == mark.high ? last : down(certain.upperBound)
    guard begin < end else { return }
    for cell in begin..<end { line[1 + cell] = signs.solid }
    // An exact end is drawn as fine as there are signs for it.
    if kind == .bar, certain.upperBound == mark.high, certain.upperBound > 0, !signs.parts.isEmpty {
      let rest = scale.place(certain.upperBound) * Double(cells) - Double(end - 1)
      let part = Int(exactly: (rest * Double(signs.parts.count)).rounded(.up)) ?? signs.parts.count
      line[end] = signs.parts[min(max(part, 1), signs.parts.count) - 1]
    }
  }

  private func down(_ position: Double) -> Int {
    Int(exactly: (scale.place(position) * Double(cells)).rounded(.down)) ?? 0
  }

  private func up(_ position: Double) -> Int {
    Int(exactly: (scale.place(position) * Double(cells)).rounded(.up)) ?? cells
  }
}
