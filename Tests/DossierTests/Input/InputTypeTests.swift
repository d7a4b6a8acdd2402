import Testing

@testable import Dossier

/// Types that follow from what is in a file.
@Suite struct InputTypeTests {
  private func types(_ values: [String]) throws -> [FileField.ValueType] {
    try ReadTable.read("x,y\n" + values.map { "\($0),\n" }.joined()).types.dropLast()
  }

  @Test(
    "a column's type holds all of its values",
    arguments: [
      (["1", "-20", ""], FileField.ValueType.decimal(scale: 0)),
      (["1", "2.50", ".125"], .decimal(scale: 3)),
      (["1.0", "2.000"], .decimal(scale: 0)),
      (["999999999999999999", "-999999999999999999"], .decimal(scale: 0)),
      (["1000000000000000000"], .double),
      (["99999999999999999", "0.25"], .double),
      (["1e3", "2"], .double),
      (["1e999", "x"], .text),
      (["007", "8"], .text),
      (["1,000", "2"].map { "\"\($0)\"" }, .text),
      (["+1"], .text), (["5."], .text), (["-"], .text), (["."], .text), (["NaN"], .text),
      (["1_000"], .text), (["0x10"], .text), (["1e"], .text), (["--1"], .text),
      (["2024-12-17", "2024-02-29"], .date(isExact: true)),
      (["2023-02-29"], .text),
      (["2024-12-17", "2024-12"], .date(isExact: false)),
      (["2024", "2023"], .decimal(scale: 0)),
      (["2024", "2024-12-17"], .date(isExact: false)),
      (["2024", "2024-12-17", "5"], .text),
      (["17 December 2024", "1 May 2024", "3 jan 2024"], .date(isExact: true)),
      (["2024-08~"], .date(isExact: false)),
      (["true", "FALSE", "True"], .truth),
      (["true", "1"], .text), (["yes"], .text),
      ([" 5", "6 "], .decimal(scale: 0)),
      (["", ""], .text),
    ])
  func types(values: [String], type: FileField.ValueType) throws {
    #expect(try types(values) == [type])
  }

  @Test("a number too large for any is malformed among numbers, a text among texts")
  func tooLarge() throws {
    let csv = "a,b\n1,x\n1e400,1e400\n"
    #expect(
      ReadTable.failure(csv)
        == "E0514 t.csv:3:1: '1e400' in 'a': expected a number = open(\"t.csv\", types: {a: text})")
    #expect(try ReadTable.read(csv, fields: ["b"]).rows == [["x"], ["1e400"]])
    #expect(
      ReadTable.failure("{\"a\": 2}\n{\"a\": -1e400}\n", "t.jsonl").hasPrefix(
        "E0514 t.jsonl:2:7: '-1e400' in 'a': expected a number"))
  }

  @Test("values are read as they were written")
  func values() throws {
    let table = try ReadTable.read(
      #"""
      whole,part,big,day,truth,text
      1,1.5,1e3,2024-12-17,true,a
      -20,.25,,2024-12,,"b ""c"""
       3 ,-2,0.1,1 May 2024,FALSE," d "
      """#)
    #expect(
      table.rows == [
        ["1", "1.5", "1000", "2024-12-17", "true", "a"],
        ["-20", "0.25", nil, "2024-12", nil, "b \"c\""],
        ["3", "-2", "0.1", "2024-05-01", "false", " d "],
      ])
    #expect(table.lines == [2, 3, 4])
  }

  @Test("a date with a time of day is two fields")
  func timeOfDay() throws {
    let table = try ReadTable.read(
      "at,at_time\n2024-12-17T13:45:00Z,x\n2024-12-18 07:30,y\n2024-12-19,z\n")
    #expect(table.names == ["at", "at_time_", "at_time"])
    #expect(
      table.rows == [
        ["2024-12-17", "13:45:00Z", "x"], ["2024-12-18", "07:30", "y"], ["2024-12-19", nil, "z"],
      ])
  }

  @Test("a script gives types, a pattern of dates and texts for unknown")
  func options() throws {
    var options = FileOptions()
    options.types = ["code": .text, "size": .number, "on": .date]
    options.date = DatePattern("dd/MM/yyyy")
    options.unknown = ["NA", "-1", "?"]
    let table = try ReadTable.read(
      "code,size,on,seen\n12,NA,2024,17/12/2024\n-1,5,?,NA\n", "t.csv", options)
    #expect(
      table.types == [
        .text, .decimal(scale: 0), .date(isExact: false), .date(isExact: true),
      ])
    #expect(table.rows == [["12", nil, "2024", "2024-12-17"], [nil, "5", nil, nil]])
  }

  @Test("names of the header: spaces dropped, none called by its place, NFC, cases kept apart")
  func names() throws {
    let table = try ReadTable.read("\u{FEFF} a b ,,A,a,Ge\u{308}o\n1,2,3,4,5\n")
    #expect(table.names == ["a b", "column2", "A", "a", "Gëo"])
  }

  @Test("texts are held in NFC, equal ones once")
  func normalForm() throws {
    let table = try ReadTable.read("t\nCore\u{301}e\nCorée\nÅ\n\u{212B}\n")
    #expect(table.rows == [["Corée"], ["Corée"], ["Å"], ["Å"]])
    #expect(table.rows[0][0]?.utf8.count == 6)
  }

  @Test(
    "a pattern of dates reads what it describes",
    arguments: [
      ("d MMMM yyyy", "7 March 2024", "2024-03-07"), ("d MMMM yyyy", "07 mar 2024", "2024-03-07"),
      ("MMM d, yyyy", "Mar 7, 2024", "2024-03-07"), ("yyyyMMdd", "20240307", "2024-03-07"),
      ("M/d/yyyy", "3/17/2024", "2024-03-17"), ("dd.MM.yyyy", "7.3.2024", nil),
      ("d MMMM yyyy", "31 April 2024", nil), ("d MMMM yyyy", "7 Brumaire 2024", nil),
      ("d MMMM yyyy", "7 March 2024 ", nil), ("d MMMM yyyy", "", nil),
    ] as [(String, String, String?)])
  func patterns(pattern: String, text: String, day: String?) throws {
    let pattern = try #require(DatePattern(pattern))
    let found = Array(text.utf8).withUnsafeBufferPointer { pattern.day($0) }
    #expect(found.map(Day.text) == day)
  }

  @Test(
    "a pattern needs day, month and year once", arguments: ["d MMMM", "d d MMMM yyyy", "yy", ""])
  func badPatterns(text: String) { #expect(DatePattern(text) == nil) }

  @Test("the call of a file is written as a script has it")
  func call() {
    var options = FileOptions()
    #expect(options.call("a\"b.csv") == "open(\"a\\\"b.csv\")")
    options.quote = .none
    options.separator = 9
    options.types = ["Event Date": .date, "code": .text]
    options.date = DatePattern("d MMMM yyyy")
    options.unknown = ["NA"]
    options.skipsBad = true
    #expect(
      options.call("x.tsv")
        == "open(\"x.tsv\", separator: \"\\t\", quote: none, types: {`Event Date`: date, code: text}, "
        + "date: \"d MMMM yyyy\", unknown: [\"NA\"], bad: skip)")
  }
}
