/// A half-open range of UTF-8 bytes of a source text.
public struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  public let start: Int32
  /// The offset behind the last byte.
  public let end: Int32

  /// A span of the bytes `start..<end`.
  public init(_ start: Int, _ end: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  /// The offsets as a range.
  public var range: Range<Int> { Int(start)..<Int(end) }

  /// Of an error without a place of its own: the start of the text that is run.
  static let nowhere = Span(0, 0)

  /// The span so many bytes further on.
  func moved(by distance: Int) -> Span { Span(Int(start) + distance, Int(end) + distance) }

  /// The smallest span that holds both.
  func joined(_ other: Span) -> Span {
    Span(Int(min(start, other.start)), Int(max(end, other.end)))
  }
}
