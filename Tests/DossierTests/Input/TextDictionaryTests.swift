import Testing

@testable import Dossier

@Suite struct TextDictionaryTests {
  static let texts = ["kursk", "Corée", "", "Курск", "kur", "zebra"]

  static var ofBytes: TextDictionary {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for text in texts {
      bytes += text.utf8
      offsets.append(UInt32(bytes.count))
    }
    return TextDictionary(bytes: Buffer(bytes), offsets: Buffer(offsets))
  }

  @Test("texts in one stretch of bytes answer as texts one by one")
  func answersAlike() throws {
    let (one, other) = (TextDictionary(TextDictionaryTests.texts), TextDictionaryTests.ofBytes)
    #expect(one.count == 6 && other.count == 6)
    #expect(other.texts == TextDictionaryTests.texts)
    let meter = Meter(.default, CancelToken())
    let ranks = (
      try one.ranks(meter, at: Span(0, 0)), try other.ranks(meter, at: Span(0, 0))
    )
    #expect(ranks.0 == [3, 1, 0, 5, 2, 4] && ranks.1 == ranks.0)
    for (code, text) in TextDictionaryTests.texts.enumerated() {
      #expect(one.code(of: text) == Int32(code) && other.code(of: text) == Int32(code))
      #expect(other[Int32(code)] == text)
      #expect(one.withBytes(of: Int32(code), Array.init) == Array(text.utf8))
      #expect(other.withBytes(of: Int32(code), Array.init) == Array(text.utf8))
    }
    #expect(other.code(of: "kurs") == nil && one.code(of: "kurs") == nil)
    #expect(other.code(of: "Core\u{301}e") == 1)
  }
}
