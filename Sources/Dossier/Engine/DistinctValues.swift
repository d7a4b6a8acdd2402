/// Different values by group: an open-addressing table over three arrays, without an object a row.
struct DistinctValues {
  private(set) var groups: [Int32] = []
  /// What values of different kinds, such as units, are kept apart by.
  private(set) var kinds: [Int32] = []
  private(set) var values: [Int64] = []
  private var slots = [Int32](repeating: -1, count: 64)

  /// Adds a value unless its group has it; true if it is new.
  @discardableResult
  mutating func insert(_ value: Int64, kind: Int32 = 0, of group: Int32) -> Bool {
    var slot = place(value, kind, group)
    while slots[slot] >= 0 {
      let known = Int(slots[slot])
      if values[known] == value, groups[known] == group, kinds[known] == kind { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(values.count)
    values.append(value)
    kinds.append(kind)
    groups.append(group)
    if values.count * 2 > slots.count { grow() }
    return true
  }

  private func place(_ value: Int64, _ kind: Int32, _ group: Int32) -> Int {
    var hash = UInt64(bitPattern: value) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash &>> 32
    hash ^= UInt64(UInt32(bitPattern: group)) << 32 | UInt64(UInt32(bitPattern: kind))
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash &>> 29
    return Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for index in values.indices {
      var slot = place(values[index], kinds[index], groups[index])
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
