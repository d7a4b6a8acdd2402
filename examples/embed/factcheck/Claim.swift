/// Something that a draft says and a dossier may know: an amount or a date, of somebody.
struct Claim {
  enum Content {
    case amount(Amount)
    case date(DateReader.Date)
  }

  let content: Content
  /// Its words in the draft.
  let range: Range<String.Index>
  /// Who may be meant, the nearest first.
  let actors: [Mentions.Mention]
  /// Who is said to have said it.
  let speaker: Mentions.Mention?
  /// What is counted, each for itself (`killed`, `wounded`), and what else may be meant.
  let measures: [Set<String>]
  /// What the sentence around a date speaks of.
  let topics: Set<String>
}
