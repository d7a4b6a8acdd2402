/// The values of each group, bound beside bound, for results that need all of them in order.
struct GroupedValues<End: Endpoint> {
  /// low, best and high; one register where they are the same.
  let registers: [Register]
  /// The group of each value.
  private var owners: [Int32] = []
  /// How many values each group has.
  private(set) var counts: [Int] = []
  private var values: [[End]]

  init(_ registers: [Register]) {
    self.registers = registers
    values = registers.map { _ in [] }
  }

  /// Whether a group has a value.
  func has(_ group: Int32) -> Bool { Int(group) < counts.count && counts[Int(group)] > 0 }

  /// Adds some lanes of a batch; nil for all that are kept.
  mutating func add(
    _ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int, at span: Span
  ) throws(RunError) {
    counts.reach(count, 0)
    let size = MemoryLayout<End>.size * registers.count + 4
    try batch.meter.charge(bytes: batch.selected * size, at: span)
    if lanes == nil, batch.isWhole, count == 1 {
      counts[0] += batch.count
      owners.append(contentsOf: repeatElement(0, count: batch.count))
    } else {
      batch.forEach(lanes, groups, count) { _, group in
        counts[group] += 1
        owners.append(Int32(truncatingIfNeeded: group))
      }
    }
    for (index, register) in registers.enumerated() {
      let source = End.lanes(batch, register)
      if lanes == nil, batch.isWhole {
        values[index].append(contentsOf: UnsafeBufferPointer(start: source, count: batch.count))
      } else {
        batch.forEach(lanes, groups, count) { lane, _ in values[index].append(source[lane]) }
      }
    }
  }

  /// One bound of all values, those of a group side by side, and where each group begins.
  func byGroup(
    _ index: Int, _ meter: Meter, at span: Span
  ) throws(RunError) -> (values: Buffer<End>, starts: [Int]) {
    let count = owners.count
    try meter.charge(bytes: count * MemoryLayout<End>.size, at: span)
    var starts = [0]
    for count in counts { starts.append((starts.last ?? 0) + count) }
    let sorted = Buffer<End>(uninitialized: count)
    var next = starts
    for first in stride(from: 0, to: count, by: 1 << 16) {
      try meter.charge(steps: 0, at: span)
      place(values[index], first..<min(first + 1 << 16, count), &next, in: sorted)
    }
    return (sorted, starts)
  }

  /// Puts some values at the next place of their group.
  private func place(
    _ values: [End], _ range: Range<Int>, _ next: inout [Int], in sorted: Buffer<End>
  ) {
    values.withUnsafeBufferPointer { values in
      owners.withUnsafeBufferPointer { owners in
        next.withUnsafeMutableBufferPointer { next in
          for index in range {
            let owner = Int(owners[index])
            sorted.start[next[owner]] = values[index]
            next[owner] += 1
          }
        }
      }
    }
  }

  /// One bound of the values of each group, in their order; groups beyond have none.
  func sorted(
    _ index: Int, _ meter: Meter, at span: Span
  ) throws(RunError) -> (_ group: Int32) -> ArraySlice<End> {
    let (buffer, starts) = try byGroup(index, meter, at: span)
    for group in counts.indices {
      let own = starts[group]..<starts[group + 1]
      try meter.sort(buffer.mutable(own), at: span)
    }
    try meter.charge(bytes: buffer.count * MemoryLayout<End>.size, at: span)
    let values = Array(buffer.elements)
    return { group in
      Int(group) + 1 < starts.count ? values[starts[Int(group)]..<starts[Int(group) + 1]] : []
    }
  }
}
