/// Writes the corrected line of a help.
struct Rewriting {
  let sources: SourceMap

  /// The line with the bytes of a span replaced.
  func line(replacing span: Span, with text: String) -> String {
    let source = sources.text(of: span)
    let line = source.line(around: Int(span.start))
    let before = Span(line.lowerBound, Int(span.start))
    let after = Span(Int(span.end), max(line.upperBound, Int(span.end)))
    return (source.text(before) + text + source.text(after)).trimmingEnds
  }

  /// The line with the bytes of a span and the blank before them replaced.
  func line(replacingWithBlank span: Span, with text: String) -> String {
    let before = sources.text(of: span).byte(at: Int(span.start) - 1) == 0x20 ? 1 : 0
    return line(replacing: Span(Int(span.start) - before, Int(span.end)), with: text)
  }

  /// The line without the bytes of a span and the blank behind them.
  func line(removing span: Span) -> String {
    let behind = sources.text(of: span).byte(at: Int(span.end)) == 0x20 ? 1 : 0
    return line(replacing: Span(Int(span.start), Int(span.end) + behind), with: "")
  }
}

extension String {
  var trimmingEnds: String {
    var part = self[...]
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
