import Foundation
import Testing

@testable import Dossier

/// Files in other encodings than UTF-8.
@Suite struct EncodingTests {
  private func options(_ encoding: Encoding?) -> FileOptions {
    var options = FileOptions()
    options.encoding = encoding
    return options
  }

  @Test("every byte of windows-1252 is its character; five are none")
  func western() throws {
    for byte in UInt8(0x80)...0xFF {
      let file = Array("a\nx".utf8) + [byte] + Array("y\n".utf8)
      let expected = String(data: Data([byte]), encoding: .windowsCP1252)
      if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
        #expect(
          ReadTable.failure(file, "t.csv", options(.windows1252))
            == "E0513 t.csv:2:2: not windows-1252: expected text")
      } else {
        let text = try #require(expected)
        let table = try ReadTable.read(file, "t.csv", options(.windows1252))
        #expect(table.rows == [["x\(normalised(text))y"]])
      }
    }
    for name in ["latin1", "ISO-8859-1", "cp1252", "Windows-1252"] {
      #expect(Encoding(named: name) == .windows1252)
    }
    #expect(Encoding(named: "latin2") == nil)
  }

  /// More than a few stretches of rows, with characters of one to four bytes.
  private let rows = (0..<9_000).map { ["\($0)", $0 % 3 == 0 ? "é\($0)" : "€ \($0 % 7)"] }

  @Test(
    "a long file is the same in each encoding, however it is read",
    arguments: [Int.max, 4_099], [false, true])
  func long(step: Int, stream: Bool) throws {
    let text = "n,x\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
    let encodings: [(String.Encoding, Encoding)] = [
      (.windowsCP1252, .windows1252), (.utf16LittleEndian, .utf16LittleEndian),
      (.utf16BigEndian, .utf16BigEndian),
    ]
    for (foundation, encoding) in encodings {
      let bytes = Array(try #require(text.data(using: foundation)))
      let table = try ReadTable.read(
        bytes, "t.csv", options(encoding), stream: stream, step: step)
      #expect(table.rows == rows)
    }
  }

  @Test("UTF-16 that begins with its mark needs no option, whatever lies where a stretch ends")
  func marked() throws {
    for shift in 0..<4 {
      let cell = String(repeating: "a", count: 32_760 + shift) + "𝄞𝄞𝄞𝄞𝄞𝄞é"
      for (mark, encoding) in [
        ([0xFF, 0xFE], String.Encoding.utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
      ] as [([UInt8], String.Encoding)] {
        let bytes = mark + Array(try #require("x\n\(cell)\n".data(using: encoding)))
        #expect(try ReadTable.read(bytes).rows == [[cell]])
      }
    }
  }

  @Test("half a character and what another encoding begins with are told")
  func broken() {
    let mark: [UInt8] = [0xFF, 0xFE]
    #expect(
      ReadTable.failure(mark + [0x61, 0, 0x0A, 0, 0x62, 0, 0, 0xD8, 0x0A, 0])
        == "E0513 t.csv:2:2: not UTF-16: expected text")
    #expect(
      ReadTable.failure(mark + [0x61, 0, 0x0A, 0, 0x62])
        == "E0513 t.csv:2:1: not UTF-16: expected text")
    #expect(
      ReadTable.failure(Array("\u{FEFF}a\n1\n".utf8), "t.csv", options(.windows1252))
        == "E0513 t.csv: this is UTF-8, not text in windows-1252")
  }

  @Test("bytes that would be windows-1252 are told with the option that reads them")
  func proposed() {
    let help = " = open(\"t.csv\", encoding: \"windows-1252\")"
    let western: [UInt8] = Array("name\nSaint-R".utf8) + [0xE9] + Array("my\n".utf8)
    #expect(ReadTable.failure(western) == "E0513 t.csv:2:8: not UTF-8: expected text" + help)
    let header: [UInt8] = Array("co".utf8) + [0xFB] + Array("t\n1\n".utf8)
    #expect(ReadTable.failure(header) == "E0513 t.csv:1:3: not UTF-8: expected text" + help)
    // Where the rest is UTF-8, or no character stands for a byte, it is damaged.
    #expect(!ReadTable.failure(Array("é\n".utf8) + western).contains("encoding"))
    #expect(!ReadTable.failure(western + [0x81, 0x0A]).contains("encoding"))
  }
}
