/// What the bytes of a file mean.
enum Encoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// What Windows writes in the west of Europe and in America; ISO 8859-1 but for the controls of
  /// that, which no table holds.
  case windows1252 = "windows-1252"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"

  /// As messages say it.
  var title: String {
    switch self {
    case .utf8: "UTF-8"
    case .windows1252: rawValue
    case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
    }
  }

  /// By one of its names, whatever the case.
  init?(named name: String) {
    switch fold(name) {
    case "cp1252", "latin1", "latin-1", "iso-8859-1": self = .windows1252
    case "utf8": self = .utf8
    case let name: self.init(rawValue: name)
    }
  }

  /// The encoding whose mark a file begins with.
  init?(markOf bytes: [UInt8]) {
    switch bytes.prefix(3) {
    case [0xEF, 0xBB, 0xBF]: self = .utf8
    case let start where start.prefix(2) == [0xFF, 0xFE]: self = .utf16LittleEndian
    case let start where start.prefix(2) == [0xFE, 0xFF]: self = .utf16BigEndian
    default: return nil
    }
  }

  /// The bytes as UTF-8, and how many of them were used: a character may go on behind them, unless
  /// they are the last.
  ///
  /// What stands for nothing becomes a byte that UTF-8 doesn't have, so that the reader tells its
  /// place.
  func decoded(_ bytes: [UInt8], areLast: Bool) -> (text: [UInt8], used: Int) {
    switch self {
    case .utf8: return (bytes, bytes.count)
    case .windows1252:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count * 2)
      for byte in bytes {
        if byte < 0x80 { text.append(byte) } else { Encoding.add(westernScalar(byte), to: &text) }
      }
      return (text, bytes.count)
    case .utf16LittleEndian, .utf16BigEndian: return decodedPairs(bytes, areLast: areLast)
    }
  }

  private static let invalid: UInt8 = 0xFF

  private static func add(_ scalar: UInt32, to text: inout [UInt8]) {
    guard scalar > 0, let scalar = Unicode.Scalar(scalar) else { return text.append(invalid) }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  // MARK: windows-1252

  /// The characters of 0x80 to 0x9F; 0 where there is none.
  private static let western: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  private func westernScalar(_ byte: UInt8) -> UInt32 {
    byte < 0xA0 ? Encoding.western[Int(byte) - 0x80] : UInt32(byte)
  }

  // MARK: UTF-16

  private func decodedPairs(_ bytes: [UInt8], areLast: Bool) -> (text: [UInt8], used: Int) {
    func unit(_ index: Int) -> UInt32 {
      let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
      return self == .utf16BigEndian ? first << 8 | second : second << 8 | first
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index + 1 < bytes.count {
      let high = unit(index)
      guard high & 0xFC00 == 0xD800 else {
        // A zero is told as what it is.
        if high == 0 { text.append(0) } else { Encoding.add(high, to: &text) }
        index += 2
        continue
      }
      if index + 3 >= bytes.count, !areLast { break }
      let low = index + 3 < bytes.count ? unit(index + 2) : 0
      let isPair = low & 0xFC00 == 0xDC00
      Encoding.add(isPair ? 0x10000 + (high & 0x3FF) << 10 + low & 0x3FF : 0, to: &text)
      index += isPair ? 4 : 2
    }
    if areLast, index < bytes.count {
      text.append(Encoding.invalid)
      index = bytes.count
    }
    return (text, index)
  }
}
