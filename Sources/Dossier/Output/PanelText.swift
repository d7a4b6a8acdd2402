/// One panel of a chart as lines of a terminal.
struct PanelText {
  /// A line of the panel with its words.
  struct Line {
    let rows: [Int]
    let entries: [Chart.Entry]
    let caption: Caption

    init(_ line: Chart.Line, _ caption: Caption) {
      rows = line.rows
      entries = line.entries
      self.caption = caption
    }

    var unreported: Int { entries.count { if case .unreported = $0 { true } else { false } } }
  }

  let chart: Chart
  let panel: Chart.Panel
  private let shown: [Line?]
  private let signs: Signs
  private let labelWidths: [Int]
  private let hasMaybe: Bool
  /// How many cells the marks may take.
  private let room: Int

  /// Marks get at least so many cells, even where the line grows too long for it.
  private static let fewestCells = 16

  /// Nil stands for lines that are left out.
  init(chart: Chart, panel: Chart.Panel, lines: [Line?], options: DisplayOptions) {
    self.chart = chart
    self.panel = panel
    shown = lines
    signs = options.ascii ? .letters : .blocks
    let captions = lines.compactMap { $0?.caption }
    hasMaybe = captions.contains(where: \.isMaybe)
    let width = options.chartWidth
    let names = chart.labelNames.map(TextWidth.printable)
    labelWidths = PanelText.fitted(
      names.indices.map { index in
        ([names[index]] + captions.map { $0.labels[index] }).map(TextWidth.of).max() ?? 0
      }, into: width * 2 / 5)
    let margin = PanelText.margin(labelWidths, hasMaybe)
    let words = captions.map { TextWidth.of(PanelText.words($0)) }.max() ?? 0
    room = max(width - margin - words - 3, PanelText.fewestCells)
  }

  var lines: [String] {
    let names = chart.labelNames.map(TextWidth.printable)
    let title = "\(signs.wall) \(TextWidth.printable(panel.title))"
    let body = panel.lines.isEmpty ? [] : chart.kind == .spark ? sparklines : bars
    return ([left(names) + title] + body).map(\.withoutBlanksAtEnd)
  }

  // MARK: Bars and dates

  private var bars: [String] {
    let plot = self.plot
    let lines = shown.map { line in
      guard let line else { return signs.gap }
      return left(line.caption) + plot.line(line.entries.first ?? .none) + " "
        + PanelText.words(line.caption)
    }
    return lines + Axis(plot: plot, margin: margin).lines
  }

  private var plot: Plot {
    guard let extent = panel.extent else {
      let scale = Scale(lower: 0, upper: 0, ticks: [])
      return Plot(scale: scale, cells: room, kind: chart.kind, signs: signs)
    }
    if chart.kind == .timeline {
      let scale = Scale.dates(extent, cells: room)
      return Plot(scale: scale, cells: room, kind: chart.kind, signs: signs)
    }
    let scale = Scale.numbers(extent, steps: max(room / 14, 2))
    // Every step has as many cells, so that zero and the ticks lie between two cells.
    let steps = max(scale.ticks.count - 1, 1)
    return Plot(scale: scale, cells: room - room % steps, kind: chart.kind, signs: signs)
  }

  // MARK: Sparklines

  private var sparklines: [String] {
    let scale = Scale.numbers(panel.extent ?? 0...0, steps: 4)
    // The tags take five cells, and a blank stands behind the wall.
    let most = shown.compactMap { $0?.entries.count }.max() ?? 0
    let rowsPerSign = max((most + room - 7) / (room - 6), 1)
    let sparkline = Sparkline(scale: scale, signs: signs, rowsPerSign: rowsPerSign)
    let drawn = shown.map { $0.map { sparkline.lines($0.entries) } }
    let hasRanges = drawn.contains { $0?.lower != nil }
    let cells = (most + rowsPerSign - 1) / rowsPerSign
    var lines: [String] = []
    for (line, signs) in zip(shown, drawn) {
      guard let line, let signs else {
        lines.append(self.signs.gap)
        continue
      }
      let tag = hasRanges ? signs.lower == nil ? "     " : "high " : ""
      let blanks = String(repeating: " ", count: cells - signs.upper.count)
      let start = left(line.caption) + "\(self.signs.wall) "
      lines.append(start + tag + signs.upper + blanks + "  " + PanelText.words(line.caption))
      guard let lower = signs.lower else { continue }
      lines.append(left(chart.labelNames.map { _ in "" }) + "\(self.signs.wall) low  " + lower)
    }
    return lines + [legend(scale, rowsPerSign)]
  }

  private func legend(_ scale: Scale, _ rowsPerSign: Int) -> String {
    guard let lowest = scale.ticks.first?.label, let highest = scale.ticks.last?.label else {
      return ""
    }
    let blanks = String(repeating: " ", count: margin + 2)
    let ends = blanks + "\(signs.levels[0]) \(lowest) to \(signs.levels[7]) \(highest)"
    if rowsPerSign == 1 { return ends }
    // Beside a value in the same sign they can't be seen.
    let unreported = shown.reduce(0) { $0 + ($1?.unreported ?? 0) }
    let hidden = unreported > 0 ? ", \(unreported) not reported" : ""
    return ends + ", a sign for each \(rowsPerSign) rows\(hidden)"
  }

  // MARK: Words

  /// The value and the notes.
  private static func words(_ caption: Caption) -> String {
    caption.notes.isEmpty ? caption.value : caption.value + " " + caption.notes
  }

  private var margin: Int { PanelText.margin(labelWidths, hasMaybe) }

  /// How many cells stand before the wall.
  private static func margin(_ labelWidths: [Int], _ hasMaybe: Bool) -> Int {
    labelWidths.reduce(0, +) + max(labelWidths.count - 1, 0) * 3 + (labelWidths.isEmpty ? 0 : 1)
      + (hasMaybe ? 2 : 0)
  }

  private func left(_ caption: Caption) -> String {
    left(caption.labels, mark: caption.isMaybe ? "? " : "  ")
  }

  private func left(_ labels: [String], mark: String = "  ") -> String {
    let cells = zip(labels, labelWidths).map { label, width in
      let cut = TextWidth.cut(label, to: width)
      return cut + String(repeating: " ", count: width - TextWidth.of(cut))
    }
    let joined = cells.joined(separator: " \(signs.wall) ")
    return (hasMaybe ? mark : "") + (cells.isEmpty ? "" : joined + " ")
  }

  /// The widest give way first, down to eight cells.
  private static func fitted(_ widths: [Int], into room: Int) -> [Int] {
    var widths = widths
    while widths.reduce(0, +) > room, let most = widths.max(), most > 8,
      let widest = widths.firstIndex(of: most)
    {
      widths[widest] -= 1
    }
    return widths
  }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
