/// What makes one text of another.
enum TextFunction: Sendable, Hashable {
  case lower, upper, fold, trim
  case replace(String, with: String)

  /// The new text, in NFC.
  func callAsFunction(_ text: String) -> String {
    switch self {
    case .lower: normalised(text.lowercased())
    case .upper: normalised(text.uppercased())
    case .fold: normalised(Dossier.fold(text))
    case .trim: text.trimmingWhitespace
    case .replace(let old, let new): normalised(text.replacing(old, with: new))
    }
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmingWhitespace: String {
    var scalars = unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }

  /// Each place where a part stands, from the left, replaced; an empty part stands nowhere.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    let pieces = pieces(between: old)
    return pieces.joined(separator: new)
  }

  /// What stands between the places of a separator, compared by bytes; the whole text if it is empty.
  func pieces(between separator: String) -> [String] {
    let (bytes, wanted) = (Array(utf8), Array(separator.utf8))
    guard let first = wanted.first else { return [self] }
    var pieces: [String] = []
    var (start, place) = (0, 0)
    while place + wanted.count <= bytes.count {
      if bytes[place] == first, bytes[place..<place + wanted.count].elementsEqual(wanted) {
        pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
        place += wanted.count
        start = place
      } else {
        place += 1
      }
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
