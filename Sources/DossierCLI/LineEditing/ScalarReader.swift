/// Puts the bytes of a terminal together to characters.
struct ScalarReader {
  private var value: UInt32 = 0
  private var missing = 0
  private var smallest: UInt32 = 0

  /// The character that this byte ends, U+FFFD for one that can't be; nil if more must follow.
  mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
    if missing > 0 {
      guard byte & 0xC0 == 0x80 else {
        // The broken character is given up, and the byte begins another.
        missing = 0
        return take(byte)
      }
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      guard missing == 0 else { return nil }
      return value < smallest ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
    }
    switch byte {
    case ..<0x80: return Unicode.Scalar(byte)
    case 0xC2..<0xE0: begin(byte & 0x1F, missing: 1, smallest: 0x80)
    case 0xE0..<0xF0: begin(byte & 0x0F, missing: 2, smallest: 0x800)
    case 0xF0..<0xF5: begin(byte & 0x07, missing: 3, smallest: 0x10000)
    default: return "\u{FFFD}"
    }
    return nil
  }

  private mutating func begin(_ bits: UInt8, missing: Int, smallest: UInt32) {
    value = UInt32(bits)
    self.missing = missing
    self.smallest = smallest
  }
}
