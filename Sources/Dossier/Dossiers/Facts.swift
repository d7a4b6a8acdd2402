/// The facts of a dossier: its sources, actors, places, events and figures as tables.
///
/// Immutable and shared. The built-in dossier is `Facts.builtIn`.
public struct Facts: Sendable {
  let store: FactStore
  /// The texts that declared it, for dossiers that add to it.
  let trees: [SyntaxTree]
}

extension Facts {
  /// The dossier drawn from one French press report (North Korean soldiers in Russia's Kursk region,
  /// December 2024); its text is `kursk.q` beside this file.
  public static let builtIn = Facts(
    tree: Parser.parse(SourceText(name: "kursk.q", bytes: PackageResources.kursk_q)).tree)

  /// The dossier that a script declares.
  ///
  /// - Throws: `Failure` with everything that is wrong in the script.
  public init(script: SourceText) throws(Failure) {
    let (tree, errors) = Parser.parse(script)
    let (store, problems) = FactLoader.load([tree])
    let diagnostics =
      errors.map { $0.diagnostic(in: script) }
      + (problems.first ?? []).map { $0.diagnostic(in: script) }
    guard diagnostics.isEmpty else { throw Failure(diagnostics: diagnostics, source: script) }
    self.init(store: store, trees: [tree])
  }

  private init(tree: SyntaxTree) {
    self.init(store: FactLoader.load([tree]).store, trees: [tree])
  }
}
