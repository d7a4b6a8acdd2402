import CEditLine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The characters that libedit reads, and what happens while it waits for one.
extension EditLineSource {
  /// Whether more was typed or pasted than is read.
  var isInputPending: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 0) > 0
  }

  /// Reads one character for libedit: 1 read, 0 at the end, -1 interrupted.
  ///
  /// Signals are held back but while this waits, so that Ctrl-C drops what was typed before it and
  /// nothing that is typed behind it.
  func readScalar(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    if let key = nextOwnKey() {
      character?.pointee = wchar_t(truncatingIfNeeded: key.value)
      return 1
    }
    var byte: UInt8 = 0
    var before = Interrupts.hold([SIGINT, SIGWINCH, SIGCONT])
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    while true {
      if let change = ScreenChanges.take() { redraw(after: change) }
      if Interrupts.arePending {
        wasInterrupted = true
        return -1
      }
      colourLine()
      let ready = ced_wait(STDIN_FILENO, &before)
      let isWoken = ready < 0 && errno == EINTR
      let count = isWoken ? -1 : read(STDIN_FILENO, &byte, 1)
      eraseHint()
      if isWoken { continue }
      if count == 0 { return 0 }
      if count == 1 {
        guard let scalar = scalarReader.take(byte) else { continue }
        character?.pointee = wchar_t(truncatingIfNeeded: scalar.value)
        return 1
      }
      guard errno == EINTR else { return -1 }
    }
  }

  /// A key that nobody typed, for a line that has grown as tall as the screen.
  private func nextOwnKey() -> Unicode.Scalar? {
    if ownKeys.isEmpty, isTooTall() {
      ownKeys = Array(PrivateKey.hold.rawValue.unicodeScalars)[...]
    }
    return ownKeys.popFirst()
  }

  private func isTooTall() -> Bool {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer,
      room.mustBeMeasured(line.lastchar - start), let size = Terminal.size(), size.rows > 2
    else { return false }
    let block = self.block
    if block.isSearch { return false }
    let layout = EditLayout(block.scalars, columns: size.columns, promptWidth: promptWidth)
    room.set(cells: (size.rows - layout.rows) * size.columns - layout.end.column)
    return layout.rows >= size.rows
  }

  /// Draws the line again where the terminal has put it.
  ///
  /// libedit draws from the row that the cursor is in. A terminal that was resized may have folded the
  /// rows above it anew, so the cursor goes up by their new number.
  private func redraw(after change: ScreenChanges.Change) {
    let block = self.block
    let before = block.scalars[..<block.cursor]
    let drawnRows = EditLayout(before, columns: columns, promptWidth: promptWidth).end.row
    columns = Terminal.size()?.columns ?? columns
    room = EditRoom()
    let foldedRows =
      foldsRows
      ? EditLayout(before, columns: columns, promptWidth: promptWidth).end.row : drawnRows
    let up = change == .resized && foldedRows > 0 ? "\u{1B}[\(foldedRows)A" : ""
    try? console.say(up + "\r\u{1B}[J")
    try? console.flush()
    // Whoever stopped the program may have set the terminal otherwise.
    ced_set_flag(editor, EL_PREP_TERM, 0)
    ced_set_flag(editor, EL_PREP_TERM, 1)
    el_resize(editor)
    ced_refresh(editor)
  }
}
