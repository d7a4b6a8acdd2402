/// How many independent claimants stand behind facts.
///
/// A claimant speaks for the whole that it is part of, so two of one army are one origin. Who is
/// part of several wholes is one more origin only if it shares none of them. A fact that nobody
/// claims is the source's own voice. Of whom it isn't reported who he is part of, or who claims a
/// fact, the origin may be one of the others.
struct Origins {
  private let facts: FactStore
  private let actors: EntityTable
  private let claims: [EntityKind: ListColumn]

  init(_ facts: FactStore) {
    self.facts = facts
    actors = facts[.actor]
    var claims: [EntityKind: ListColumn] = [:]
    for kind in [EntityKind.event, .figure] {
      if case .lists(let lists) = facts.field("claimed_by", of: kind).storage {
        claims[kind] = lists
      }
    }
    self.claims = claims
  }

  /// Whether some fact's origin isn't certain.
  var mayDiffer: Bool {
    let isPlain = facts.facts.allSatisfy { fact in
      guard let lists = claims[fact.kind] else { return true }
      guard lists.known.map({ $0[Int(fact.row)] != 0 }) ?? true else { return false }
      return claimants(fact, lists).allSatisfy { wholes(of: $0) != nil }
    }
    return !isPlain
  }

  /// The least and the greatest number of origins of some facts.
  func count(of numbers: [Int32]) -> (low: Int64, high: Int64) {
    var single: Set<Int32> = []
    var several: Set<[Int32]> = []
    var voices: Set<Int32> = []
    var open: Set<Int32> = []
    var unclaimed: Int64 = 0
    for number in numbers {
      let fact = facts.facts[Int(number)]
      guard let lists = claims[fact.kind] else { continue }
      guard lists.known.map({ $0[Int(fact.row)] != 0 }) ?? true else {
        unclaimed += 1
        continue
      }
      let claimants = claimants(fact, lists)
      if claimants.isEmpty { voices.insert(source(of: fact)) }
      for claimant in claimants {
        guard let wholes = wholes(of: claimant) else {
          open.insert(claimant)
          continue
        }
        if wholes.count == 1 { single.insert(wholes[0]) } else { several.insert(wholes) }
      }
    }
    var taken = single
    var low = Int64(single.count + voices.count)
    for wholes in several.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where taken.isDisjoint(with: wholes) {
      taken.formUnion(wholes)
      low += 1
    }
    let more = Int64(open.count) + unclaimed
    return (low == 0 && more > 0 ? 1 : low, low + more)
  }

  private func claimants(_ fact: FactKey, _ lists: ListColumn) -> [Int32] {
    guard case .references(let codes, _) = lists.elements.column.storage else { return [] }
    return lists.range(Int(fact.row)).map { codes[$0] }
  }

  private func source(of fact: FactKey) -> Int32 {
    guard case .references(let codes, _) = facts.field("source", of: fact.kind).storage else {
      return Code.unknown
    }
    return codes[Int(fact.row)]
  }

  /// The topmost wholes that an actor is part of, itself if none; nil where one isn't reported.
  private func wholes(of actor: Int32) -> [Int32]? {
    var topmost: Set<Int32> = []
    var seen: Set<Int32> = []
    var waiting = [actor]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard let wholes = actors.wholes[Int(next)] else { return nil }
      if wholes.isEmpty { topmost.insert(next) }
      waiting += wholes
    }
    return topmost.sorted()
  }
}

/// Finds `origins()` of the facts that a group rests on.
final class OriginsAccumulator: Accumulator {
  private let facts: FactStore?
  private let isCertain: Bool
  private var found = DistinctValues()

  init(_ facts: FactStore?, _ aggregate: Aggregate) {
    self.facts = facts
    if case .quantity(_, let isExact, _, _, _, _) = aggregate.shape {
      isCertain = isExact
    } else {
      isCertain = false
    }
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    batch.forEach(nil, groups, count) { lane, group in
      for fact in batch.table.facts(of: batch.start + lane) {
        found.insert(Int64(fact), of: Int32(group))
      }
    }
  }

  func column(_ groups: [Int32]) -> Column {
    var facts: [Int32: [Int32]] = [:]
    for index in found.values.indices {
      facts[found.groups[index], default: []].append(Int32(truncatingIfNeeded: found.values[index]))
    }
    let origins = self.facts.map(Origins.init)
    let counts = groups.map { origins?.count(of: facts[$0] ?? []) ?? (0, 0) }
    let low = Buffer(counts.map(\.0))
    if isCertain { return Column(.quantities(.exact(low))) }
    return Column(.quantities(.counts(low, Buffer(counts.map(\.1)))))
  }
}
