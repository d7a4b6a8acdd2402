/// Hands another accumulator only the rows whose value applies: aggregates skip none.
final class ApplyingAccumulator: Accumulator {
  private let inner: any Accumulator
  private let form: Form
  /// 1 for the rows of a batch that are left out.
  private let absent: UnsafeMutablePointer<UInt8>

  /// Nil if every value applies, or the other one knows which do.
  init?(_ inner: any Accumulator, _ form: Form, _ function: Aggregate.Function) {
    switch (form, function) {
    case (.text, .list), (.text, .first), (.text, .last), (.reference, .list), (.reference, .first),
      (.reference, .last):
      break
    default: if form.none == nil { return nil }
    }
    self.inner = inner
    self.form = form
    absent = .allocate(capacity: BatchRunner.batchSize)
    absent.initialize(repeating: 0, count: BatchRunner.batchSize)
  }

  deinit { absent.deallocate() }

  var skipped: Int { inner.skipped }
  var unreported: Int { inner.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) throws(RunError) {
    switch form {
    case .text(let codes, _), .reference(let codes, _):
      let codes = batch.codes(codes)
      for lane in 0..<batch.count { absent[lane] = codes[lane] == Code.none ? 1 : 0 }
    default:
      guard let none = form.none else { break }
      absent.update(from: batch.masks(none), count: batch.count)
    }
    try batch.without(absent) { () throws(RunError) in
      try inner.add(batch, groups: groups, count: count)
    }
  }

  func mayRest(on lane: Int, _ batch: BatchRunner, of group: Int) -> Bool {
    if let none = form.none, batch.masks(none)[lane] != 0 { return false }
    return inner.mayRest(on: lane, batch, of: group)
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    try inner.column(groups, meter)
  }
}
