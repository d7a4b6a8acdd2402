/// Gives each kept row of a batch the number of its group.
///
/// Rows are one group if their keys are the same record (`same`, not `==`): a code in a dictionary
/// is its own number; other keys go through a hash table of words.
final class Grouping {
  private enum Way {
    case whole
    case codes(Register, Texts)
    case words
  }

  private let way: Way
  private let keys: [Form]
  private var table = KeyTable()
  private let collector: LaneCollector
  private let batch: BatchRunner
  /// The group of each row of the batch; meaningful where the row is kept.
  private(set) var ids: [Int32]
  /// For the way of codes: whether a code has occurred; number 0 is none, 1 unknown.
  private var seen: [Bool] = []

  init(_ keys: [Form], _ batch: BatchRunner) {
    self.keys = keys
    self.batch = batch
    // One group needs no numbers.
    let count = keys.isEmpty ? 0 : min(BatchRunner.batchSize, batch.table.count)
    ids = [Int32](repeating: 0, count: count)
    collector = LaneCollector(keys, batch, expecting: 16)
    if keys.isEmpty {
      way = .whole
    } else if keys.count == 1, case .text(let codes, let texts) = keys[0] {
      way = .codes(codes, texts)
    } else {
      way = .words
    }
  }

  /// Group numbers are below this.
  var count: Int {
    switch way {
    case .whole: 1
    case .codes: seen.count
    case .words: table.count
    }
  }

  /// The groups that have rows, in no order yet.
  var present: [Int32] {
    switch way {
    case .whole: [0]
    case .codes: seen.indices.filter { seen[$0] }.map(Int32.init)
    case .words: (0..<Int32(table.count)).map { $0 }
    }
  }

  /// Numbers the rows of a batch.
  func number() throws(RunError) {
    switch way {
    case .whole: break
    case .codes(let register, let texts):
      seen.reach(batch.textCount(texts) + 2, false)
      let codes = batch.codes(register)
      ids.withUnsafeMutableBufferPointer { ids in
        seen.withUnsafeMutableBufferPointer { seen in
          if !batch.isWhole {
            for lane in batch.keptLanes {
              let id = codes[Int(lane)] &+ 2
              ids[Int(lane)] = id
              seen[Int(id)] = true
            }
          } else {
            for lane in 0..<batch.count {
              let id = codes[lane] &+ 2
              ids[lane] = id
              seen[Int(id)] = true
            }
          }
        }
      }
    case .words:
      var fresh: [Int32] = []
      for lane in batch.keptLanes {
        var words: [Int64] = []
        for key in keys { key.appendWords(Int(lane), batch, &words) }
        let (id, isNew) = table.number(of: words)
        ids[Int(lane)] = id
        if isNew { fresh.append(lane) }
      }
      if !fresh.isEmpty { try collector.add(lanes: fresh, at: .nowhere) }
    }
  }

  /// How many groups have a key that isn't exact.
  var inexactKeys: Int {
    let keys = keyColumns()
    return present.indices.count { row in keys.contains { $0.isInexact(row) } }
  }

  /// The key columns, one row for each group number that `present` names, in its order.
  func keyColumns() -> [Column] {
    switch way {
    case .whole: return []
    case .codes:
      guard case .codes(_, let texts) = way else { return [] }
      // Number 0 is the code −2, none; number 1 is −1, unknown.
      return [Column(.texts(codes: Buffer(present.map { $0 - 2 }), batch.dictionary(texts)))]
    case .words: return keys.map(collector.column)
    }
  }
}

extension Form {
  /// The key words of a lane: equal words, same record.
  func appendWords(_ lane: Int, _ batch: BatchRunner, _ words: inout [Int64]) {
    func mask(_ register: Register?) -> Int64 { register.map { Int64(batch.masks($0)[lane]) } ?? 1 }
    func days(_ form: DateForm) {
      words.append(Int64(batch.codes(form.earliest)[lane]))
      words.append(Int64(batch.codes(form.latest)[lane]))
    }
    if let none, batch.masks(none)[lane] != 0 {
      words.append(2)
      return
    }
    switch self {
    case .truth(let form):
      let isKnown = mask(form.known) != 0
      words.append(isKnown ? 4 | mask(form.certain) | mask(form.possible) << 1 : 0)
    case .quantity(let form):
      let known = mask(form.known)
      words.append(known)
      guard known != 0 else { break }
      for register in [form.low, form.best, form.high] {
        // Adding 0 makes the two zeros of doubles one.
        words.append(
          form.kind == .double
            ? Int64(bitPattern: (batch.doubles(register)[lane] + 0).bitPattern)
            : batch.ints(register)[lane])
      }
      if case .each(let codes, _) = form.unit { words.append(Int64(batch.codes(codes)[lane])) }
    case .text(let codes, _), .reference(let codes, _):
      words.append(Int64(batch.codes(codes)[lane]))
    case .date(let form):
      words.append(mask(form.known))
      if mask(form.known) != 0 { days(form) }
    case .period(let start, let end):
      words.append(mask(start.known))
      guard mask(start.known) != 0 else { break }
      days(start)
      days(end)
    case .list(let form):
      let offsets = batch.lists[form.space - 1].offsets
      words.append(Int64(offsets[lane + 1] - offsets[lane]))
      words.append(mask(form.known))
      for element in offsets[lane]..<offsets[lane + 1] {
        form.element.appendWords(Int(element), batch, &words)
      }
    case .missing: break
    }
  }
}

/// Numbers different sequences of words: an open-addressing table over one array.
struct KeyTable {
  private var words: [Int64] = []
  private var starts: [Int] = [0]
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 64)

  var count: Int { hashes.count }

  /// The number of a key that has one.
  func known(_ key: [Int64]) -> Int32? { place(of: key, KeyTable.hash(key)).id }

  private static func hash(_ key: [Int64]) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in key {
      hash = (hash ^ UInt64(bitPattern: word)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash &>> 32
    }
    return hash
  }

  /// The slot of a key or for it, and its number if it has one.
  private func place(of key: [Int64], _ hash: UInt64) -> (slot: Int, id: Int32?) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      if hashes[id] == hash, words[starts[id]..<starts[id + 1]].elementsEqual(key) {
        return (slot, Int32(id))
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (slot, nil)
  }

  /// The number of a key, and whether it is new.
  mutating func number(of key: [Int64]) -> (id: Int32, isNew: Bool) {
    let hash = KeyTable.hash(key)
    let (slot, known) = place(of: key, hash)
    if let known { return (known, false) }
    let id = Int32(hashes.count)
    slots[slot] = id
    hashes.append(hash)
    words.append(contentsOf: key)
    starts.append(words.count)
    if hashes.count * 2 > slots.count { grow() }
    return (id, true)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (id, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(id)
    }
  }
}
