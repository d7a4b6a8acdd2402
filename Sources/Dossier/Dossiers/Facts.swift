/// The facts of a dossier: its sources, actors, places, events and figures as tables.
///
/// Immutable and shared. The built-in dossier is `Facts.builtIn`.
public struct Facts: Sendable {
  let store: FactStore
  /// The text that declared it, for scripts that add to it.
  let source: SourceText
  /// How that text reads the words of quantities.
  var readings = Readings.published

  /// The declarations; parsed when a script adds to them.
  var tree: SyntaxTree { Parser.parse(source).tree }
}

extension Facts {
  /// The dossier drawn from one French press report (North Korean soldiers in Russia's Kursk region,
  /// December 2024); its text is `kursk.q` beside this file.
  public static let builtIn = Facts(
    store: FactImage.store(of: PackageResources.kursk_image),
    source: SourceText(name: "kursk.q", bytes: PackageResources.kursk_q))

  /// The dossier that a script declares.
  ///
  /// - Throws: `Failure` with everything that is wrong in the script.
  public init(script: SourceText) throws(Failure) {
    let (tree, errors) = Parser.parse(script)
    let reader = ReadingsReader(tree, after: .published)
    let (store, problems) = FactLoader.load([.init(tree: tree)], reader.readings)
    let sources = SourceMap(tree.source)
    let diagnostics =
      errors.map { $0.diagnostic(in: tree.source) }
      + (reader.errors + (problems.first ?? [])).map { $0.diagnostic(in: sources) }
    guard diagnostics.isEmpty else { throw Failure(diagnostics, in: sources) }
    self.init(store: store, source: script, readings: reader.readings)
  }
}
