import Dossier

/// The actors that a sentence names.
struct Mentions {
  /// An actor in a sentence.
  struct Mention {
    /// The id, as queries write it.
    let id: String
    let name: String
    let words: Range<Int>
    /// Whether the sentence lets the actor speak: `Zelensky said`, `according to the Pentagon`.
    let speaks: Bool
  }

  let session: Session
  private let spellings: Set<String>
  private let longest: Int

  init(_ session: Session) {
    self.session = session
    spellings = Set(session.actorNames)
    longest = spellings.map { $0.split(separator: " ").count }.max() ?? 1
  }

  /// Of names that overlap the longest counts.
  func found(in words: [Word], of text: String) -> [Mention] {
    var found: [Mention] = []
    var index = 0
    while index < words.count {
      let ends = (index + 1...min(index + longest, words.count)).reversed()
      let match = ends.lazy.map { ($0, actors(words[index..<$0], text)) }.first { !$0.1.isEmpty }
      guard let (end, actors) = match else {
        index += 1
        continue
      }
      for actor in actors {
        found.append(
          Mention(
            id: actor.id, name: actor.name, words: index..<end, speaks: speaks(words, index..<end)))
      }
      index = end
    }
    return found
  }

  private func actors(_ words: ArraySlice<Word>, _ text: String) -> [(id: String, name: String)] {
    guard let first = words.first, let last = words.last, first.kind == .word, last.kind == .word
    else { return [] }
    let written = text[first.range.lowerBound..<last.range.upperBound]
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let spelled = words.count == 1 ? first.text : written
    // 'us' is nobody where 'US' is somebody.
    guard first.isCapitalized || spellings.contains(spelled) else { return [] }
    for name in [spelled] + Self.countries(of: spelled) {
      let actors = session.actors(named: name)
      if !actors.isEmpty { return actors }
    }
    return []
  }

  /// `Russian`, `Ukrainians`: what a country would be called whose people these are.
  private static func countries(of word: String) -> [String] {
    let singular = word.hasSuffix("ns") ? String(word.dropLast()) : word
    guard singular.hasSuffix("n") else { return [] }
    let root = singular.dropLast()
    let short =
      singular.hasSuffix("ian") ? [singular.dropLast(3) + "e", singular.dropLast(3) + ""] : []
    return ([root + ""] + short).map { String($0) }
  }

  private func speaks(_ words: [Word], _ range: Range<Int>) -> Bool {
    let before = words[..<range.lowerBound].suffix(3).map(\.key)
    if before.suffix(2) == ["according", "to"] || before == ["according", "to", "the"] {
      return true
    }
    return words[range.upperBound...].prefix(3).contains { Wording.speech.contains($0.key) }
  }
}
