import Dossier

/// What ran in a session, as a script that runs again.
struct SessionScript {
  private var texts: [String] = []

  /// Keeps a text that ran whole.
  ///
  /// A name that is given anew takes its old place: in a script it can be given once.
  mutating func add(_ text: String) {
    let text = text.trimmed
    if let name = Self.givenName(text),
      let place = texts.firstIndex(where: { Self.givenName($0) == name })
    {
      texts[place] = text
    } else {
      // In a script a line that begins so goes on with the statement before it.
      texts.append(text.hasPrefix("|") ? "it\n\(text)" : text)
    }
  }

  /// The script; what it wants from outside is told in its head.
  func text(parameters: [String: String]) -> String {
    let head = parameters.sorted { $0.key < $1.key }
      .map { "# needs --set \($0.key)=\(JSONText.encoded($0.value))\n" }
    return head.joined() + texts.map { $0 + "\n" }.joined()
  }

  /// The name that a text gives with `let`, if it does nothing else.
  private static func givenName(_ text: String) -> Substring? {
    guard text.hasPrefix("let "), !text.contains(";") else { return nil }
    let further = text.split(separator: "\n").dropFirst()
    guard further.allSatisfy({ $0.hasPrefix(" ") || $0.hasPrefix("|") }) else { return nil }
    return text.dropFirst(4).drop { $0 == " " }
      .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
