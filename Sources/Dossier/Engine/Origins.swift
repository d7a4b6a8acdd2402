/// One of the independent claimants behind some facts, as far as it is known who it is.
enum Origin: Hashable, Sendable {
  /// The topmost whole that a claimant speaks for.
  case whole(Int32)
  /// Several wholes that one claimant is part of.
  case wholes([Int32])
  /// A source's own voice.
  case voice(Int32)
  /// A claimant of whom it isn't reported who he is part of: he may speak for one of the others.
  case open(Int32)
  /// Whoever claims a fact that doesn't say: he may be one of the others.
  case unclaimed(Int32)
  /// Somebody whom a file names.
  case named(Int32)
  /// A row of a file that names nobody.
  case row(Int32)
}

extension Set<Origin> {
  /// The least and the greatest number of independent claimants that they can be.
  var originCount: (low: Int64, high: Int64) {
    var taken: Set<Int32> = []
    var several: [[Int32]] = []
    var (low, more): (Int64, Int64) = (0, 0)
    for origin in self {
      switch origin {
      case .whole(let whole): taken.insert(whole)
      case .wholes(let wholes): several.append(wholes)
      case .voice, .named, .row: low += 1
      case .open, .unclaimed: more += 1
      }
    }
    low += Int64(taken.count)
    for wholes in several.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where taken.isDisjoint(with: wholes) {
      taken.formUnion(wholes)
      low += 1
    }
    return (low == 0 && more > 0 ? 1 : low, low + more)
  }
}

/// The independent claimants that stand behind facts.
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
      claimants(of: fact)?.allSatisfy { wholes(of: $0) != nil } ?? (claims[fact.kind] == nil)
    }
    return !isPlain
  }

  /// The least and the greatest number of origins of some facts.
  func count(of numbers: [Int32]) -> (low: Int64, high: Int64) {
    var origins: Set<Origin> = []
    for number in numbers { origins.formUnion(self.origins(of: number)) }
    return origins.originCount
  }

  /// The origins of one fact.
  func origins(of number: Int32) -> [Origin] {
    let fact = facts.facts[Int(number)]
    guard claims[fact.kind] != nil else { return [] }
    guard let claimants = claimants(of: fact) else { return [.unclaimed(number)] }
    if claimants.isEmpty { return [.voice(source(of: fact))] }
    return claimants.map { claimant in
      guard let wholes = wholes(of: claimant) else { return .open(claimant) }
      return wholes.count == 1 ? .whole(wholes[0]) : .wholes(wholes)
    }
  }

  /// Who claims a fact: nobody if it is the source's own voice, nil if that isn't reported.
  func claimants(of fact: FactKey) -> [Int32]? {
    guard let lists = claims[fact.kind],
      lists.known.map({ $0[Int(fact.row)] != 0 }) ?? true
    else { return nil }
    return claimants(fact, lists)
  }

  private func claimants(_ fact: FactKey, _ lists: ListColumn) -> [Int32] {
    guard case .references(let codes, _) = lists.elements.column.storage else { return [] }
    return lists.range(Int(fact.row)).map { codes[$0] }
  }

  /// The source of a fact.
  func source(of fact: FactKey) -> Int32 {
    guard case .references(let codes, _) = facts.field("source", of: fact.kind).storage else {
      return Code.unknown
    }
    return codes[Int(fact.row)]
  }

  /// The topmost wholes that an actor is part of, itself if none; nil where one isn't reported.
  private func wholes(of actor: Int32) -> [Int32]? {
    actors.allWholes(of: actor)?.filter { actors.wholes[Int($0)]?.isEmpty == true }.sorted()
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

  func column(_ groups: [Int32], _ meter: Meter) -> Column {
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
