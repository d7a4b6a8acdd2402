/// The shares of parts in their whole, in per cent: what `share(value)` is made of.
///
/// x/(x + rest) grows with x and falls with the rest, so both ends are taken at once: the least x
/// beside the greatest rest, the greatest x beside the least rest. Dividing the range of x by the
/// range of the whole would forget that x is part of the whole.
enum Share {
  /// The shares of amounts in the sum of all of them, for low, best and high, or for exact ones
  /// alone; no amount is less than 0.
  ///
  /// What an amount is for its own share, as one that is there, may differ from what it is beside
  /// the `others`. A share isn't known if the sum may be nothing.
  static func percents(
    of parts: [[Amount]], beside others: [[Amount]], _ bounds: [Bound]
  ) -> (ends: [[Double]], known: [Bool]) {
    let last = parts.count - 1
    let rests = zip(others, bounds).map { self.others(than: $0, $1) }
    let known = parts[0].indices.map { row in
      let whole = parts[0][row].adding(rests[0][row], bounds[0])
      return whole.open == 0 && (whole.whole > 0 || whole.double > 0)
    }
    // What is certain needs no rounding outward.
    let isPoint = parts[0].indices.map { row in
      parts[0][row] == parts[last][row] && rests[0][row] == rests[last][row]
    }
    let ends = bounds.enumerated().map { index, bound in
      let beside = rests[bound == .low ? last : bound == .high ? 0 : index]
      return parts[index].indices.map { row in
        guard known[row] else { return bound.open }
        return percent(
          of: parts[index][row], besides: beside[row], isPoint[row] ? .exact : bound)
          ?? bound.open
      }
    }
    return (ends, known)
  }

  /// For each amount the sum of all others: of those before and those behind it, since taking it
  /// away from the whole would round the wrong way.
  private static func others(than parts: [Amount], _ bound: Bound) -> [Amount] {
    var others = parts
    var sum = Amount(parts.first?.kind ?? .double)
    for index in parts.indices {
      others[index] = sum
      sum = sum.adding(parts[index], bound)
    }
    sum = Amount(sum.kind)
    for index in parts.indices.reversed() {
      others[index] = others[index].adding(sum, bound)
      sum = sum.adding(parts[index], bound)
    }
    return others
  }

  /// One end of the share of an amount beside the rest; nil for a best value that is missing.
  private static func percent(of part: Amount, besides rest: Amount, _ bound: Bound) -> Double? {
    if part.open > 0 { return bound == .high ? 100 : nil }
    if rest.open > 0 { return bound == .low ? 0 : nil }
    guard part.kind == .double else {
      let whole = part.whole + rest.whole
      return whole > 0 ? Double(part.whole * 100, over: whole, bound) : nil
    }
    let opposite: Bound = bound == .low ? .high : bound == .high ? .low : bound
    let whole = part.double.adding(rest.double, opposite)
    let hundredfold = part.double * 100
    let dividend = hundredfold.rounded(
      bound, rest: (-hundredfold).addingProduct(part.double, 100))
    return whole > 0 ? min(max(dividend.divided(by: whole, bound), 0), 100) : nil
  }
}

extension TotalsAccumulator {
  /// `share(value)` of each group in the whole table.
  func shares(_ groups: [Int32]) throws(RunError) -> Column {
    try totals.units.requireOne(for: aggregate)
    let bounds = totals.bounds
    let parts = bounds.indices.map { index in groups.map { totals.amount(of: $0, index) } }
    let others = bounds.indices.map { index in
      groups.map { totals.amount(of: $0, index, isThere: false) }
    }
    if parts[0].contains(where: \.isNegative) {
      throw RunError(cause: .negativeShare, span: aggregate.span)
    }
    let (ends, known) = Share.percents(of: parts, beside: others, bounds)
    return Column(
      .quantities(QuantityColumn(doubles: ends, known: known, unit: .one(.percent))))
  }
}
