/// A script with its name: UTF-8 bytes, looked at by offset, told to people by line and column.
///
/// Lines and columns count from 1; a column counts characters (grapheme clusters), as an editor does.
/// Offsets and spans count from `base`, so that those of several texts don't overlap (`SourceMap`).
public struct SourceText: Sendable, Equatable {
  /// What messages call it: a file's name, or `input`.
  public let name: String
  /// The text as it was given, valid or not.
  public let bytes: [UInt8]
  /// Where the script lies, so that it can name others beside it; nil for a text that was typed.
  public let path: String?
  /// The offset of the first byte.
  let base: Int
  /// Where its statements stand, once it is parsed.
  var statements: [Span] = []

  /// A text from bytes that need not be valid UTF-8: the lexer reports what isn't.
  ///
  /// - Parameter path: where the script lies, for `open` and `use`; nil if it was typed.
  public init(name: String, bytes: [UInt8], path: String? = nil) {
    self.init(name: name, bytes: bytes, path: path, base: 0)
  }

  /// A text from a string.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  init(name: String, bytes: [UInt8], path: String? = nil, base: Int) {
    self.name = name
    self.bytes = bytes
    self.path = path
    self.base = base
  }

  /// The offset behind the last byte.
  var end: Int { base + bytes.count }

  /// The bytes of a span, as far as they are in this text.
  subscript(span: Span) -> ArraySlice<UInt8> {
    let range = (Int(span.start) - base)..<(Int(span.end) - base)
    return bytes[range.clamped(to: 0..<bytes.count)]
  }

  /// The byte at an offset; zero outside of the text.
  func byte(at offset: Int) -> UInt8 {
    offset >= base && offset < end ? bytes[offset - base] : 0
  }

  /// The written text of a span, invalid bytes replaced.
  func text(_ span: Span) -> String { String(decoding: self[span], as: UTF8.self) }

  /// The place of a byte, both numbers from 1.
  public func place(of offset: Int) -> (line: Int, column: Int) {
    let (line, start) = lineStart(before: offset)
    return (line, text(Span(start, offset)).count + 1)
  }

  /// The line that holds a byte, without its line break.
  func line(around offset: Int) -> Range<Int> {
    let start = lineStart(before: offset).start
    var end = start
    while end < self.end, byte(at: end) != UInt8(ascii: "\n") { end += 1 }
    if end > start, byte(at: end - 1) == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The statement around a span, for a help that is whole; of a very long one the line.
  func statement(around span: Span) -> Range<Int> {
    let line = line(around: Int(span.start))
    guard
      let statement = statements.last(where: { $0.start <= span.start && span.start <= $0.end }),
      self[statement].count(where: { $0 == UInt8(ascii: "\n") }) < 20
    else { return line }
    return statement.range
  }

  /// Lines are counted only when a message is made, so a script that runs pays nothing for them.
  private func lineStart(before offset: Int) -> (line: Int, start: Int) {
    var line = 1
    var start = 0
    for index in 0..<max(0, min(offset - base, bytes.count))
    where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    return (line, base + start)
  }
}
