import Foundation
import Testing

@testable import Dossier

/// The tables of `grammar.md`, cell by cell against what runs.
@Suite struct GrammarTableTests {
  private var document: Document { GrammarTests.document }

  /// What some expressions print, each on a line of its own.
  private func values(_ expressions: [String]) -> [String] {
    transcript(expressions.joined(separator: "; "), options: DisplayOptions(cite: false))
      .linesWithoutReadings
  }

  private func table(_ heading: String, _ first: String) throws -> Document.Table {
    try #require(
      document.tables(under: heading).first { $0.header[0] == first }, "\(heading): \(first)")
  }

  // MARK: Truth and comparison

  @Test("'not' is what its table says")
  func negation() throws {
    let rows = try table("Truth", "`not`").rows
    #expect(rows.count == 3)
    #expect(values(rows.map { "not \($0[0].plain)" }) == rows.map { $0[1] })
  }

  @Test("'and', 'or' and 'is' are what their tables say", arguments: ["and", "or", "is"])
  func connectives(_ word: String) throws {
    let table = try table("Truth", "`\(word)`")
    var expressions: [String] = []
    var cells: [String] = []
    for row in table.rows {
      for (column, cell) in zip(table.header, row).dropFirst() {
        expressions.append("\(row[0].plain) \(word) \(column)")
        cells.append(cell)
      }
    }
    #expect(cells.count == 9)
    #expect(values(expressions) == cells)
  }

  @Test("the tables of comparison hold cell by cell", arguments: ["Comparison", "Dates"])
  func comparison(_ heading: String) throws {
    for table in document.tables(under: heading) where table.header.prefix(2) == ["A", "B"] {
      for row in table.rows {
        let signs = table.header.dropFirst(2).map { $0.quoted[0].filter { $0 != "A" && $0 != "B" } }
        let (a, b) = (row[0].quoted[0], row[1].quoted[0])
        let seen = values(signs.map { "(\(a)) \($0) (\(b))" })
        #expect(seen == Array(row.dropFirst(2)), "\(a) \(b)")
      }
    }
  }

  // MARK: Literals

  @Test("each hedge has the bounds that its row says")
  func hedges() throws {
    let table = try table("Hedges", "words")
    let words = table.rows.map { $0[0] }.filter { $0 != "a..b" && $0 != "not counted" }
    #expect(
      words.map { $0.hasSuffix(" n") ? String($0.dropLast(2)) : $0 } == Hedge.allCases.map(\.words))
    for row in table.rows {
      let example = row[3].quoted[0]
      #expect(
        values(["low", "best", "high"].map { "(\(example)).\($0)" }) == Array(row[4...6]),
        "\(example)")
      if let bulk = Hedge.allCases.first(where: { $0.words == row[0] })?.bulk {
        #expect(Number(bulk.low).grouped == row[1] && Number(bulk.high).grouped == row[2])
      }
    }
  }

  @Test("each date lies between the days that its row says")
  func dates() throws {
    let table = try table("Dates", "form")
    #expect(table.rows.count > 15)
    for row in table.rows {
      let example = row[1].quoted[0]
      #expect(
        values(["(\(example)).earliest", "(\(example)).latest"]) == [row[2], row[3]], "\(example)")
    }
  }

  @Test("the units are those of the table and the currencies behind it")
  func units() throws {
    let table = try table("Units", "unit")
    let codes = document.lines.first { $0.hasPrefix("Currencies") }?
      .components(separatedBy: ": ").last?.filter { $0 != "." }.split(separator: " ").map(
        String.init)
    let words = table.rows.flatMap { $0[1].quoted }
    #expect((words + (codes ?? [])).sorted() == Unit.words.sorted())
    for row in table.rows {
      for word in row[1].quoted {
        #expect(values(["2 \(word)"]) == ["2 \(row[2])"])
        if !row[3].isEmpty { #expect(values(["2 km/\(word)"]) == ["2 km/\(row[3])"]) }
      }
    }
  }

  @Test("the literals of each type are read as that type")
  func literals() throws {
    let table = try table("Values and types", "type")
    for row in table.rows {
      for literal in row[1].quoted where literal != "unknown" && !literal.hasPrefix("[") {
        #expect(!values([literal]).joined().contains("error["), "\(literal)")
      }
    }
    let line = try #require(document.lines.first { $0.hasPrefix("* `param` takes") })
    let types = line.quoted.dropFirst()
    #expect(types.count == 7)
    for type in types {
      #expect(
        values(["param p: \(type)", "param q: [\(type)]"]).count { $0.contains("error[E0215]") }
          == 2)
    }
    #expect(values(["param p: colour"]).first?.contains("error[E0214]") == true)
  }

  // MARK: Declarations

  @Test("the fields of each kind are those of its table", arguments: EntityKind.allCases)
  func fields(_ kind: EntityKind) throws {
    let table = try #require(
      document.tables(under: "Declarations").first {
        $0.caption == "`\(kind.word)`, table `\(kind.table)`"
      })
    let rules = FieldRule.rules(for: kind)
    #expect(
      table.rows.map { $0[0].plain } == ["id", FieldRule.label(of: kind)] + rules.map(\.name))
    let shown = transcript("\(kind.table) | take 0").split(separator: "\n")[0].components(
      separatedBy: " │ ")
    #expect(table.rows.map { $0[0] }.filter { $0.hasPrefix("**") }.map(\.plain) == shown)
    for (rule, row) in zip(rules, table.rows.dropFirst(2)) {
      #expect(row[1].hasPrefix(said(rule.type)), "\(rule.name)")
      #expect(row[1].quoted == rule.vocabulary, "\(rule.name)")
      if row[2].hasPrefix("*") {
        let state = row[2].hasPrefix("*none*") ? "none" : "unknown"
        #expect(
          values([bare, "x_\(kind.word).\(rule.name) is \(state)"]) == ["true"], "\(rule.name)")
      }
    }
  }

  /// A dossier with one thing of each kind of which nothing is said.
  private var bare: String {
    """
    source x_source; actor x_actor; place x_place
    event x_event { status: "happened" }
    figure x_figure
    """
  }

  private func said(_ type: Type) -> String {
    switch type {
    case .list(.reference(let kind)): "list of \(kind.table)"
    case .list(.text): "list of texts"
    case .list: "list of whole numbers"
    case .reference(let kind): kind.word
    default: type.name
    }
  }

  @Test("the table of facts has the fields that are listed")
  func facts() throws {
    let line = try #require(document.lines.first { $0.hasPrefix("The table `facts`") })
    let fields = line.quoted.dropFirst()
    #expect(Session().tables.first { $0.name == "facts" }?.fields.map(\.name) == Array(fields))
    let shown = line.components(separatedBy: "**").enumerated().filter { $0.offset % 2 == 1 }.map(
      \.element.plain)
    #expect(values(["facts | take 0"])[0].components(separatedBy: " │ ") == shown)
  }

  // MARK: Functions and errors

  @Test("the functions are those of the tables")
  func functions() throws {
    let table = try table("Aggregates", "in `summarize`")
    let calls = table.rows.map { $0[0].quoted }.reduce([], +)
    let names = calls.map { $0.prefix { $0 != "(" }.description }
    #expect(names == Aggregate.Function.allCases.map(\.rawValue))
    #expect(values(["unit(5 km)"]) == ["km"])
  }

  @Test("the functions of dates give what their table says")
  func dateFunctions() throws {
    let rows = try table("Functions of dates", "function").rows
    let names = rows.compactMap { $0[0].quoted.first }.map { $0.prefix { $0 != "(" }.description }
    #expect(Set(names) == Set(Checker.dateFunctions))
    for row in rows { #expect(values([row[2].quoted[0]]) == [row[3]], "\(row[2])") }
  }

  @Test("the codes of errors are those of the sources")
  func codes() throws {
    var written: Set<String> = []
    let folders = ["Dossier", "DossierBridge"].map(Folders.sources.appendingPathComponent)
    let files = folders.compactMap {
      FileManager.default.enumerator(at: $0, includingPropertiesForKeys: nil)
    }.joined()
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try Folders.text(file).matches(of: /"(E0[0-9]{3})"/) {
        written.insert(String(match.1))
      }
    }
    let tables = document.tables(under: "Errors")
    #expect(tables.count == 2)
    #expect(tables[1].rows.map { $0[0] } == written.sorted())
    #expect(tables[0].rows.map { $0[0] } == Set(written.map { $0.prefix(3).description }).sorted())
  }
}
