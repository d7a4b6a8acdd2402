/// Every word that the grammar knows; all others are names.
///
/// The raw value is the spelling. Which of them are reserved is said by `isReserved`; clause words
/// are names where a value may begin; the rest are words only in their own place.
enum Word: String, CaseIterable, Sendable {
  // Reserved everywhere.
  case and, or, not, `in`, `is`, has, like, same, `if`, then, maybe, `else`, `true`, `false`
  case unknown, possibly
  // Clause words: they end a value and are never units.
  case by, `as`, on, of, to, using, asc, desc, overlaps
  // Statements and declarations.
  case `let`, use, builtin, param, assume, check, unit, family
  case source, actor, place, event, figure
  // Stages.
  case `where`, select, drop, derive, summarize, sort, take, skip, distinct, join, union, expand
  case reconcile, conflicts, render, cite, why, describe
  // The kind of a join.
  case left
  // Hedges and what follows them.
  case about, nearly, over, under, at, least, most, up, several, hundred, thousand
  case dozens, hundreds, thousands, tens
  // Magnitudes.
  case k, mn, bn, tn
  // Parts of a month.
  case early, mid, late
  // States after `is`, where not reserved.
  case known, none, exact, approximate

  var isReserved: Bool { rank <= Word.possibly.rank }
  var isClause: Bool { rank >= Word.by.rank && rank <= Word.overlaps.rank }
  var isStage: Bool { rank >= Word.where.rank && rank <= Word.describe.rank }

  /// The words that a line may begin with to go on from the line before.
  var continuesLine: Bool {
    switch self {
    case .and, .or, .then, .maybe, .else: true
    default: false
    }
  }

  /// The words after which a line goes on.
  var wantsMore: Bool {
    switch self {
    case .and, .or, .not, .in, .is, .has, .like, .same, .if, .then, .else, .possibly: true
    default: false
    }
  }

  static let stages = allCases.filter(\.isStage)
  static let declarations: [Word] = [.source, .actor, .place, .event, .figure]

  private var rank: Int { Int(WordTable.rank(of: self)) }
}

/// Finds words by their bytes: a hash table made once, because the lexer asks for each word.
struct WordTable: Sendable {
  static let shared = WordTable()

  private var keys = [UInt64](repeating: 0, count: 256)
  private var words = [Word?](repeating: nil, count: 256)
  private var lengths = [Int](repeating: 0, count: 256)

  private init() {
    for word in Word.allCases {
      let bytes = Array(word.rawValue.utf8)
      let key = bytes.reduce(0, WordTable.extended)
      var slot = WordTable.slot(key)
      while words[slot] != nil { slot = (slot + 1) & 255 }
      keys[slot] = key
      words[slot] = word
      lengths[slot] = bytes.count
    }
  }

  /// The word that stands at `start..<end` and has a key, if the grammar knows it.
  func word(
    key: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Word? {
    guard end - start <= 11 else { return nil }
    var slot = WordTable.slot(key)
    while let found = words[slot] {
      if keys[slot] == key, lengths[slot] == end - start {
        // Eight bytes are the key itself.
        if end - start <= 8 { return found }
        if found.rawValue.utf8.elementsEqual(bytes[start..<end]) { return found }
      }
      slot = (slot + 1) & 255
    }
    return nil
  }

  /// The order of declaration, which groups the words.
  static func rank(of word: Word) -> UInt8 { unsafeBitCast(word, to: UInt8.self) }

  /// A key with one more byte; most words fit into eight, of longer ones the further are folded in.
  @inline(__always)
  static func extended(_ key: UInt64, _ byte: UInt8) -> UInt64 {
    (key &<< 8 | key &>> 56) ^ UInt64(byte)
  }

  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 56)
  }
}
