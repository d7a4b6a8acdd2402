/// What would mend a mistake: some bytes are replaced.
struct Mending: Sendable, Hashable {
  let span: Span
  let text: String

  init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// Writes the corrected program of a help: the statement with the mistake, mended.
struct Rewriting {
  let sources: SourceMap

  /// The statement with the bytes of a span replaced.
  func line(replacing span: Span, with text: String) -> String {
    let source = sources.text(of: span)
    let whole = source.statement(around: span)
    let before = Span(min(whole.lowerBound, Int(span.start)), Int(span.start))
    let after = Span(Int(span.end), max(whole.upperBound, Int(span.end)))
    return (source.text(before) + text + source.text(after)).trimmingEnds
  }

  /// The statement with what mends it.
  func line(_ mending: Mending) -> String { line(replacing: mending.span, with: mending.text) }
}

extension String {
  var trimmingEnds: String {
    var part = self[...]
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
