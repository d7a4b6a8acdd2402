/// Finds the claims of a draft, in the order of the text.
struct ClaimReader {
  let mentions: Mentions
  let measures: Measures
  let units: Set<String>

  func claims(of draft: Draft) -> [Claim] {
    var claims: [Claim] = []
    var earlier: (paragraph: Int, actors: [Mentions.Mention]) = (0, [])
    for sentence in draft.sentences {
      let found = mentions.found(in: sentence.words, of: draft.text)
      // 'It', 'they': whom the sentences before in the paragraph name.
      let isMeant = found.isEmpty && earlier.paragraph == sentence.paragraph
      let known = isMeant ? earlier.actors.map(\.silent) : found
      earlier = (sentence.paragraph, known)
      let dates = DateReader(words: sentence.words).dates()
      claims += (amounts(sentence, dates, known) + self.dates(dates, sentence, known)).sorted {
        $0.range.lowerBound < $1.range.lowerBound
      }
    }
    return claims
  }

  private func amounts(
    _ sentence: Sentence, _ dates: [DateReader.Date], _ actors: [Mentions.Mention]
  ) -> [Claim] {
    let words = sentence.words
    let taken = Set(dates.flatMap(\.words))
    let amounts = AmountReader(words: words, units: units, taken: taken).amounts()
    return amounts.enumerated().compactMap { index, amount in
      let before = index > 0 ? amounts[index - 1].words.upperBound : 0
      let after = index + 1 < amounts.count ? amounts[index + 1].words.lowerBound : words.count
      let meant = measures.meant(by: amount, in: words, between: before..<after)
      // `page 4` counts nothing.
      let next = words[amount.words.upperBound...].first
      guard amount.unit != nil || !meant.isEmpty || next.map({ $0.kind == .word }) == true else {
        return nil
      }
      return claim(.amount(amount), amount.words, words, actors, measures: meant)
    }
  }

  private func dates(
    _ dates: [DateReader.Date], _ sentence: Sentence, _ actors: [Mentions.Mention]
  ) -> [Claim] {
    let words = sentence.words
    return dates.enumerated().map { index, date in
      let before = index > 0 ? dates[index - 1].words.upperBound : 0
      let behind = words[date.words.upperBound...]
      let after = behind.firstIndex(where: \.endsClause) ?? words.endIndex
      let clause = words[before..<after].filter { $0.kind == .word }
      return claim(
        .date(date), date.words, words, actors, topics: Topics.of(clause.map(\.key)))
    }
  }

  private func claim(
    _ content: Claim.Content, _ place: Range<Int>, _ words: [Word],
    _ actors: [Mentions.Mention], measures: [Set<String>] = [], topics: Set<String> = []
  ) -> Claim {
    let nearest = actors.sorted {
      ($0.distance(to: place), $0.words.lowerBound) < ($1.distance(to: place), $1.words.lowerBound)
    }
    let silent = nearest.filter { !$0.speaks }
    return Claim(
      content: content,
      range: words[place.lowerBound].range
        .lowerBound..<words[place.upperBound - 1].range.upperBound,
      actors: silent.isEmpty ? nearest : silent, speaker: speaker(nearest, place, words),
      measures: measures, topics: topics)
  }
}

extension ClaimReader {
  /// The nearest who speaks, not beyond a `;`; else the last who spoke before.
  private func speaker(
    _ actors: [Mentions.Mention], _ place: Range<Int>, _ words: [Word]
  ) -> Mentions.Mention? {
    let speakers = actors.filter(\.speaks)
    func part(_ index: Int) -> Int { words[..<index].count { $0.text == ";" } }
    return speakers.first { part($0.words.lowerBound) == part(place.lowerBound) }
      ?? speakers.filter { $0.words.upperBound <= place.lowerBound }.first
  }
}

extension Mentions.Mention {
  fileprivate var silent: Self { Self(id: id, name: name, words: words, speaks: false) }

  fileprivate func distance(to place: Range<Int>) -> Int {
    max(words.lowerBound - place.upperBound, place.lowerBound - words.upperBound, 0)
  }
}

extension Word {
  /// Whether what follows is said of something else: `,`, `and`.
  var endsClause: Bool {
    kind == .sign ? text != "-" : ["and", "while", "but"].contains(key)
  }
}
