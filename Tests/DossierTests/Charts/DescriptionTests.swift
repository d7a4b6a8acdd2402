import Testing

@testable import Dossier

/// `describe` held against counting by hand.
@Suite struct DescriptionTests {
  @Test("counts, ends and different values are those of the rows")
  func counts() throws {
    var random = Random(seed: 341)
    for _ in 0..<200 {
      let count = Int.random(in: 0...40, using: &random)
      let numbers = (0..<count).map { _ in Int64.random(in: -9...9, using: &random) }
      let widths = (0..<count).map { _ in Int64.random(in: 0...2, using: &random) }
      let highs = zip(numbers, widths).map { $0 + $1 }
      let texts = (0..<count).map { _ in ["a", "b", "é", nil].randomElement(using: &random) ?? nil }
      let truths = (0..<count).map { _ in [true, false, nil].randomElement(using: &random) ?? nil }
      let table = try Table(columns: [
        ("n", .numbers(numbers)), ("q", .quantities(low: numbers, best: numbers, high: highs)),
        ("s", .texts(texts)), ("b", .truths(truths)), ("d", .days(Buffer(numbers.map(Int32.init)))),
      ])
      let meter = Meter(.default, CancelToken())
      let seen = try Description(table: table, facts: nil, meter: meter).run(tracksFacts: true)
      func cell(_ row: Int, _ column: Int) -> String { seen.column(column).text(row, names: nil) }
      let ranges = Set(zip(numbers, highs).map { [$0, $1] })
      let expected: [[String]] = [
        [
          "n", "number", "0", "0", "0", "\(Set(numbers).count)", text(numbers.min()),
          text(numbers.max()),
        ],
        [
          "q", "range", "0", "0", "\(widths.count { $0 > 0 })", "\(ranges.count)",
          text(numbers.min()), text(highs.max()),
        ],
        [
          "s", "text", "\(texts.count { $0 == nil })", "0", "0",
          "\(Set(texts.compactMap { $0 }).count)", texts.compactMap { $0 }.min() ?? "",
          texts.compactMap { $0 }.max() ?? "",
        ],
        [
          "b", "truth", "\(truths.count { $0 == nil })", "0", "0",
          "\(Set(truths.compactMap { $0 }).count)",
          ["false", "true"].first { truths.contains($0 == "true") } ?? "",
          ["true", "false"].first { truths.contains($0 == "true") } ?? "",
        ],
        [
          "d", "date", "0", "0", "0", "\(Set(numbers).count)",
          numbers.min().map { Day.text(Int32($0)) } ?? "",
          numbers.max().map { Day.text(Int32($0)) } ?? "",
        ],
      ]
      for (row, cells) in expected.enumerated() {
        #expect((0..<8).map { cell(row, $0) } == cells)
      }
    }
  }

  private func text(_ number: Int64?) -> String { number.map { Number($0).grouped } ?? "" }
}
