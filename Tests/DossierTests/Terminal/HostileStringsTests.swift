import Dossier
import Foundation
import Testing

@testable import DossierCLI

/// Strings that would write to the terminal by themselves: as names, cells, file names and scripts.
@Suite("Hostile strings")
struct HostileStringsTests {
  private static let pieces: [[UInt8]] =
    (0..<0x20).map { [$0] } + (0x80..<0xA0).map { [0xC2, $0] } + (0x7F...0x80).map { [$0] }
    + [
      "\u{1B}[2J", "\u{1B}[31m", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;eA==\u{1B}\\",
      "\u{1B}P1$q\u{1B}\\",
      "\u{9B}6n", "\u{1B}[6n", "\u{1B}c", "\u{202E}", "\u{2066}", "\u{200F}", "\u{2028}",
      "\u{FEFF}",
      "a", "\"", "\\", "'", "é", "山", "|", " ", "#", "\\(", ";", "figures", "where", "==",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80],
    ]

  private static func bytes(_ random: inout Random) -> [UInt8] {
    (0...Int.random(in: 0..<6, using: &random)).flatMap { _ in
      pieces.randomElement(using: &random) ?? []
    }
  }

  private static func text(_ random: inout Random) -> String {
    String(decoding: bytes(&random), as: UTF8.self)
  }

  /// What would reach the terminal but line ends, and between the fields of tsv tabs.
  private static func moving(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter {
      !["\n", "\r", "\t"].contains($0) && TextWidth.printable(String($0)) != String($0)
    }
  }

  /// A terminal without a program: what is written to it comes back.
  private struct Line {
    let written: Int32
    let read: Int32

    init() throws {
      var (master, slave): (Int32, Int32) = (-1, -1)
      var settings = termios()
      cfmakeraw(&settings)
      try #require(openpty(&master, &slave, nil, &settings, nil) == 0)
      (written, read) = (slave, master)
      _ = fcntl(read, F_SETFL, O_NONBLOCK)
    }

    func taken() -> String {
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while case let count = readSome(read, &chunk, chunk.count), count > 0 {
        all += chunk[..<count]
      }
      return String(decoding: all, as: UTF8.self)
    }

    func close() {
      Foundation.close(written)
      Foundation.close(read)
    }
  }

  @Test(
    "names and cells reach a terminal as letters in every format",
    arguments: OutputFormat.allCases)
  func answers(_ format: OutputFormat) throws {
    var random = Random(seed: 5)
    let line = try Line()
    defer { line.close() }
    var request = Request()
    request.format = format
    let console = Console(
      request, output: line.written, notes: line.written, environment: { _ in nil })
    for _ in 0..<Cases.some(of: 2_000) {
      let (name, cells) = (Self.text(&random), (0..<3).map { _ in Self.text(&random) })
      let table = try Table(columns: [(name, .texts(cells))])
      var session = Session(tables: ["t": table])
      try session.run(SourceText(name: name, text: "t")) { try console.show($0) }
      try console.flush()
      #expect(Self.moving(line.taken()) == [], "\(name.debugDescription) \(cells)")
    }
  }

  @Test("scripts of garbage are quoted as letters, and errors as data hold no control")
  func scripts() {
    var random = Random(seed: 6)
    for _ in 0..<Cases.some(of: 5_000) {
      var session = Session()
      let source = SourceText(name: Self.text(&random), bytes: Self.bytes(&random))
      do {
        try session.run(source) { _ in }
      } catch let failure as Failure {
        for text in [failure.rendered(colour: false), failure.renderedAsJSON()] {
          #expect(Self.moving(text) == [] && !text.contains("\t"), "\(source.bytes)")
        }
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test("names of files, actors and commands are quoted as letters")
  func commands() throws {
    var random = Random(seed: 7)
    for _ in 0..<Cases.some(of: 300) {
      let text = Self.text(&random).filter { !$0.isNewline && $0 != "\0" }
      let said = try Conversation.hold(
        ".read /nowhere/\(text)", ".actor \(text)", ".mode \(text)", ".help \(text)", ".\(text)",
        ".open /nowhere/\(text)", ".once /nowhere/\(text)/x", ".set \(text)", ".schema \(text)",
        "open(\"/nowhere/\(text)\")", ".history", ".set a=\(text)", ".set")
      #expect(Self.moving(said.output + said.notes) == [], "\(text.debugDescription)")
    }
  }

  @Test("json lines give back each text, csv in a file keeps its bytes")
  func kept() throws {
    var random = Random(seed: 8)
    for _ in 0..<Cases.some(of: 1_000) {
      let text = Self.text(&random).precomposedStringWithCanonicalMapping
      let table = try Table(columns: [("a", .texts([text]))])
      var session = Session(tables: ["t": table])
      var lines = Bytes()
      var records = Bytes()
      var notes = Bytes()
      try session.run(SourceText(name: "", text: "t")) { answer in
        try answer.write(as: .jsonl, options: DisplayOptions(), to: &lines, notes: &notes)
        try answer.write(as: .csv, options: DisplayOptions(), to: &records, notes: &notes)
      }
      let value = try JSONSerialization.jsonObject(with: Data(lines.text.utf8)) as? [String: Any]
      #expect(value?["a"] as? String == text)
      let quoted = "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      #expect(["a\n\(text)\n", "a\n\(quoted)\n"].contains(records.text))
    }
  }

  @Test("the program writes nothing raw to a terminal, whatever it is given")
  func program() throws {
    var random = Random(seed: 9)
    let home = try TemporaryFolder()
    for _ in 0..<Cases.some(of: 100) {
      let text = Self.text(&random).filter { $0 != "\0" }
      let name = text.filter { $0 != "/" && $0.utf8.count < 50 }
      for arguments in [
        ["-e", text], ["\(home.path)/\(name)"], ["--format", text],
        ["--set", text, "-e", "1"],
        ["-o", "/nowhere/\(name)", "-e", "1"],
        ["-e", "open(\"\(name)\")"], ["--\(name)"],
      ] {
        let terminal = try PseudoTerminal(
          arguments, home: home, environment: ["NO_COLOR": "1"], columns: 200)
        _ = terminal.end()
        #expect(Self.moving(terminal.everything) == [], "\(arguments)")
      }
    }
  }
}

private func readSome(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, bytes, count)
}
