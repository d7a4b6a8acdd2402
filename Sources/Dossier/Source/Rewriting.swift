/// Writes the corrected line of a help.
struct Rewriting {
  let source: SourceText

  /// The line with the bytes of a span replaced.
  func line(replacing span: Span, with text: String) -> String {
    let line = source.line(around: Int(span.start))
    let before = Span(line.lowerBound, Int(span.start))
    let after = Span(Int(span.end), max(line.upperBound, Int(span.end)))
    return (source.text(before) + text + source.text(after)).trimmingEnds
  }

  /// The line with the bytes of a span and the blank before them replaced.
  func line(replacingWithBlank span: Span, with text: String) -> String {
    let before = span.start > 0 && source.bytes[Int(span.start) - 1] == 0x20 ? 1 : 0
    return line(replacing: Span(Int(span.start) - before, Int(span.end)), with: text)
  }

  /// The line without the bytes of a span and the blank behind them.
  func line(removing span: Span) -> String {
    let behind = Int(span.end) < source.bytes.count && source.bytes[Int(span.end)] == 0x20 ? 1 : 0
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
