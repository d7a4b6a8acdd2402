import Testing

@testable import Dossier

/// Charts of tables made by hand, as a terminal shows them.
@Suite struct ChartTests {
  static func drawn(
    _ columns: [(name: String, column: HostColumn)], _ kind: Drawing.Kind, labels: Int = 1,
    options: DisplayOptions = DisplayOptions(width: 60)
  ) throws -> String {
    let table = try Table(columns: columns)
    let facts = Facts.builtIn.store
    let answer = Answer(
      content: .table(table), remarks: [], facts: facts, files: ReadFiles(behind: facts),
      cites: false,
      drawing: Drawing(kind: kind, labels: labels))
    var seen = Bytes()
    var notes = Bytes()
    try answer.write(as: .table, options: options, to: &seen, notes: &notes)
    return seen.text
  }

  /// Open ends, an exact value and one that isn't reported.
  private func openEnds() -> HostColumn {
    let column = QuantityColumn(
      low: .decimals(Buffer([Open.low, 5, 7, Open.low, 3])),
      best: .decimals(Buffer([Open.best, 6, 7, Open.best, 3])),
      high: .decimals(Buffer([4, Open.high, 7, Open.high, 3])), kind: .decimal(scale: 0),
      isExact: false, unit: .one(nil), known: Buffer([1, 1, 1, 1, 0]))
    return HostColumn(column: Column(.quantities(column)))
  }

  @Test("ends that stand open are arrows, and what isn't reported is a dot")
  func arrows() throws {
    let labels = HostColumn.texts(["to 4", "from 5", "7", "open", nil])
    #expect(
      try ChartTests.drawn([("a", labels), ("n", openEnds())], .bar) == """
        a      │ n
        to 4   ←░░░░░░░░░░░░░░░░░                           ..4
        from 5 │█████████████████████░░░░◆░░░░░░░░░░░░░░░░→ 5..
        7      │█████████████████████████████▌              7
        open   ←░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░→ unknown
        ·      │·                                           ·
               └────────────────────┴────────────────────┴
               0                    5                   10
        5 rows

        """)
    #expect(
      try ChartTests.drawn(
        [("a", labels), ("n", openEnds())], .bar, options: DisplayOptions(width: 60, ascii: true))
          == """
          a      | n
          to 4   <-----------------                           ..4
          from 5 |#####################----+----------------> 5..
          7      |##############################              7
          open   <------------------------------------------> unknown
          ·      |.                                           ·
                 +--------------------+--------------------+
                 0                    5                   10
          5 rows

          """)
  }

  @Test("bars of negative values begin at zero, too")
  func negative() throws {
    let labels = HostColumn.texts(["x", "y", "z"])
    #expect(
      try ChartTests.drawn([("a", labels), ("n", .numbers([5, -3, 0]))], .bar) == """
        a │ n
        x │                         │██████████████████████████  5
        y │          ████████████████                            -3
        z │                         │▏                           0
          └─────────────────────────┴─────────────────────────┴
         -5                         0                         5
        3 rows

        """)
    let ranges = try HostColumn.quantities(
      low: [50, -30, 0], best: [70, 0, 3], high: [100, 40, 30], unit: "people")
    #expect(
      try ChartTests.drawn([("a", labels), ("n", ranges)], .bar) == """
        a │ n (people)
        x │                   │██████████░░░░◆░░░░░  50..100 people
        y │              ░░░░░░◆░░░░░░░              -30..40 people
        z │                   │◆░░░░░                0..30 people
          └───────────────────┴───────────────────┴
        -100                  0                  100
        3 rows

        """)
  }

  @Test("labels are fitted by their width, and nothing in them moves the cursor")
  func labels() throws {
    let labels = HostColumn.texts(["山田太郎", "\u{1B}[2J", String(repeating: "long ", count: 12)])
    let seen = try ChartTests.drawn(
      [("a", labels), ("n", .numbers([1, 2, 3]))], .bar, options: DisplayOptions(width: 48))
    #expect(
      seen == """
        a                   │ n
        山田太郎            │██████                    1
        \\u{1B}[2J           │████████████              2
        long long long lon… │██████████████████        3
                            └───────────┴───────────┴
                            0           2           4
        3 rows

        """)
  }

  @Test("rows left out are told")
  func leftOut() throws {
    let labels = HostColumn.texts((1...9).map { "row \($0)" })
    let values = try HostColumn.numbers((1...9).map { $0 * 1_000_000_000 })
    let options = DisplayOptions(width: 50, rows: 3)
    #expect(
      try ChartTests.drawn([("a", labels), ("n", values)], .bar, options: options) == """
        a     │ n
        row 1 │██▉                           1,000,000,000
        row 2 │█████▋                        2,000,000,000
        …
        row 9 │█████████████████████████▎    9,000,000,000
              └─────────────┴─────────────┴
              0           5 bn         10 bn
        9 rows (3 shown)

        """)
  }

  @Test("days, spans and one day alone")
  func days() throws {
    let labels = HostColumn.texts(["a", "b", "c"])
    #expect(
      try ChartTests.drawn(
        [("m", labels), ("n", .days(Buffer([20_000, 20_001, 20_100])))], .timeline) == """
          m │ n
          a │ ●                                             2024-10-04
          b │ ●                                             2024-10-05
          c │                                     ●         2025-01-12
            └──────────┴──────────┴───────────┴──────────┴
          2024-10   2024-11    2024-12     2025-01  2025-02
          3 rows

          """)
    #expect(
      try ChartTests.drawn([("n", .days(Buffer([20_000])))], .timeline, labels: 0) == """
        │ n
        │                       ●                         2024-10-04
        └──────────────────────────────────────────────┴
        2024-10-04                             2024-10-05
        1 row

        """)
  }

  @Test("a sparkline has a line for each group, and two where values are ranges")
  func sparklines() throws {
    let groups = HostColumn.texts(["one", "two", "one", "two", "one"])
    let along = try HostColumn.numbers([1, 1, 2, 2, 3])
    #expect(
      try ChartTests.drawn(
        [("a", groups), ("m", along), ("n", .numbers([1, 2, 3, 4, 5]))], .spark, labels: 2) == """
          a   │ n
          one │ ▂▅▇  1 … 3
          two │ ▃▆   1 … 2
                ▁ 0 to █ 6
          5 rows

          """)
    let ranges = try HostColumn.quantities(
      low: [1, 2, 3, 4, 5], best: [1, 2, 3, 5, 5], high: [1, 2, 3, 6, 5])
    #expect(
      try ChartTests.drawn([("a", groups), ("m", along), ("n", ranges)], .spark, labels: 2) == """
        a   │ n
        one │      ▂▅▇  1 … 3
        two │ high ▃█   1 … 2
            │ low  ▃▆
              ▁ 0 to █ 6
        5 rows

        """)
    #expect(
      try ChartTests.drawn(
        [("n", openEnds())], .spark, labels: 0, options: DisplayOptions(width: 40, ascii: true))
          == """
          | n
          | high =^#^.
          | low  v+#v.
            _ 0 to # 8
          5 rows

          """)
  }

  @Test("of more rows than cells a sign of a sparkline stands for several")
  func mergedRows() throws {
    let numbers = Buffer((0..<1_000).map { Int64($0 * (1_000 - $0)) })
    var column = QuantityColumn.exact(numbers)
    column.known = Buffer((0..<1_000).map { $0 % 100 == 7 ? 0 : 1 })
    let values = HostColumn(column: Column(.quantities(column)))
    let seen = try ChartTests.drawn([("n", values)], .spark, labels: 0)
    #expect(
      seen == """
        │ n
        │ high ▁▁▂▂▃▃▄▄▄▅▅▅▆▆▆▆▆▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▆▆▆▆▆▅▅▅▄▄▄▃▃▂▂▂▁
        │ low  ▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▆▆▆▇▇▇▇▇▇▇▇▇▇▇▇▇▇▆▆▆▆▆▅▅▅▄▄▄▃▃▂▂▂▁▁
          ▁ 0 to █ 300,000, a sign for each 20 rows, 10 not reported
        1,000 rows

        """)
  }
}
