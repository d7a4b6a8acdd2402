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
  /// What stands before the fraction of a number, and what parts the groups of its digits:
  /// `decimal: ","`, `thousands: " "`.
  var decimal: UInt8?
  var thousands: UInt8?
  /// What the bytes of the file mean: `encoding: "windows-1252"`; UTF-8 if it isn't given.
  var encoding: Encoding?
  /// `unknown: ["NA", "-1"]`; an empty field is always unknown.
  var unknown: [String] = []
  /// Whether rows that can't be read are passed over and counted: `bad: skip`.
  var skipsBad = false

  /// How numbers are written; where a point parts groups a comma stands before the fraction.
  var numbers: NumberStyle {
    let other = thousands == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
    return NumberStyle(decimal: decimal ?? other, thousands: thousands)
  }

  /// The option that says how numbers are written, if there is one.
  var numberOption: String? { decimal != nil ? "decimal" : thousands != nil ? "thousands" : nil }

  /// Whether a script that has said so much of numbers may also say this.
  func allow(_ style: NumberStyle) -> Bool {
    style != numbers && decimal ?? style.decimal == style.decimal
      && thousands ?? style.thousands == style.thousands
  }

  /// The same with numbers written so.
  func with(_ style: NumberStyle) -> FileOptions {
    var options = self
    if style.decimal != numbers.decimal { options.decimal = style.decimal }
    options.thousands = style.thousands ?? thousands
    return options
  }

  /// The same with dates written so.
  func with(_ pattern: DatePattern) -> FileOptions {
    var options = self
    options.date = pattern
    return options
  }

  /// Those that other options don't have, as a script has them.
  func words(besides others: FileOptions) -> String {
    words.filter { !others.words.contains($0) }.joined(separator: ", ")
  }

  /// That these options may be meant, too.
  func note(beside others: FileOptions) -> String {
    "it could be \(words(besides: others)), too"
  }

  /// The call that opens a file with these options, as a script has it.
  func call(_ path: String) -> String {
    "open(\(([FileOptions.quoted(path)] + words).joined(separator: ", ")))"
  }

  /// The options as a script has them.
  var words: [String] {
    var parts: [String] = []
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
    if let decimal { parts.append("decimal: \(FileOptions.quoted(String(decimal)))") }
    if let thousands { parts.append("thousands: \(FileOptions.quoted(String(thousands)))") }
    if let encoding { parts.append("encoding: \(FileOptions.quoted(encoding.rawValue))") }
    if !unknown.isEmpty {
      parts.append("unknown: [\(unknown.map(FileOptions.quoted).joined(separator: ", "))]")
    }
    if skipsBad { parts.append("bad: skip") }
    return parts
  }

  /// A sign as a script has it.
  static func quoted(_ sign: UInt8) -> String { quoted(String(sign)) }

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
