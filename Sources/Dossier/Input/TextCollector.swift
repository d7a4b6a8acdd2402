/// Gives the texts of a column their codes while it is read, from bytes and without a string each.
///
/// The texts lie one behind the other; a table of open addressing finds them. The seed of its hash
/// is drawn anew each time, so that nobody can write a file whose texts all collide; codes follow the
/// order of the texts in the file, so nothing else depends on it.
final class TextCollector {
  private struct Slot {
    /// −1 where nothing lies.
    var code: Int32
    var hash: UInt32
  }

  private let charge: Charge
  private let bytes: GrowingBuffer<UInt8>
  private let offsets: GrowingBuffer<UInt32>
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private let seed = UInt64.random(in: .min ... .max) | 1
  /// The codes of texts that aren't in NFC.
  private var others: [[UInt8]: Int32] = [:]

  init(charge: Charge) throws(ReadError) {
    self.charge = charge
    bytes = GrowingBuffer(charge: charge)
    offsets = GrowingBuffer(charge: charge)
    mask = 63
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: Slot(code: -1, hash: 0), count: 64)
    try offsets.append(0)
  }

  deinit { slots.deallocate() }

  var count: Int { offsets.count - 1 }

  /// The code of a text of valid UTF-8, a new one if it is the first of its kind.
  @inline(__always)
  func code(of text: UnsafeBufferPointer<UInt8>) throws(ReadError) -> Int32 {
    let hash = hash(text)
    if let code = find(text, hash) { return code }
    return try add(text, hash)
  }

  func code(of text: [UInt8]) throws(ReadError) -> Int32 {
    try text.withUnsafeBufferPointer { bytes throws(ReadError) -> Int32 in try code(of: bytes) }
  }

  /// The code of a text if it has one.
  private func find(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int32? {
    var index = Int(hash) & mask
    while slots[index].code >= 0 {
      if slots[index].hash == hash, text.isSame(as: slice(Int(slots[index].code))) {
        return slots[index].code
      }
      index = (index &+ 1) & mask
    }
    return nil
  }

  private func add(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt32) throws(ReadError) -> Int32 {
    if !isSurelyComposed(text) {
      if let code = others[Array(text)] { return code }
      let composed = Array(normalised(String(decoding: text, as: UTF8.self)).utf8)
      if !composed.elementsEqual(text) {
        try charge.bytes(text.count * 2)
        let code = try code(of: composed)
        others[Array(text)] = code
        return code
      }
    }
    return try append(text, hash)
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt32
  ) throws(ReadError) -> Int32 {
    guard bytes.count + text.count < Int(UInt32.max), count < Int(Int32.max) else {
      throw .file(
        FileError(
          cause: .tooLong(what: "all different texts of a column", limit: "4 GB"), name: ""))
    }
    if count * 2 > mask { try growTable() }
    let code = Int32(count)
    try bytes.append(text)
    try offsets.append(UInt32(bytes.count))
    insert(Slot(code: code, hash: hash))
    return code
  }

  private func insert(_ slot: Slot) {
    var index = Int(slot.hash) & mask
    while slots[index].code >= 0 { index = (index &+ 1) & mask }
    slots[index] = slot
  }

  private func growTable() throws(ReadError) {
    let size = (mask + 1) * 4
    try charge.bytes(size * MemoryLayout<Slot>.stride)
    let old = UnsafeMutableBufferPointer(start: slots, count: mask + 1)
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(code: -1, hash: 0), count: size)
    mask = size - 1
    for slot in old where slot.code >= 0 { insert(slot) }
    old.deallocate()
  }

  // MARK: Bytes

  /// The bytes of a code.
  @inline(__always)
  private func slice(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[code])
    return UnsafeBufferPointer(start: bytes.start + start, count: Int(offsets[code + 1]) - start)
  }

  /// Eight bytes at a time, each folded in by a multiplication whose upper half comes down.
  @inline(__always)
  private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var state = seed &+ UInt64(truncatingIfNeeded: text.count)
    guard let base = text.baseAddress else { return UInt32(truncatingIfNeeded: state >> 32) }
    let bytes = UnsafeRawPointer(base)
    var index = 0
    while index &+ 8 <= text.count {
      state = TextCollector.mixed(
        state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), seed)
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < text.count {
      rest = rest << 8 | UInt64(bytes.load(fromByteOffset: index, as: UInt8.self))
      index &+= 1
    }
    state = TextCollector.mixed(state ^ rest, 0x9E37_79B9_7F4A_7C15)
    return UInt32(truncatingIfNeeded: state ^ (state >> 32))
  }

  @inline(__always)
  private static func mixed(_ value: UInt64, _ factor: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }

  /// The text of a code.
  func text(_ code: Int) -> String { String(decoding: slice(code), as: UTF8.self) }

  /// All of them; the collector is empty then.
  func finish() -> TextDictionary {
    TextDictionary(bytes: bytes.finish(), offsets: offsets.finish())
  }
}
