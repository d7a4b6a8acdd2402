/// Pairs of figures that one aspect doesn't tell apart; each is given from at least one of its sides.
struct Aspect {
  /// The figures beside which each is looked at: one list for all that share it.
  private var lists: [[Int]] = []
  private var list: [Int]
  private(set) var pairCount = 0

  /// Figures are apart if their codes, where both are stated, differ.
  init(codes: [Int32]) { self.init(codes: codes) { [$0] } }

  /// Figures are apart if neither code meets the other; nil for a code that may meet any.
  init(codes: [Int32], meets: (Int32) -> [Int32]?) {
    var holders: [Int32: [Int]] = [:]
    for (index, code) in codes.enumerated() { holders[code, default: []].append(index) }
    var lists: [[Int]] = [Array(codes.indices)]
    var numbers: [Int32: Int] = [:]
    for (code, _) in holders.sorted(by: { $0.key < $1.key }) {
      guard code >= 0, let met = meets(code) else {
        numbers[code] = 0
        continue
      }
      numbers[code] = lists.count
      lists.append(met.flatMap { holders[$0] ?? [] })
    }
    list = codes.map { numbers[$0] ?? 0 }
    self.lists = lists
    pairCount = list.reduce(0) { $0 + lists[$1].count }
  }

  /// Figures are apart if their stretches, where both are stated, don't meet.
  init(stretches: [(first: Int32, last: Int32)?]) {
    let stated = stretches.indices.filter { stretches[$0] != nil }
    let first = stated.map { stretches[$0]?.first ?? 0 }
    let order = stated.indices.sorted { (first[$0], $0) < (first[$1], $1) }
    lists = [Array(stretches.indices)]
    list = [Int](repeating: 0, count: stretches.count)
    let starts = order.map { first[$0] }
    pairCount = (stretches.count - stated.count) * stretches.count
    // Beside each stand those that begin while it lasts; of many that last long there is no list.
    for (place, index) in order.enumerated() {
      let figure = stated[index]
      guard let last = stretches[figure]?.last else { continue }
      var end = place + 1
      while end < starts.count, starts[end] <= last { end += 1 }
      pairCount += end - place - 1
      guard pairCount <= 64 * stretches.count else {
        pairCount = .max
        return
      }
      list[figure] = lists.count
      lists.append(order[(place + 1)..<end].map { stated[$0] })
    }
  }

  /// The figures to look at beside one.
  func pairs(_ index: Int) -> [Int] { lists[list[index]] }
}
