import Foundation
import Testing

@testable import Dossier

/// `grammar.md` is the reference: it says what is built, and these tests say that it does.
///
/// `RECORD=1` rewrites the printed blocks, and still fails the run.
@Suite struct GrammarTests {
  static let url = Folders.root.appendingPathComponent("grammar.md")
  static let document = Document((try? Folders.text(url)) ?? "")

  static func grammar() throws -> Grammar {
    let block = try #require(document.blocks.first { $0.info == ["ebnf"] })
    return try Grammar(block.text)
  }

  // MARK: Examples

  @Test("every program of grammar.md prints what stands behind it", arguments: document.examples)
  func examples(_ example: Document.Example) throws {
    let format = try #require(OutputFormat(rawValue: example.format))
    let seen = transcript(example.program, as: format)
    #expect(seen.contains("error[E") == example.fails, "\(seen)")
    if let printed = example.printed { #expect(seen == printed) }
    #expect(!example.fails || example.printed != nil)
  }

  @Test("grammar.md has many examples, and most of them show what they print")
  func manyExamples() throws {
    let examples = GrammarTests.document.examples
    #expect(examples.count > 30)
    #expect(examples.count { $0.printed != nil } > 30)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" { try record() }
  }

  private func record() throws {
    var lines = try Folders.text(GrammarTests.url).components(separatedBy: "\n")
    for example in GrammarTests.document.examples.reversed() where example.printed != nil {
      let start = example.line + 2 + example.program.count { $0 == "\n" }
      let end = lines[start...].firstIndex(of: "```") ?? start
      let seen = transcript(example.program, as: OutputFormat(rawValue: example.format) ?? .table)
      lines.replaceSubrange(
        start..<end,
        with: seen.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
          String.init))
    }
    try lines.joined(separator: "\n").write(to: GrammarTests.url, atomically: true, encoding: .utf8)
    Issue.record("grammar.md was recorded: read what changed")
  }

  @Test("a query that begins with a pipe, and 'it', go on from the table before")
  func goingOn() throws {
    var session = Session()
    var seen: [String] = []
    for text in [
      "figures | where measure == \"sent\"", "| select value", "it | select value", "count(it)",
    ] {
      try session.run(SourceText(name: "input", text: text)) { answer in
        var bytes = Bytes()
        var notes = Bytes()
        try answer.write(as: .csv, options: DisplayOptions(), to: &bytes, notes: &notes)
        seen.append(bytes.text)
      }
    }
    #expect(seen.count == 4)
    #expect(seen[1].contains("about 10,000 people"))
    #expect(seen[2] == seen[1])
    #expect(seen[3].hasSuffix("\n1\n"))
  }

  // MARK: Sentences

  @Test("sentences derived from the grammar parse, each alternative at least 50 times")
  func sentences() throws {
    var generator = Generator(try GrammarTests.grammar(), seed: 1)
    var count = 0
    var wrong = 0
    while count < 2_000 || (count < 20_000 && !generator.rare.isEmpty) {
      count += 1
      let text = generator.text(generator.sentence())
      if let error = Parser.parse(SourceText(name: "input", text: text)).errors.first {
        wrong += 1
        if wrong <= 5 { Issue.record("\(error) in:\n\(text)") }
      }
    }
    #expect(wrong == 0)
    #expect(generator.rare.map { generator.grammar.owners[$0] } == [])
    #expect(generator.grammar.derivable.count > 150)
    #expect(generator.deepest >= 6)
  }

  /// Sentences in which one token was left out, put in or replaced.
  private func changed(_ count: Int, seed: UInt64) throws -> [String] {
    var generator = Generator(try GrammarTests.grammar(), seed: seed)
    var texts: [String] = []
    while texts.count < count {
      var pieces = generator.sentence()
      let other = generator.sentence()
      guard !pieces.isEmpty, !other.isEmpty else { continue }
      let index = generator.below(pieces.count)
      let piece = other[generator.below(other.count)]
      switch texts.count % 3 {
      case 0: pieces.remove(at: index)
      case 1: pieces.insert(piece, at: index)
      default: pieces[index] = piece
      }
      texts.append(generator.text(pieces))
    }
    return texts
  }

  @Test("a sentence with one token changed is taken exactly if the grammar derives it")
  func changedSentences() throws {
    let grammar = try GrammarTests.grammar()
    let count = Cases.some(of: 20_000)
    var taken = 0
    for (round, text) in try changed(count, seed: 2).enumerated() {
      let source = SourceText(name: "input", text: text)
      let (tree, errors) = Parser.parse(source)
      var recognizer = Recognizer(grammar, source)
      let isSentence = recognizer.isSentence()
      #expect(errors.isEmpty == isSentence, "\(errors)\n\(text)")
      if errors.isEmpty { taken += 1 }
      checkPlaces(errors.map { $0.diagnostic(in: tree.source) }, source)
      if round % 20 == 0 { checkWithoutTrap(source, hasErrors: !errors.isEmpty) }
    }
    #expect(taken > count / 20)
    #expect(taken < count / 2)
  }

  private func checkPlaces(_ diagnostics: [Diagnostic], _ source: SourceText) {
    for diagnostic in diagnostics {
      for label in [diagnostic.primary, diagnostic.secondary].compactMap({ $0 }) {
        let (start, end) = (Int(label.span.start), Int(label.span.end))
        #expect(0 <= start && start <= end && end <= source.bytes.count)
      }
    }
  }

  /// The names mean nothing here, so the checker sees all kinds of mistakes.
  private func checkWithoutTrap(_ source: SourceText, hasErrors: Bool) {
    var session = Session()
    do {
      try session.check(source)
      #expect(!hasErrors)
    } catch let failure as Failure {
      #expect(!failure.diagnostics.isEmpty)
      #expect(failure.rendered(colour: false).hasPrefix("error[E"))
    } catch {
      Issue.record(error)
    }
  }

  @Test("scripts that people wrote are sentences of the grammar if the parser takes them")
  func writtenSentences() throws {
    let grammar = try GrammarTests.grammar()
    var taken = 0
    for text in try GrammarTests.written() {
      let source = SourceText(name: "input", text: text)
      guard Parser.parse(source).errors.isEmpty else { continue }
      taken += 1
      var recognizer = Recognizer(grammar, source)
      let isSentence = recognizer.isSentence()
      #expect(isSentence, "\(text)")
    }
    #expect(taken > 100)
  }

  @Test("the forty queries of the design parse")
  func queries() throws {
    let script = try Folders.text(Folders.fixtures.appendingPathComponent("queries.q"))
    let (tree, errors) = Parser.parse(SourceText(name: "queries.q", text: script))
    #expect(errors == [])
    #expect(tree.statements.count == 43)
  }

  /// The programs of this document, of the golden files and of the examples.
  static func written() throws -> [String] {
    let golden = try Folders.files(Folders.golden, ending: "txt").map(Folders.text)
    return try GrammarTests.document.examples.map(\.program)
      + golden.joined(separator: "\n===\n").components(separatedBy: "\n===\n").map {
        $0.components(separatedBy: "\n---")[0]
      }
      + Folders.files(Folders.examples, ending: "q").map(Folders.text)
  }

  // MARK: Words

  @Test("the quoted words of the grammar are the words of the language")
  func words() throws {
    let grammar = try GrammarTests.grammar()
    let syntax = grammar.order.filter { !grammar.tokens.contains($0) }
    let quoted = grammar.terminals(of: syntax).filter { $0.allSatisfy(\.isLetter) }
    let lists = grammar.terminals(of: ["reserved", "clause", "stages"])
    #expect(Set(quoted).union(lists) == Set(Word.allCases.map(\.rawValue)))
    #expect(
      grammar.terminals(of: ["reserved"]) == Word.allCases.filter(\.isReserved).map(\.rawValue))
    #expect(grammar.terminals(of: ["clause"]) == Word.allCases.filter(\.isClause).map(\.rawValue))
    #expect(grammar.terminals(of: ["stages"]) == Word.stages.map(\.rawValue))
    let table = try #require(GrammarTests.document.tables(under: "Lexical rules").first)
    #expect(table.rows[0][1].quoted == grammar.terminals(of: ["reserved"]))
    #expect(table.rows[1][1].quoted == grammar.terminals(of: ["clause"]))
  }

  @Test("the words that let a line go on are those of the first rule")
  func lineWords() throws {
    let document = GrammarTests.document
    let start = try #require(document.lines.firstIndex { $0.hasPrefix("1. **Lines.**") })
    let lists = document.lines[start...].prefix(2).joined(separator: " ").components(
      separatedBy: "one of ")
    #expect(lists.count == 3)
    let words = lists.dropFirst().map { $0.prefix { $0 != ";" && $0 != "." }.description.quoted }
    #expect(words[0] == Word.allCases.filter(\.wantsMore).map(\.rawValue))
    #expect(words[1] == Word.allCases.filter(\.continuesLine).map(\.rawValue))
  }

  @Test("zero bytes, bytes that are no UTF-8 and controls that turn text are refused everywhere")
  func hostileBytes() {
    for bytes in [[0x00], [0xFF], [0xE2, 0x80, 0xAE]] as [[UInt8]] {
      for (before, behind) in [
        ("5 ", ""), ("\"", "\""), ("# ", "\n5"), ("figures | select `", "`"),
      ] {
        let source = SourceText(
          name: "input", bytes: Array(before.utf8) + bytes + Array(behind.utf8))
        #expect(!Parser.parse(source).errors.isEmpty, "\(bytes) behind \(before)")
      }
    }
    #expect(transcript("\u{FEFF}let é = 5\ne\u{301}") == "5\n")
  }

  @Test("brackets, 'not' and signs nest as deep as the limits say")
  func nesting() {
    func isFine(_ text: String) -> Bool {
      Parser.parse(SourceText(name: "", text: text)).errors.isEmpty
    }
    func nested(_ open: String, _ close: String, _ count: Int) -> String {
      String(repeating: open, count: count) + "true" + String(repeating: close, count: count)
    }
    #expect(GrammarTests.document.lines.contains { $0.contains("nest \(Parser.deepest) deep") })
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("not ", ""), ("-", "")] {
      #expect(isFine(nested(open, close, Parser.deepest)))
      #expect(!isFine(nested(open, close, Parser.deepest + 1)))
    }
  }
}
