import Testing

@testable import Dossier

/// Cells full of controls, bidi marks and markup in every format.
@Suite struct HostileCellsTests {
  private static let pieces =
    (0..<0xA0).compactMap { Unicode.Scalar($0 as UInt32) }.map(String.init) + [
      "\u{1B}[31m", "\u{1B}]0;title\u{7}", "\u{9B}2J", "\u{202E}", "\u{2066}", "\u{200F}",
      "\u{2028}",
      "\u{2029}", "\u{FEFF}", "\u{AD}", "\r\n", "<script>", "</td>", "-->", "]]>", "&amp;", "\\|",
      "[^1]", "[a](b)", "```", "~~~", "é", "山", "\u{1F600}", "\u{200D}", "=1+1",
    ]

  private static func text(_ random: inout Random) -> String {
    (0...Int.random(in: 0..<8, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  private static func written(_ texts: [String], as format: OutputFormat) throws -> String {
    let table = try Table(columns: [
      ("a", .texts(texts.map { $0 })), ("b", .texts(texts.reversed().map { $0 })),
    ])
    return transcript("t", as: format, session: Session(tables: ["t": table]))
  }

  @Test("10,000 hostile texts move no cursor and end no cell, a tenth unless CASES=full")
  func hostileTexts() throws {
    var random = Random(seed: 11)
    for _ in 0..<Cases.some(of: 1_000) {
      let texts = (0..<10).map { _ in HostileCellsTests.text(&random) }
      for format in [OutputFormat.table, .markdown, .html, .json, .jsonl] {
        let written = try HostileCellsTests.written(texts, as: format)
        let moving = written.unicodeScalars.filter { $0 != "\n" && TextWidth.movesCursor($0) }
        #expect(moving.isEmpty, "\(format): \(texts)")
      }
      let markdown = try HostileCellsTests.written(texts, as: .markdown)
      #expect(
        markdown.split(separator: "\n").prefix(12).allSatisfy { cells($0) == 2 }, "\(markdown)")
      let html = try HostileCellsTests.written(texts, as: .html)
      #expect(html.components(of: "<td>") == 20 && html.components(of: "<script") == 0)
      #expect(html.components(of: "<") == plainTags, "\(html)")
    }
  }

  @Test("csv and tsv keep what is in a text")
  func bytesKept() throws {
    let text = "\u{1B}[31m\u{202E}\u{9B}\u{2028}"
    for format in [OutputFormat.csv, .tsv] {
      #expect(try HostileCellsTests.written([text], as: format).contains(text))
    }
  }

  /// The tags of a page with ten rows of two cells.
  private var plainTags: Int {
    (try? HostileCellsTests.written(Array(repeating: "x", count: 10), as: .html))?
      .components(of: "<") ?? 0
  }

  /// The cells of a line of a pipe table, in which a backslash takes the next sign with it.
  private func cells(_ line: Substring) -> Int {
    var pipes = 0
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\\" { rest = rest.dropFirst() }
      if scalar == "|" { pipes += 1 }
    }
    return pipes - 1
  }
}

extension String {
  /// How often some ASCII text occurs.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = Array(utf8)[...]
    while !rest.isEmpty {
      if rest.starts(with: text.utf8) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }
}
