/// Text as a JSON string (RFC 8259), for the history file and for errors.
enum JSONText {
  /// The string with its quotes, on one line.
  static func encoded(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\t": json += "\\t"
      case "\r": json += "\\r"
      case ..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": json += escape(scalar.value)
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  /// The text of a JSON string, or nil if it is none.
  static func decoded(_ json: Substring) -> String? {
    var rest = json.unicodeScalars[...]
    guard rest.count >= 2, rest.popFirst() == "\"", rest.popLast() == "\"" else { return nil }
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard scalar != "\"", scalar >= " " else { return nil }
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let meant = escaped(&rest) else { return nil }
      text.append(meant)
    }
    return String(text)
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// What stands behind a backslash.
  private static func escaped(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u": return fourDigits(&rest)
    case let scalar? where "\"\\/".unicodeScalars.contains(scalar): return scalar
    default: return nil
    }
  }

  /// `\u20AC`, or a pair of surrogates: `\uD83D\uDE00`.
  private static func fourDigits(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    guard let first = unit(&rest) else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    guard rest.popFirst() == "\\", rest.popFirst() == "u", let second = unit(&rest),
      UTF16.isTrailSurrogate(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
  }

  private static func unit(_ rest: inout Substring.UnicodeScalarView) -> UInt16? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
    rest.removeFirst(4)
    return UInt16(String(digits), radix: 16)
  }
}
