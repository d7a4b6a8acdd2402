import Dossier

/// What Enter does: the parser decides, not a sign at the end of the line.
enum EnterDecision: Equatable {
  case submit
  /// A line break with the indent of the next row.
  case insert(String)

  /// - Parameter isInputPending: Whether more is waiting, as in a paste the terminal doesn't mark.
  init(
    _ block: EditBlock, isInputPending: Bool, completeness: (String) -> Completeness
  ) {
    let text = block.text
    guard !text.trimmed.isEmpty, case .incomplete(let indent) = completeness(text) else {
      self = .submit
      return
    }
    if isInputPending {
      self = .insert("\n")
    } else if block.endsInBlankRow {
      // Whoever doesn't know how to finish it gets the error instead of a trap.
      self = .submit
    } else {
      self = .insert("\n" + String(repeating: " ", count: max(0, indent)))
    }
  }
}

/// What Tab does: writes what all candidates share, else lists them; never a first guess.
enum TabDecision {
  case insertBlank
  case replace(Range<Int>, with: String)
  case list([Completions.Candidate])
  case nothing

  init(_ block: EditBlock, isInputPending: Bool, completions: (String, Int) -> Completions) {
    if isInputPending {
      self = .insertBlank
      return
    }
    let found = completions(block.text, block.byteCursor)
    let typed = block.text(bytes: found.replacing)
    let shared = Self.commonPrefix(found.candidates.map(\.text))
    let isLonger = shared.lowercased().hasPrefix(typed.lowercased()) && shared != typed
    if found.candidates.count == 1 || isLonger {
      self = shared == typed ? .nothing : .replace(found.replacing, with: shared)
    } else {
      self = found.candidates.isEmpty ? .nothing : .list(found.candidates)
    }
  }

  static func commonPrefix(_ texts: [String]) -> String {
    guard var shared = texts.first.map({ Array($0.unicodeScalars) }) else { return "" }
    for text in texts.dropFirst() {
      let same = zip(shared, text.unicodeScalars).prefix { $0 == $1 }.count
      shared.removeLast(shared.count - same)
    }
    return String(String.UnicodeScalarView(shared))
  }
}

/// A text that was pasted.
enum Paste {
  /// What the terminal sends behind a paste that it marks.
  static let endMark = Array("\u{1B}[201~".unicodeScalars)

  /// The text to insert: line breaks as `\n` and none at the end; tabs stay.
  static func normalised(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var text: [Unicode.Scalar] = []
    var previous: Unicode.Scalar = " "
    for scalar in scalars {
      if scalar == "\r" {
        text.append("\n")
      } else if scalar != "\0" && !(scalar == "\n" && previous == "\r") {
        text.append(scalar)
      }
      previous = scalar
    }
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
