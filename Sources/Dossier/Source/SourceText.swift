/// A script with its name: UTF-8 bytes, looked at by offset, told to people by line and column.
///
/// Lines and columns count from 1; a column counts characters (grapheme clusters), as an editor does.
public struct SourceText: Sendable {
  /// What messages call it: a file's name, or `input`.
  public let name: String
  /// The text as it was given, valid or not.
  public let bytes: [UInt8]

  /// A text from bytes that need not be valid UTF-8: the lexer reports what isn't.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A text from a string.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The written text of a span, invalid bytes replaced.
  func text(_ span: Span) -> String {
    let range = span.range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The place of a byte, both numbers from 1.
  func place(of offset: Int) -> (line: Int, column: Int) {
    let (line, start) = lineStart(before: offset)
    let before = String(decoding: bytes[start..<min(offset, bytes.count)], as: UTF8.self)
    return (line, before.count + 1)
  }

  /// The line that holds a byte, without its line break.
  func line(around offset: Int) -> Range<Int> {
    let start = lineStart(before: offset).start
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    if end > start, end <= bytes.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(end, start)
  }

  /// Lines are counted only when a message is made, so a script that runs pays nothing for them.
  private func lineStart(before offset: Int) -> (line: Int, start: Int) {
    var line = 1
    var start = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    return (line, start)
  }
}
