/// Averages of `avg(value)`: the sum of each bound over the number of values.
///
/// Since every value may lie at the same end at once, the range of averages is that of the sums
/// over their number.
final class AverageAccumulator: Accumulator {
  private let aggregate: Aggregate
  private var totals: Totals
  private let counts = CountAccumulator()

  init(_ form: QuantityForm, _ aggregate: Aggregate) {
    self.aggregate = aggregate
    totals = Totals(form, aggregate)
  }

  var skipped: Int { totals.reporting.skipped }
  var unreported: Int { totals.reporting.unreported }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    let lanes = totals.addCertain(batch, groups, count)
    counts.add(batch, lanes, groups, count)
  }

  func column(_ groups: [Int32], _ meter: Meter) throws(RunError) -> Column {
    totals.flush()
    let unit = try totals.units.column(groups, for: aggregate)
    let last = totals.bounds.count - 1
    let ends = totals.bounds.indices.map { index in
      groups.map { group in
        // What is certain needs no rounding outward.
        let low = totals.amount(of: group, 0)
        let isPoint = low.open == 0 && low == totals.amount(of: group, last)
        return totals.amount(of: group, index).over(
          counts.count(of: group), isPoint ? .exact : totals.bounds[index])
      }
    }
    return Column(
      .quantities(
        QuantityColumn(
          doubles: ends, known: groups.map { counts.count(of: $0) > 0 }, unit: unit)))
  }
}

extension QuantityColumn {
  /// Doubles of one bound or of three; what stands open on both sides isn't known.
  init(doubles ends: [[Double]], known: [Bool], unit: UnitOfRows) {
    let isExact = ends.count == 1
    let bounds = ends.map { NumberBuffer.doubles(Buffer($0)) }
    let isBounded = known.indices.map { row -> UInt8 in
      let isOpen = !isExact && ends[0][row] == -.infinity && ends[2][row] == .infinity
      return known[row] && !isOpen ? 1 : 0
    }
    self.init(
      low: bounds[0], best: bounds[isExact ? 0 : 1], high: bounds[isExact ? 0 : 2], kind: .double,
      isExact: isExact, unit: unit, known: Buffer(isBounded))
  }
}

extension Amount {
  /// The amount of one of so many.
  func over(_ count: Int64, _ bound: Bound) -> Double {
    guard count > 0 else { return 0 }
    guard open == 0 else { return bound.open }
    guard case .decimal(let scale) = kind else {
      return double.isFinite ? double.divided(by: Double(count), bound) : bound.open
    }
    return Double(whole, over: Int128(count) * Int128(Number.powers[scale]), bound)
  }
}
