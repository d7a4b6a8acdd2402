/// How many values of aggregates' arguments aren't reported.
///
/// Aggregates of one argument share their count; where a stage has several arguments each is named.
struct UnreportedValues: Sendable {
  private var counts: [(argument: String, count: Int)] = []

  /// Values that need no name.
  init(_ count: Int) { counts = [("", count)] }

  /// The counts of some aggregates, those without any among them.
  init(_ aggregates: some Sequence<(argument: String, count: Int)>) {
    for (argument, count) in aggregates where !argument.isEmpty {
      if let place = counts.firstIndex(where: { $0.argument == argument }) {
        counts[place].count = max(counts[place].count, count)
      } else {
        counts.append((argument, count))
      }
    }
  }

  /// `2 not reported, left out`, or `found: 2 not reported, left out; cost: 1`; nil for none.
  func text(_ words: String) -> String? {
    let found = counts.filter { $0.count > 0 }
    guard let first = found.first else { return nil }
    let told = "\(first.count.grouped) \(words)"
    guard counts.count > 1 else { return told }
    let others = found.dropFirst().map {
      "; \(UnreportedValues.short($0.argument)): \($0.count.grouped)"
    }
    return "\(UnreportedValues.short(first.argument)): \(told)" + others.joined()
  }

  private static func short(_ name: String) -> String {
    name.count > 40 ? name.prefix(39) + "…" : name
  }
}
