/// A hole is a `?` where something is still to be written: it is told what could stand there.
extension Session {
  /// What could stand where a text has a `?` that isn't part of a date or a text; nil without one.
  ///
  /// ```swift
  /// session.candidates(forHoleIn: "figures | where ?")  // the fields of figures, …
  /// ```
  public func candidates(forHoleIn text: String) -> [Completions.Candidate]? {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: text)).tokens
    guard let hole = tokens.first(where: { $0.kind == .question }) else { return nil }
    return completions(in: text, at: Int(hole.span.start)).candidates
  }

  /// The mistakes of a text with what fits into its holes.
  ///
  /// Nothing is run for it, so that a script has the same mistakes everywhere.
  func fillingHoles(_ failure: Failure, of text: SourceText) -> Failure {
    var told = failure
    let holes = failure.diagnostics.indices.filter { failure.diagnostics[$0].isOfHole(in: text) }
    let written = holes.isEmpty ? "" : String(decoding: text.bytes, as: UTF8.self)
    for index in holes.prefix(Self.mostHoles) {
      let hole = failure.diagnostics[index]
      let found = completions(in: written, at: Int(hole.primary.span.start), runs: false)
      told.diagnostics[index] = Diagnostic(
        "E0114", "'?' is a hole: something is still to be written here", at: hole.primary,
        notes: Self.fitting(found.candidates.map(\.text)))
    }
    return told
  }

  private static let mostHoles = 8
  private static let mostShown = 24

  private static func fitting(_ words: [String]) -> [String] {
    if words.isEmpty { return [] }
    let rest = words.count - mostShown
    let shown = words.prefix(mostShown).joined(separator: "  ")
    return ["fits here: " + shown + (rest > 0 ? "  … \(rest) more" : "")]
  }
}

extension Diagnostic {
  /// Whether it is of a `?` that the parser has no use for, and that isn't the `a ? b : c` of other
  /// languages.
  fileprivate func isOfHole(in text: SourceText) -> Bool {
    let isUnread = code == "E0114" || (code == "E0123" && help == nil)
    guard isUnread, let source = primary.source, source.bytes == text.bytes else { return false }
    return source.text(primary.span) == "?"
  }
}
