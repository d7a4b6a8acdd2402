/// `side=Russia`: a param and its value, as `--set` takes them.
struct Assignment: Equatable {
  let name: String
  let value: String

  /// Nil for a text without a name and a sign.
  init?(_ text: String) {
    guard let sign = text.firstIndex(of: "=") else { return nil }
    name = text[..<sign].trimmed
    value = text[text.index(after: sign)...].trimmed
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else { return nil }
  }
}
