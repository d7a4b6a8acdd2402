/// A pattern of `like`: `*` stands for any characters, `?` for one; case and accents don't count.
///
/// Matching takes time in proportion to the text, whatever the pattern: a `*` goes back only to the
/// latest one, which is enough because the parts between are of fixed length.
struct TextPattern: Sendable, Hashable {
  private let parts: [Unicode.Scalar]

  init(_ pattern: String) { parts = Array(fold(pattern).unicodeScalars) }

  /// Whether the whole text is of this pattern.
  func matches(_ text: String) -> Bool {
    let scalars = Array(fold(text).unicodeScalars)
    var (place, part) = (0, 0)
    var star: (part: Int, place: Int)?
    while place < scalars.count {
      if part < parts.count, parts[part] == "*" {
        star = (part, place)
        part += 1
      } else if part < parts.count, parts[part] == "?" || parts[part] == scalars[place] {
        part += 1
        place += 1
      } else if let back = star {
        part = back.part + 1
        place = back.place + 1
        star = (back.part, place)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == "*" }
  }
}
