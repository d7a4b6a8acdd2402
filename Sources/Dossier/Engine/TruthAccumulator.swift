/// Finds `any(P)`, `all(P)` and `count(P)`: how many rows certainly and possibly fulfil it.
///
/// `any` is Kleene's `or` over the rows and `all` his `and`: of no rows false and true.
final class TruthAccumulator: Accumulator {
  private let aggregate: Aggregate
  private let rows = CountAccumulator()
  private let certain: MaskCounter
  private let possible: MaskCounter
  private let aside: MaskCounter?

  init(_ form: TruthForm, _ aggregate: Aggregate) {
    self.aggregate = aggregate
    certain = MaskCounter(form.certain)
    possible = form.certain == form.possible ? certain : MaskCounter(form.possible)
    aside = form.aside.map(MaskCounter.init)
  }

  func add(_ batch: BatchRunner, groups: [Int32], count: Int) {
    rows.add(batch, groups: groups, count: count)
    certain.add(batch, groups, count)
    if possible !== certain { possible.add(batch, groups, count) }
    aside?.add(batch, groups, count)
  }

  func column(_ groups: [Int32], _ meter: Meter) -> Column {
    switch aggregate.function {
    case .any: truths(groups) { mask, group in mask.count(of: group) > 0 }
    case .all: truths(groups) { mask, group in mask.count(of: group) == rows.count(of: group) }
    default: counts(groups)
    }
  }

  private func truths(
    _ groups: [Int32], _ holds: (MaskCounter, Int32) -> Bool
  ) -> Column {
    func bytes(_ mask: MaskCounter) -> Buffer<UInt8> {
      Buffer(groups.map { holds(mask, $0) ? 1 : 0 })
    }
    let sure = bytes(certain)
    let maybe = possible === certain ? sure : bytes(possible)
    // What was set aside stays so unless the other rows decide.
    let open = aside.map { aside in
      Buffer(
        groups.indices.map { row -> UInt8 in
          aside.count(of: groups[row]) > 0 && sure[row] == 0 && maybe[row] != 0 ? 1 : 0
        })
    }
    return Column(.truths(TruthColumn(certain: sure, possible: maybe, aside: open)))
  }

  private func counts(_ groups: [Int32]) -> Column {
    let low = Buffer(groups.map(certain.count(of:)))
    if possible === certain { return Column(.quantities(.exact(low))) }
    return Column(.quantities(.counts(low, Buffer(groups.map(possible.count(of:))))))
  }
}

extension QuantityColumn {
  /// Numbers of things, each somewhere from a least to a most.
  static func counts(_ low: Buffer<Int64>, _ high: Buffer<Int64>) -> QuantityColumn {
    let best = zip(low.elements, high.elements).map { $0 == $1 ? $0 : Open.best }
    return QuantityColumn(
      low: .decimals(low), best: .decimals(Buffer(best)), high: .decimals(high),
      kind: .decimal(scale: 0), isExact: false, unit: .one(nil))
  }
}

/// Counts the kept lanes of a mask that are 1, by group.
final class MaskCounter {
  private let register: Register
  private var counts: [Int64] = []

  init(_ register: Register) { self.register = register }

  func add(_ batch: BatchRunner, _ groups: [Int32], _ count: Int) {
    counts.reach(count, 0)
    let mask = batch.masks(register)
    if count == 1, batch.isWhole {
      counts[0] += Int64(Kernels.count(mask, batch.count))
    } else {
      batch.forEach(nil, groups, count) { counts[$1] += Int64(mask[$0]) }
    }
  }

  func count(of group: Int32) -> Int64 { Int(group) < counts.count ? counts[Int(group)] : 0 }
}
