/// The shares of parts in their whole, in per cent: what `share(value)` is made of.
///
/// x/(x + rest) grows with x and falls with the rest, so both ends are taken at once: the least x
/// beside the greatest rest, the greatest x beside the least rest. Dividing the range of x by the
/// range of the whole would forget that x is part of the whole.
enum Share {
  /// The shares of amounts in the sum of all of them; nil if that may be nothing.
  ///
  /// For low, best and high, or for exact ones alone; no amount is less than 0.
  static func percents(of parts: [[Amount]], _ bounds: [Bound]) -> [[Double]]? {
    let last = parts.count - 1
    let rests = zip(parts, bounds).map { others(than: $0, $1) }
    guard let part = parts[0].first, let rest = rests[0].first else { return parts.map { _ in [] } }
    let whole = part.adding(rest, bounds[0])
    guard whole.open == 0, whole.whole > 0 || whole.double > 0 else { return nil }
    // What is certain needs no rounding outward.
    let isPoint = parts[0].indices.map { row in
      parts[0][row] == parts[last][row] && rests[0][row] == rests[last][row]
    }
    return bounds.enumerated().map { index, bound in
      let beside = rests[bound == .low ? last : bound == .high ? 0 : index]
      return parts[index].indices.map { row in
        percent(of: parts[index][row], besides: beside[row], isPoint[row] ? .exact : bound)
          ?? bound.open
      }
    }
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

/// Finds `share(value)` of each group in the whole table.
final class ShareAccumulator: Accumulator {
  private let aggregate: Aggregate
  private var totals: Totals

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.aggregate = aggregate
    totals = Totals(form, aggregate)
  }

  var skipped: Int { totals.reporting.skipped }
  var unreported: Int { totals.reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    totals.add(batch, groups, count)
  }

  func column(_ groups: [Int32]) throws(RunError) -> Column {
    totals.flush()
    try totals.units.requireOne(for: aggregate)
    let parts = totals.registers.indices.map { index in
      groups.map { totals.amount(of: $0, index) }
    }
    if parts[0].contains(where: \.isNegative) {
      throw RunError(cause: .negativeShare, span: aggregate.span)
    }
    let bounds = totals.registers.indices.map(totals.bound)
    let shares = Share.percents(of: parts, bounds)
    let unknown = bounds.map { [Double](repeating: $0.open, count: groups.count) }
    return Column(
      .quantities(
        QuantityColumn(
          doubles: shares ?? unknown, known: groups.map { _ in shares != nil },
          unit: .one(.percent))))
  }
}
