/// An `in` that may go through `part_of`.
///
/// The declarations on the way from the value to what it lies in belong to what a row rests on: were
/// one of them different, the row might not be there. `why` lists them; nothing else needs them.
struct Containment: Sendable {
  enum Target: Sendable {
    case these(Set<Int32>)
    /// What another register names.
    case register(Register)
    /// The values of a query, run first as `scalars[plan]`.
    case rows(plan: Int)
  }

  let codes: Register
  let entities: EntityTable
  let target: Target

  var registers: [Register] {
    if case .register(let other) = target { [codes, other] } else { [codes] }
  }
}

/// Gathers the declarations that a program's `in` goes through, row by row.
final class Passages {
  private struct Way: Hashable {
    let containment: Int
    let from: Int32
    let target: Int32
  }

  private let batches: BatchRunner
  private let facts: FactStore
  private var known: [Way: [Int32]] = [:]
  private var collected = FactSetBuilder()

  /// Nil if the program has no such `in`.
  init?(_ batches: BatchRunner, _ facts: FactStore?) {
    guard let facts, !batches.program.containments.isEmpty else { return nil }
    self.batches = batches
    self.facts = facts
  }

  /// Takes the kept rows of a batch, in order.
  func add() {
    for lane in batches.keptLanes { collected.add(numbers(Int(lane))) }
  }

  /// What was taken, one set a row.
  var provenance: Table.Provenance { collected.provenance }

  /// The numbers of the declarations for a row of the batch, each once, rising.
  func numbers(_ row: Int) -> [Int32] {
    var numbers: Set<Int32> = []
    for (index, containment) in batches.program.containments.enumerated() {
      let space = batches.program.registers[Int(containment.codes.index)].space
      for lane in batches.lanes(of: row, in: space) {
        numbers.formUnion(passage(containment, index, lane))
      }
    }
    return numbers.sorted()
  }

  private func passage(_ containment: Containment, _ index: Int, _ lane: Int) -> [Int32] {
    let code = batches.codes(containment.codes)[lane]
    var target = Code.none
    if case .register(let other) = containment.target { target = batches.codes(other)[lane] }
    guard code >= 0 else { return [] }
    let way = Way(containment: index, from: code, target: target)
    if let numbers = known[way] { return numbers }
    let entities = containment.entities
    let truths = truths(containment, target)
    let numbers = entities.passage(from: code, truths).map {
      facts.evidenceNumber(of: entities.kind, $0)
    }
    known[way] = numbers
    return numbers
  }

  /// For each entity whether it lies in the target.
  private func truths(_ containment: Containment, _ target: Int32) -> [Truth] {
    let entities = containment.entities
    switch containment.target {
    case .these(let targets): return entities.contained(in: targets)
    case .register: return target >= 0 ? entities.contained(in: [target]) : []
    case .rows(let plan):
      // A run that should end does so at its next batch.
      let set = try? batches.memberSet(plan, .entity(entities), at: .nowhere)
      return set.map { set in (0..<Int32(entities.count)).map(set.truth(ofEntity:)) } ?? []
    }
  }
}

extension EntityTable {
  /// The declarations that decide whether an entity lies in a target: those on its ways there; all
  /// wholes that it is part of, if there is no way.
  fileprivate func passage(from start: Int32, _ truths: [Truth]) -> [Int32] {
    func truth(_ row: Int32) -> Truth { Int(row) < truths.count ? truths[Int(row)] : .false }
    let found = truth(start)
    var seen: Set<Int32> = []
    var waiting = [start]
    while let row = waiting.popLast() {
      guard truth(row).rawValue >= found.rawValue, seen.insert(row).inserted else { continue }
      waiting += wholes[Int(row)] ?? []
    }
    return seen.sorted()
  }
}

extension BatchRunner {
  /// The lanes that belong to a row of the batch.
  fileprivate func lanes(of row: Int, in space: Int) -> Range<Int> {
    guard space > 0 else { return row..<row + 1 }
    let offsets = lists[space - 1].offsets
    guard row + 1 < offsets.count else { return 0..<0 }
    return Int(offsets[row])..<Int(offsets[row + 1])
  }
}
