/// "Did you mean": the nearest of some names, for messages of a host's own.
public enum Suggestion {
  /// A name that differs in case only, else the shortest that begins with the whole word and goes on
  /// behind it, else the nearest within a few edits; nil if none is near.
  ///
  /// `nearest(to: "cost", among: ["coast", "Cost (EUR)"])` is `"Cost (EUR)"`. One edit is allowed for names of up to 3 letters, 2 up to 6, else 3; ties go by name.
  /// `nearest(to: "subjct", among: ["subject", "value"])` is `"subject"`.
  public static func nearest(to written: String, among names: some Sequence<String>) -> String? {
    let folded = fold(written)
    let limit = folded.utf8.count < 4 ? 1 : folded.utf8.count < 7 ? 2 : 3
    var best: (distance: Int, name: String)?
    var longer: String?
    for name in names where name != written {
      let candidate = fold(name)
      if candidate == folded { return name }
      if goesOn(candidate, behind: folded) {
        if let found = longer, (found.utf8.count, found) <= (name.utf8.count, name) { continue }
        longer = name
        continue
      }
      let distance = edits(Array(folded.utf8), Array(candidate.utf8), atMost: limit)
      guard distance <= limit, distance < candidate.utf8.count else { continue }
      if let found = best, (found.distance, found.name) <= (distance, name) { continue }
      best = (distance, name)
    }
    return longer ?? best?.name
  }

  /// Whether a name begins with a word and a blank or another sign behind it.
  private static func goesOn(_ name: String, behind word: String) -> Bool {
    guard !word.isEmpty, name.hasPrefix(word) else { return false }
    let next = name.unicodeScalars.dropFirst(word.unicodeScalars.count).first
    return next.map { !$0.properties.isXIDContinue && $0 != "." } ?? false
  }

  /// The number of single-letter edits, neighbouring swaps counted as one; stops counting past the limit.
  static func edits(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int {
    if abs(a.count - b.count) > limit { return limit + 1 }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      if let smallest = row.min(), smallest > limit { return limit + 1 }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
