extension SourceText {
  /// The script as `dossier fmt` writes it: one style of blanks and line breaks, comments kept.
  ///
  /// Formatting twice changes nothing more, and the script means the same before and after.
  /// `figures|where value>5 people` is written `figures | where value > 5 people`, with a line break
  /// at the end.
  ///
  /// - Throws: `Failure` with the errors of syntax, if there are any.
  public func formatted() throws(Failure) -> String { CanonicalText.text(of: try parsed()) }

  /// The syntax tree as text, a node a line.
  ///
  /// - Throws: `Failure` with the errors of syntax, if there are any.
  public func outline() throws(Failure) -> String { TreePrinter.text(of: try parsed()) }

  private func parsed() throws(Failure) -> SyntaxTree {
    let (tree, errors) = Parser.parse(self)
    let diagnostics = errors.map { $0.diagnostic(in: tree.source) }
    guard diagnostics.isEmpty else { throw Failure(diagnostics, in: SourceMap(self)) }
    return tree
  }
}
