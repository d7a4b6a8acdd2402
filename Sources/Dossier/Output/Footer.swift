/// What stands under the rows: how many there are, what is to be said of them, the sources.
struct Footer {
  let answer: Answer
  let options: DisplayOptions

  /// The lines; `counts` is the first, and the sources stand last.
  func text(_ sources: Sources, counts: String?) -> String {
    text(counts: counts) + Footer.text(of: sources)
  }

  func text(counts: String?) -> String {
    let lines = (counts.map { [$0] } ?? []) + answer.notes.map(TextWidth.printable)
    return lines.map { $0 + "\n" }.joined()
  }

  static func text(of sources: Sources) -> String {
    sources.notes.enumerated().map { "[\($0 + 1)] \(TextWidth.printable($1))\n" }.joined()
  }

  /// `1,000 rows (40 shown) · 3 more fields`.
  func counts(rows: Int, shown: Int, hiddenFields: Int = 0) -> String {
    var line = "\(Number(Int64(rows)).grouped) \(rows == 1 ? "row" : "rows")"
    if shown < rows { line += " (\(shown) shown)" }
    if hiddenFields > 0 {
      line += " · \(hiddenFields) more \(hiddenFields == 1 ? "field" : "fields")"
    }
    return line
  }
}

extension DisplayOptions {
  /// The cells that a chart may take; wider ones are no easier to read.
  var chartWidth: Int { min(max(width ?? 80, 1), 500) }

  /// The places of the rows to show; nil stands for those left out in the middle.
  func shownRows(_ count: Int) -> [Int?] {
    guard let most = rows, count > most else { return (0..<count).map { $0 } }
    let head = (most + 1) / 2
    return (0..<head).map { $0 } + [nil] + ((count - (most - head))..<count).map { $0 }
  }
}
