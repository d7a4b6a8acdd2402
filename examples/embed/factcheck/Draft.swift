/// A text whose claims are checked: its sentences, cut into words that know their place.
struct Draft {
  /// What reports call it.
  let name: String
  let text: String
  let sentences: [Sentence]
  private let lineStarts: [String.Index]

  init(name: String, text: String) {
    self.name = name
    self.text = text
    sentences = SentenceReader(text).sentences()
    let breaks = text.indices.filter { text[$0].isNewline }
    lineStarts = [text.startIndex] + breaks.map(text.index(after:))
  }

  /// Line and column of a place, both from 1; a column counts characters.
  func place(of index: String.Index) -> (line: Int, column: Int) {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    return (low + 1, text.distance(from: lineStarts[low], to: index) + 1)
  }
}

/// The words of a sentence, in order.
struct Sentence {
  var words: [Word] = []
  /// Sentences of one paragraph may speak of what one before them names.
  let paragraph: Int
}

/// A word, a number or a sign of a draft.
struct Word {
  enum Kind: Equatable {
    /// Letters, with hyphens and apostrophes between them.
    case word
    /// Digits as the language writes them: `1_200`, `5.6`.
    case number(String)
    /// One character that is neither.
    case sign
  }

  let kind: Kind
  /// As it is written, without a possessive `'s`.
  let text: String
  let range: Range<String.Index>

  /// In lower case, to be looked up.
  var key: String { text.lowercased() }
  var isCapitalized: Bool { text.first?.isUppercase == true }
  var digits: String? { if case .number(let digits) = kind { digits } else { nil } }
}
