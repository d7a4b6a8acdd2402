/// Text that may be broken over lines, and the choice where it is: as late as possible, outermost
/// first, so that what belongs together stays on a line.
indirect enum Layout {
  case text(String)
  /// A comment: whatever follows stands on a new line.
  case comment(String)
  /// This text, or a line break.
  case line(String)
  /// A line break.
  case lineBreak
  /// A comma before the end of a group that stands on several lines.
  case closingComma
  /// What follows a line break inside is indented.
  case indented([Layout])
  /// On one line, or broken at each `line` of its own.
  case group([Layout])
  /// Broken only at those `line` behind which the next piece has no room.
  case fill([Layout])

  /// Whether this can't stand on one line.
  private var isBroken: Bool {
    switch self {
    case .comment, .lineBreak: true
    case .text, .line, .closingComma: false
    case .indented(let parts), .group(let parts), .fill(let parts):
      parts.contains { $0.isBroken }
    }
  }

  /// The lines as one text.
  func text(width: Int) -> String {
    var printer = Printer(width: width)
    printer.print(self)
    return printer.text
  }

  private struct Printer {
    enum Mode {
      case flat, broken, filled
    }

    let width: Int
    var text = ""
    private var column = 0
    private var waiting: [(layout: Layout, mode: Mode, indent: Int)] = []

    init(width: Int) { self.width = width }

    mutating func print(_ layout: Layout) {
      waiting.append((layout, .broken, 0))
      while let (layout, mode, indent) = waiting.popLast() {
        switch layout {
        case .text(let part), .comment(let part): append(part)
        case .line(let part):
          let breaks = mode == .broken || (mode == .filled && !hasRoom(for: [.text(part)]))
          if breaks { breakLine(indent) } else { append(part) }
        case .lineBreak: breakLine(indent)
        case .closingComma: if mode != .flat { append(",") }
        case .indented(let parts): push(parts, mode, indent + 2)
        case .group(let parts):
          let fits = mode == .flat || (!layout.isBroken && hasRoom(for: parts))
          push(parts, fits ? .flat : .broken, indent)
        case .fill(let parts): push(parts, mode == .flat ? .flat : .filled, indent)
        }
      }
    }

    private mutating func append(_ part: String) {
      text += part
      column += part.count
    }

    private mutating func breakLine(_ indent: Int) {
      text += "\n" + String(repeating: " ", count: indent)
      column = indent
    }

    private mutating func push(_ parts: [Layout], _ mode: Mode, _ indent: Int) {
      for part in parts.reversed() { waiting.append((part, mode, indent)) }
    }

    /// Whether parts fit flat into the line, with all that follows up to where it may break.
    private func hasRoom(for parts: [Layout]) -> Bool {
      var room = width - column
      var rest = waiting.count
      var ahead: [(layout: Layout, mode: Mode)] = parts.reversed().map { ($0, .flat) }
      while room >= 0 {
        if ahead.isEmpty {
          guard rest > 0 else { return true }
          rest -= 1
          ahead.append((waiting[rest].layout, waiting[rest].mode))
        }
        let (layout, mode) = ahead.removeLast()
        switch layout {
        case .text(let part): room -= part.count
        case .line(let part):
          if mode != .flat { return true }
          room -= part.count
        case .comment, .lineBreak: return true
        case .closingComma: break
        case .indented(let inner): ahead += inner.reversed().map { ($0, mode) }
        case .fill(let inner):
          ahead += inner.reversed().map { ($0, mode == .flat ? .flat : .filled) }
        case .group(let inner): ahead += inner.reversed().map { ($0, .flat) }
        }
      }
      return false
    }
  }
}
