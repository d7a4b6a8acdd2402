/// What a person gave the session.
enum Entry: Equatable {
  /// One or more lines.
  case text(String)
  /// Ctrl-C: the line is dropped, the session goes on.
  case dropped
  /// Ctrl-D, or the end of the input.
  case end
}

/// Where the entries of a session come from.
protocol LineSource {
  /// The next entry, read until it is whole.
  mutating func next(_ context: EntryContext) throws -> Entry
}
