import Testing

@testable import Dossier

/// Whatever a file holds, it is read or refused; nothing ends the host.
@Suite struct BrokenFilesTests {
  private static let signs = Array("\",;\n\r\t|'{}[]:.-+e0123456789truefalsnuA \\\u{FEFF}é😀\0".utf8)

  private static let valid = [
    "id,day,on,note\n1,2024-12-17,true,\"a \"\"b\"\"\nc\"\n2.5,2024-11,,é\n",
    "a;b\r\n1;x\r\n\r\n2;\"y;z\"\r\n",
    "[{\"a\": 1, \"b\": {\"c\": [1, {\"d\": null}]}}, {\"a\": 2e5, \"b\": {}, \"\\u00e9\": \"\\ud83d\\ude00\"}]",
    "{\"a\": 1}\n{\"a\": \"x\", \"b\": true}\n",
    "{\"n\": 1, \"rows\": [{\"a\": 1}, {\"a\": 2}], \"m\": [2]}",
  ].map { Array($0.utf8) }

  private static func options(_ random: inout Random) -> FileOptions {
    var options = FileOptions()
    if Bool.random(using: &random) { options.skipsBad = true }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: options.separator = [9, 0x2C, 0x3B, 0x20].randomElement(using: &random)
    case 1: options.quote = Bool.random(using: &random) ? .none : .character(0x27)
    case 2: options.unknown = ["1", "a", ""]
    default: break
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      options.types = ["a": FileOptions.GivenType.allCases.randomElement(using: &random) ?? .text]
    }
    return options
  }

  /// A file cut short, with some bytes changed, doubled or taken out; or nothing but noise.
  private static func broken(_ random: inout Random) -> [UInt8] {
    if Int.random(in: 0..<4, using: &random) == 0 {
      return (0..<Int.random(in: 0...200, using: &random)).map { _ in
        Int.random(in: 0..<8, using: &random) == 0
          ? UInt8.random(in: .min ... .max, using: &random)
          : signs.randomElement(using: &random) ?? 0
      }
    }
    var bytes = valid.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(signs.randomElement(using: &random) ?? 0, at: place)
      case 2: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      default: bytes.insert(contentsOf: bytes[place...].prefix(30), at: place)
      }
    }
    if Bool.random(using: &random) {
      bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
    }
    return bytes
  }

  @Test("40,000 broken files are read or refused, a tenth unless CASES=full")
  func broken() {
    var random = Random(seed: 17)
    var (read, refused) = (0, 0)
    for _ in 0..<Cases.some(of: 40_000) {
      let bytes = BrokenFilesTests.broken(&random)
      let options = BrokenFilesTests.options(&random)
      let path = ["t.csv", "t.json", "t.jsonl", "t"].randomElement(using: &random) ?? "t"
      let step = Bool.random(using: &random) ? Int.max : Int.random(in: 1...9, using: &random)
      do {
        let table = try ReadTable.read(
          bytes, path, options, stream: Bool.random(using: &random), step: step)
        #expect(table.widenings <= 1, "\(path) \(options) \(bytes)")
        #expect(table.lines.count == table.rows.count)
        read += 1
      } catch {
        refused += 1
      }
    }
    #expect(read > 200 && refused > 1_000)
  }
}
