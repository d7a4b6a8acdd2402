/// What the dossier's figures count, and which words of a draft mean it.
///
/// A measure such as `killed or wounded` is the union of its members.
struct Measures {
  private let members: Set<String>

  init(_ measures: [String]) {
    members = Set(measures.flatMap(Self.members(of:)))
  }

  static func members(of measure: String) -> [String] {
    measure.split(separator: " or ").map(String.init)
  }

  /// How what a figure counts stands to what a draft counts.
  enum Relation {
    case same
    /// The figure counts more: the draft's part of it isn't known by it.
    case wider
    /// The figure counts a part of what the draft counts.
    case narrower
  }

  /// Nil if the two count different things.
  static func relation(of figure: String, to claim: Set<String>) -> Relation? {
    let counted = Set(members(of: figure))
    if counted == claim { return .same }
    if counted.isSuperset(of: claim) { return .wider }
    return counted.isSubset(of: claim) ? .narrower : nil
  }

  /// What an amount may count: what its own words and those behind it in its clause say, and what the
  /// next before it do.
  func meant(by amount: Amount, in words: [Word], between neighbours: Range<Int>) -> [Set<String>] {
    let behind = words[amount.words.upperBound..<neighbours.upperBound]
    let before = words[neighbours.lowerBound..<amount.words.lowerBound].reversed()
      .prefix { !$0.endsClause }
    let own = named(in: words[amount.words]).union(named(in: behind[..<endOfClause(behind)]))
    let other = before.lazy.map { named(in: [$0]) }.first { !$0.isEmpty }
    return [own, other ?? []].filter { !$0.isEmpty }
  }

  /// The first word that belongs to another clause; `killed and wounded` is one.
  private func endOfClause(_ words: ArraySlice<Word>) -> Int {
    words.indices.first { index in
      let joins =
        !named(in: words[..<index].suffix(1)).isEmpty
        && !named(in: words[index...].dropFirst().prefix(1)).isEmpty
      return words[index].endsClause && !joins
    } ?? words.endIndex
  }

  private func named(in words: ArraySlice<Word>) -> Set<String> {
    let keys = Set(words.map(\.key))
    let stems = Set(keys.map(\.stem))
    var found = members.filter { member in
      member.split(separator: " ").allSatisfy { stems.contains(String($0).stem) }
    }
    for (measure, others) in Wording.measures where !keys.isDisjoint(with: others) {
      let meant = Self.members(of: measure)
      if !members.isDisjoint(with: meant) { found.formUnion(meant) }
    }
    return found
  }
}
