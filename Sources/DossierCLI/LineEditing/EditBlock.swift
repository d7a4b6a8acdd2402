/// The text being typed, which may have several rows, with its cursor.
///
/// Counted in Unicode scalars, as libedit counts; the session counts in UTF-8 bytes.
struct EditBlock: Equatable {
  var scalars: [Unicode.Scalar]
  var cursor: Int

  init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = cursor
  }

  /// A block with the cursor behind it.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  var text: String { Self.text(scalars[...]) }
  var textBeforeCursor: String { Self.text(scalars[..<cursor]) }

  /// Where the row of the cursor begins.
  var rowStart: Int {
    scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  /// Where the row of the cursor ends, before its line break.
  var rowEnd: Int {
    scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
  }

  /// The place above the cursor, nil in the first row.
  var placeAbove: Int? {
    guard rowStart > 0 else { return nil }
    let above = EditBlock(scalars: scalars, cursor: rowStart - 1)
    return min(above.rowStart + cursor - rowStart, above.cursor)
  }

  /// The place below the cursor, nil in the last row.
  var placeBelow: Int? {
    guard rowEnd < scalars.count else { return nil }
    let below = EditBlock(scalars: scalars, cursor: rowEnd + 1)
    return min(below.cursor + cursor - rowStart, below.rowEnd)
  }

  /// Whether the cursor stands at the end of the block in a further row that is blank.
  var endsInBlankRow: Bool {
    cursor == scalars.count && rowStart > 0
      && scalars[rowStart...].allSatisfy(\.properties.isWhitespace)
  }

  /// The cursor in UTF-8 bytes.
  var byteCursor: Int { textBeforeCursor.utf8.count }

  /// The text of a range of UTF-8 bytes.
  func text(bytes: Range<Int>) -> String {
    Self.text(scalars[place(ofByte: bytes.lowerBound)..<place(ofByte: bytes.upperBound)])
  }

  /// The block with a range of UTF-8 bytes replaced and the cursor behind what is new.
  func replacing(bytes: Range<Int>, with text: String) -> EditBlock {
    let start = place(ofByte: bytes.lowerBound)
    let new = Array(text.unicodeScalars)
    let rest = scalars[place(ofByte: bytes.upperBound)...]
    return EditBlock(scalars: scalars[..<start] + new + rest, cursor: start + new.count)
  }

  private func place(ofByte offset: Int) -> Int {
    var bytes = 0
    for (place, scalar) in scalars.enumerated() {
      if bytes >= offset { return place }
      bytes += UTF8.width(scalar)
    }
    return scalars.count
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
