import Dossier
import Testing

/// The columns of a result against its rows.
@Suite struct ResultColumnTests {
  private func answer(_ text: String, tables: [String: Table] = [:]) throws -> Answer {
    try Facts.builtIn.prepare(text, tables: tables).run()
  }

  @Test(
    "a column has the values of the rows, with name and type",
    arguments: ["figures", "events", "facts", "actors", "places", "sources"])
  func rows(table: String) throws {
    let answer = try answer("\(table) | where true | sort id desc")
    let columns = answer.columns
    #expect(columns.map(\.name) == answer.table.fieldNames)
    #expect(columns.map(\.type) == answer.fields.map(\.type))
    for column in columns {
      #expect(column.count == answer.rows.count)
      for (index, row) in answer.rows.enumerated() {
        #expect(column[index] == row[column.name])
        #expect(column.isUnknown(index) == (column[index] == .unknown))
        #expect(column.isNone(index) == (column[index] == .none || column[index] == .list([])))
      }
    }
    #expect(answer.column("nosuch") == nil)
    #expect(answer.membership == nil)
  }

  private func read<T>(_ buffer: Buffer<T>) -> [T] { buffer.withElements { Array($0) } }

  @Test("a host's column comes back where it lies")
  func sameMemory() throws {
    let memory = Buffer((0..<100_000).map { Int64($0) })
    let table = try Table(columns: [
      ("n", .numbers(memory, scale: 2, unit: "people")),
      ("d", .days(Buffer([Int32](repeating: 3, count: 100_000)))),
    ])
    let answer = try answer("t | derive twice = n * 2", tables: ["t": table])
    let column = try #require(answer.column("n"))
    guard case .decimals(let low, let best, let high, 2) = column.values else {
      Issue.record("\(column.values)")
      return
    }
    #expect(low === memory && best === memory && high === memory)
    guard case .one(let unit?) = column.units else {
      Issue.record("\(column.units)")
      return
    }
    #expect(unit.name == "people")
    #expect(column.type == "quantity in people")
    #expect(column.known == nil && column.none == nil)
  }

  @Test(
    "uncertain quantities have bounds, units and words; open ends are the least and the greatest")
  func quantities() throws {
    let answer = try answer(
      """
      [{v: about 100 people}, {v: 5 km..}, {v: unknown people}]
      """)
    let column = try #require(answer.column("v"))
    guard case .decimals(let low, let best, let high, let scale) = column.values,
      case .each(let codes, let units) = column.units, let words = column.words
    else {
      Issue.record("\(column.values)")
      return
    }
    #expect(scale == 0)
    #expect(read(low) == [90, 5, 0])
    #expect(read(best)[0] == 100)
    #expect(read(high) == [110, .max, .max])
    #expect(read(codes).prefix(2).map { units[Int($0)]?.name } == ["people", "km"])
    #expect(column.known.map(read) == [1, 1, 0])
    #expect(words.texts[read(words.codes)[0]] == "about 100 people")
    #expect(column.text(0) == "about 100 people" && column.text(2) == "·")
  }

  @Test("doubles, truths, dates, periods and lists lie as they are documented")
  func kinds() throws {
    let answer = try answer(
      """
      [{d: @2024-05, p: @2024-01-02/.., v: 1..3, l: ["a", "b"], x: 1, s: "a"},
       {d: @2024-05-06, p: @2024-01-02/2024-01-03, v: 3, l: [], x: 2, s: "b"}]
      | select d, p, t = v > 2, l, x = x / 3, s
      """)
    let columns = answer.columns
    guard case .dates(let days) = columns[0].values,
      case .periods(let start, let end) = columns[1].values,
      case .truths(let certain, let possible) = columns[2].values,
      case .lists(let offsets, let elements) = columns[3].values,
      case .texts(let codes, let texts) = elements.values,
      case .doubles(let low, _, let high) = columns[4].values
    else {
      Issue.record("\(columns.map(\.values))")
      return
    }
    #expect(read(days.earliest) == [19_844, 19_849] && read(days.latest) == [19_874, 19_849])
    #expect(read(start.earliest) == [19_724, 19_724] && read(end.latest) == [.max, 19_725])
    #expect(read(certain) == [0, 1] && read(possible) == [1, 1])
    #expect(read(offsets) == [0, 2, 2])
    #expect(read(codes).map { texts[$0] } == ["a", "b"])
    #expect(texts.withBytes(of: 1) { Array($0) } == [UInt8(ascii: "b")])
    #expect(read(low)[0] == 1.0 / 3 && low === high)
    #expect(columns.map(\.type) == ["date", "period", "truth", "[text]", "number", "text"])
  }

  @Test("things have ids and names; rows that are only maybe there are marked")
  func references() throws {
    let answer = try answer("figures | where possibly value > 9_500 people | select subject")
    guard let column = answer.column("subject"),
      case .references(let codes, let ids, let names) = column.values,
      let membership = answer.membership
    else {
      Issue.record("no references")
      return
    }
    for (index, row) in answer.rows.enumerated() {
      let code = Int(read(codes)[index])
      #expect(row["subject"] == .reference(id: ids[code], name: names[code]))
      #expect((read(membership)[index] == 0) == row.isMaybe)
    }
  }
}
