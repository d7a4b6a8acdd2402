/// On which figures each row's part in a window rests, to be handed to other rows.
struct WindowFigures {
  private let claims: [Window.Claim]
  private let batch: BatchRunner
  private let reader: ClaimReader
  private var figures: [[Int32]]
  /// Where the figures of each row end.
  private var ends: [[Int32]]

  init(_ claims: [Window.Claim], _ batch: BatchRunner, _ facts: FactStore?) {
    self.claims = claims
    self.batch = batch
    reader = ClaimReader(batch, facts)
    figures = claims.map { _ in [] }
    ends = claims.map { _ in [0] }
  }

  /// Adds the rows of a batch.
  mutating func add() throws(RunError) {
    for (index, claim) in claims.enumerated() {
      for lane in 0..<batch.count {
        for source in claim.sources {
          try reader.append(source, lane, to: &figures[index])
        }
        ends[index].append(Int32(figures[index].count))
      }
    }
  }

  /// Each row's own.
  func own(_ claim: Int) -> FigureSets {
    .stretches(
      starts: Buffer(ends[claim].dropLast()), ends: Buffer(ends[claim].dropFirst()),
      of: Buffer(figures[claim]))
  }

  /// Those of each row's group, up to a place in it: the rows of a group lie side by side.
  ///
  /// - Parameters:
  ///   - order: the rows, group by group.
  ///   - first: for each row the place in `order` where its group begins.
  ///   - last: for each row the place in `order` behind the last one that counts.
  func ofGroups(
    _ claim: Int, in order: [Int32], from first: [Int], to last: [Int]
  ) -> FigureSets {
    var gathered: [Int32] = []
    var places: [Int32] = [0]
    for row in order {
      let range = Int(ends[claim][Int(row)])..<Int(ends[claim][Int(row) + 1])
      gathered.append(contentsOf: figures[claim][range])
      places.append(Int32(gathered.count))
    }
    return .stretches(
      starts: Buffer(first.map { places[$0] }), ends: Buffer(last.map { places[$0] }),
      of: Buffer(gathered))
  }
}
