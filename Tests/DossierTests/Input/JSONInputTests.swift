import Testing

@testable import Dossier

/// Tables in JSON: lists of objects, an object with one list, an object a line.
@Suite struct JSONInputTests {
  @Test(
    "a table lies in JSON in several ways",
    arguments: [
      ("[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"y\"}]", "t.json"),
      (
        "{\"count\": 2, \"rows\": [{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"y\"}], \"c\": [1]}",
        "t.json"
      ),
      ("{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n", "t.jsonl"),
      ("{\"a\":1,\"b\":\"x\"}\n\n{\"a\":2,\"b\":\"y\"}", "-"),
      ("\u{FEFF} [\r\n{\"a\":1,\"b\":\"x\"} , {\"b\":\"y\",\"a\":2}]\n", "-"),
    ])
  func layouts(text: String, path: String) throws {
    let table = try ReadTable.read(text, path)
    #expect(table.names == ["a", "b"])
    #expect(table.rows == [["1", "x"], ["2", "y"]])
  }

  @Test("one object without a list of objects is one row")
  func oneRow() throws {
    let table = try ReadTable.read("{\"a\": 1, \"tags\": [\"x\", 2]}", "t.json")
    #expect(table.rows == [["1", "[\"x\", 2]"]])
  }

  @Test("objects become fields with dotted names, lists their text, keys come and go")
  func shapes() throws {
    let table = try ReadTable.read(
      """
      {"id": 1, "at": {"place": "Kursk", "geo": {"lat": 51.7}}, "tags": ["a"], "": true}
      {"id": 2, "at": {}, "on": "2024-12-17", "tags": null}
      {"id": 3, "at": {"geo": {"lat": 5e1, "lon": -0.5}}, "on": "2024-12"}
      """, "t.jsonl")
    #expect(
      table.names == ["id", "at.place", "at.geo.lat", "tags", "column", "on", "at.geo.lon"])
    #expect(
      table.rows == [
        ["1", "Kursk", "51.7", "[\"a\"]", "true", nil, nil],
        ["2", nil, nil, nil, nil, "2024-12-17", nil],
        ["3", nil, "50", nil, nil, "2024-12", "-0.5"],
      ])
    #expect(table.lines == [1, 2, 3])
  }

  @Test("texts have escapes and pairs of surrogates, and numbers in quotes are texts")
  func texts() throws {
    let table = try ReadTable.read(
      #"[{"t": "\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00Core\u0301e", "n": "12", "e": ""}]"#, "t.json")
    #expect(table.rows == [["\"\\/\u{8}\u{C}\n\r\té😀Corée", "12", ""]])
    #expect(table.types == [.text, .text, .text])
  }

  @Test("a field of several kinds of value is text, if the samples show it")
  func mixed() throws {
    let table = try ReadTable.read(
      "[{\"a\": 1.50, \"b\": 1}, {\"a\": \"x\", \"b\": true}, {\"a\": {\"c\": 1}, \"b\": [ ]}]",
      "t.json")
    #expect(table.names == ["a", "b", "a.c"])
    #expect(table.rows == [["1.50", "1", nil], ["x", "true", nil], [nil, "[ ]", "1"]])
  }

  @Test("numbers of more than 18 digits are doubles")
  func longNumbers() throws {
    let table = try ReadTable.read(
      "[{\"a\": 12345678901234567890, \"b\": 1e300}, {\"a\": -1, \"b\": 1}]", "t.json")
    #expect(table.types == [.double, .double])
    #expect(table.rows == [["1.2345678901234567e+19", "1e+300"], ["-1", "1"]])
  }

  @Test(
    "what isn't JSON, or no table, is told with its place",
    arguments: [
      ("", "E0508 t.json: the file is empty: expected a header"),
      ("  ", "E0508 t.json:1:3: the file is empty: expected a header"),
      ("5", "E0518 t.json:1:1: a single value: expected a list of objects, or one object a line"),
      (
        "[]",
        "E0518 t.json: there is no field in it: expected a list of objects, or one object a line"
      ),
      ("[{\"a\": 1}, 5]", "E0515 t.json:1:12: expected an object, found '5'"),
      ("[{\"a\": 1,}]", "E0515 t.json:1:10: expected a key in quotes, found '}'"),
      ("[{\"a\": 1} {\"a\": 2}]", "E0515 t.json:1:11: expected ',' or ']', found '{'"),
      ("[{\"a\": 1}", "E0515 t.json:1:10: expected ',' or ']', found the end"),
      ("[{\"a\": 1}] x", "E0515 t.json:1:12: expected the end of the file, found 'x'"),
      ("[\n {\"a\": 1},\n {\"é\": tru}]", "E0515 t.json:3:8: expected a value, found 'tru'"),
      ("[{\"a\": NaN}]", "E0515 t.json:1:8: expected a value, found 'NaN'"),
      ("[{\"a\": 01}]", "E0515 t.json:1:8: expected a value, found '01'"),
      ("[{\"a\": .5}]", "E0515 t.json:1:8: expected a value, found '.'"),
      ("[{\"a\": 1.}]", "E0515 t.json:1:8: expected a value, found '1'"),
      ("[{\"a\" 1}]", "E0515 t.json:1:7: expected ':', found '1'"),
      ("[{'a': 1}]", "E0515 t.json:1:3: expected a key in quotes, found '''"),
      (
        "[{\"a\": \"x\ny\"}]",
        "E0515 t.json:1:10: expected a text without line breaks or control characters, found a control character"
      ),
      ("[{\"a\": \"\\x\"}]", "E0515 t.json:1:9: expected one of the escapes of JSON, found '\\'"),
      (
        "[{\"a\": \"\\ud800\"}]",
        "E0515 t.json:1:9: expected an escape of a character, such as \\u00e9, found '\\'"
      ),
      ("[{\"a\": \"x", "E0511 t.json:1:8: this quote is never closed"),
      ("[{\"a\": 1, \"a\": 2}]", "E0517 t.json:1:16: the key 'a' comes twice in one object"),
      (
        "[{\"a\": {\"b\": 1}, \"a.b\": 2}]",
        "E0517 t.json:1:25: the key 'a.b' comes twice in one object"
      ),
      (
        "{\"a\": [{\"x\": 1}], \"b\": [{\"x\": 1}]}",
        "E0518 t.json:1:2: an object with several lists, \"a\" and \"b\": expected a list of objects, "
          + "or one object a line"
      ),
      ("[{\"a\": 1}, {\"a\": [1, 2}]", "E0515 t.json:1:23: expected ',' or ']', found '}'"),
    ])
  func mistakes(text: String, message: String) {
    #expect(ReadTable.failure(text, "t.json") == message)
  }

  @Test("bytes that aren't UTF-8 are told")
  func notUTF8() {
    let bytes = Array("[{\"a\": \"é".utf8) + [0xFF] + Array("\"}]".utf8)
    #expect(ReadTable.failure(bytes, "t.json") == "E0513 t.json:1:10: not UTF-8: expected text")
  }

  @Test("values that nest deep are an error", arguments: [251, 10_000, 100_000])
  func nesting(depth: Int) {
    let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let told = ReadTable.failure("[{\"a\": \(lists)}]", "t.json")
    #expect(told.hasSuffix("values may nest 250 deep") && told.hasPrefix("E0516 t.json:1:"))
    let objects = String(repeating: "{\"a\":", count: depth)
    #expect(ReadTable.failure("[\(objects)", "t.json").hasPrefix("E0516 t.json:1:"))
    #expect(ReadTable.failure(objects, "t.jsonl").hasPrefix("E0516 t.jsonl:1:"))
    #expect(
      ReadTable.failure(String(repeating: "[", count: depth), "t.json").hasPrefix("E0515"))
  }

  @Test("records that can't be read are passed over and counted, where asked")
  func skipping() throws {
    var options = FileOptions()
    options.skipsBad = true
    options.types = ["a": .number]
    let lines = try ReadTable.read(
      "{\"a\":1}\n{\"a\":\n{\"a\":1,\"a\":2}\n[]\n{\"a\":\"x\"}\n{\"a\":3}\n", "t.jsonl", options)
    #expect(lines.rows == [["1"], ["3"]] && lines.skipped == 4 && lines.lines == [1, 6])
    let list = try ReadTable.read(
      "[{\"a\":1},\n{\"a\":1,\"a\":2},\nnull,\n{\"a\":\"x\"},{\"a\":3}]", "t.json", options)
    #expect(list.rows == [["1"], ["3"]] && list.skipped == 3 && list.lines == [1, 4])
    #expect(
      ReadTable.failure("[{\"a\":1},{\"a\":}]", "t.json", options).hasPrefix("E0515 t.json:1:15"))
  }

  private let long = String(repeating: "a long note ", count: 17)

  /// More than the samples hold.
  private func large(_ odd: String, isList: Bool) -> String {
    let rows = (0..<6_000).map { row in
      row == 3_000
        ? odd : "{\"id\": \(row), \"day\": \"2024-12-17\", \"on\": true, \"note\": \"\(long)\"}"
    }
    let (start, between, end) = isList ? ("[", ", ", "]") : ("", "\n", "")
    return start + rows.joined(separator: between) + end
  }

  @Test("what the samples didn't show makes types wider, or is an error", arguments: [true, false])
  func late(isList: Bool) throws {
    let path = isList ? "t.json" : "t.jsonl"
    let wider = try ReadTable.read(
      large("{\"id\": 0.5, \"day\": \"2024-11\", \"new\": {\"x\": 7}}", isList: isList), path)
    #expect(wider.names == ["id", "day", "on", "note", "new.x"] && wider.widenings == 1)
    #expect(wider.rows[3_000] == ["0.5", "2024-11", nil, nil, "7"])
    #expect(wider.rows[5_999] == ["5999", "2024-12-17", "true", long, nil])
    let bad = large("{\"id\": \"x\", \"day\": null}", isList: isList)
    let before = bad.utf8.count - bad.utf8.drop { $0 != UInt8(ascii: "x") }.count
    let place = isList ? "1:\(before)" : "3001:8"
    #expect(
      ReadTable.failure(bad, path)
        == "E0514 \(path):\(place): 'x' in 'id': expected a number"
        + " = open(\"\(path)\", types: {id: text})")
  }

  @Test("records that cross blocks are read whole, however few bytes come at a time")
  func blocks() throws {
    let text = (0..<200).map { row in
      "{\"id\": \(row), \"t\": \"\(String(repeating: "é\\n", count: row % 50))\"}"
    }.joined(separator: ",\n")
    let whole = try ReadTable.read("[\(text)]", "t.json")
    #expect(whole.rows.count == 200 && whole.rows[49][1]?.utf8.count == 147)
    for step in [1, 7, 300] {
      #expect(
        try ReadTable.read(Array("[\(text)]".utf8), "t.json", stream: true, step: step) == whole)
    }
  }
}
