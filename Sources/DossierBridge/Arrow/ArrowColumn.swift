import Dossier

/// A column as Arrow lays it out: what its type is, and the memory of its values.
///
/// Memory of the engine is used where it lies.
struct ArrowColumn {
  /// Memory and what keeps it.
  struct Memory {
    let start: UnsafeRawPointer?
    let owner: AnyObject

    init<Element>(_ buffer: Buffer<Element>) {
      start = buffer.withElements { UnsafeRawPointer($0.baseAddress) }
      owner = buffer
    }
  }

  var name = ""
  /// Arrow's word for the type: `l` is int64, `u` utf8, `+s` a struct.
  let format: String
  var metadata: [(key: String, value: String)] = []
  let count: Int
  var nulls = 0
  /// What Arrow wants for the type, in its order: first, which values are there; nil if all are.
  let buffers: [Memory?]
  var children: [ArrowColumn] = []
  /// The texts that codes stand for: none or one.
  var dictionary: [ArrowColumn] = []

  /// Values of one buffer, or of two for texts.
  init(_ format: String, _ count: Int, _ presence: Presence, _ buffers: [Memory]) {
    self.format = format
    self.count = count
    nulls = presence.nulls
    self.buffers = [presence.bits.map { Memory($0) }] + buffers
  }

  /// Several columns side by side.
  init(_ children: [ArrowColumn], _ count: Int, _ presence: Presence) {
    self.init("+s", count, presence, [])
    self.children = children
  }

  /// Codes of texts.
  init<Code>(_ format: String, _ codes: Buffer<Code>, of texts: ArrowColumn, _ presence: Presence) {
    self.init(format, codes.count, presence, [Memory(codes)])
    dictionary = [texts]
  }

  func named(_ name: String) -> ArrowColumn {
    var column = self
    column.name = name
    return column
  }
}

/// One bit a value, the first in the lowest.
struct Presence {
  /// Nil if all are set.
  let bits: Buffer<UInt8>?
  let nulls: Int

  /// All values are there.
  static let all = Presence(bits: nil, nulls: 0)

  private init(bits: Buffer<UInt8>?, nulls: Int) {
    self.bits = bits
    self.nulls = nulls
  }

  /// The values for which a question holds.
  init(_ count: Int, _ isThere: (Int) -> Bool) {
    let (bits, set) = Presence.packed(count, isThere)
    self.init(bits: set == count ? nil : Buffer(bits), nulls: count - set)
  }

  /// The values of a column that are reported and apply.
  init(_ column: ResultColumn) {
    let (known, none) = (column.known, column.none)
    guard known != nil || none != nil else {
      self = .all
      return
    }
    self.init(column.count) { row in
      (known?.withElements { $0[row] != 0 } ?? true)
        && (none?.withElements { $0[row] == 0 } ?? true)
    }
  }

  /// The bits, and how many of them are set.
  static func packed(_ count: Int, _ isSet: (Int) -> Bool) -> (bits: [UInt8], set: Int) {
    var bits = [UInt8](repeating: 0, count: (count + 7) / 8)
    var set = 0
    for index in 0..<count where isSet(index) {
      bits[index / 8] |= 1 << UInt8(index % 8)
      set += 1
    }
    return (bits, set)
  }
}
