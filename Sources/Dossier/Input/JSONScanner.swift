/// Walks over JSON (RFC 8259) byte by byte, without recursion and without building anything.
///
/// A scanner stands at a place of a block. What it steps over is checked; at the end of a block that
/// isn't the file's last it stops, and the record is walked again when there is more.
struct JSONScanner {
  /// How deep values may nest.
  static let depthLimit = 250

  enum Stop: Error {
    /// The block ends here, the file doesn't.
    case needsMore
    case mistake(FileError.Cause, at: Int)
  }

  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// Whether the file ends with the block.
  let isLast: Bool
  /// Where it stands.
  var place: Int
  /// The line there.
  var line: Int

  /// The byte at the place; nil at the end of the file.
  func peek() throws(Stop) -> UInt8? {
    if place < count { return bytes[place] }
    if isLast { return nil }
    throw .needsMore
  }

  mutating func skipSpace() throws(Stop) {
    while let byte = try peek() {
      switch byte {
      case 0x20, 0x09, 0x0D: break
      case 0x0A: line += 1
      default: return
      }
      place += 1
    }
  }

  /// Steps over a sign, and the space before it.
  mutating func eat(_ sign: UInt8) throws(Stop) -> Bool {
    try skipSpace()
    guard try peek() == sign else { return false }
    place += 1
    return true
  }

  func mistake(expected: String) -> Stop {
    guard place < count else {
      return .mistake(.json(expected: expected, found: "the end"), at: place)
    }
    var end = place + 1
    while end < count, end < place + 24, bytes[end].isLetter || bytes[end].isDigit { end += 1 }
    if !(bytes[place].isLetter || bytes[place].isDigit) { end = place + 1 }
    while end < count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let found = UnsafeBufferPointer(start: bytes + place, count: end - place)
    let text = "'\(String(decoding: found, as: UTF8.self))'"
    let isControl = bytes[place] < 0x20
    let cause = FileError.Cause.json(
      expected: expected, found: isControl ? "a control character" : text)
    return .mistake(cause, at: place)
  }

  // MARK: Values

  /// Steps over a text, with its quotes.
  mutating func text(_ expected: String) throws(Stop) {
    let start = place
    guard try peek() == UInt8(ascii: "\"") else { throw mistake(expected: expected) }
    place += 1
    var hasHigh = false
    while let byte = try peek() {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        if hasHigh, case .invalid(let at) = UTF8Check(bytes, start..<place) {
          throw .mistake(.notUTF8, at: at)
        }
        return
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw mistake(expected: "a text without line breaks or control characters")
      default:
        hasHigh = hasHigh || byte >= 0x80
        place += 1
      }
    }
    throw .mistake(.unterminated, at: start)
  }

  private mutating func escape() throws(Stop) {
    guard place + 1 < count else {
      if isLast { throw mistake(expected: "an escape") }
      throw .needsMore
    }
    switch bytes[place + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      place += 2
    case UInt8(ascii: "u"):
      if place + 12 > count, !isLast { throw .needsMore }
      let all = UnsafeBufferPointer(start: bytes, count: count)
      guard let (_, length) = JSONText.scalar(all, at: place) else {
        throw mistake(expected: "an escape of a character, such as \\u00e9")
      }
      place += length
    default: throw mistake(expected: "one of the escapes of JSON")
    }
  }

  /// Steps over a number, `true`, `false` or `null`.
  mutating func word() throws(Stop) {
    let start = place
    while let byte = try peek(),
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    { place += 1 }
    let word = UnsafeBufferPointer(start: bytes + start, count: place - start)
    let words: [StaticString] = ["true", "false", "null"]
    let isWord = words.contains { $0.withUTF8Buffer { $0.elementsEqual(word) } }
    guard isWord || JSONScanner.isNumber(word) else {
      place = start
      throw mistake(expected: "a value")
    }
  }

  private static func isNumber(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = word.baseAddress, let last = word.last, last.isDigit else { return false }
    let first = word[0] == UInt8(ascii: "-") && word.count > 1 ? word[1] : word[0]
    return first.isDigit && NumberText(base, count: word.count) != nil
  }

  /// Steps over any value, however it is nested.
  mutating func value() throws(Stop) {
    // Whether each of the open values is an object.
    var open: [Bool] = []
    while true {
      try skipSpace()
      switch try peek() {
      case UInt8(ascii: "{")?, UInt8(ascii: "[")?:
        let isObject = bytes[place] == UInt8(ascii: "{")
        guard open.count < JSONScanner.depthLimit else {
          throw .mistake(.tooDeep(limit: JSONScanner.depthLimit), at: place)
        }
        place += 1
        if try eat(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { break }
        open.append(isObject)
        if isObject { try key() }
        continue
      case UInt8(ascii: "\"")?: try text("a text")
      default: try word()
      }
      if try close(&open) { return }
    }
  }

  /// After a value: closes what ends here, and steps over the comma; true if nothing is open.
  private mutating func close(_ open: inout [Bool]) throws(Stop) -> Bool {
    while let isObject = open.last {
      if try eat(UInt8(ascii: ",")) {
        if isObject { try key() }
        return false
      }
      guard try eat(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw mistake(expected: isObject ? "',' or '}'" : "',' or ']'")
      }
      open.removeLast()
    }
    return true
  }

  /// Steps over a key and its colon.
  mutating func key() throws(Stop) {
    try skipSpace()
    try text("a key in quotes")
    guard try eat(UInt8(ascii: ":")) else { throw mistake(expected: "':'") }
  }
}
