/// A field whose name has blanks or signs in it, written without its backticks.
///
/// `sum(mean mass (t))` is a mistake of syntax, and no column is known then: so the part of the query
/// before it is checked alone, and its fields are looked for in the text.
extension Session {
  /// A mistake in such a name says how it is written.
  func withBackticks(
    _ diagnostic: Diagnostic, _ source: SourceText, _ environment: Environment
  ) -> Diagnostic {
    guard diagnostic.kind == .syntax || diagnostic.kind == .name,
      diagnostic.primary.span != .nowhere,
      sourceMap.text(of: diagnostic.primary.span).base == source.base
    else { return diagnostic }
    let span = diagnostic.primary.span
    let statement = WrittenStatement(source, around: span)
    guard let fields = fields(before: span, statement, source, environment),
      let name = statement.name(at: span, among: fields)
    else { return diagnostic }
    let help = Rewriting(sources: SourceMap(source)).line(
      replacing: name.span, with: "`\(name.field)`")
    guard Parser.parse(SourceText(name: "", text: help)).errors.isEmpty else { return diagnostic }
    return Diagnostic(
      diagnostic.code, diagnostic.message, at: diagnostic.primary,
      secondary: diagnostic.secondary, notes: ["a name with blanks or signs stands in backticks"],
      help: help)
  }

  /// The fields of the rows in which a place lies: of the longest part before it that is a query.
  private func fields(
    before span: Span, _ statement: WrittenStatement, _ source: SourceText,
    _ environment: Environment
  ) -> [String]? {
    for end in statement.pipes.reversed() where end < span.start {
      let part = Array(source[Span(statement.queryStart, end)])
      let text = SourceText(name: source.name, bytes: part, path: source.path)
      let (tree, errors) = Parser.parse(text)
      guard errors.isEmpty, tree.statements.count == 1 else { continue }
      var probe = Checker(
        tree: tree, environment: environment, parameters: given, meter: meter)
      probe.environment.last = nil
      _ = try? probe.checkStatements()
      if let rows = probe.environment.last { return rows.fields.map(\.name) }
    }
    return nil
  }

  /// A statement's bytes, with what stands in quotes or backticks left out.
  private struct WrittenStatement {
    let start: Int
    /// What is neither in quotes nor in backticks; 0 elsewhere.
    private var bytes: [UInt8]
    /// Behind `let x =`.
    private(set) var queryStart: Int

    init(_ source: SourceText, around span: Span) {
      let range = source.statement(around: span)
      start = range.lowerBound
      bytes = Array(source[Span(range.lowerBound, max(range.upperBound, Int(span.end)))])
      var quote: UInt8?
      for (index, byte) in bytes.enumerated() {
        if let open = quote {
          bytes[index] = 0
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
          bytes[index] = 0
          quote = byte
        }
      }
      queryStart = start
      if bytes.starts(with: "let ".utf8), let sign = bytes.firstIndex(of: UInt8(ascii: "=")) {
        queryStart = start + sign + 1
      }
    }

    /// Where the stages begin.
    var pipes: [Int] {
      bytes.indices.filter { bytes[$0] == UInt8(ascii: "|") }.map { start + $0 }
    }

    /// The name of a field that needs backticks and is written around a place, the longest of several.
    func name(at span: Span, among fields: [String]) -> (field: String, span: Span)? {
      var best: (field: String, span: Span)?
      for field in fields where !field.isPlainName && !field.contains("`") {
        for written in [field, WrittenStatement.head(of: field)].compactMap({ $0 }) {
          guard let found = place(of: written, around: span) else { continue }
          if let best, best.span.range.count >= found.range.count { break }
          best = (field, found)
          break
        }
      }
      return best
    }

    /// `mean mass` of `mean mass (t)`.
    private static func head(of field: String) -> String? {
      guard let bracket = field.firstIndex(where: { "([,".contains($0) }) else { return nil }
      let head = String(field[..<bracket]).trimmingEnds
      return head.isEmpty || head.isPlainName ? nil : head
    }

    private func place(of text: String, around span: Span) -> Span? {
      let wanted = Array(text.utf8)
      guard wanted.count <= bytes.count, wanted.first?.isDigit == false else { return nil }
      return (0...bytes.count - wanted.count).lazy.filter { index in
        bytes[index...].starts(with: wanted)
          && (index == 0 || !WrittenStatement.isOfWord(bytes[index - 1]))
          && (index + wanted.count == bytes.count
            || !WrittenStatement.isOfWord(wanted[wanted.count - 1])
            || !WrittenStatement.isOfWord(bytes[index + wanted.count]))
      }.map { Span(start + $0, start + $0 + wanted.count) }
        .first { $0.start <= span.end && span.start <= $0.end + 1 }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }
  }
}
