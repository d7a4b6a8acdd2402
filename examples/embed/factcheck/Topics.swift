/// What sentences and events speak of: the beginnings of their longer words.
enum Topics {
  static func of(_ text: String) -> Set<String> {
    of(text.lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init))
  }

  /// - Parameter words: in lower case.
  static func of(_ words: [String]) -> Set<String> {
    Set(
      words.filter { $0.count > 3 && !Wording.fillers.contains($0) }.map {
        String($0.stem.prefix(6))
      })
  }
}
