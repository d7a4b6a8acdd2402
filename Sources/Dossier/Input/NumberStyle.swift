/// How the numbers of a file are written: `1 234,5`, `1.234,5`, `1'234.5`.
///
/// Groups have three digits, but for the first, which has one to three.
struct NumberStyle: Sendable, Hashable {
  /// What stands before the fraction.
  var decimal = UInt8(ascii: ".")
  /// What parts the groups of digits; a blank stands for the narrow ones and those that don't break,
  /// too, and an apostrophe for the curved one.
  var thousands: UInt8?

  static let plain = NumberStyle()

  /// A sign by a text of a script; nil if none is written so.
  static func thousands(_ text: String) -> UInt8? {
    switch text {
    case " ", "\u{A0}", "\u{202F}", "\u{2009}": UInt8(ascii: " ")
    case "'", "\u{2019}": UInt8(ascii: "'")
    case ",", ".": text.utf8.first
    default: nil
    }
  }

  /// How many bytes the sign between groups has that stands at a place; 0 if none does.
  @inline(__always)
  func groupSign(_ bytes: UnsafePointer<UInt8>, _ index: Int, count: Int) -> Int {
    let byte = bytes[index]
    if byte == thousands { return 1 }
    switch thousands {
    case UInt8(ascii: " "):
      if byte == 0xC2, index + 1 < count, bytes[index + 1] == 0xA0 { return 2 }
      guard byte == 0xE2, index + 2 < count, bytes[index + 1] == 0x80 else { return 0 }
      return bytes[index + 2] == 0xAF || bytes[index + 2] == 0x89 ? 3 : 0
    case UInt8(ascii: "'"):
      guard byte == 0xE2, index + 2 < count, bytes[index + 1] == 0x80 else { return 0 }
      return bytes[index + 2] == 0x99 ? 3 : 0
    default: return 0
    }
  }

  /// The number as it is written without a style, for those of many digits or with an exponent.
  func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard self != .plain, let base = bytes.baseAddress else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let length = groupSign(base, index, count: bytes.count)
      if length == 0 { plain.append(base[index] == decimal ? UInt8(ascii: ".") : base[index]) }
      index += max(length, 1)
    }
    return String(decoding: plain, as: UTF8.self)
  }
}

/// Several ways to write numbers, as bits.
struct NumberStyles: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// The ways that a help may propose, from the plainest; all but the plain one itself.
  static let known: [NumberStyle] = [
    NumberStyle(decimal: UInt8(ascii: ",")),
    NumberStyle(thousands: UInt8(ascii: " ")),
    NumberStyle(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: " ")),
    NumberStyle(thousands: UInt8(ascii: "'")),
    NumberStyle(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "'")),
    NumberStyle(thousands: UInt8(ascii: ",")),
    NumberStyle(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: ".")),
  ]
  static let all = NumberStyles(rawValue: 0x7F)
  /// Those that take `1.5` for what it is.
  private static let pointed = NumberStyles(rawValue: 0x2A)
  private static let lastKnown = NumberStyles(rawValue: 0x40)

  /// The ways in which a value is a number.
  init(_ bytes: UnsafeBufferPointer<UInt8>, among styles: NumberStyles = .all) {
    var found: UInt8 = 0
    if let base = bytes.baseAddress {
      for (index, style) in NumberStyles.known.enumerated()
      where styles.rawValue & 1 << index != 0 {
        if NumberText(base, count: bytes.count, style) != nil { found |= 1 << index }
      }
    }
    rawValue = found
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What is left behind a number that is plain already.
  mutating func formIntersection(plain bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.contains(UInt8(ascii: ".")) else { return }
    let isGrouped =
      contains(.lastKnown) && !NumberStyles(bytes, among: .lastKnown).isEmpty
    formIntersection(isGrouped ? [.pointed, .lastKnown] : .pointed)
  }

  /// The plainest way, and another that gives other numbers if there is one: `1,234` is one and a
  /// bit, or a thousand and more.
  func choice(prefersGroups: Bool) -> (first: NumberStyle, other: NumberStyle?)? {
    let styles = NumberStyles.known.enumerated().compactMap { rawValue & 1 << $0 != 0 ? $1 : nil }
    guard let plainest = styles.first else { return nil }
    let other = styles.first { ($0.thousands ?? $0.decimal) == plainest.decimal && $0 != plainest }
    if prefersGroups, let other { return (other, plainest) }
    return (plainest, other)
  }
}
