/// Charts for people: labels, marks on a common axis, the values as text, the footer and sources.
struct ChartFormat {
  let answer: Answer
  let drawing: Drawing
  let options: DisplayOptions

  var text: String {
    var known: [String] = []
    let (text, captions) = drawn(&known)
    return text + Footer.text(of: captions.sources)
  }

  /// The chart and its footer without the sources; `known` are those that earlier answers have.
  func drawn(_ known: inout [String]) -> (text: String, captions: Captions) {
    let table = answer.table
    let chart = Chart(table, drawing)
    var captions = Captions(answer, drawing, chart, options, after: known)
    var shown: Set<Int> = []
    var panels: [String] = []
    for panel in chart.panels {
      let lines = options.shownRows(panel.lines.count).map { place in
        place.map { PanelText.Line(panel.lines[$0], captions.caption(panel.lines[$0], panel)) }
      }
      for line in lines { shown.formUnion(line?.rows ?? []) }
      let text = PanelText(chart: chart, panel: panel, lines: lines, options: options)
      panels.append(text.lines.map { $0 + "\n" }.joined())
    }
    let footer = Footer(answer: answer, options: options)
    let counts = footer.counts(rows: table.count, shown: shown.count)
    known = captions.sources.notes
    return (panels.joined(separator: "\n") + footer.text(counts: counts), captions)
  }
}

/// The words beside the marks of a line.
struct Caption {
  let labels: [String]
  let value: String
  let notes: String
  let isMaybe: Bool
}

/// Puts words to the lines of a chart, and numbers the sources as they appear.
struct Captions {
  private let table: Table
  private let columns: [Column]
  private let facts: FactStore
  private let drawing: Drawing
  private let labelCount: Int
  private let cites: Bool
  /// How long the two ends of a series may be.
  private let endWidth: Int
  private(set) var sources: Sources
  /// The numbers of the sources that stand beside lines.
  private(set) var numbers: Set<Int> = []

  /// Numbers sources on behind those of earlier answers.
  init(
    _ answer: Answer, _ drawing: Drawing, _ chart: Chart, _ options: DisplayOptions,
    after notes: [String] = []
  ) {
    table = answer.table
    columns = table.columns.map(\.column)
    facts = answer.facts
    self.drawing = drawing
    labelCount = chart.labelNames.count
    cites = options.cite ?? true
    endWidth = max(options.chartWidth / 8, 10)
    sources = Sources(answer, after: notes)
  }

  mutating func caption(_ line: Chart.Line, _ panel: Chart.Panel) -> Caption {
    var numbers: Set<Int> = []
    if cites {
      for row in line.rows { numbers.formUnion(sources.numbers(table, row: row)) }
    }
    self.numbers.formUnion(numbers)
    let first = line.rows.first ?? 0
    return Caption(
      labels: (0..<labelCount).map { cell($0, first) },
      value: drawing.kind == .spark ? stretch(line) : cell(panel.column, first),
      notes: numbers.sorted().map { "[\($0)]" }.joined(separator: " "),
      isMaybe: table.isMaybe(first))
  }

  /// Where a series begins and ends: `2024-01 … 2024-08`.
  private func stretch(_ line: Chart.Line) -> String {
    guard labelCount < drawing.labels, let first = line.rows.first, let last = line.rows.last else {
      return ""
    }
    let from = TextWidth.cut(cell(labelCount, first), to: endWidth)
    let to = TextWidth.cut(cell(labelCount, last), to: endWidth)
    return line.rows.count == 1 ? from : "\(from) … \(to)"
  }

  private func cell(_ column: Int, _ row: Int) -> String {
    TextWidth.printable(columns[column].text(row, names: facts))
  }
}
