/// Claims of one thing that stand against each other.
///
/// Each says that a number or day lies somewhere between two ends. Of every way to put them to one
/// the ends are ends of claims, so a result is told by the claims that give them.
struct RivalClaims {
  /// The claims that give the low and the high end of a result.
  struct Ends {
    let low: Int
    let high: Int
  }

  let low: [Int64]
  let high: [Int64]

  /// The smallest range that holds some of the claims: right if at least one of them is.
  func hull(of claims: some Sequence<Int>) -> Ends? {
    var ends: Ends?
    for claim in claims {
      guard let before = ends else {
        ends = Ends(low: claim, high: claim)
        continue
      }
      ends = Ends(
        low: low[claim] < low[before.low] ? claim : before.low,
        high: high[claim] > high[before.high] ? claim : before.high)
    }
    return ends
  }

  /// What all claims share: right if all are; nil if there is nothing.
  var overlap: Ends? {
    guard var ends = low.indices.first.map({ Ends(low: $0, high: $0) }) else { return nil }
    for claim in low.indices.dropFirst() {
      ends = Ends(
        low: low[claim] > low[ends.low] ? claim : ends.low,
        high: high[claim] < high[ends.high] ? claim : ends.high)
    }
    return low[ends.low] <= high[ends.high] ? ends : nil
  }

  /// The smallest range of all values that at least so many origins share.
  ///
  /// It is right if so many origins are. An origin shares a value if one of its claims allows it.
  ///
  /// A sweep over the ends of the claims, after K. Marzullo, *Maintaining the Time in a Distributed
  /// System* (1984), who asks for the values that the most sources share.
  func agreement(of count: Int, origins: [[Origin]]) -> Ends? {
    var ends = low.indices.map { (at: low[$0], isHigh: false, claim: $0) }
    ends += high.indices.map { (at: high[$0], isHigh: true, claim: $0) }
    // At one place claims begin before others end: they share it.
    ends.sort { ($0.at, $0.isHigh ? 1 : 0, $0.claim) < ($1.at, $1.isHigh ? 1 : 0, $1.claim) }
    var present = PresentOrigins()
    var (first, last): (Int?, Int?) = (nil, nil)
    for end in ends {
      if end.isHigh {
        if present.count >= count { last = end.claim }
        present.remove(origins[end.claim])
      } else {
        present.add(origins[end.claim])
        if first == nil, present.count >= count { first = end.claim }
      }
    }
    guard let first, let last else { return nil }
    return Ends(low: first, high: last)
  }

  /// The claims that may be the newest: none was made after their last possible day for certain.
  static func newest(_ dates: [DateRange]) -> [Int] {
    let latest = dates.map(\.earliest).max() ?? Day.distantPast
    return dates.indices.filter { dates[$0].latest >= latest }
  }
}

/// The origins whose claims hold a value, and how many independent ones they can be.
private struct PresentOrigins {
  private var claims: [Origin: Int] = [:]
  private var several: Set<Origin> = []
  /// Those that count one each.
  private var plain = 0

  var count: Int {
    if several.isEmpty { return plain }
    return Int(clamping: Set(claims.keys).originCount.high)
  }

  mutating func add(_ origins: [Origin]) {
    for origin in origins {
      claims[origin, default: 0] += 1
      guard claims[origin] == 1 else { continue }
      if origin.isSeveral { several.insert(origin) } else { plain += 1 }
    }
  }

  mutating func remove(_ origins: [Origin]) {
    for origin in origins {
      claims[origin, default: 1] -= 1
      guard claims[origin] == 0 else { continue }
      claims[origin] = nil
      if origin.isSeveral { several.remove(origin) } else { plain -= 1 }
    }
  }
}

extension Origin {
  fileprivate var isSeveral: Bool { if case .wholes = self { true } else { false } }
}

/// The ends of a column's values as numbers in their order.
struct ClaimEnds {
  let low: [Int64]
  let best: [Int64]
  let high: [Int64]
  private let known: Buffer<UInt8>?
  private let none: Buffer<UInt8>?

  /// Nil for a column that isn't one of quantities or dates.
  init?(_ column: Column) {
    none = column.none
    switch column.storage {
    case .quantities(let values):
      known = values.known
      low = values.low.ordered
      best = values.isExact ? low : values.best.ordered
      high = values.isExact ? low : values.high.ordered
    case .dates(let dates):
      known = dates.known
      low = dates.earliest.elements.map(Int64.init)
      high = dates.latest.elements.map(Int64.init)
      best = []
    default: return nil
    }
  }

  /// Whether there is a claim in a row, though its value may not be reported.
  func applies(_ row: Int32) -> Bool { none.map { $0[Int(row)] == 0 } ?? true }

  func isKnown(_ row: Int32) -> Bool { known.map { $0[Int(row)] != 0 } ?? true }

  /// The claims of some rows.
  func claims(of rows: [Int32]) -> RivalClaims {
    RivalClaims(low: rows.map { low[Int($0)] }, high: rows.map { high[Int($0)] })
  }
}

extension NumberBuffer {
  fileprivate var ordered: [Int64] {
    switch self {
    case .decimals(let values): Array(values.elements)
    case .doubles(let values):
      values.elements.map {
        $0 == -.infinity ? Open.low : $0 == .infinity ? Open.high : $0.orderedBits
      }
    }
  }
}
