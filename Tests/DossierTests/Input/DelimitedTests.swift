import CByteScan
import Testing

@testable import Dossier

/// Delimited text in all its forms.
@Suite struct DelimitedTests {
  @Test(
    "the separator is found out",
    arguments: [
      ("a;b\n1,5;2\n", "t.csv", ["a", "b"]), ("a\tb\n1\t2\n", "t.csv", ["a", "b"]),
      ("a|b\n1|2\n", "x", ["a", "b"]), ("a,b\n\"1;2;3\",4\n", "t.csv", ["a", "b"]),
      ("a,b;c\n1,2;3\n4,5\n", "t.csv", ["a", "b;c"]), ("a,b\tc\n1,2\t3\n", "t.tsv", ["a,b", "c"]),
      ("a\n1\n", "t.csv", ["a"]), ("a;b\n\"x,y\";\"z;,w\"\n", "t.csv", ["a", "b"]),
    ])
  func separators(text: String, path: String, names: [String]) throws {
    #expect(try ReadTable.read(text, path).names == names)
  }

  @Test(
    "line breaks of all kinds",
    arguments: [
      "a,b\n1,\"x\ny\"\n2,z\n", "a,b\r\n1,\"x\ny\"\r\n2,z", "a,b\r1,\"x\ny\"\r2,z\r",
      "\u{FEFF}a,b\r\n1,\"x\ny\"\r\n\r\n2,z\r\n\r\n",
    ])
  func lineBreaks(text: String) throws {
    let table = try ReadTable.read(text)
    #expect(table.rows == [["1", "x\ny"], ["2", "z"]])
  }

  @Test("quotes are another character, or none")
  func quotes() throws {
    var options = FileOptions()
    options.quote = .character(UInt8(ascii: "'"))
    #expect(try ReadTable.read("a,b\n'x,''y''',\"\n", "t.csv", options).rows == [["x,'y'", "\""]])
    options.quote = .none
    #expect(
      try ReadTable.read("a,b\n5\" pipe,\"x\n", "t.csv", options).rows == [["5\" pipe", "\"x"]])
    options.separator = UInt8(ascii: ":")
    #expect(try ReadTable.read("a:b\n1,2:3\n", "t.csv", options).names == ["a", "b"])
  }

  @Test("a stream gives the same as a file, however few bytes come at a time")
  func streams() throws {
    var text = "id,text\n"
    for row in 0..<300 { text += "\(row),\"é \(row) \"\"q\"\"\nü\"\n" }
    let whole = try ReadTable.read(text)
    for step in [1, 3, 7, 64, 1_000] {
      #expect(try ReadTable.read(Array(text.utf8), stream: true, step: step) == whole)
    }
  }

  @Test("records that cross blocks and windows are read whole")
  func blocks() throws {
    var text = "id,text\n"
    for row in 0..<12_000 {
      text += "\(row),\"\(String(repeating: row % 3 == 0 ? "ж" : "x", count: row % 397))\n,\"\"\"\n"
    }
    let table = try ReadTable.read(text)
    #expect(table.rows.count == 12_000)
    for row in stride(from: 0, to: 12_000, by: 11) {
      let text = String(repeating: row % 3 == 0 ? "ж" : "x", count: row % 397) + "\n,\""
      #expect(table.rows[row] == ["\(row)", text])
      #expect(table.lines[row] == Int32(2 + 2 * row))
    }
  }

  @Test("the vector form of the masks equals the one byte by byte")
  func masks() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) & 0x8F }
      let value = UInt8.random(in: 0...255, using: &random) & 0x8F
      #expect(bytescan_equal(bytes, value) == bytescan_equal_scalar(bytes, value))
      #expect(bytescan_high(bytes) == bytescan_high_scalar(bytes))
    }
  }
}
