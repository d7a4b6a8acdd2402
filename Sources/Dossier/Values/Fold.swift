@_spi(_Unicode) import Swift

/// The form in which names are compared: lower case, without accents and other combining marks.
///
/// `fold("Corée du Nord")` is `"coree du nord"`. The result depends on the Unicode tables of the
/// Swift standard library only, never on a locale.
func fold(_ text: String) -> String {
  var isPlain = true
  for byte in text.utf8 where byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) {
    isPlain = false
    break
  }
  if isPlain { return text }
  var folded = String.UnicodeScalarView()
  for scalar in text._nfd {
    let properties = scalar.properties
    if properties.generalCategory == .nonspacingMark { continue }
    folded.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
  }
  return String(folded)
}

/// Canonical composition (NFC), the form in which every text is held; ASCII is returned as it is.
func normalised(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  return String(String.UnicodeScalarView(text._nfc))
}
