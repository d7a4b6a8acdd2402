import CEditLine

/// The buffer of libedit as a block, and what is done to it.
extension EditLineSource {
  /// The line as it is now.
  var block: EditBlock {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer else {
      return EditBlock("")
    }
    let characters = UnsafeBufferPointer(start: start, count: line.lastchar - start)
    let scalars = characters.map {
      Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{FFFD}"
    }
    return EditBlock(scalars: scalars, cursor: line.cursor - start)
  }

  @discardableResult
  func move(to place: Int) -> Int32 {
    el_cursor(editor, Int32(clamping: place - block.cursor))
    return CC_CURSOR
  }

  func insert(_ text: String) -> Int32 {
    room = EditRoom()
    el_winsertstr(editor, text.unicodeScalars.map { wchar_t(truncatingIfNeeded: $0.value) } + [0])
    return CC_REFRESH
  }

  func replace(with block: EditBlock) -> Int32 {
    let length = self.block.scalars.count
    move(to: length)
    el_deletestr(editor, Int32(clamping: length))
    _ = insert(block.text)
    move(to: block.cursor)
    return CC_REFRESH
  }

  /// Ends the line for libedit, below the last row.
  func finish(_ outcome: Outcome, leaving text: String? = nil) -> Int32 {
    self.outcome = outcome
    if let text { _ = replace(with: EditBlock(text)) }
    move(to: block.scalars.count)
    el_push(editor, PrivateKey.newline.rawValue)
    return CC_REFRESH
  }

  /// libedit draws a block wrongly that is taller than the screen.
  func fitsScreen(_ block: EditBlock) -> Bool {
    let size = Terminal.size() ?? (rows: 24, columns: 80)
    let layout = EditLayout(block.scalars, columns: size.columns, promptWidth: promptWidth)
    return layout.rows < size.rows
  }
}
