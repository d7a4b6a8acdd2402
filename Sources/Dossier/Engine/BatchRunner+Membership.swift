/// The rows of a batch that are certain and those that are only maybe there.
struct BatchParts {
  /// Some rows of a batch, as a mask, their number, and listed when somebody needs a list.
  struct Part {
    let mask: UnsafeMutablePointer<UInt8>
    var selected = 0
    var listed: [Int32]?

    fileprivate init(capacity: Int) {
      mask = .allocate(capacity: capacity)
      mask.initialize(repeating: 0, count: capacity)
    }
  }

  fileprivate var certain = Part(capacity: BatchRunner.batchSize)
  fileprivate var maybe = Part(capacity: BatchRunner.batchSize)
  /// Whether they are those of the present batch.
  var areKnown = false

  func deallocate() {
    certain.mask.deallocate()
    maybe.mask.deallocate()
  }
}

extension BatchRunner {
  /// Does something with the kept rows that are certain, then with those that are only maybe there, if
  /// there are any.
  func parted<Failure>(
    certain: () throws(Failure) -> Void, maybe: () throws(Failure) -> Void
  ) throws(Failure) {
    guard let membership else { return try certain() }
    var parts = self.parts ?? BatchParts()
    if isNarrowed || !parts.areKnown {
      fill(&parts.certain) { Kernels.and(selection, membership, $0, count) }
      fill(&parts.maybe) { Kernels.andNot(selection, membership, $0, count) }
      parts.areKnown = !isNarrowed
    }
    self.parts = parts
    if parts.maybe.selected == 0 { return try certain() }
    try with(&parts.certain, certain)
    try with(&parts.maybe, maybe)
    if !isNarrowed { self.parts = parts }
  }

  private func fill(
    _ part: inout BatchParts.Part, _ write: (UnsafeMutablePointer<UInt8>) -> Void
  ) {
    write(part.mask)
    part.selected = Kernels.count(part.mask, count)
    part.listed = nil
  }

  /// Does something as if the filters kept only some rows.
  private func with<Failure>(
    _ part: inout BatchParts.Part, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    let before = (selection, selected, listedLanes)
    (selection, selected, listedLanes) = (part.mask, part.selected, part.listed)
    defer {
      part.listed = listedLanes
      (selection, selected, listedLanes) = before
    }
    try body()
  }

  /// Does something as if the filters kept only those rows that a mask has 0 for.
  func without<Failure>(
    _ mask: UnsafeMutablePointer<UInt8>, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    let narrowed = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer { narrowed.deallocate() }
    Kernels.andNot(selection, mask, narrowed, count)
    let before = (selection, selected, listedLanes, isNarrowed)
    (selection, selected, listedLanes) = (narrowed, Kernels.count(narrowed, count), nil)
    isNarrowed = true
    defer { (selection, selected, listedLanes, isNarrowed) = before }
    try body()
  }
}

/// Which groups have a certain row.
final class GroupMembership {
  private let certain = CountAccumulator()
  private var hasMaybe = false

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    hasMaybe = true
    batch.parted {
      certain.add(batch, groups: groups, count: count)
    } maybe: {
    }
  }

  /// Without maybe rows each group has one.
  func hasCertain(_ group: Int32) -> Bool { !hasMaybe || certain.count(of: group) > 0 }
}
