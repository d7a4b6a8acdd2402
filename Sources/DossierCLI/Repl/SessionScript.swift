import Dossier

/// What ran in a session, as a script that runs again.
struct SessionScript {
  private var texts: [String] = []

  /// Keeps a text that ran whole.
  mutating func add(_ text: String) {
    let text = text.trimmed
    // In a script a line that begins so goes on with the statement before it.
    texts.append(text.hasPrefix("|") ? "it\n\(text)" : text)
  }

  /// The script; what it wants from outside is told in its head.
  func text(parameters: [String: String]) -> String {
    let head = parameters.sorted { $0.key < $1.key }
      .map { "# needs --set \($0.key)=\(JSONText.encoded($0.value))\n" }
    return head.joined() + texts.map { $0 + "\n" }.joined()
  }
}
