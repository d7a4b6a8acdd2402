/// Cuts plain text or Markdown into sentences and words.
///
/// Code blocks and addresses are left out: they make no claims.
struct SentenceReader {
  private let text: String
  private var index: String.Index
  private var paragraph = 0
  private var isCode = false
  private var found: [Sentence] = []

  init(_ text: String) {
    self.text = text
    index = text.startIndex
  }

  /// Words before a full stop that ends no sentence.
  private static let abbreviations: Set<String> = [
    "approx", "ca", "col", "dr", "gen", "lt", "mr", "mrs", "ms", "no", "st", "vs",
    "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec",
  ]

  func sentences() -> [Sentence] {
    var reader = self
    while reader.index < text.endIndex { reader.readLine() }
    return reader.found.filter { !$0.words.isEmpty }
  }

  // MARK: Lines

  private mutating func readLine() {
    let end = text[index...].firstIndex(where: \.isNewline) ?? text.endIndex
    let line = text[index..<end]
    let content = line.drop(while: \.isWhitespace)
    if content.hasPrefix("```") {
      isCode.toggle()
      beginParagraph()
    } else if !isCode {
      let marker = Self.marker(content)
      if content.isEmpty || marker != content.startIndex { beginParagraph() }
      index = marker
      while index < end { readWord(before: end) }
    }
    index = end < text.endIndex ? text.index(after: end) : end
  }

  /// Behind the sign of a heading, a quotation or an entry of a list.
  private static func marker(_ line: Substring) -> String.Index {
    var rest = line.drop { "#>".contains($0) }
    if rest.startIndex == line.startIndex {
      let number = line.prefix(while: \.isNumber)
      let sign = number.isEmpty ? line : line[number.endIndex...]
      guard let first = sign.first, (number.isEmpty ? "-*+" : ".)").contains(first),
        sign.dropFirst().first?.isWhitespace == true
      else { return line.startIndex }
      rest = sign.dropFirst()
    }
    return rest.drop(while: \.isWhitespace).startIndex
  }

  private mutating func beginParagraph() {
    paragraph += 1
    found.append(Sentence(paragraph: paragraph))
  }

  // MARK: Words

  private mutating func readWord(before end: String.Index) {
    let rest = text[index..<end]
    guard let first = rest.first else { return }
    if rest.hasPrefix("](") || rest.hasPrefix("http://") || rest.hasPrefix("https://") {
      index = rest.firstIndex { $0 == ")" || $0.isWhitespace } ?? end
    } else if first.isASCIIDigit {
      readNumber(rest)
    } else if first.isLetter {
      readLetters(rest)
    } else {
      index = text.index(after: index)
      guard !first.isWhitespace, !"*_`\"“”".contains(first) else { return }
      add(.sign, rest.startIndex..<index)
      if ".!?".contains(first) { endSentence(text[index..<end]) }
    }
  }

  /// `1,200`, `5.6`, `20`: of commas those before three digits belong to it.
  private mutating func readNumber(_ rest: Substring) {
    var digits = ""
    var tail = rest
    while let first = tail.first {
      let next = tail.dropFirst()
      if first.isASCIIDigit {
        digits.append(first)
      } else if ",\u{202F}\u{A0}".contains(first), next.prefix(while: \.isASCIIDigit).count == 3,
        !digits.contains(".")
      {
        digits.append("_")
      } else if first == ".", next.first?.isASCIIDigit == true, !digits.contains(".") {
        digits.append(first)
      } else {
        break
      }
      tail = next
    }
    index = tail.startIndex
    add(.number(digits), rest.startIndex..<index)
  }

  private mutating func readLetters(_ rest: Substring) {
    var end = rest.startIndex
    while end < rest.endIndex {
      let next = text.index(after: end)
      let joins =
        "'’-".contains(rest[end]) && next < rest.endIndex && rest[next].isLetter
        || rest[end] == "." && isInitials(rest[..<end])
      guard rest[end].isLetter || rest[end].isASCIIDigit || joins else { break }
      end = next
    }
    index = end
    var word = rest[..<end]
    for ending in ["'s", "’s"] where word.hasSuffix(ending) { word = word.dropLast(2) }
    add(.word, word.startIndex..<word.endIndex)
  }

  /// Whether a full stop goes on with `U` or `U.S`.
  private func isInitials(_ letters: Substring) -> Bool {
    let parts = letters.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy { $0.count == 1 && $0.first?.isUppercase == true }
  }

  private mutating func add(_ kind: Word.Kind, _ range: Range<String.Index>) {
    if found.isEmpty { beginParagraph() }
    let text = String(text[range])
    let word = Word(
      kind: kind, text: kind == .word ? text.filter { $0 != "." } : text, range: range)
    found[found.count - 1].words.append(word)
  }

  /// A full stop ends a sentence unless an abbreviation has it, or a small letter follows.
  private mutating func endSentence(_ rest: Substring) {
    let words = found.last?.words ?? []
    guard words.count > 1, let sign = words.last else { return }
    let before = words[words.count - 2]
    if sign.text == ".", Self.abbreviations.contains(before.key) { return }
    let next = rest.drop { !$0.isWhitespace }.drop(while: \.isWhitespace).first
    if rest.first.map({ $0.isLetter || $0.isASCIIDigit }) == true { return }
    if next?.isLowercase == true { return }
    found.append(Sentence(paragraph: paragraph))
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
