/// What `open("x.tsv", quote: none, types: {code: text})` says of a file.
struct FileOptions: Sendable, Hashable {
  /// What encloses a field that holds separators.
  enum Quote: Sendable, Hashable {
    case character(UInt8)
    /// No character does: `quote: none`.
    case none
  }

  /// The types that a script can give a field.
  enum GivenType: String, CaseIterable, Sendable {
    case text, number, integer, date, truth
  }

  /// `separator: ";"`, one ASCII character; found out if it isn't given.
  var separator: UInt8?
  var quote = Quote.character(UInt8(ascii: "\""))
  /// The types that the script gives: `types: {code: text}`.
  var types: [String: GivenType] = [:]
  /// How dates are written: `date: "d MMMM yyyy"`.
  var date: DatePattern?
  /// `unknown: ["NA", "-1"]`; an empty field is always unknown.
  var unknown: [String] = []
  /// Whether rows that can't be read are passed over and counted: `bad: skip`.
  var skipsBad = false

  /// The call that opens a file with these options, as a script has it.
  func call(_ path: String) -> String {
    var parts = [FileOptions.quoted(path)]
    if let separator { parts.append("separator: \(FileOptions.quoted(String(separator)))") }
    switch quote {
    case .none: parts.append("quote: none")
    case .character(UInt8(ascii: "\"")): break
    case .character(let sign): parts.append("quote: \(FileOptions.quoted(String(sign)))")
    }
    if !types.isEmpty {
      let pairs = types.keys.sorted().map { name in
        "\(FileOptions.name(name)): \(types[name]?.rawValue ?? "")"
      }
      parts.append("types: {\(pairs.joined(separator: ", "))}")
    }
    if let date { parts.append("date: \(FileOptions.quoted(date.text))") }
    if !unknown.isEmpty {
      parts.append("unknown: [\(unknown.map(FileOptions.quoted).joined(separator: ", "))]")
    }
    if skipsBad { parts.append("bad: skip") }
    return "open(\(parts.joined(separator: ", ")))"
  }

  private static func quoted(_ text: String) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": written += "\\\(scalar)"
      case "\n": written += "\\n"
      case "\t": written += "\\t"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }

  /// A field's name, in backticks unless it is a plain word.
  private static func name(_ name: String) -> String {
    let isPlain = name.utf8.enumerated().allSatisfy { index, byte in
      byte == UInt8(ascii: "_") || byte.isLetter || (index > 0 && byte.isDigit)
    }
    return isPlain && !name.isEmpty ? name : "`\(name)`"
  }
}

extension String {
  /// A text of one ASCII byte.
  fileprivate init(_ byte: UInt8) { self = String(Character(Unicode.Scalar(byte))) }
}

extension UInt8 {
  /// Whether it is an ASCII digit.
  var isDigit: Bool { self &- 0x30 < 10 }

  /// Whether it is an ASCII letter.
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
