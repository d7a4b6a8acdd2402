@_spi(_Unicode) import Swift

/// Canonical composition (NFC), the form in which every text is held.
func normalised(_ text: String) -> String {
  if text.utf8.withContiguousStorageIfAvailable(isSurelyComposed) == true { return text }
  return String(String.UnicodeScalarView(text._nfc))
}

/// Whether a look at valid UTF-8 is enough to tell that it is in NFC.
///
/// So it is where no letter decomposes or joins the one before it: Latin with its accents, Cyrillic,
/// Chinese, Korean syllables, and the quotation marks and dashes of all.
func isSurelyComposed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let base = text.baseAddress else { return true }
  let count = text.count
  var index = 0
  while index < count {
    if index &+ 8 <= count {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      if word & 0x8080_8080_8080_8080 == 0 {
        index &+= 8
        continue
      }
    }
    switch base[index] {
    case 0..<0x80: index &+= 1
    // U+0080 to U+02FF, U+0400 to U+047F.
    case 0xC2...0xCB, 0xD0, 0xD1: index &+= 2
    // U+4000 to U+9FFF, U+B000 to U+CFFF.
    case 0xE4...0xE9, 0xEB, 0xEC: index &+= 3
    // U+2010 to U+203F.
    case 0xE2 where index &+ 2 < count && base[index &+ 1] == 0x80 && base[index &+ 2] >= 0x90:
      index &+= 3
    default: return false
    }
  }
  return true
}
