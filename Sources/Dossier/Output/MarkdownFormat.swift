/// Markdown as GitHub shows it: a pipe table, the notes, the sources as footnotes.
struct MarkdownFormat {
  let answer: Answer
  let options: DisplayOptions

  /// The answer; `known` are the sources that earlier answers have as footnotes.
  func text(_ known: inout [String]) -> String {
    if let drawing = answer.drawing { return chart(drawing, &known) }
    var sources = Sources(answer, after: known)
    var parts: [String] = []
    var remarks = answer.notes
    if let line = answer.line {
      let numbers = options.cite ?? true ? sources.numbers(line.evidence) : []
      parts.append(MarkdownFormat.paragraph([line.text], marks: MarkdownFormat.marks(numbers)))
    } else {
      let table = ShownTable(answer.table, answer, options, sources: &sources)
      if !table.headers.isEmpty { parts.append(MarkdownFormat.table(table)) }
      remarks.insert(table.counts, at: 0)
    }
    if !remarks.isEmpty { parts.append(MarkdownFormat.paragraph(remarks)) }
    parts += MarkdownFormat.footnotes(sources, after: known)
    known = sources.notes
    return parts.joined(separator: "\n")
  }

  private static func footnotes(_ sources: Sources, after known: [String]) -> [String] {
    let new = sources.notes.enumerated().dropFirst(known.count)
    return new.isEmpty ? [] : [new.map { "[^\($0 + 1)]: \(beginning($1))\n" }.joined()]
  }

  /// The chart as text, in a fence longer than any in it; in a fence marks are no footnotes, so they
  /// stand below it, too.
  private func chart(_ drawing: Drawing, _ known: inout [String]) -> String {
    let before = known
    let format = ChartFormat(answer: answer, drawing: drawing, options: options)
    let (text, captions) = format.drawn(&known)
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    var parts = ["\(fence)text\n\(text)\(fence)\n"]
    if !captions.numbers.isEmpty {
      parts.append("Sources: \(MarkdownFormat.marks(captions.numbers.sorted()))\n")
    }
    parts += MarkdownFormat.footnotes(captions.sources, after: before)
    return parts.joined(separator: "\n")
  }

  private static func table(_ table: ShownTable) -> String {
    let mark = table.hasMaybe ? [""] : []
    let note = table.hasSources ? [""] : []
    let dashes = (mark + table.headers + note).map { _ in "---" }
    let sides = zip(dashes, mark.map { _ in false } + table.isNumeric + note.map { _ in false })
    var lines = [line(mark + table.headers.map(escaped) + note)]
    lines.append(line(sides.map { $1 ? "---:" : "---" }))
    for row in table.rows {
      let marks = table.hasSources ? [self.marks(row.sources)] : []
      lines.append(line(mark.map { _ in row.isMaybe ? "?" : "" } + row.cells.map(escaped) + marks))
    }
    return lines.joined()
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { $0.isEmpty ? "| " : "| \($0) " }.joined() + "|\n"
  }

  private static func marks(_ numbers: [Int]) -> String {
    numbers.map { "[^\($0)]" }.joined(separator: " ")
  }

  /// Lines that stay lines, and begin no list, heading or quote.
  private static func paragraph(_ lines: [String], marks: String = "") -> String {
    let last = marks.isEmpty ? "\n" : " \(marks)\n"
    return lines.map(beginning).joined(separator: "\\\n") + last
  }

  private static func beginning(_ text: String) -> String {
    let text = escaped(TextWidth.printable(text))
    if text.first == " " { return "&#32;" + text.dropFirst() }
    if let first = text.unicodeScalars.first, "#+-=:".unicodeScalars.contains(first) {
      return "\\" + text
    }
    let digits = text.prefix(while: \.isNumber)
    let rest = text.dropFirst(digits.count)
    return !digits.isEmpty && (rest.first == "." || rest.first == ")")
      ? digits + "\\" + rest : text
  }

  /// The text without anything that Markdown or HTML would read.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if "\\`*_[]<>&|~$".unicodeScalars.contains(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}
