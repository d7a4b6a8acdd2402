import Testing

@testable import Dossier

/// With `bad: skip` no row is lost without being counted: a slow reader that looks at one byte after
/// the other says what is a row, what is passed over and what is blank.
@Suite struct DamagedQuotesTests {
  private static let dialect = Dialect(separator: 0x2C, quote: 0x22, newline: 0x0A)

  /// What came of a file: the good rows with their first lines, and how many were passed over.
  private struct Outcome: Equatable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var skipped = 0
  }

  // MARK: The slow reader

  /// The rules of a row, byte by byte.
  private struct SlowReader {
    private enum End {
      case row(fields: [String], next: Int)
      /// Nothing tells where the row ends, so its line is passed over.
      case unclear
    }

    let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() -> Outcome {
      var outcome = Outcome()
      var width: Int?
      while place < bytes.count {
        switch row() {
        case .row(let fields, let next):
          let isBlank = lineBreak(place) == next - place
          if !isBlank {
            if let width {
              if fields.count == width {
                outcome.rows.append(fields)
                outcome.lines.append(line)
              } else {
                outcome.skipped += 1
              }
            } else {
              width = fields.count
            }
          }
          goOn(at: next)
        case .unclear:
          outcome.skipped += 1
          let end = bytes[place...].firstIndex(of: dialect.newline)
          goOn(at: end.map { $0 + 1 } ?? bytes.count)
        }
      }
      return outcome
    }

    private mutating func goOn(at next: Int) {
      line += bytes[place..<next].count { $0 == dialect.newline }
      place = next
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Whether a row ends here, and how long its line break is.
    private func lineBreak(_ index: Int) -> Int? {
      switch byte(index) {
      case nil: 0
      case dialect.newline: 1
      case 0x0D: byte(index + 1).map { $0 == dialect.newline ? 2 : nil } ?? 1
      default: nil
      }
    }

    private func row() -> End {
      var fields: [String] = []
      var index = place
      while true {
        var field: [UInt8] = []
        if byte(index) == dialect.quote {
          index += 1
          while byte(index) != dialect.quote || byte(index + 1) == dialect.quote {
            guard let byte = byte(index) else { return .unclear }
            field.append(byte)
            index += byte == dialect.quote ? 2 : 1
          }
          index += 1
        } else {
          while let byte = byte(index), byte != dialect.separator, lineBreak(index) == nil {
            if byte == dialect.quote || byte == 0x0D { return .unclear }
            field.append(byte)
            index += 1
          }
        }
        fields.append(String(decoding: field, as: UTF8.self))
        if let length = lineBreak(index) { return .row(fields: fields, next: index + length) }
        guard byte(index) == dialect.separator else { return .unclear }
        index += 1
      }
    }
  }

  // MARK: The reader

  /// Reads in blocks of some bytes.
  private func outcome(_ bytes: [UInt8], block size: Int, step: Int) throws -> Outcome {
    let content = MemoryContent(name: "t.csv", bytes: bytes, size: bytes.count, step: step)
    let block = try ByteBlock(content, size: size, charge: .free)
    try block.refill(keeping: 0)
    let dialect = DamagedQuotesTests.dialect
    let records = DelimitedRecords(
      block, from: 0, dialect, needed: [0, 1, 2], name: "t.csv", skipsBad: true)
    let width = try records.readHeader().count
    let reader = CellReader(.delimited(quote: dialect.quote))
    let scratch = GrowingBuffer<UInt8>(charge: .free)
    let batch = RecordBatch(width: width, bytes: block.bytes)
    var outcome = Outcome()
    while true {
      try records.fill(batch)
      if batch.count == 0 { break }
      for row in 0..<batch.count {
        outcome.lines.append(Int(batch.lines[row]))
        outcome.rows.append(
          try (0..<width).map { column in
            let value = reader.value(batch.column(column)[row], batch.bytes)
            return String(decoding: try reader.decoded(value, scratch), as: UTF8.self)
          })
      }
    }
    outcome.skipped = records.skipped
    return outcome
  }

  /// A table of three columns with quotes, commas and line breaks in its fields.
  private func table(rows: Int, _ random: inout Random) -> [UInt8] {
    let texts = [
      "", "1", "word", "\"\"", "\"a, b\"", "\"two\nlines\"", "\"say \"\"no\"\"\"", "\"\"\"\"", "é",
      "\"three\n\r\n lines\"",
    ]
    var text = "a,b,c\n"
    for _ in 0..<rows {
      text += (0..<3).map { _ in texts.randomElement(using: &random) ?? "" }.joined(separator: ",")
      text += Int.random(in: 0..<8, using: &random) == 0 ? "\r\n" : "\n"
    }
    if Bool.random(using: &random) { text.removeLast() }
    return Array(text.utf8)
  }

  /// Takes quotes, separators and breaks out, puts some in, and maybe cuts the end off.
  private func damage(_ bytes: inout [UInt8], times: Int, _ random: inout Random) {
    let marks = Array("\"\"\"\",\n\r".utf8)
    for _ in 0..<times {
      let place = Int.random(in: 6..<bytes.count, using: &random)
      guard bytes[place] < 0x80, bytes[place - 1] < 0x80 else { continue }
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.insert(marks.randomElement(using: &random) ?? 0x22, at: place)
      case 1: bytes[place] = marks.randomElement(using: &random) ?? 0x22
      default:
        let next = bytes[place...].firstIndex { marks.contains($0) }
        if let next { bytes.remove(at: next) }
      }
    }
  }

  @Test("5,000 tables with damaged quotes, in blocks of all sizes, a tenth unless CASES=full")
  func small() throws {
    var random = Random(seed: 61)
    var skipped = 0
    for _ in 0..<Cases.some(of: 5_000) {
      var bytes = table(rows: Int.random(in: 1...30, using: &random), &random)
      damage(&bytes, times: Int.random(in: 1...5, using: &random), &random)
      var reader = SlowReader(bytes)
      let expected = reader.read()
      let size = Int.random(in: 64...400, using: &random)
      let step = Bool.random(using: &random) ? Int.max : Int.random(in: 1...70, using: &random)
      let found = try outcome(bytes, block: size, step: step)
      let isSame = found == expected
      #expect(isSame, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      skipped += found.skipped
    }
    #expect(skipped > Cases.some(of: 5_000))
  }

  @Test("files of several blocks with damaged quotes")
  func large() throws {
    var random = Random(seed: 67)
    var options = FileOptions()
    options.skipsBad = true
    options.types = ["a": .text, "b": .text, "c": .text]
    for times in [1, 2_000] {
      var bytes = table(rows: 60_000, &random)
      damage(&bytes, times: times, &random)
      var reader = SlowReader(bytes)
      let expected = reader.read()
      let found = try ReadTable.read(bytes, "t.csv", options)
      #expect(found.lines.map(Int.init) == expected.lines)
      #expect(found.skipped == expected.skipped)
      let isSame = zip(found.rows, expected.rows).allSatisfy { own, other in
        zip(own, other).allSatisfy { ($0 ?? "") == $1 }
      }
      #expect(isSame)
    }
  }

  @Test("a quote that is never closed costs its own line, wherever it stands")
  func unclosed() throws {
    var options = FileOptions()
    options.skipsBad = true
    let row = "1,a note that is long enough for some blocks,x\n"
    let count = 60_000
    for place in [0, 1, 30_000, count - 1] {
      let before = String(repeating: row, count: place)
      let after = String(repeating: row, count: count - place)
      let table = try ReadTable.read("a,b,c\n" + before + "2,\"open,x\n" + after, "t.csv", options)
      #expect(table.rows.count == count && table.skipped == 1)
    }
  }
}
