/// Who is in whom or shares a part with whom.
struct Wholes {
  private let table: EntityTable
  private let meter: Meter?
  /// Whether all is reported that each is part of, on all ways up.
  private var isPlaced: [Int32: Bool] = [:]
  /// The others with which each has something in common for certain: it is in them, they are in it,
  /// or something is in both.
  private var meets: [Int32: Set<Int32>] = [:]
  /// Which of those that were looked at hold something.
  private var holders: [Int32: [Int32]] = [:]
  private lazy var parts = table.parts

  init(_ table: EntityTable, _ meter: Meter?) {
    self.table = table
    self.meter = meter
  }

  /// Both are placed, and nothing is in both; asked of those that an aspect was made of.
  func areApart(_ a: Int32, _ b: Int32) -> Bool {
    a >= 0 && b >= 0 && a != b && isPlaced[a] == true && isPlaced[b] == true
      && meets[a]?.contains(b) != true
  }

  /// The pairs that aren't apart.
  mutating func aspect(of codes: [Int32]) throws(RunError) -> Aspect {
    let stated = Set(codes).filter { $0 >= 0 }
    for code in stated.sorted() where isPlaced[code] == nil { try place(code) }
    let (isPlaced, meets) = (isPlaced, meets)
    return Aspect(codes: codes) { code in
      isPlaced[code] == true ? [code] + (meets[code]?.sorted() ?? []) : nil
    }
  }

  /// Goes down to all that is in something, and notes who else has it.
  private mutating func place(_ code: Int32) throws(RunError) {
    isPlaced[code] = table.allWholes(of: code) != nil
    var seen: Set<Int32> = []
    var waiting = [code]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      let others = holders[next] ?? []
      try meter?.charge(steps: others.count + 1, at: .nowhere)
      for other in others {
        meets[code, default: []].insert(other)
        meets[other, default: []].insert(code)
      }
      holders[next, default: []].append(code)
      waiting += parts[Int(next)]
    }
  }
}
