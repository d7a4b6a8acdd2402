/// Values of one kind that grow in number, charged as they do.
final class GrowingBuffer<Element: BitwiseCopyable> {
  private(set) var start: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int
  private let charge: Charge

  init(charge: Charge) {
    self.charge = charge
    capacity = 64
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  subscript(index: Int) -> Element { start[index] }

  /// Where some more values go; they count once `add` tells of them.
  func room(for more: Int) throws(ReadError) -> UnsafeMutablePointer<Element> {
    if count + more > capacity { try grow(to: count + more) }
    return start + count
  }

  func add(_ more: Int) { count += more }

  func append(_ element: Element) throws(ReadError) {
    try room(for: 1).initialize(to: element)
    count += 1
  }

  func append(_ elements: UnsafeBufferPointer<Element>) throws(ReadError) {
    guard let base = elements.baseAddress else { return }
    try room(for: elements.count).initialize(from: base, count: elements.count)
    count += elements.count
  }

  func removeAll() { count = 0 }

  /// Drops those of the last values whose mark is set.
  func drop(_ marks: UnsafePointer<UInt8>, ofLast last: Int) {
    let base = start + (count - last)
    var kept = 0
    for index in 0..<last where marks[index] == 0 {
      base[kept] = base[index]
      kept += 1
    }
    count -= last - kept
  }

  private func grow(to needed: Int) throws(ReadError) {
    let larger = max(needed, capacity * 2)
    try charge.bytes((larger - capacity) * MemoryLayout<Element>.stride)
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    memory.update(from: start, count: count)
    start.deallocate()
    start = memory
    capacity = larger
  }

  /// The values as a buffer, which takes the memory over.
  func finish() -> Buffer<Element> {
    let buffer = Buffer(adopting: start, count: count)
    capacity = 1
    start = .allocate(capacity: capacity)
    count = 0
    return buffer
  }
}
