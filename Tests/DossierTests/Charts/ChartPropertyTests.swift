import Testing

@testable import Dossier

/// What holds of every chart: marks lie inside the line, and what is drawn encloses what is meant.
@Suite struct ChartPropertyTests {
  private var random = Random(seed: 340)

  private func number(_ random: inout Random) -> Double {
    let size = Double(Int.random(in: 0...300, using: &random))
    let power = (0..<Int.random(in: 0...12, using: &random)).reduce(1.0) { power, _ in power * 10 }
    return Bool.random(using: &random) ? size * power : -size / power
  }

  /// Two numbers in order, either of which may stand open, and one between.
  private func ends(_ random: inout Random) -> QuantityColumn.Ends {
    let (a, b) = (number(&random), number(&random))
    let isExact = Int.random(in: 0..<3, using: &random) == 0
    let (low, high) = isExact ? (a, a) : (min(a, b), max(a, b))
    return QuantityColumn.Ends(
      low: Int.random(in: 0..<8, using: &random) == 0 && !isExact ? nil : low,
      best: isExact ? a : Bool.random(using: &random) ? (low + high) / 2 : nil,
      high: Int.random(in: 0..<8, using: &random) == 0 && !isExact ? nil : high)
  }

  @Test("bars enclose their values, and are solid only where the value is certain")
  func bars() {
    var random = self.random
    for _ in 0..<3_000 {
      let bars = (0..<Int.random(in: 1...5, using: &random)).map { _ in ends(&random) }
      let numbers: [Double] = bars.flatMap { [$0.low, $0.high, $0.best] }.compactMap { $0 } + [0]
      let extent = (numbers.min() ?? 0)...(numbers.max() ?? 0)
      let scale = Scale.numbers(extent, steps: Int.random(in: 1...8, using: &random))
      let cells = Int.random(in: 8...90, using: &random)
      let plot = Plot(scale: scale, cells: cells, kind: .bar, signs: .letters)
      for end in bars {
        let mark = Mark(bar: end)
        let line = Array(plot.line(.mark(mark)))
        #expect(line.count == plot.width)
        let (first, last) = plot.span(mark)
        #expect(0 <= first && first < last && last <= cells)
        // Half a cell's ten-thousandth is for the rounding of doubles.
        let slack = 1e-4
        if let low = end.low {
          #expect(Double(first) <= scale.place(min(low, 0)) * Double(cells) + slack)
        }
        if let high = end.high {
          #expect(Double(last) >= scale.place(max(high, 0)) * Double(cells) - slack)
        }
        #expect((line[0] == "<") == (end.low == nil))
        #expect((line[plot.width - 1] == ">") == (end.high == nil))
        for cell in 0..<cells where line[1 + cell] == "#" && end.low != end.high {
          let certain = mark.certain ?? 0...0
          #expect(Double(cell) >= scale.place(certain.lowerBound) * Double(cells) - 1 - slack)
          #expect(Double(cell + 1) <= scale.place(certain.upperBound) * Double(cells) + 1 + slack)
        }
      }
    }
  }

  @Test("an axis of numbers encloses them in even round steps")
  func numberAxes() {
    var random = self.random
    for _ in 0..<3_000 {
      let (a, b) = (number(&random), number(&random))
      let steps = Int.random(in: 1...9, using: &random)
      let scale = Scale.numbers(min(a, b, 0)...max(a, b, 0), steps: steps)
      #expect(scale.lower <= min(a, b, 0) && scale.upper >= max(a, b, 0))
      #expect((2...(steps + 3)).contains(scale.ticks.count))
      #expect(scale.ticks.contains { $0.position == 0 && $0.label == "0" })
      #expect(Set(scale.ticks.map(\.label)).count == scale.ticks.count)
    }
    for extent in [0...1e299, -1e299...1e299, 0...1e-300, 0...0, -9.2e18...9.2e18] {
      let scale = Scale.numbers(extent, steps: 4)
      #expect(scale.lower <= extent.lowerBound && scale.upper >= extent.upperBound)
      #expect(scale.lower < scale.upper)
    }
  }

  @Test("an axis of days begins and ends with round days, however far they are")
  func dateAxes() {
    var random = self.random
    for _ in 0..<3_000 {
      let reach = [400, 40_000, 4_000_000, Int(Int32.max) - 1][
        Int.random(in: 0..<4, using: &random)]
      let days = [0, 1].map { _ in Int.random(in: -reach...reach, using: &random) }
      let (first, last) = (Double(days.min() ?? 0), Double((days.max() ?? 0) + 1))
      let cells = Int.random(in: 16...120, using: &random)
      let scale = Scale.dates(first...last, cells: cells)
      #expect(scale.lower <= first && scale.upper >= last)
      #expect(scale.ticks.count >= 2 && scale.ticks.count <= cells / 3 + 2)
      #expect(scale.ticks.map(\.position) == scale.ticks.map(\.position).sorted())
      #expect(scale.ticks.first?.position == scale.lower)
      #expect(scale.ticks.last?.position == scale.upper)
    }
  }

  @Test("no line is wider than the terminal, if labels and values leave room")
  func widths() throws {
    var random = self.random
    for kind in Drawing.Kind.allCases {
      for _ in 0..<200 {
        let count = Int.random(in: 0...12, using: &random)
        let width = Int.random(in: 80...140, using: &random)
        let texts = HostColumn.texts(
          (0..<count).map { _ in
            String(repeating: "山e\u{301}", count: Int.random(in: 0...30, using: &random))
          })
        let low = (0..<count).map { _ in Int64.random(in: -1_000...1_000, using: &random) }
        let high = low.map { $0 + Int64.random(in: 0...50, using: &random) }
        let days = low.map { Int32(clamping: $0 * 20) }
        let values: HostColumn =
          kind == .timeline
          ? try .days(Buffer(days)) : try .quantities(low: low, best: low, high: high)
        let seen = try ChartTests.drawn(
          [("label", texts), ("value", values)], kind,
          options: DisplayOptions(width: width, ascii: Bool.random(using: &random)))
        for line in seen.split(separator: "\n") {
          #expect(TextWidth.of(String(line)) <= width, "\(width): \(line)")
        }
      }
    }
  }
}
