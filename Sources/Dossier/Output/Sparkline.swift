/// Values in the order of their rows, each as one sign of eight heights.
///
/// Where some are ranges there are two lines, the upper bounds and the lower ones. Where there are
/// more rows than cells, a sign stands for several rows, as high as the range that holds them all.
struct Sparkline {
  let scale: Scale
  let signs: Signs
  /// How many rows a sign stands for.
  let rowsPerSign: Int

  /// The signs of a line, and of its lower bounds if they differ.
  func lines(_ entries: [Chart.Entry]) -> (upper: String, lower: String?) {
    let cells = stride(from: 0, to: entries.count, by: rowsPerSign).map { start in
      hull(entries[start..<min(start + rowsPerSign, entries.count)])
    }
    let upper = cells.map { sign($0, \.high, open: signs.up) }
    guard cells.contains(where: { $0.mark.map { !$0.isExact } ?? false }) else {
      return (String(upper), nil)
    }
    return (String(upper), String(cells.map { sign($0, \.low, open: signs.down) }))
  }

  private func sign(
    _ entry: Chart.Entry, _ end: KeyPath<Mark, Double?>, open: Character
  ) -> Character {
    switch entry {
    case .unreported: return signs.unknown
    case .none: return " "
    case .mark(let mark):
      guard let position = mark[keyPath: end] else { return open }
      let level = Int(exactly: (scale.place(position) * 8).rounded(.down)) ?? 0
      return signs.levels[min(level, signs.levels.count - 1)]
    }
  }

  /// The smallest range that holds some values; without one, whatever stands there first.
  private func hull(_ entries: ArraySlice<Chart.Entry>) -> Chart.Entry {
    let marks = entries.compactMap(\.mark)
    guard let first = marks.first else { return entries.first ?? .none }
    return .mark(
      marks.dropFirst().reduce(first) { hull, mark in
        Mark(
          low: hull.low.flatMap { low in mark.low.map { min(low, $0) } },
          high: hull.high.flatMap { high in mark.high.map { max(high, $0) } })
      })
  }
}

extension Sparkline {
  /// One line for each group of rows, in the order in which the groups appear.
  static func lines(_ column: Column, _ rows: [Int], groups: [Column]) -> [Chart.Line] {
    guard case .quantities(let values) = column.storage else { return [] }
    var keys = KeyTable()
    var members: [[Int]] = []
    var words: [Int64] = []
    for row in rows {
      words.removeAll(keepingCapacity: true)
      for group in groups { group.appendWords(row, &words) }
      let (id, isNew) = keys.number(of: words)
      if isNew { members.append([]) }
      members[Int(id)].append(row)
    }
    return members.map { rows in
      Chart.Line(
        rows: rows,
        entries: rows.map { row in
          if column.isNone(row) { return .none }
          return values.ends(row).map { .mark(Mark(value: $0)) } ?? .unreported
        })
    }
  }
}

extension Mark {
  /// The value itself, without a bar below it.
  fileprivate init(value ends: QuantityColumn.Ends) {
    low = ends.low
    high = ends.high
    point = ends.best
  }
}
