/// What makes one text of another.
enum TextFunction: Sendable, Hashable {
  case lower, upper, fold, trim
  case replace(TextSearch, with: String)

  /// The new text, in NFC.
  ///
  /// - Parameter ensure: asked whether so many bytes may be taken while the text grows.
  func callAsFunction<Failure: Error>(
    _ text: String, ensure: (Int) throws(Failure) -> Void
  ) throws(Failure) -> String {
    switch self {
    case .lower: normalised(text.lowercased())
    case .upper: normalised(text.uppercased())
    case .fold: normalised(Dossier.fold(text))
    case .trim: text.trimmingWhitespace
    case .replace(let old, let new):
      normalised(try text.replacing(old, with: new, ensure: ensure))
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
  fileprivate func replacing<Failure: Error>(
    _ old: TextSearch, with new: String, ensure: (Int) throws(Failure) -> Void
  ) throws(Failure) -> String {
    let new = Array(new.utf8)
    var result: [UInt8] = []
    var isFirst = true
    try old.forEachPiece(of: self) { (piece) throws(Failure) in
      let count = result.count
      if !isFirst { result += new }
      isFirst = false
      result += piece
      if count >> 16 != result.count >> 16 { try ensure(result.count) }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
