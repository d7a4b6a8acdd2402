import Dossier
import Foundation
import Testing

/// The forty queries of the design go through the checker, over small files of the names that they open.
@Suite struct QueryTests {
  static var queries: [(number: Int, text: String)] {
    get throws {
      let script = try Folders.text(Folders.fixtures.appendingPathComponent("queries.q"))
      var queries: [(number: Int, text: String)] = []
      for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
        if let number = Int(line.dropFirst(2)), line.hasPrefix("# ") {
          queries.append((number, ""))
        } else if let last = queries.indices.last {
          queries[last].text += line + "\n"
        }
      }
      return queries
    }
  }

  @Test("the forty queries of the design check")
  func check() throws {
    var session = Session()
    session.files = FolderFiles(root: Folders.fixtures.appendingPathComponent("queries"))
    var named = ""
    var seen: [Int] = []
    for query in try Self.queries {
      if query.text.contains("param since") { session.parameters = ["since": "2024-01-01"] }
      let codes = errors(of: named + query.text, in: &session)
      #expect(codes == [], "\(query.number)")
      seen.append(query.number)
      // What a query names is there for those behind it.
      if query.text.hasPrefix("let") || query.text.hasPrefix("param"), !query.text.contains(";") {
        named += query.text
      }
    }
    #expect(seen == Array(1...40))
  }

  private func errors(of text: String, in session: inout Session) -> [String] {
    do {
      try session.check(SourceText(name: "queries.q", text: text))
      return []
    } catch let failure as Failure {
      return failure.diagnostics.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }
}
