/// The entries of this session and, where there is a file, of earlier ones.
struct History {
  /// Longer entries, pasted data mostly, are run but not kept.
  static let longestEntry = 65_536

  /// Oldest first.
  private(set) var entries: [String]
  private var file: HistoryFile?

  init(file: HistoryFile?) {
    self.file = file
    entries = file?.load() ?? []
  }

  /// Keeps an entry, in the file at once so that a crash or another session loses nothing.
  ///
  /// An entry that begins with a blank is private. After an error the file is left alone.
  mutating func add(_ entry: String) throws(HistoryFile.Unwritable) {
    guard !entry.hasPrefix(" "), entry.utf8.count <= Self.longestEntry, entry != entries.last else {
      return
    }
    entries.append(entry)
    do {
      try file?.append(entry)
    } catch {
      file = nil
      throw error
    }
  }
}
