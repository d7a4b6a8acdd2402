/// What the texts of a column would be if numbers or dates were written in another way than the file
/// was opened with.
///
/// A few words among them may stand for what isn't reported; a value with a digit never does.
struct OtherReadings: Sendable, Hashable {
  /// A value, shortened, and its line, if that is known.
  struct Example: Sendable, Hashable {
    let text: String
    let line: Int?

    init(_ bytes: UnsafeBufferPointer<UInt8>, line: Int?) {
      let text = String(decoding: bytes.prefix(80), as: UTF8.self)
      self.text = text.count > 40 ? text.prefix(39) + "…" : text
      self.line = line
    }
  }

  /// More words than that are texts, and so are longer ones, in bytes.
  private static let mostWords = 3
  private static let longestWord = 20

  /// The ways in which all values are numbers, or dates; words apart.
  private(set) var numbers = NumberStyles.all
  private(set) var dates = DatePatterns.all
  /// The first text with a digit in it.
  private(set) var example: Example?
  /// The first text that looks like a number, though it is none in the way the file was opened with.
  private(set) var firstFigure: Example?
  /// The first text of all.
  private(set) var firstText: Example?
  /// The texts without one, each once.
  private(set) var words: [String] = []

  /// Whether nothing can become of the column any more.
  var areNone: Bool {
    words.count > OtherReadings.mostWords || (numbers.isEmpty && dates.isEmpty)
  }

  mutating func note(
    _ bytes: UnsafeBufferPointer<UInt8>, _ seen: Sighting, isWord: Bool, line: Int?
  ) {
    if areNone { return }
    if seen.kinds.isSubset(of: [.numbers, .huge]) {
      numbers.formIntersection(plain: bytes)
      dates = []
    } else if seen.kinds == .text {
      note(text: bytes, isWord: isWord, line: line)
    } else {
      numbers = []
      if seen.isPatterned { dates.formIntersection(DatePatterns(bytes, among: dates)) }
      if seen.kinds == .truth { dates = [] }
    }
  }

  private mutating func note(text bytes: UnsafeBufferPointer<UInt8>, isWord: Bool, line: Int?) {
    if firstText == nil { firstText = Example(bytes, line: line) }
    guard bytes.contains(where: \.isDigit) else {
      guard bytes.count <= OtherReadings.longestWord else {
        (numbers, dates) = ([], [])
        return
      }
      let word = String(decoding: bytes, as: UTF8.self)
      if !words.contains(word) { words.append(word) }
      return
    }
    if example == nil { example = Example(bytes, line: line) }
    numbers = isWord ? NumberStyles(bytes, among: numbers) : []
    dates = DatePatterns(bytes, among: dates)
    if firstFigure == nil, isWord, dates.isEmpty, OtherReadings.isFigure(bytes) {
      firstFigure = Example(bytes, line: line)
    }
  }

  /// Whether there are only digits with signs between them that stand in numbers; a code or a number
  /// to call begins with 0.
  private static func isFigure(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 40 else { return false }
    var hasSign = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if " .,'\u{A0}\u{202F}\u{2009}\u{2019}".unicodeScalars.contains(scalar) {
        hasSign = true
      } else if !("0"..."9").contains(scalar), scalar != "-" {
        return false
      }
    }
    let isCode = bytes[0] == UInt8(ascii: "0") && bytes.count > 1 && bytes[1].isDigit
    return hasSign && !isCode
  }

  mutating func formUnion(_ other: OtherReadings) {
    numbers.formIntersection(other.numbers)
    dates.formIntersection(other.dates)
    firstFigure = firstFigure ?? other.firstFigure
    firstText = firstText ?? other.firstText
    example = example ?? other.example
    for word in other.words where !areNone && !words.contains(word) { words.append(word) }
  }
}
