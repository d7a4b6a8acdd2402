/// Draws diagnostics: the only place that does.
struct DiagnosticRenderer {
  let source: SourceText
  var colour = false

  func text(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(text).joined(separator: "\n")
  }

  private func text(_ diagnostic: Diagnostic) -> String {
    let gutter = String(repeating: " ", count: String(lastLine(diagnostic)).utf8.count)
    var lines = [painted("error[\(diagnostic.code)]", .red) + ": " + shown(diagnostic.message)]
    let primary = source(of: diagnostic.primary)
    let labels = labels(diagnostic)
    if diagnostic.primary.source == nil {
      lines += [diagnostic.primary.text].filter { !$0.isEmpty }.map { "\(gutter) = \(shown($0))" }
    } else {
      lines += frame(labels.filter { source(of: $0.label) == primary }, diagnostic.primary, gutter)
    }
    if let other = diagnostic.secondary, source(of: other) != primary {
      lines += frame(labels.filter { !$0.isPrimary }, other, gutter)
    }
    lines += diagnostic.notes.map { "\(gutter) = \(shown($0))" }
    if let help = diagnostic.help {
      let rows = help.split(separator: "\n", omittingEmptySubsequences: false).map {
        shown(String($0))
      }
      let blanks = String(repeating: " ", count: gutter.utf8.count + " = help: ".utf8.count)
      lines.append("\(gutter) = " + painted("help", .green) + ": " + (rows.first ?? ""))
      lines += rows.dropFirst().map { blanks + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func source(of label: Diagnostic.Label) -> SourceText { label.source ?? source }

  private typealias Place = (label: Diagnostic.Label, isPrimary: Bool)

  /// The name of a text, and its lines with marks.
  private func frame(_ places: [Place], _ first: Diagnostic.Label, _ gutter: String) -> [String] {
    let source = source(of: first)
    let (line, column) = source.place(of: Int(first.span.start))
    var lines = ["\(gutter) ┌─ \(shown(source.name)):\(line):\(column)"]
    var drawnLine = 0
    for place in places {
      let number = source.place(of: Int(place.label.span.start)).line
      let (text, mark) = drawn(place, gutter, number)
      if number != drawnLine { lines.append(text) }
      lines.append(mark)
      drawnLine = number
    }
    return lines
  }

  /// The places of a diagnostic in the order of their lines.
  private func labels(_ diagnostic: Diagnostic) -> [Place] {
    var labels = [(label: diagnostic.primary, isPrimary: true)]
    if let second = diagnostic.secondary { labels.append((second, false)) }
    return labels.sorted { $0.label.span.start < $1.label.span.start }
  }

  private func lastLine(_ diagnostic: Diagnostic) -> Int {
    labels(diagnostic).map { source(of: $0.label).place(of: Int($0.label.span.start)).line }.max()
      ?? 1
  }

  /// A source line and the mark under it; of a long line only what is around the mark.
  private func drawn(_ place: Place, _ gutter: String, _ number: Int) -> (
    text: String, mark: String
  ) {
    let span = place.label.span
    let source = source(of: place.label)
    let range = source.line(around: Int(span.start))
    let (start, window) = window(range, span, source)
    let text = source.text(Span(window.lowerBound, window.upperBound))
    let before = source.text(Span(window.lowerBound, start))
    let marked = source.text(Span(start, min(max(Int(span.end), start), window.upperBound)))
    let width = max(1, TextWidth.of(shown(marked)))
    let sign = place.isPrimary ? "^" : "-"
    let mark = painted(String(repeating: sign, count: width), place.isPrimary ? .red : .blue)
    let label = place.label.text.isEmpty ? "" : " " + shown(place.label.text)
    let cut = window.lowerBound > range.lowerBound ? "…" : ""
    let indent = String(repeating: " ", count: gutter.utf8.count - String(number).utf8.count)
    let blanks = String(repeating: " ", count: TextWidth.of(cut + shown(before)))
    return ("\(indent)\(number) │ \(cut)\(shown(text))", "\(gutter) │ \(blanks)\(mark)\(label)")
  }

  private func window(
    _ line: Range<Int>, _ span: Span, _ source: SourceText
  ) -> (start: Int, Range<Int>) {
    let start = min(max(Int(span.start), line.lowerBound), max(line.upperBound, line.lowerBound))
    guard line.count > 400 else { return (start, line) }
    var lower = max(line.lowerBound, start - 60)
    while lower > line.lowerBound, source.byte(at: lower) & 0xC0 == 0x80 { lower -= 1 }
    return (start, lower..<min(line.upperBound, start + 120))
  }

  private func shown(_ text: String) -> String { TextWidth.printable(text) }

  private enum Colour: String {
    case red = "31"
    case green = "32"
    case blue = "34"
  }

  private func painted(_ text: String, _ paint: Colour) -> String {
    colour ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Label {
  /// Line, column and bytes as members of a JSON object.
  fileprivate var place: String {
    let place = source.map { $0.place(of: Int(span.start)) }
    let numbers = [
      ("line", place?.line), ("column", place?.column),
      ("start", source.map { _ in Int(span.start) }),
      ("end", source.map { _ in Int(span.end) }),
    ]
    return numbers.map { "\"\($0)\": \($1.map(String.init) ?? "null")" }.joined(separator: ", ")
  }
}

extension Failure {
  /// The diagnostics with the marked lines, as people read them; ends with a line break.
  public func rendered(colour: Bool) -> String {
    DiagnosticRenderer(source: source, colour: colour).text(diagnostics)
  }

  /// One JSON object a diagnostic and line: code, message, place, help.
  public func renderedAsJSON() -> String {
    diagnostics.map { diagnostic in
      let source = diagnostic.primary.source ?? source
      let place = diagnostic.primary.place
      let help = diagnostic.help.map(JSONFormat.string) ?? "null"
      let notes = diagnostic.notes.map(JSONFormat.string).joined(separator: ", ")
      return
        "{\"code\": \"\(diagnostic.code)\", \"message\": \(JSONFormat.string(diagnostic.message)), "
        + "\"source\": \(JSONFormat.string(source.name)), \(place), "
        + "\"label\": \(JSONFormat.string(diagnostic.primary.text)), \"notes\": [\(notes)], "
        + "\"help\": \(help)}\n"
    }.joined()
  }
}
