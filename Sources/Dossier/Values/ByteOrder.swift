/// Texts as bytes, compared eight at a time.
extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes come before others, as the order of texts has it.
  func precedes(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let shared = sharedCount(with: other)
    if shared == other.count { return false }
    return shared == count || self[shared] < other[shared]
  }

  @inline(__always)
  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    count == other.count && sharedCount(with: other) == count
  }

  /// How many bytes from the start are the same.
  @inline(__always)
  private func sharedCount(with other: UnsafeBufferPointer<UInt8>) -> Int {
    let end = Swift.min(count, other.count)
    guard let first = baseAddress, let second = other.baseAddress else { return 0 }
    let (a, b) = (UnsafeRawPointer(first), UnsafeRawPointer(second))
    var index = 0
    while index &+ 8 <= end {
      let word = a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let difference = word ^ b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if difference != 0 {
        return index &+ UInt64(littleEndian: difference).trailingZeroBitCount / 8
      }
      index &+= 8
    }
    while index < end, first[index] == second[index] { index &+= 1 }
    return index
  }
}
