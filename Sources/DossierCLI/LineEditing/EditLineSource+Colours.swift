import CEditLine
import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The line in colour and the hint behind it, which libedit knows nothing of: they are drawn while
/// it waits for a key.
extension EditLineSource {
  /// Draws the line once more; nothing while more is to be read, as in a paste.
  func colourLine() {
    guard canDrawOver, let context, !isInputPending else { return }
    let block = self.block
    guard !block.isSearch else { return }
    let isColoured = console.hasColour && context.settings.highlights
    let isHinted = console.hasColour && context.settings.showsHints
    let highlights = isColoured ? context.highlights(of: block.text) : []
    let hint = isHinted ? context.hint(behind: block, where: fitsScreen) : ""
    guard isColoured || !hint.isEmpty || !block.scalars.allSatisfy(\.isASCII) else { return }
    let line = ColouredLine(
      block: block, highlights: highlights, hint: hint, columns: columns, promptWidth: promptWidth)
    guard let text = line.text(mostRows: Terminal.size()?.rows ?? 24) else { return }
    offer = (hint, block)
    isHintShown = !hint.isEmpty
    try? console.say(text)
    try? console.flush()
  }

  /// Takes the hint from the screen, so that nothing of it stays behind what a key does.
  func eraseHint() {
    guard isHintShown else { return }
    try? console.say(ColouredLine.eraseHint)
    try? console.flush()
    isHintShown = false
  }

  /// Goes one character on, or takes the hint at the end.
  func forward() -> Int32 {
    let block = self.block
    return block.isAtEnd ? takeHint() : move(to: block.cursor + 1)
  }

  /// Goes to the end of the row, or takes the hint there.
  func rowEnd() -> Int32 {
    let block = self.block
    return block.isAtEnd ? takeHint() : move(to: block.rowEnd)
  }

  /// Only one that was seen: the line may have changed before it could be drawn.
  private func takeHint() -> Int32 {
    guard let offer, offer.block == block, !offer.hint.isEmpty else { return CC_NORM }
    return insert(offer.hint)
  }
}

extension EditBlock {
  var isAtEnd: Bool { cursor == scalars.count }

  /// Whether libedit has put the row of a search below the text.
  var isSearch: Bool {
    let last = scalars.lastIndex(of: "\n").map {
      String(String.UnicodeScalarView(scalars[($0 + 1)...]))
    }
    return last.map { row in ["bck:", "bck?", "fwd:", "fwd?"].contains { row.hasPrefix($0) } }
      ?? false
  }
}
