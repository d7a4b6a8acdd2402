import Testing

@testable import Dossier

/// Files that can't be read as they are: the place, what was expected, and what mends it.
@Suite struct BadInputTests {
  @Test(
    "a malformed row is told with its place",
    arguments: [
      ("", "E0508 t.csv: the file is empty: expected a header"),
      ("\n\r\n", "E0508 t.csv:3:1: the file is empty: expected a header"),
      ("a,b\n1\n", "E0510 t.csv:2:2: this row has 1 field, the header 2"),
      ("a,b\n1,2\n\n3,4,5\n", "E0510 t.csv:4:5: this row has 3 fields, the header 2"),
      ("a,b\n\"x\ny\",2\n3", "E0510 t.csv:4:2: this row has 1 field, the header 2"),
      ("a,b\n1,5\" pipe\n", "E0511 t.csv:2:4: a quote inside a field that doesn't begin with one"),
      (
        "a,b\né,\"x\" y\n",
        "E0511 t.csv:2:6: expected a separator or a line break after the closing quote"
      ),
      ("a,b\n1,2\n3,\"x\n\ny", "E0511 t.csv:3:3: this quote is never closed"),
      ("a,\"b", "E0511 t.csv:1:3: this quote is never closed"),
      ("a,b\n1,x\0y\n", "E0512 t.csv:2:4: a NUL byte: expected text"),
      ("a,b\n1,\"x\0y\"\n", "E0512 t.csv:2:5: a NUL byte: expected text"),
      (
        "a,b\n1,x\ry\n2,\r,\n",
        "E0512 t.csv:2:4: a carriage return in the middle of a row: expected a line break"
      ),
      (
        "a,b\n1\r,2\n",
        "E0512 t.csv:2:2: a carriage return in the middle of a row: expected a line break"
      ),
      ("id,name, id\n", "E0509 t.csv:1: columns 1 and 3 have the same name, 'id'"),
    ])
  func malformed(text: String, message: String) { #expect(ReadTable.failure(text) == message) }

  @Test("what isn't UTF-8 is told with its place, or by its name")
  func notUTF8() {
    let cases: [[UInt8]] = [
      [0xFF], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xC0, 0xAF],
      [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0x80],
    ]
    for bytes in cases {
      let row = Array("a,b\n1,é".utf8) + bytes
      let told = "E0513 t.csv:2:4: not UTF-8: expected text"
      #expect(ReadTable.failure(row) == told, "\(bytes)")
      #expect(ReadTable.failure(row + Array(",\n1,2\n".utf8)) == told, "\(bytes)")
    }
    #expect(
      ReadTable.failure([0x1F, 0x8B, 8])
        == "E0513 t.csv: this is a file packed by gzip, not text in UTF-8")
  }

  @Test("rows that can't be read are passed over and counted, where asked")
  func skipping() throws {
    var options = FileOptions()
    options.skipsBad = true
    let text = "a,b\n1,x\n2\n3,\"u\"v\n4,y,\n5,\"p\nq\"\n6\0,w\n7,z\r8\n9,\"open\n10,k\n"
    let table = try ReadTable.read(text, "t.csv", options)
    #expect(table.rows == [["1", "x"], ["5", "p\nq"], ["10", "k"]])
    #expect(table.lines == [2, 6, 11])
    #expect(table.skipped == 6)
  }

  private let long = String(repeating: "a long note ", count: 20)

  /// More rows than the samples hold, with one that is different.
  private func large(_ odd: String, at place: Int = 2_000) -> String {
    var text = "id,day,size,note\n"
    for row in 0..<6_000 {
      if row == place { text += odd + "\n" }
      text += "\(row),2024-12-17,\(row % 7),\(long) \(row % 100)\n"
    }
    return text
  }

  @Test("a value that its column can't hold is an error that names its place and what mends it")
  func misfit() {
    #expect(
      ReadTable.failure(large("1,2024-12-17,n/a,x"))
        == "E0514 t.csv:2002:14: 'n/a' in 'size': expected a number"
        + " = open(\"t.csv\", types: {size: text})")
    #expect(
      ReadTable.failure(large("1,17/12/2024,1,x"))
        == "E0514 t.csv:2002:3: '17/12/2024' in 'day': expected a date"
        + " = open(\"t.csv\", date: \"dd/MM/yyyy\")")
    var options = FileOptions()
    options.types = ["a": .number]
    #expect(
      ReadTable.failure("a\n1\nx\n", "t.csv", options)
        == "E0514 t.csv:3:1: 'x' in 'a': expected a number = open(\"t.csv\", types: {a: text})"
    )
    options.types = ["cod": .text]
    #expect(
      ReadTable.failure("code\n1\n", "t.csv", options)
        == "E0519 t.csv: no column 'cod'; did you mean 'code'?")
  }

  @Test("rows whose values don't fit are passed over and counted, whatever is asked for")
  func skippingMisfits() throws {
    var options = FileOptions()
    options.skipsBad = true
    for fields in [nil, ["note"], ["size", "id"]] as [[String]?] {
      let table = try ReadTable.read(
        Array(large("1,2024-12-17,n/a,x").utf8), "t.csv", options, fields: fields)
      #expect(table.rows.count == 6_000 && table.skipped == 1)
      #expect(table.lines[1_999] == 2_001 && table.lines[2_000] == 2_003)
    }
  }

  @Test(
    "what the samples didn't show makes types wider, once",
    arguments: [
      ("7,2024-12-17,2.5,x", 2, FileField.ValueType.decimal(scale: 1), "2.5"),
      ("7,2024-12-17,1e30,x", 2, .double, "1e+30"),
      ("7,2024-12-17,,x", 2, .decimal(scale: 0), nil),
      ("7,2024-11,1,x", 1, .date(isExact: false), "2024-11"),
      ("7,,1,x", 1, .date(isExact: true), nil),
    ] as [(String, Int, FileField.ValueType, String?)])
  func widening(row: String, column: Int, type: FileField.ValueType, value: String?) throws {
    let table = try ReadTable.read(large(row))
    #expect(table.widenings == 1)
    #expect(table.types[column] == type)
    #expect(table.rows[2_000][column] == value)
    #expect(table.rows.count == 6_001)
  }

  @Test("a time of day that turns up late is a second field all the same")
  func lateTime() throws {
    let table = try ReadTable.read(large("7,2024-12-17 10:00,1,x"))
    #expect(table.names == ["id", "day", "day_time", "size", "note"])
    #expect(table.rows[2_000] == ["7", "2024-12-17", "10:00", "1", "x"])
    #expect(table.widenings == 1)
  }

  @Test("files at the edge of sense give an error or a table")
  func edges() throws {
    #expect(try ReadTable.read("a,b").rows == [])
    #expect(try ReadTable.read("a,b\n").names == ["a", "b"])
    #expect(try ReadTable.read("a\n\n1\n\"\"\n2").rows == [["1"], [nil], ["2"]])
    let wide = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
    #expect(ReadTable.failure(wide) == "E0520 t.csv:1:1: a table may have 65536 columns")
    #expect(
      ReadTable.failure("a,b\n\(wide)\n")
        == "E0510 t.csv:2:7: this row has 1000000 fields, the header 2")
    let huge = String(repeating: "x", count: 4_000_000)
    #expect(
      try ReadTable.read("a,b\n1,\"\(huge)\"\n2,y\n").rows.map { $0[1]?.utf8.count } == [
        4_000_000, 1,
      ])
    let much = String(repeating: huge, count: 20)
    let small = Charge(meter: Meter(.untrusted, CancelToken()), span: Span(0, 0))
    #expect(throws: ReadError.self) {
      try ReadTable.read(Array("a\n\"\(much)".utf8), charge: small)
    }
  }

  @Test("a file that shrinks, and what the host refuses")
  func problems() {
    struct Shrinking: FileContent {
      let name = "t.csv"
      let size: Int? = 3_000_000
      func read(
        at offset: Int, into buffer: UnsafeMutableRawBufferPointer
      ) throws(FileProblem) -> Int {
        let count = min(buffer.count, max(0, 2_500_000 - offset))
        for index in 0..<count { buffer[index] = (offset + index) % 4 == 3 ? 0x0A : 0x61 }
        return count
      }
    }
    struct Refusing: FileAccess {
      let problem: FileProblem?
      func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
        if let problem { throw problem }
        return Shrinking()
      }
    }
    func told(_ access: any FileAccess) -> String {
      do throws(ReadError) {
        let reader = try FileReader(opening: "t.csv", from: nil, access, FileOptions(), .free)
        _ = try reader.read([0], as: reader.schema, .free)
        return "no error"
      } catch {
        guard case .file(let error) = error else { return "stopped" }
        let diagnostic = error.diagnostic(at: Span(0, 0))
        return "\(diagnostic.code) \(diagnostic.message) \(diagnostic.notes)"
      }
    }
    let expected: [(FileProblem, String)] = [
      (.notFound, "E0501 t.csv: no such file []"),
      (.notAllowed(hint: "allow it"), "E0502 t.csv: this file is out of reach [\"allow it\"]"),
      (.isDirectory, "E0503 t.csv: this is a folder: expected a file []"),
      (
        .notARegularFile,
        "E0504 t.csv: this is a device or a pipe: expected a file [\"open(\\\"-\\\") reads a pipe\"]"
      ),
      (.failed("input/output error"), "E0506 t.csv: can't be read: input/output error []"),
    ]
    for (problem, message) in expected { #expect(told(Refusing(problem: problem)) == message) }
    #expect(
      told(Refusing(problem: nil)) == "E0505 t.csv: the file became shorter while it was read []")
    #expect(told(NoFiles()) == "E0502 t.csv: this file is out of reach []")
  }
}
