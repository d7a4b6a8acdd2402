@_spi(_Unicode) import Swift

/// The form in which names are compared: lower case, without accents and other combining marks.
///
/// `fold("Corée du Nord")` is `"coree du nord"`. The result depends on the Unicode tables of the
/// Swift standard library only, never on a locale.
func fold(_ text: String) -> String {
  var (isASCII, isLower) = (true, true)
  for byte in text.utf8 {
    if byte >= 0x80 { isASCII = false }
    if byte >= 0x41, byte <= 0x5A { isLower = false }
  }
  if isASCII {
    if isLower { return text }
    let bytes = text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
  var folded = String.UnicodeScalarView()
  for scalar in text._nfd {
    let properties = scalar.properties
    if properties.generalCategory == .nonspacingMark { continue }
    // The sigma at the end of a word is the same letter.
    if scalar == "ς" {
      folded.append("σ")
      continue
    }
    folded.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
  }
  return String(folded)
}
