/// A query in the order of clauses that other languages have, `select value from figures where …`,
/// taken apart to be written as a pipeline.
struct ClauseQuery {
  private var clauses: [String: String] = [:]

  private static let words: Set<String> = ["select", "from", "where", "group", "order", "limit"]

  /// Nil for a line without `select … from …`.
  init?(_ line: String) {
    let source = SourceText(name: "", text: line)
    var word = ""
    var end: Int32 = 0
    for token in Lexer.tokens(of: source).tokens where token.kind != .end {
      let written = source.text(token.span)
      let lowered = written.lowercased()
      if token.kind == .word, Self.words.contains(lowered) {
        word = lowered
        clauses[word] = ""
      } else if lowered != "by" {
        let blank = token.span.start > end ? " " : ""
        clauses[word, default: ""] += blank + Self.mended(written, in: word)
      }
      end = token.span.end
    }
    guard clauses["select"] != nil, clauses["from"]?.isEmpty == false else { return nil }
  }

  private static func mended(_ written: String, in clause: String) -> String {
    if written == "=", clause == "where" { return "==" }
    let lowered = written.lowercased()
    return ["and", "or", "not", "desc", "asc"].contains(lowered) ? lowered : written
  }

  /// The same as a pipeline.
  var pipeline: String {
    var text = clause("from") ?? ""
    let columns = clause("select").flatMap { $0 == "*" ? nil : $0 }
    if let condition = clause("where") { text += " | where " + condition }
    if let keys = clause("group") {
      text += " | summarize \(columns ?? "n = count()") by \(keys)"
    } else if let columns {
      text += " | select " + columns
    }
    if let keys = clause("order") { text += " | sort " + keys }
    if let count = clause("limit") { text += " | take " + count }
    return text
  }

  private func clause(_ word: String) -> String? {
    clauses[word]?.trimmingEnds
  }
}
