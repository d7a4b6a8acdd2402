import Dossier

/// The line once more, in colour and with a hint behind it, for the terminal to show over what
/// libedit has drawn.
///
/// libedit draws plain text and goes by its own picture of the screen. The same characters at the
/// same cells, with the cursor where it should be, leave that true; what it draws anew is plain
/// until the line is coloured again. It also mends what libedit gets wrong: beside a wide character
/// that was put into a line its cursor stands a cell too far.
struct ColouredLine {
  static let eraseHint = "\u{1B}[K"

  private static let hintColour = "90"
  private static let plain = "\u{1B}[0m"
  private static let hideCursor = "\u{1B}[?25l"
  private static let showCursor = "\u{1B}[?25h"

  let block: EditBlock
  let highlights: [Highlight]
  /// What the entry could go on with; empty for none.
  var hint = ""
  let columns: Int
  let promptWidth: Int

  /// What the terminal is told; nil for a block with characters that libedit writes otherwise.
  ///
  /// - Parameter mostRows: a taller block isn't where it should be.
  func text(mostRows: Int) -> String? {
    guard promptWidth < columns, block.scalars.allSatisfy(Self.isShown) else { return nil }
    let layout = EditLayout(block.scalars, columns: columns, promptWidth: promptWidth)
    guard layout.rows <= mostRows else { return nil }
    let cursor = layout.places[block.cursor]
    var text = Self.hideCursor + Self.move(rows: -cursor.row, toColumn: promptWidth)
    let colours = self.colours
    var pen = EditLayout.Place(row: 0, column: promptWidth)
    var colour = ""
    for (index, scalar) in block.scalars.enumerated() {
      let next = colours[index]
      if next != colour {
        text += next.isEmpty ? Self.plain : "\u{1B}[0;\(next)m"
        colour = next
      }
      text += drawn(scalar, layout.places[index], before: layout.places[index + 1], &pen)
    }
    text += colour.isEmpty ? "" : Self.plain
    if !hint.isEmpty { text += drawnHint(at: layout.end, &pen) }
    text += eraseRest(behind: pen)
    return text + Self.move(rows: cursor.row - pen.row, toColumn: cursor.column) + Self.showCursor
  }

  /// From the row that the terminal is in, and from any column.
  private static func move(rows: Int, toColumn column: Int) -> String {
    let vertical = rows == 0 ? "" : "\u{1B}[\(abs(rows))\(rows < 0 ? "A" : "B")"
    return "\r" + vertical + (column > 0 ? "\u{1B}[\(column)C" : "")
  }

  /// Behind the last column it would take the character there.
  private func eraseRest(behind pen: EditLayout.Place) -> String {
    pen.column < columns ? Self.eraseHint : ""
  }

  /// A line break goes down by as many rows as libedit does; what is too long for a row the
  /// terminal folds as it did the first time, and a cell that is too narrow stays blank.
  ///
  /// - Parameter pen: where the terminal is; behind the last column it waits for what comes.
  private func drawn(
    _ scalar: Unicode.Scalar, _ place: EditLayout.Place, before next: EditLayout.Place,
    _ pen: inout EditLayout.Place
  ) -> String {
    if scalar == "\n" {
      defer { pen = next }
      return eraseRest(behind: pen) + String(repeating: "\r\n", count: next.row - pen.row)
    }
    let blanks = place.row > pen.row ? String(repeating: " ", count: columns - pen.column) : ""
    let end = next.row == place.row ? next.column : columns
    pen = EditLayout.Place(row: place.row, column: end)
    let isTab = scalar == "\t"
    return blanks + (isTab ? String(repeating: " ", count: end - place.column) : String(scalar))
  }

  private func drawnHint(at end: EditLayout.Place, _ pen: inout EditLayout.Place) -> String {
    let room = columns - 1 - end.column
    let first = hint.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    // What was entered once is data like any other.
    let text = TextWidth.printable(String(first)) + (hint.contains("\n") ? " …" : "")
    let shown = TextWidth.cut(text, to: room)
    let down = String(repeating: "\r\n", count: end.row - pen.row)
    pen = EditLayout.Place(row: end.row, column: end.column + TextWidth.of(shown))
    return "\(down)\u{1B}[\(Self.hintColour)m\(shown)\(Self.plain)"
  }

  /// The colour of each character; empty for the plain one.
  private var colours: [String] {
    var colours = [String](repeating: "", count: block.scalars.count)
    var rest = highlights[...]
    var offset = 0
    for (index, scalar) in block.scalars.enumerated() {
      while let first = rest.first, first.range.upperBound <= offset { rest.removeFirst() }
      if let first = rest.first, first.range.contains(offset), scalar != "\n" {
        colours[index] = Self.colour(of: first.kind)
      }
      offset += UTF8.width(scalar)
    }
    return colours
  }

  /// The number of one of the sixteen colours, which every terminal sets to suit its background.
  private static func colour(of kind: Highlight.Kind) -> String {
    switch kind {
    case .keyword: "35"
    case .function: "36"
    case .text: "32"
    case .value: "33"
    case .comment: hintColour
    case .mistake: "31"
    }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || Terminal.isShown(scalar)
  }
}
