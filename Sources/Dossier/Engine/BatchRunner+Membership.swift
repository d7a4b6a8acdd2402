extension BatchRunner {
  /// Does something with the kept rows that are certain, then with those that are only maybe there.
  func parted<Failure>(
    certain: () throws(Failure) -> Void, maybe: () throws(Failure) -> Void
  ) throws(Failure) {
    guard let membership else { return try certain() }
    let others = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer { others.deallocate() }
    Kernels.not(membership, others, count)
    try without(others, certain)
    try without(membership, maybe)
  }
}
