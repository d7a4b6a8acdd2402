/// Walking through earlier entries with Up and Down: those that begin as the text did that stood
/// before the cursor when the walk began.
struct HistoryWalk {
  private let prefix: String
  private let draft: String
  /// The entry shown, nil at the draft.
  private var position: Int?
  /// What the walk last put into the line.
  private(set) var shown: String

  init(from draft: String, prefix: String) {
    self.draft = draft
    self.prefix = prefix
    shown = draft
  }

  /// The next older entry that fits and differs from what is shown, nil if there is none.
  mutating func older(in entries: [String], where isAllowed: (String) -> Bool) -> String? {
    let start = position ?? entries.count
    let found = entries[..<start].lastIndex { fits($0) && isAllowed($0) }
    guard let found else { return nil }
    position = found
    shown = entries[found]
    return shown
  }

  /// The next newer one, or the draft behind the newest; nil at the draft.
  mutating func newer(in entries: [String], where isAllowed: (String) -> Bool) -> String? {
    guard let start = position else { return nil }
    position = entries[(start + 1)...].firstIndex { fits($0) && isAllowed($0) }
    shown = position.map { entries[$0] } ?? draft
    return shown
  }

  private func fits(_ entry: String) -> Bool {
    entry.hasPrefix(prefix) && entry != shown
  }
}
