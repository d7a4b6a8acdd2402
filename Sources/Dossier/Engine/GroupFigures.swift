/// Gathers the claim columns of groups: on which figures a key or an aggregate rests.
///
/// Where an aggregate takes its value from some rows only, those are known when all were seen: the
/// rows come a second time.
struct GroupFigures {
  private let claims: [GroupClaims]
  private let batch: BatchRunner
  private let reader: ClaimReader
  /// The figures of each group, by claim columns.
  private var figures: [[[Int32]]]
  private var isSecond = false

  init(_ claims: [GroupClaims], _ batch: BatchRunner, _ facts: FactStore?) {
    self.claims = claims
    self.batch = batch
    reader = ClaimReader(batch, facts)
    figures = claims.map { _ in [] }
  }

  var hasChooser: Bool { claims.contains { $0.chooser != nil } }

  /// The rows that follow are those of before, and only the chosen ones count.
  mutating func startAgain() { isSecond = true }

  /// Adds the kept rows of a batch.
  mutating func add(
    _ grouping: Grouping,
    where isChosen: (_ lane: Int, _ group: Int, _ aggregate: Int) -> Bool = { _, _, _ in true }
  ) throws(RunError) {
    for (index, claim) in claims.enumerated() where (claim.chooser != nil) == isSecond {
      figures[index].reach(grouping.count, [])
      for lane in batch.keptLanes {
        let group = grouping.count == 1 ? 0 : Int(grouping.ids[Int(lane)])
        if let chooser = claim.chooser, !isChosen(Int(lane), group, chooser) { continue }
        for source in claim.sources {
          try reader.append(source, Int(lane), to: &figures[index][group])
        }
      }
    }
  }

  /// What some groups rest on by way of names that stand in their rows; nil if there are none.
  func named(_ groups: [Int32]) -> Table.Provenance? {
    let named = claims.indices.filter { claims[$0].sources.contains { $0.register != nil } }
    if named.isEmpty { return nil }
    return Table.Provenance(
      groups.map { group in
        named.flatMap { Int(group) < figures[$0].count ? figures[$0][Int(group)] : [] }
      })
  }

  /// The columns of some groups.
  func columns(of groups: [Int32]) -> [FigureSets] {
    figures.map { ofGroups in
      FigureSets(
        groups.map { Int($0) < ofGroups.count ? Set(ofGroups[Int($0)]).sorted() : [] })
    }
  }
}
