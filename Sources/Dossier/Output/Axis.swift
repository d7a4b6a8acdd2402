/// The line below a chart and its labels.
struct Axis {
  let plot: Plot
  /// How many blank cells stand before the wall.
  let margin: Int

  /// `└────┴────┴` and the labels centred below their ticks; one that has no room is left out.
  var lines: [String] {
    guard !plot.scale.ticks.isEmpty else { return [] }
    var line = [Character](repeating: plot.signs.line, count: plot.cells + 1)
    var labels = ""
    for tick in plot.scale.ticks {
      let column = plot.column(ofEdge: tick.position)
      line[column] = plot.signs.tick
      let length = TextWidth.of(tick.label)
      let used = TextWidth.of(labels)
      let start = max(min(column - length / 2, plot.width - length) + margin, 0)
      if labels.isEmpty || start >= used + 2 {
        labels += String(repeating: " ", count: start - used) + tick.label
      }
    }
    line[0] = plot.signs.corner
    return [String(repeating: " ", count: margin) + String(line), labels]
  }
}
