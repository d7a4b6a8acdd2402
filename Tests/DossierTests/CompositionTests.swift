import Foundation
import Testing

@testable import Dossier

@Suite struct CompositionTests {
  private func isSure(_ scalar: Unicode.Scalar) -> Bool {
    Array(String(scalar).utf8).withUnsafeBufferPointer(isSurelyComposed)
  }

  @Test("what a look takes for composed neither decomposes nor joins the letter before it")
  func look() {
    var (sure, joining) = (0, Set<Unicode.Scalar>())
    for scalar in (0...0x2FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
      let text = String(scalar)
      if scalar.value >= 0x80 {
        joining.formUnion(text.decomposedStringWithCanonicalMapping.unicodeScalars.dropFirst())
      }
      guard isSure(scalar) else { continue }
      sure += 1
      #expect(scalar.properties.canonicalCombiningClass == .notReordered)
      #expect(text.precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual([scalar]))
    }
    #expect(sure > 30_000)
    #expect(joining.count > 100 && !joining.contains(where: isSure))
  }

  @Test(
    "texts are composed, whatever they are written in",
    arguments: [
      ("Core\u{301}e", "Corée"), ("Corée du “Nord” – 北韓", "Corée du “Nord” – 北韓"), ("", ""),
      ("Киї\u{301}в", "Киї\u{301}в"), ("и\u{306}", "й"), ("\u{2126}", "Ω"),
      ("\u{2000}", "\u{2002}"),
      ("\u{1112}\u{1161}\u{11AB}", "한"), ("a longer text e\u{302}", "a longer text ê"),
    ])
  func composed(_ text: String, _ expected: String) {
    #expect(normalised(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }
}
