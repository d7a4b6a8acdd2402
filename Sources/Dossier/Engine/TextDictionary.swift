/// The different texts of a column, in NFC; columns hold their codes.
///
/// A dictionary of a dossier holds texts one by one. One that was read from a file is a single
/// stretch of bytes, so that a million different texts cost no million allocations; ask it by code
/// or for the bytes, since `texts` makes all of them anew.
final class TextDictionary: Sendable {
  private enum Storage: Sendable {
    case texts([String])
    /// The text of a code is `bytes[offsets[code]..<offsets[code + 1]]`.
    case bytes(Buffer<UInt8>, offsets: Buffer<UInt32>)
  }

  private let storage: Storage

  /// The texts in the order of their codes.
  init(_ texts: [String]) { storage = .texts(texts) }

  static let empty = TextDictionary([])

  /// Texts one behind the other, valid UTF-8; the offsets are one more than there are texts.
  init(bytes: Buffer<UInt8>, offsets: Buffer<UInt32>) {
    storage = .bytes(bytes, offsets: offsets)
  }

  /// How many texts it has.
  var count: Int {
    switch storage {
    case .texts(let texts): texts.count
    case .bytes(_, let offsets): offsets.count - 1
    }
  }

  /// All texts in the order of their codes.
  var texts: [String] {
    switch storage {
    case .texts(let texts): texts
    case .bytes: (0..<Int32(count)).map { self[$0] }
    }
  }

  /// Whether it takes next to no time to look at all of them.
  var isSmall: Bool {
    count <= 4_096 && (0..<Int32(count)).reduce(0) { $0 + withBytes(of: $1, \.count) } <= 1 << 18
  }

  subscript(code: Int32) -> String {
    switch storage {
    case .texts(let texts): texts[Int(code)]
    case .bytes(let bytes, let offsets):
      String(decoding: TextDictionary.slice(bytes, offsets, Int(code)), as: UTF8.self)
    }
  }

  /// Looks at the UTF-8 bytes of a text without making a string of it.
  func withBytes<Result>(
    of code: Int32, _ look: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    switch storage {
    case .bytes(let bytes, let offsets):
      return look(TextDictionary.slice(bytes, offsets, Int(code)))
    case .texts(let texts):
      var text = texts[Int(code)]
      return text.withUTF8(look)
    }
  }

  /// The stretch of bytes and where each text begins, if it is one stretch.
  var bytes: (bytes: Buffer<UInt8>, offsets: Buffer<UInt32>)? {
    if case .bytes(let bytes, let offsets) = storage { (bytes, offsets) } else { nil }
  }

  private static func slice(
    _ bytes: Buffer<UInt8>, _ offsets: Buffer<UInt32>, _ code: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[code])
    return UnsafeBufferPointer(start: bytes.start + start, count: Int(offsets[code + 1]) - start)
  }

  /// The code of a text, or nil if it doesn't occur.
  func code(of text: String) -> Int32? {
    var text = normalised(text)
    return text.withUTF8 { wanted in
      (0..<Int32(count)).first { withBytes(of: $0) { $0.elementsEqual(wanted) } }
    }
  }

  /// Hands the question whether one text comes before another by their bytes to a body that asks it
  /// often.
  func withOrder<Result, Failure: Error>(
    _ body: (_ isBefore: (Int32, Int32) -> Bool) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch storage {
    case .texts(let texts): return try body { texts[Int($0)] < texts[Int($1)] }
    case .bytes(let bytes, let offsets):
      return try body { a, b in
        TextDictionary.slice(bytes, offsets, Int(a)).precedes(
          TextDictionary.slice(bytes, offsets, Int(b)))
      }
    }
  }

  /// The place of each code when the texts are sorted by their bytes.
  func ranks(_ meter: Meter, at span: Span) throws(RunError) -> [Int32] {
    let codes = try withOrder { isBefore throws(RunError) in
      try meter.sorted(0..<Int32(count), at: span, by: isBefore)
    }
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, code) in codes.enumerated() { ranks[Int(code)] = Int32(rank) }
    return ranks
  }
}

/// Gives texts their codes while a column is filled.
struct TextCoder {
  private(set) var texts: [String] = []
  /// Kept, so that growing hashes no text again.
  private var hashes: [Int] = []
  private var slots = [Int32](repeating: -1, count: 16)

  mutating func code(of text: String) -> Int32 {
    let hash = text.hashValue
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = slots[slot]
      if hashes[Int(code)] == hash, texts[Int(code)] == text { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    let code = Int32(texts.count)
    slots[slot] = code
    texts.append(text)
    hashes.append(hash)
    if texts.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = hash & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  var dictionary: TextDictionary { TextDictionary(texts) }
}
