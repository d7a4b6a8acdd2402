/// Gathers what the sums of a step add up, group by group, and ends the run if it may not be added.
struct SumGuard {
  private let sums: [Aggregate]
  private let batch: BatchRunner
  private let facts: FactStore
  private let reader: ClaimReader
  /// What each sum adds, and what it subtracts.
  private var addends: [[RowAddends]]

  /// Nil if nothing is guarded.
  init?(_ aggregates: [Aggregate], _ batch: BatchRunner, _ facts: FactStore?) {
    guard let facts else { return nil }
    var sums: [Aggregate] = []
    for aggregate in aggregates where aggregate.isGuarded {
      let isKnown = sums.contains { $0.claims == aggregate.claims && $0.adds(like: aggregate) }
      if !isKnown { sums.append(aggregate) }
    }
    if sums.isEmpty { return nil }
    self.sums = sums
    self.batch = batch
    self.facts = facts
    reader = ClaimReader(batch, facts)
    addends = sums.map { sum in
      let hasSigns = !sum.claims.subtracted.isEmpty && sum.claims.subtracted != sum.claims.added
      return [RowAddends](repeating: RowAddends(), count: hasSigns ? 2 : 1)
    }
  }

  /// Adds the kept rows of a batch.
  mutating func add(groups: [Int32], count: Int) throws(RunError) {
    for lane in batch.keptLanes {
      let group = count == 1 ? 0 : groups[Int(lane)]
      for (index, sum) in sums.enumerated() {
        let signs =
          sum.claims.added.isEmpty
          ? [sum.claims.subtracted] : [sum.claims.added, sum.claims.subtracted]
        for (sign, terms) in signs.prefix(addends[index].count).enumerated() {
          for term in terms {
            var figures: [Int32] = []
            for column in term {
              try reader.append(sum.sources[column], Int(lane), to: &figures)
            }
            addends[index][sign].add(row: Int32(batch.start) + lane, group: group, figures)
          }
        }
      }
    }
  }

  /// - Parameter hasKeys: a group's share is of what all groups have together; a row's, which has no
  ///   keys here, is of its group.
  func check(hasKeys: Bool) throws(RunError) {
    var rule = Guard(facts, meter: batch.meter)
    for (sum, signs) in zip(sums, addends) {
      for addends in signs {
        var groups = addends.groups()
        if sum.function == .share, hasKeys { groups.append(addends.all) }
        for group in groups {
          let verdict = try rule.verdict(on: addends.figures(of: group), isRate: sum.isRate)
          if case .disjoint = verdict { continue }
          throw RunError(
            cause: try cause(verdict, sum, addends, group, groups, &rule), span: sum.span)
        }
      }
    }
  }

  // MARK: Errors

  private func cause(
    _ verdict: Guard.Verdict, _ sum: Aggregate, _ addends: RowAddends, _ group: [Int],
    _ groups: [[Int]], _ rule: inout Guard
  ) throws(RunError) -> RunError.Cause {
    var shown: [Int32] = []
    for figure in addends.figures(of: group).figures where !shown.contains(figure) {
      shown.append(figure)
    }
    switch verdict {
    case .repeated(let figure, let times, let isAlone):
      return .repeated(facts.summary(ofFigure: figure), times: times, isAlone: isAlone)
    case .periodsDiffer:
      return .periodsDiffer(
        shown.map(facts.scopeText),
        help: try grouped(sum, by: [["period"], ["subject", "measure", "period"]], &rule))
    case .overlapping, .disjoint:
      var help = try grouped(sum, by: [["subject", "measure"]], &rule)
      if help == nil { help = try reconciled(sum, addends, groups, &rule) }
      return .notDisjoint(shown.map(facts.summary(ofFigure:)), help: help)
    }
  }

  /// Groups that keep apart what may be the same.
  private func grouped(
    _ sum: Aggregate, by candidates: [[String]], _ rule: inout Guard
  ) throws(RunError) -> Mending? {
    guard let place = sum.groupingPlace else { return nil }
    for names in candidates {
      let columns = names.compactMap { sum.groupingColumns[$0] }
      guard columns.count == names.count, try isMended(by: columns, &rule) else { continue }
      return Mending(place, " by \(names.joined(separator: ", "))")
    }
    return nil
  }

  private func isMended(by columns: [Int], _ rule: inout Guard) throws(RunError) -> Bool {
    let keys = columns.map(batch.table.column)
    for (sum, signs) in zip(sums, addends) {
      for addends in signs {
        let groups = addends.groups(by: keys)
        guard groups.count > 1 || addends.all.count < 2 else { return false }
        for group in groups {
          let verdict = try rule.verdict(on: addends.figures(of: group), isRate: sum.isRate)
          guard case .disjoint = verdict else { return false }
        }
      }
    }
    return true
  }

  /// Rivals put to one, where each row is a figure and adds itself.
  private func reconciled(
    _ sum: Aggregate, _ addends: RowAddends, _ groups: [[Int]], _ rule: inout Guard
  ) throws(RunError) -> Mending? {
    guard let place = sum.reconcilingPlace, sums.count == 1,
      case .one(let own) = batch.table.provenance,
      addends.all.allSatisfy({ addends.isOnly(own, $0) }),
      try rule.isMended(byReconciling: groups.map { addends.figures(of: $0).figures })
    else { return nil }
    return Mending(place, "reconcile range | ")
  }
}

/// Addends in the order of the rows that they come from.
private struct RowAddends {
  private var rows: [Int32] = []
  private var groupNumbers: [Int32] = []
  private var ends = [0]
  private var figures: [Int32] = []

  /// The numbers of all addends.
  var all: [Int] { Array(rows.indices) }

  /// Nothing is no addend.
  mutating func add(row: Int32, group: Int32, _ figures: [Int32]) {
    if figures.isEmpty { return }
    self.figures.append(contentsOf: figures)
    ends.append(self.figures.count)
    rows.append(row)
    groupNumbers.append(group)
  }

  /// The addends of each group.
  func groups() -> [[Int]] {
    let count = (groupNumbers.max() ?? -1) + 1
    if count == 1 { return [all] }
    var groups = [[Int]](repeating: [], count: Int(count))
    for (addend, group) in groupNumbers.enumerated() { groups[Int(group)].append(addend) }
    return groups
  }

  /// The addends whose rows have the same keys.
  func groups(by keys: [Column]) -> [[Int]] {
    var table = KeyTable()
    var groups: [[Int]] = []
    for (addend, row) in rows.enumerated() {
      var words: [Int64] = []
      for key in keys { key.appendWords(Int(row), &words) }
      let (group, isNew) = table.number(of: words)
      if isNew { groups.append([]) }
      groups[Int(group)].append(addend)
    }
    return groups
  }

  func figures(of addends: [Int]) -> Guard.Addends {
    var result = Guard.Addends()
    for addend in addends { result.add(figures[ends[addend]..<ends[addend + 1]]) }
    return result
  }

  /// Whether an addend is the only fact of its row.
  func isOnly(_ own: Buffer<Int32>, _ addend: Int) -> Bool {
    ends[addend] + 1 == ends[addend + 1] && figures[ends[addend]] == own[Int(rows[addend])]
  }
}

extension Aggregate {
  /// Whether what is added has the same units and groups.
  fileprivate func adds(like other: Aggregate) -> Bool {
    isRate == other.isRate && (function == .share) == (other.function == .share)
  }
}
