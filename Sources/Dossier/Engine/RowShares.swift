/// The part that each row has of its group: `derive part = share(best) by country`.
struct RowShares {
  let values: QuantityColumn
  let aggregate: Aggregate
  /// 0 where a row is only maybe there.
  let membership: Buffer<UInt8>?

  private var isExact: Bool { values.isExact && membership == nil }
  private var buffers: [NumberBuffer] {
    isExact ? [values.low] : [values.low, values.best, values.high]
  }
  private var bounds: [Bound] { isExact ? [.exact] : [.low, .best, .high] }

  /// A share for each row; the groups have all of them.
  func column(_ groups: [ArraySlice<Int32>]) throws(RunError) -> Column {
    var ends = bounds.map { [Double](repeating: $0.open, count: values.count) }
    var known = [Bool](repeating: false, count: values.count)
    for group in groups {
      let rows = group.map(Int.init).filter(counts)
      try refuseMixedUnits(rows)
      let parts = zip(buffers, bounds).map { buffer, bound in
        rows.map { amount(buffer, $0, bound) }
      }
      let others = zip(parts, bounds).map { parts, bound in beside(parts, rows, bound) }
      if parts[0].contains(where: \.isNegative) {
        throw RunError(cause: .negativeShare, span: aggregate.span)
      }
      let shares = Share.percents(of: parts, beside: others, bounds)
      for (place, row) in rows.enumerated() where shares.known[place] {
        known[row] = true
        for index in ends.indices { ends[index][row] = shares.ends[index][place] }
      }
    }
    return Column(
      .quantities(QuantityColumn(doubles: ends, known: known, unit: .one(.percent))))
  }

  /// What rows add to the parts of others: those that are only maybe there perhaps nothing.
  private func beside(_ parts: [Amount], _ rows: [Int], _ bound: Bound) -> [Amount] {
    guard let membership, bound != .high else { return parts }
    return zip(parts, rows).map { part, row in
      if membership[row] != 0 { return part }
      var amount = Amount(values.kind)
      if bound == .best, part != amount { amount.open = 1 }
      return amount
    }
  }

  /// Whether a row has a part: what doesn't apply has none, and in a host's table what isn't reported.
  private func counts(_ row: Int) -> Bool {
    if let none = values.none, none[row] != 0 { return false }
    return !aggregate.skipsUnknown || values.isKnown(row)
  }

  private func amount(_ buffer: NumberBuffer, _ row: Int, _ bound: Bound) -> Amount {
    var amount = Amount(values.kind)
    switch buffer {
    case .decimals(let numbers):
      let end: Int64? = values.isExact ? nil : bound == .high ? Open.high : Open.low
      if numbers[row] == end { amount.open = 1 } else { amount.whole = Int128(numbers[row]) }
    case .doubles(let numbers):
      if numbers[row].isFinite { amount.double = numbers[row] } else { amount.open = 1 }
    }
    return amount
  }

  private func refuseMixedUnits(_ rows: [Int]) throws(RunError) {
    guard case .each(let codes, let names) = values.unit else { return }
    // What isn't reported has no unit unless it says so.
    let stated = rows.filter { names[Int(codes[$0])] != nil || values.isKnown($0) }
    let units = Set(stated.map { codes[$0] }).sorted()
    guard units.count > 1 else { return }
    let found = units.map { names[Int($0)]?.name ?? "plain numbers" }
    throw RunError(
      cause: .unitsMixed(found, filterBy: aggregate.unitOfArgument), span: aggregate.span)
  }
}
