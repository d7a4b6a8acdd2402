/// A page for browsers that needs nothing else and runs nothing: tables, notes, numbered sources.
struct HTMLFormat {
  let answer: Answer
  let options: DisplayOptions

  /// One answer; `known` are the sources that the page has so far.
  func section(_ known: inout [String]) -> String {
    if let drawing = answer.drawing { return chart(drawing, &known) }
    var sources = Sources(answer, after: known)
    var body = ""
    var remarks = answer.notes
    if let line = answer.line {
      let numbers = options.cite ?? true ? sources.numbers(line.evidence) : []
      body += "<p class=\"answer\">\(HTMLFormat.escaped(line.text))"
      body += (numbers.isEmpty ? "" : " ") + HTMLFormat.marks(numbers) + "</p>\n"
    } else {
      let table = ShownTable(answer.table, answer, options, sources: &sources)
      if !table.headers.isEmpty { body += HTMLFormat.table(table) }
      remarks.insert(table.counts, at: 0)
    }
    known = sources.notes
    return "<section>\n\(body)\(HTMLFormat.remarks(remarks))</section>\n"
  }

  /// Bars and dates as pictures; a sparkline as text, which it is.
  private func chart(_ drawing: Drawing, _ known: inout [String]) -> String {
    if drawing.kind == .spark {
      let text = ChartFormat(answer: answer, drawing: drawing, options: options).text
      return "<section>\n<pre>\(HTMLFormat.escaped(text))</pre>\n</section>\n"
    }
    let table = answer.table
    let chart = Chart(table, drawing)
    var captions = Captions(answer, drawing, chart, options, after: known)
    let pictures = chart.panels.map { panel in
      let words = panel.lines.map { captions.caption($0, panel) }
      return PanelPicture(chart: chart, panel: panel, captions: words).text
    }
    known = captions.sources.notes
    let counts = Footer(answer: answer, options: options).counts(
      rows: table.count, shown: table.count)
    let remarks = HTMLFormat.remarks([counts] + answer.notes)
    return "<section>\n\(pictures.joined())\(remarks)</section>\n"
  }

  private static func remarks(_ remarks: [String]) -> String {
    remarks.map { "<p class=\"note\">\(escaped(TextWidth.printable($0)))</p>\n" }.joined()
  }

  private static func table(_ table: ShownTable) -> String {
    var lines = "<table>\n<thead>\n<tr>" + (table.hasMaybe ? "<td></td>" : "")
    for (name, isNumeric) in zip(table.headers, table.isNumeric) {
      lines += "<th scope=\"col\"\(isNumeric ? " class=\"number\"" : "")>\(escaped(name))</th>"
    }
    lines += (table.hasSources ? "<td></td>" : "") + "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      lines += row.isMaybe ? "<tr class=\"maybe\">" : "<tr>"
      if table.hasMaybe { lines += row.isMaybe ? "<td>?</td>" : "<td></td>" }
      for (text, isNumeric) in zip(row.cells, table.isNumeric) {
        lines += "<td\(isNumeric ? " class=\"number\"" : "")>\(escaped(text))</td>"
      }
      lines += (table.hasSources ? "<td>\(marks(row.sources))</td>" : "") + "</tr>\n"
    }
    return lines + "</tbody>\n</table>\n"
  }

  private static func marks(_ numbers: [Int]) -> String {
    numbers.map { "<a href=\"#source-\($0)\">[\($0)]</a>" }.joined(separator: " ")
  }

  // MARK: The page

  static let beginning = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>dossier</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
    section { margin-bottom: 2rem; overflow-x: auto; }
    table { border-collapse: collapse; }
    th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; vertical-align: top; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    svg { display: block; font-size: 14px; max-width: 62rem; width: 100%; }
    .maybe { font-style: italic; }
    .answer { font-size: 1.25rem; }
    .note { margin: .25rem 0; opacity: .75; }
    </style>
    </head>
    <body>

    """

  /// The sources and the end of the page.
  static func ending(_ sources: [String]) -> String {
    guard !sources.isEmpty else { return "</body>\n</html>\n" }
    let items = sources.enumerated().map { number, source in
      "<li id=\"source-\(number + 1)\">\(escaped(TextWidth.printable(source)))</li>\n"
    }
    return "<h2>Sources</h2>\n<ol>\n\(items.joined())</ol>\n</body>\n</html>\n"
  }

  /// The text without anything that HTML would read, for content and quoted attributes.
  static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
