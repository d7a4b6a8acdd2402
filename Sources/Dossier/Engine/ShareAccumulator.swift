/// The part of `share(value)`: a group's sum of the sum of all groups, in per cent.
///
/// x/(x + rest) grows with x and falls with the rest, so both ends are taken at once: the least x
/// beside the greatest rest, the greatest x beside the least rest. Dividing the range of x by the
/// range of the whole would forget that x is part of the whole.
struct Share {
  /// One end of the share of an amount beside the rest, both not negative; nil if the whole may be
  /// nothing.
  static func percent(of part: Amount, besides rest: Amount, _ bound: Bound) -> Double? {
    if part.open > 0 { return bound == .best || bound == .low ? nil : 100 }
    if rest.open > 0 { return bound == .low ? 0 : nil }
    guard part.kind == .double else {
      let whole = part.whole + rest.whole
      return whole > 0 ? Double(part.whole * 100, over: whole, bound) : nil
    }
    let whole = part.double.adding(rest.double, bound.opposite)
    let value = (part.double * 100).divided(by: whole, bound)
    return whole > 0 ? min(max(value, 0), 100) : nil
  }
}

extension Bound {
  fileprivate var opposite: Bound { self == .low ? .high : self == .high ? .low : self }
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
    let width = totals.registers.count
    let (low, high) = (0, width - 1)
    let whole = (0..<width).map { index in
      groups.reduce(Amount(totals.form.kind)) { sum, group in
        sum.combined(totals.amount(of: group, index), removing: false, totals.bound(index))
      }
    }
    for group in groups where totals.amount(of: group, low).isNegative {
      throw RunError(cause: .negativeShare, span: aggregate.span)
    }
    func rest(_ group: Int32, _ index: Int, _ bound: Bound) -> Amount {
      whole[index].combined(totals.amount(of: group, index), removing: true, bound)
    }
    // A whole that may be nothing has no parts.
    let isSome = whole[low].open == 0 && (whole[low].whole > 0 || whole[low].double > 0)
    let ends = totals.registers.indices.map { index in
      let bound = totals.bound(index)
      let other = bound == .low ? high : bound == .high ? low : index
      return groups.map { group -> Double in
        let part = totals.amount(of: group, index)
        return isSome
          ? Share.percent(of: part, besides: rest(group, other, totals.bound(other)), bound)
            ?? bound.open : bound.open
      }
    }
    return Column(
      .quantities(
        QuantityColumn(doubles: ends, known: groups.map { _ in isSome }, unit: .one(.percent))))
  }
}
