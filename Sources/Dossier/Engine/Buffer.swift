/// Values of one kind side by side in memory, shared and never changed once they are filled.
///
/// A buffer owns its memory, or keeps its owner alive: a host's column is used where it lies.
public final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  /// How many elements it has.
  public let count: Int
  private let owner: AnyObject?

  /// Memory to be filled by the caller before anybody else sees the buffer.
  init(uninitialized count: Int) {
    start = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    self.count = count
    owner = nil
  }

  /// Memory that the buffer frees in the end.
  init(adopting memory: UnsafeMutablePointer<Element>, count: Int) {
    start = memory
    self.count = count
    owner = nil
  }

  /// A copy of some values.
  public convenience init(_ values: some Collection<Element>) {
    self.init(uninitialized: values.count)
    _ = UnsafeMutableBufferPointer(start: start, count: count).initialize(from: values)
  }

  /// Memory of somebody else, which stays as it is while `owner` lives; nothing is copied.
  public init(borrowing memory: UnsafeBufferPointer<Element>, owner: AnyObject) {
    if let base = memory.baseAddress {
      start = UnsafeMutablePointer(mutating: base)
      self.owner = owner
    } else {
      start = UnsafeMutablePointer<Element>.allocate(capacity: 1)
      self.owner = nil
    }
    count = memory.count
  }

  convenience init(repeating value: Element, count: Int) {
    self.init(uninitialized: count)
    start.initialize(repeating: value, count: count)
  }

  deinit { if owner == nil { start.deallocate() } }

  subscript(index: Int) -> Element { start[index] }

  /// The elements as they lie.
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }

  /// Some of the elements, to be put in another order before anybody else sees the buffer.
  func mutable(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: start + range.lowerBound, count: range.count)
  }

  /// Looks at the elements where they lie; the memory stays as it is while the buffer is kept.
  public func withElements<Result, Problem: Error>(
    _ look: (UnsafeBufferPointer<Element>) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try look(elements)
  }

  /// The elements at some rows, in their order.
  func gathered(_ rows: [Int32]) -> Buffer {
    let result = Buffer(uninitialized: rows.count)
    for index in 0..<rows.count { result.start[index] = start[Int(rows[index])] }
    return result
  }
}
