import CDossier
import Dossier

/// An error as C reads it: every text made when it happens, so that any thread may look.
final class ToldError: Held, Sendable {
  static let phrase = "an error"

  private let diagnostics: [Diagnostic]
  /// Five texts a diagnostic, then all of them drawn and as JSON.
  private let texts: KeptTexts

  init(_ failure: Failure) {
    diagnostics = failure.diagnostics
    let words = diagnostics.flatMap { diagnostic in
      [
        diagnostic.code, diagnostic.message, diagnostic.primary.source?.name ?? "",
        diagnostic.primary.text, diagnostic.help ?? "",
      ]
    }
    texts = KeptTexts(words + [failure.rendered(colour: false), failure.renderedAsJSON()])
  }

  var count: Int { diagnostics.count }
  var rendered: dossier_text { texts[count * 5] }
  var json: dossier_text { texts[count * 5 + 1] }

  /// One mistake; nil if there is none such.
  func diagnostic(_ index: Int) -> dossier_diagnostic? {
    guard index >= 0, index < count else { return nil }
    let label = diagnostics[index].primary
    let place = label.source.map { $0.place(of: Int(label.span.start)) }
    return dossier_diagnostic(
      size: MemoryLayout<dossier_diagnostic>.size,
      code: texts[index * 5], message: texts[index * 5 + 1], source: texts[index * 5 + 2],
      line: place?.line ?? 0, column: place?.column ?? 0,
      start: place == nil ? 0 : Int(label.span.start), end: place == nil ? 0 : Int(label.span.end),
      label: texts[index * 5 + 3], help: texts[index * 5 + 4])
  }
}
