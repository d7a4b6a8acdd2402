extension StringProtocol {
  /// The text without the blanks and line breaks around it.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
  }
}

extension String {
  /// The text with a line break at its end.
  var asLines: String { hasSuffix("\n") ? self : self + "\n" }
}
