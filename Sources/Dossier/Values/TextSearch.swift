/// Finds a part in texts, by their bytes, in time proportional to both whatever they are.
///
/// Knuth, Morris, Pratt: Fast Pattern Matching in Strings (1977).
struct TextSearch: Sendable, Hashable {
  let wanted: [UInt8]
  /// For each place the length of the longest beginning that ends before it.
  private let borders: [Int]

  init(_ part: String) {
    let wanted = Array(part.utf8)
    var borders = [Int](repeating: 0, count: wanted.count + 1)
    var length = 0
    for place in 1..<max(wanted.count, 1) {
      while length > 0, wanted[place] != wanted[length] { length = borders[length] }
      if wanted[place] == wanted[length] { length += 1 }
      borders[place + 1] = length
    }
    self.wanted = wanted
    self.borders = borders
  }

  /// Where the part first stands from a place on; nil if it doesn't, or is empty.
  func first(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard !wanted.isEmpty else { return nil }
    var length = 0
    for place in start..<max(bytes.count, start) {
      while length > 0, bytes[place] != wanted[length] { length = borders[length] }
      if bytes[place] == wanted[length] { length += 1 }
      if length == wanted.count { return place + 1 - length }
    }
    return nil
  }

  /// Whether a text has the part; every text has the empty one.
  func isIn(_ text: String) -> Bool {
    var text = text
    return wanted.isEmpty || text.withUTF8 { first(in: $0, from: 0) != nil }
  }

  /// Hands over what stands between the places of the part; the whole text if that is empty.
  func forEachPiece<Failure: Error>(
    of text: String, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
      var start = 0
      while let place = first(in: bytes, from: start) {
        try body(UnsafeBufferPointer(rebasing: bytes[start..<place]))
        start = place + wanted.count
      }
      try body(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }
}
