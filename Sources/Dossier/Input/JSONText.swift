/// The escapes of JSON texts.
enum JSONText {
  /// Writes what the inside of a text stands for; the scanner has checked the escapes.
  static func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, _ out: GrowingBuffer<UInt8>
  ) throws(ReadError) -> UnsafeBufferPointer<UInt8> {
    // No escape is shorter than what it stands for.
    let room = try out.room(for: bytes.count)
    var count = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        room[count] = byte
        count += 1
        index += 1
        continue
      }
      guard bytes[index + 1] == UInt8(ascii: "u") else {
        room[count] = plain(bytes[index + 1])
        count += 1
        index += 2
        continue
      }
      let (scalar, length) = scalar(bytes, at: index) ?? ("\u{FFFD}", 6)
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        room[count] = unit
        count += 1
      }
      index += length
    }
    return UnsafeBufferPointer(start: room, count: count)
  }

  /// `n` is a line feed.
  private static func plain(_ escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: escape
    }
  }

  /// The character of `\u00e9` or of a pair `\ud83d\ude00`, and the length of the escape.
  static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    guard let first = unit(bytes, at: index) else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
    guard first < 0xDC00, let second = unit(bytes, at: index + 6), (0xDC00...0xDFFF) ~= second
    else { return nil }
    let value = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
    return Unicode.Scalar(value).map { ($0, 12) }
  }

  /// The number of `\u00e9`.
  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for position in index + 2..<index + 6 {
      let byte = bytes[position]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
