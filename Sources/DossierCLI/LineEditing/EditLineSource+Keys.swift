import CEditLine
import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the keys do; each gives libedit's code for what to draw again.
extension EditLineSource {
  func enter() -> Int32 {
    let block = self.block
    let completeness = { self.context?.completeness(of: self.whole($0)) ?? .complete }
    switch EnterDecision(block, isInputPending: isInputPending, completeness: completeness) {
    case .submit: return finish(.submitted(block.text))
    case .insert(let text):
      let broken = block.replacing(bytes: block.byteCursor..<block.byteCursor, with: text)
      if fitsScreen(broken) || !block.isAtEnd { return insert(text) }
      return finish(.held(block.text, .row))
    }
  }

  func up() -> Int32 {
    block.placeAbove.map { move(to: $0) } ?? older()
  }

  func down() -> Int32 {
    block.placeBelow.map { move(to: $0) } ?? newer()
  }

  func older() -> Int32 {
    recall { $0.older(in: $1, where: $2) }
  }

  func newer() -> Int32 {
    recall { $0.newer(in: $1, where: $2) }
  }

  /// Steps through the history; what was typed or edited since begins another walk.
  private func recall(
    _ step: (inout HistoryWalk, [String], (String) -> Bool) -> String?
  ) -> Int32 {
    let block = self.block
    var walk = self.walk ?? HistoryWalk(from: block.text, prefix: block.textBeforeCursor)
    if walk.shown != block.text {
      walk = HistoryWalk(from: block.text, prefix: block.textBeforeCursor)
    }
    let found = step(&walk, context?.history ?? []) { fitsScreen(EditBlock($0)) }
    self.walk = walk
    guard let found else { return CC_ERROR }
    return replace(with: EditBlock(found))
  }

  /// Cuts to the end of the row, or the line break if the cursor stands there.
  func cutRow() -> Int32 {
    let block = self.block
    if block.cursor == block.scalars.count { return CC_ERROR }
    if block.cursor == block.rowEnd {
      el_cursor(editor, 1)
      el_deletestr(editor, 1)
      return CC_REFRESH
    }
    let end = PrivateKey.setMark.rawValue + "\u{5}" + PrivateKey.cutToMark.rawValue
    el_push(editor, end)
    return CC_NORM
  }

  func complete() -> Int32 {
    let block = self.block
    let decision = TabDecision(block, isInputPending: isInputPending) { text, offset in
      context?.completions(in: text, at: offset)
        ?? Completions(replacing: offset..<offset, candidates: [])
    }
    switch decision {
    case .insertBlank: return insert(" ")
    case .nothing: return CC_ERROR
    case .replace(let bytes, let text):
      return replace(with: block.replacing(bytes: bytes, with: text))
    case .list(let candidates):
      let size = Terminal.size() ?? (rows: 24, columns: 80)
      let layout = CandidateLayout(width: size.columns - 1, mostLines: max(2, size.rows - 3))
      return finish(.listing(layout.lines(candidates), block))
    }
  }

  func drop() -> Int32 {
    move(to: block.scalars.count)
    _ = insert("^C")
    return finish(.dropped)
  }

  func suspend() -> Int32 {
    finish(.suspended(block))
  }

  func paste() -> Int32 {
    var pasted: [Unicode.Scalar] = []
    var character: wchar_t = 0
    while pasted.suffix(Paste.endMark.count) != Paste.endMark[...],
      el_wgetc(editor, &character) == 1
    {
      pasted.append(Unicode.Scalar(UInt32(truncatingIfNeeded: character)) ?? "\u{FFFD}")
    }
    if pasted.suffix(Paste.endMark.count) == Paste.endMark[...] {
      pasted.removeLast(Paste.endMark.count)
    }
    let text = EditBlock(scalars: Paste.normalised(pasted), cursor: 0).text
    let block = self.block
    let whole = block.replacing(bytes: block.byteCursor..<block.byteCursor, with: text)
    return fitsScreen(whole)
      ? insert(text) : finish(.held(whole.text, .pasted), leaving: "")
  }

  /// Puts aside what stands before the cursor, where the screen is full.
  func hold() -> Int32 {
    let block = self.block
    if block.cursor == 0 { return CC_NORM }
    let rest = EditBlock(scalars: Array(block.scalars[block.cursor...]), cursor: 0)
    let text = block.textBeforeCursor
    return finish(.held(text, .letter, rest.scalars.isEmpty ? nil : rest), leaving: text)
  }

  func restore() -> Int32 {
    guard let block = restored else { return CC_NORM }
    restored = nil
    return replace(with: block)
  }
}
