/// The texts of a session side by side in one space of offsets, so that a span says by itself in which
/// of them it lies.
///
/// A definition is run from later texts, and its mistakes are still shown where it is written.
struct SourceMap: Sendable {
  /// One behind the other; never empty.
  private(set) var texts: [SourceText]

  /// A map that begins with one text, at its own offsets.
  init(_ first: SourceText) { texts = [first] }

  /// The text that is run now: where errors without a place of their own are shown.
  var current: SourceText { texts[place] }
  private var place = 0

  /// Puts the text that is run now behind the others and gives it its offsets; nil if they go
  /// beyond 2 GB.
  mutating func append(_ text: SourceText) -> SourceText? {
    let placed = appendBeside(text)
    if placed != nil { place = texts.count - 1 }
    return placed
  }

  /// Puts a text in that the current one uses.
  mutating func appendBeside(_ text: SourceText) -> SourceText? {
    // One byte lies between, so that the end of one text isn't the start of the next.
    let base = texts[texts.count - 1].end + 1
    guard base + text.bytes.count < Int(Int32.max) else { return nil }
    let placed = SourceText(
      name: text.name, bytes: text.bytes, path: text.path, base: base)
    texts.append(placed)
    return placed
  }

  /// Says where the statements of the last text stand.
  mutating func note(statements: [Span]) { texts[texts.count - 1].statements = statements }

  /// Takes the texts behind one away again; nothing may point into them.
  mutating func removeTexts(behind text: SourceText) {
    while texts.count > 1, texts[texts.count - 1].base > text.base { texts.removeLast() }
    place = min(place, texts.count - 1)
  }

  /// The text in which a span lies.
  func text(of span: Span) -> SourceText {
    if span == .nowhere { return current }
    return texts.last { $0.base <= Int(span.start) } ?? current
  }

  /// The written text of a span.
  func text(_ span: Span) -> String { text(of: span).text(span) }

  /// A diagnostic whose labels know their texts, with spans that count from the start of each.
  func located(_ diagnostic: Diagnostic) -> Diagnostic {
    Diagnostic(
      diagnostic.code, diagnostic.message, at: located(diagnostic.primary),
      secondary: diagnostic.secondary.map(located), notes: diagnostic.notes, help: diagnostic.help)
  }

  private func located(_ label: Diagnostic.Label) -> Diagnostic.Label {
    if label.span == .nowhere { return label }
    let text = text(of: label.span)
    return Diagnostic.Label(
      label.span.moved(by: -text.base), label.text,
      in: SourceText(name: text.name, bytes: text.bytes))
  }
}
