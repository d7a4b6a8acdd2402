/// A pattern of `like`: `*` stands for any characters, `?` for one; case and accents don't count.
///
/// A `*` goes back only to the latest one, which is enough because the parts between are of fixed
/// length; so the time is that of the text times the longest of these parts at most.
struct TextPattern: Sendable, Hashable {
  private let parts: [UInt8]

  init(_ pattern: String) { parts = Array(fold(pattern).utf8) }

  /// Whether the whole text is of this pattern.
  ///
  /// - Parameter pause: called now and then, to end what takes too long.
  func matches<Failure: Error>(
    _ text: String, pause: () throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    let bytes = Array(fold(text).utf8)
    var (place, part) = (0, 0)
    var star: (part: Int, place: Int)?
    var round = 0
    while place < bytes.count {
      round &+= 1
      if round & 0xFFFF == 0 { try pause() }
      if part < parts.count, parts[part] == UInt8(ascii: "*") {
        star = (part, place)
        part += 1
      } else if part < parts.count, parts[part] == UInt8(ascii: "?") {
        part += 1
        place = bytes.nextScalar(after: place)
      } else if part < parts.count, parts[part] == bytes[place] {
        part += 1
        place += 1
      } else if let back = star {
        part = back.part + 1
        place = bytes.nextScalar(after: back.place)
        star = (back.part, place)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension [UInt8] {
  /// Where the next character of valid UTF-8 begins.
  fileprivate func nextScalar(after place: Int) -> Int {
    var next = place + 1
    while next < count, self[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
