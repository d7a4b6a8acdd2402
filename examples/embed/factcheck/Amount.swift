/// An amount that a draft gives, in the words of the language: `about 10_000 people`.
///
/// What it means (its bounds, whether it is a quantity at all) is left to the language.
struct Amount {
  /// Hedge and number, without a unit.
  let literal: String
  /// Nil where the draft doesn't say what is counted, or in a word that nobody knows.
  let unit: String?
  /// Its words in the sentence.
  let words: Range<Int>

  /// As a value for a parameter of the type `quantity`.
  func quantity(in unit: String) -> String { "\(literal) \(unit)" }
}
