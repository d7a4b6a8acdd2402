/// A chart as data: what lies where on which axis, before anybody chooses signs or shapes for it.
struct Chart: Sendable {
  let kind: Drawing.Kind
  /// The names of the label columns.
  let labelNames: [String]
  let panels: [Panel]

  /// Lines that share an axis: the values of one column and one unit.
  struct Panel: Sendable {
    /// `value (people)`.
    let title: String
    /// The column of the table that it draws.
    let column: Int
    let lines: [Line]
    /// The axis from the least to the greatest position; nil if no value has one.
    let extent: ClosedRange<Double>?
  }

  /// One line: a bar, a date, or a series of values.
  struct Line: Sendable {
    /// The rows of the table that it shows, in order.
    let rows: [Int]
    /// One a row.
    let entries: [Entry]
  }

  /// What stands for one value.
  enum Entry: Sendable {
    case mark(Mark)
    case unreported
    /// The value doesn't apply: nothing is drawn.
    case none

    var mark: Mark? { if case .mark(let mark) = self { mark } else { nil } }
  }
}

/// Where one value lies on an axis: as far as it may reach, and the part of it that is certain.
struct Mark: Hashable, Sendable {
  /// The least position it may reach; nil if that stands open.
  let low: Double?
  /// The greatest position it may reach; nil if that stands open.
  let high: Double?
  /// What is covered in any case.
  var certain: ClosedRange<Double>?
  /// The best value of a range, or the day itself.
  var point: Double?

  /// Whether it is a single position.
  var isExact: Bool { low != nil && low == high }

  /// All positions that it names.
  fileprivate var positions: [Double] {
    [low, high, certain?.lowerBound, certain?.upperBound, point].compactMap { $0 }
      .filter(\.isFinite)
  }
}

extension Chart {
  /// The chart of a table whose first columns are the labels and whose others are drawn.
  init(_ table: Table, _ drawing: Drawing) {
    kind = drawing.kind
    let labels = (0..<drawing.labels).map(table.column)
    // What a sparkline runs along is no part of its name.
    let names = kind == .spark ? labels.dropLast() : labels[...]
    labelNames = table.fields.prefix(names.count).map(\.name)
    var panels: [Panel] = []
    for index in drawing.labels..<max(table.fields.count, drawing.labels) {
      let name = table.fields[index].name
      let column = table.column(index)
      for (unit, rows) in column.rowsByUnit(count: table.count) {
        let lines =
          drawing.kind == .spark
          ? Sparkline.lines(column, rows, groups: Array(names))
          : rows.map { Line(rows: [$0], entries: [column.entry($0)]) }
        panels.append(
          Panel(
            title: unit.map { "\(name) (\($0))" } ?? name, column: index, lines: lines,
            extent: Chart.extent(lines, withZero: column.isQuantity)))
      }
    }
    self.panels = panels
  }

  /// From the least to the greatest position of some lines; bars and sparklines begin at zero.
  private static func extent(_ lines: [Line], withZero: Bool) -> ClosedRange<Double>? {
    var extent: ClosedRange<Double>? = withZero ? 0...0 : nil
    for line in lines {
      for position in line.entries.lazy.compactMap(\.mark).flatMap(\.positions) {
        let range = extent ?? position...position
        extent = min(range.lowerBound, position)...max(range.upperBound, position)
      }
    }
    return extent
  }
}

extension Column {
  fileprivate var isQuantity: Bool { if case .quantities = storage { true } else { false } }

  /// The rows of each unit, in the order in which the units appear; what doesn't apply, or isn't
  /// reported and has no unit, goes with the first.
  fileprivate func rowsByUnit(count: Int) -> [(unit: String?, rows: [Int])] {
    guard case .quantities(let values) = storage else { return [(nil, Array(0..<count))] }
    guard case .each(let codes, let units) = values.unit else {
      return [(values.unit(at: 0)?.name, Array(0..<count))]
    }
    var order: [Int32] = []
    var rows = [[Int]](repeating: [], count: units.count)
    var homeless: [Int] = []
    for row in 0..<count {
      let code = codes[row]
      if isNone(row) || (units[Int(code)] == nil && !values.isKnown(row)) {
        homeless.append(row)
        continue
      }
      if rows[Int(code)].isEmpty { order.append(code) }
      rows[Int(code)].append(row)
    }
    guard let first = order.first else { return [(nil, homeless)] }
    rows[Int(first)] = (rows[Int(first)] + homeless).sorted()
    return order.map { (units[Int($0)]?.name, rows[Int($0)]) }
  }

  /// What stands for the value of a row in a bar chart or a timeline.
  fileprivate func entry(_ row: Int) -> Chart.Entry {
    if isNone(row) { return .none }
    switch storage {
    case .quantities(let values):
      return values.ends(row).map { .mark(Mark(bar: $0)) } ?? .unreported
    case .dates(let dates): return dates.isKnown(row) ? .mark(Mark(day: dates[row])) : .unreported
    case .periods(let periods):
      return periods.start.isKnown(row) ? .mark(Mark(period: periods[row])) : .unreported
    case .truths, .texts, .references, .lists: return .none
    }
  }
}
