/// Bars or dates of one panel as an SVG picture: full colour is certain, light is what may be.
struct PanelPicture {
  private let panel: Chart.Panel
  private let labelNames: [String]
  /// One a line.
  private let captions: [Caption]
  private let scale: Scale

  /// Where the axis begins and how long it is, and the height of a line.
  private static let (start, length, height) = (300.0, 400.0, 26.0)

  init(chart: Chart, panel: Chart.Panel, captions: [Caption]) {
    self.panel = panel
    self.captions = captions
    labelNames = chart.labelNames
    guard let extent = panel.extent else {
      scale = Scale(lower: 0, upper: 0, ticks: [])
      return
    }
    scale =
      chart.kind == .timeline
      ? Scale.dates(extent, cells: 50) : Scale.numbers(extent, steps: 4)
  }

  var text: String {
    let lines = zip(panel.lines, captions).enumerated().map { number, line in
      row(line.0.entries.first ?? .none, line.1, top: PanelPicture.height * Double(number + 1))
    }
    let bottom = PanelPicture.height * Double(lines.count + 1)
    let size = "0 0 1000 \(PanelPicture.digits(bottom + PanelPicture.height))"
    let title = HTMLFormat.escaped(TextWidth.printable(panel.title))
    let names = label(labelNames.map(TextWidth.printable), top: 0)
    let head = words(title, at: PanelPicture.start, top: 0)
    return "<svg viewBox=\"\(size)\" role=\"img\" aria-label=\"\(title)\" fill=\"currentColor\">\n"
      + names + head + lines.joined() + axis(bottom) + "</svg>\n"
  }

  // MARK: Lines

  private func row(_ entry: Chart.Entry, _ caption: Caption, top: Double) -> String {
    let value = caption.notes.isEmpty ? caption.value : caption.value + " " + caption.notes
    let end = PanelPicture.start + PanelPicture.length
    return label(caption.labels, isMaybe: caption.isMaybe, top: top) + drawn(entry, top: top)
      + words(HTMLFormat.escaped(TextWidth.cut(value, to: 38)), at: end + 16, top: top)
  }

  private func drawn(_ entry: Chart.Entry, top: Double) -> String {
    switch entry {
    case .none: return ""
    case .unreported: return words("·", at: place(0) + 2, top: top)
    case .mark(let mark):
      let (low, high) = (mark.low.map(place), mark.high.map(place))
      let from = low ?? PanelPicture.start
      let end = PanelPicture.start + PanelPicture.length
      var marks = bar(from, max(high ?? end, from + 1), top, opacity: ".3")
      if let certain = mark.certain, certain.lowerBound < certain.upperBound {
        marks += bar(place(certain.lowerBound), place(certain.upperBound), top, opacity: ".8")
      }
      if let point = mark.point {
        let (x, y) = (PanelPicture.digits(place(point)), PanelPicture.digits(top + 13))
        marks += "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>\n"
      }
      if low == nil { marks += words("←", at: PanelPicture.start - 14, top: top) }
      if high == nil { marks += words("→", at: end, top: top) }
      return marks
    }
  }

  private func bar(_ from: Double, _ to: Double, _ top: Double, opacity: String) -> String {
    let (x, y) = (PanelPicture.digits(from), PanelPicture.digits(top + 5))
    let width = PanelPicture.digits(to - from)
    return
      "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"16\" fill-opacity=\"\(opacity)\"/>\n"
  }

  private func axis(_ top: Double) -> String {
    let (y, down) = (PanelPicture.digits(top), PanelPicture.digits(top + 4))
    return scale.ticks.map { tick in
      let x = PanelPicture.digits(place(tick.position))
      let line = "<path d=\"M\(x) \(PanelPicture.digits(PanelPicture.height))V\(down)\""
      return line + " stroke=\"currentColor\" stroke-opacity=\".25\"/>\n"
        + "<text x=\"\(x)\" y=\"\(PanelPicture.digits(top + 18))\" text-anchor=\"middle\">"
        + HTMLFormat.escaped(tick.label) + "</text>\n"
    }.joined()
      + "<path d=\"M\(PanelPicture.digits(PanelPicture.start)) \(y)h400\" stroke=\"currentColor\"/>\n"
  }

  // MARK: Words and places

  private func label(_ labels: [String], isMaybe: Bool = false, top: Double) -> String {
    let text = TextWidth.cut((isMaybe ? "? " : "") + labels.joined(separator: " · "), to: 35)
    return words(HTMLFormat.escaped(text), at: 0, top: top)
  }

  private func words(_ escaped: String, at x: Double, top: Double) -> String {
    "<text x=\"\(PanelPicture.digits(x))\" y=\"\(PanelPicture.digits(top + 18))\">\(escaped)</text>\n"
  }

  /// Where a position of the axis lies in the picture.
  private func place(_ position: Double) -> Double {
    PanelPicture.start + scale.place(position) * PanelPicture.length
  }

  /// A length with one digit behind the point.
  private static func digits(_ length: Double) -> String {
    let tenths = Int(exactly: (length * 10).rounded()) ?? 0
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
