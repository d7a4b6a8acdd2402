/// What `.set highlight off` and `.set hints off` change while a line is edited.
struct EditSettings: Equatable {
  enum Name: String, CaseIterable {
    case highlight, hints
  }

  /// One of them as it is typed: `highlight off`.
  struct Change: Equatable {
    let name: Name
    let isOn: Bool

    /// Nil for any other text.
    init?(_ text: String) {
      let words = text.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let name = Name(rawValue: String(words[0])),
        words[1] == "on" || words[1] == "off"
      else { return nil }
      self.name = name
      isOn = words[1] == "on"
    }
  }

  /// The line is coloured.
  var highlights = true
  /// What an earlier entry goes on with stands in grey behind the line.
  var showsHints = true

  mutating func make(_ change: Change) {
    switch change.name {
    case .highlight: highlights = change.isOn
    case .hints: showsHints = change.isOn
    }
  }

  /// As they are set: `highlight on`.
  var listed: [String] {
    Name.allCases.map { name in
      let isOn = name == .highlight ? highlights : showsHints
      return "\(name.rawValue) \(isOn ? "on" : "off")"
    }
  }
}
