/// Reads the bytes of single cells: what encloses them, escapes, the texts that stand for unknown, and
/// how numbers and dates are written.
struct CellReader {
  enum Form: Sendable, Hashable {
    /// A field, maybe in quotes; 0 if there are none.
    case delimited(quote: UInt8)
    case json
  }

  /// The bytes of a cell without what encloses them.
  struct Value {
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether it may be a number or a truth; a text of JSON may not.
    var isWord = true
    /// Whether `decoded` has to undo escapes.
    var isEscaped = false
    var isUnknown = false
  }

  private let quote: UInt8
  private let isJSON: Bool
  private let unknown: [[UInt8]]
  /// JSON writes its numbers in one way.
  let numbers: NumberStyle
  let dates: DatePattern?

  init(_ form: Form, _ options: FileOptions = FileOptions()) {
    switch form {
    case .delimited(let quote): (self.quote, isJSON, numbers) = (quote, false, options.numbers)
    case .json: (quote, isJSON, numbers) = (UInt8(ascii: "\""), true, .plain)
    }
    unknown = options.unknown.map { Array(normalised($0).utf8) }
    dates = options.date
  }

  /// The value of a cell of a block.
  @inline(__always)
  func value(_ cell: Cell, _ block: UnsafePointer<UInt8>) -> Value {
    if isJSON { return json(cell, block) }
    var start = Int(cell.start)
    var count = Int(cell.end) &- start
    var isEscaped = false
    if count > 0, block[start] == quote, quote != 0 {
      start &+= 1
      count &-= 2
      isEscaped = true
    }
    let bytes = UnsafeBufferPointer(start: block + start, count: max(count, 0))
    let isUnknown = bytes.isEmpty || (!unknown.isEmpty && isMarker(bytes))
    return Value(bytes: bytes, isEscaped: isEscaped, isUnknown: isUnknown)
  }

  private func json(_ cell: Cell, _ block: UnsafePointer<UInt8>) -> Value {
    guard cell.start != Cell.missing.start else {
      return Value(bytes: UnsafeBufferPointer(start: block, count: 0), isUnknown: true)
    }
    let start = Int(cell.start)
    let count = Int(cell.end) - start
    let whole = UnsafeBufferPointer(start: block + start, count: count)
    switch block[start] {
    case quote:
      let inner = UnsafeBufferPointer(start: block + start + 1, count: count - 2)
      return Value(
        bytes: inner, isWord: false, isEscaped: inner.contains(UInt8(ascii: "\\")),
        isUnknown: !unknown.isEmpty && isMarker(inner))
    case UInt8(ascii: "n"): return Value(bytes: whole, isUnknown: true)
    case UInt8(ascii: "["), UInt8(ascii: "{"): return Value(bytes: whole, isWord: false)
    default: return Value(bytes: whole, isUnknown: !unknown.isEmpty && isMarker(whole))
    }
  }

  private func isMarker(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let trimmed = CellReader.trimmed(bytes)
    return unknown.contains { $0.elementsEqual(trimmed) }
  }

  /// Without spaces and tabs at its ends.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start &+= 1 }
    while end > start, bytes[end &- 1] == 0x20 || bytes[end &- 1] == 0x09 { end &-= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  // MARK: Escapes

  /// The bytes that a value stands for; `scratch` holds them if they aren't its own.
  @inline(__always)
  func decoded(
    _ value: Value, _ scratch: GrowingBuffer<UInt8>
  ) throws(ReadError) -> UnsafeBufferPointer<UInt8> {
    guard value.isEscaped else { return value.bytes }
    scratch.removeAll()
    if isJSON { return try JSONText.decoded(value.bytes, scratch) }
    guard value.bytes.contains(quote) else { return value.bytes }
    let out = try scratch.room(for: value.bytes.count)
    var count = 0
    var index = 0
    while index < value.bytes.count {
      let byte = value.bytes[index]
      out[count] = byte
      count &+= 1
      // Of two quotes one is meant.
      index &+= byte == quote ? 2 : 1
    }
    return UnsafeBufferPointer(start: out, count: count)
  }
}
