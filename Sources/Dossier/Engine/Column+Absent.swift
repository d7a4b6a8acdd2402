/// Rows without a value: those that a table lacks, and what stands where nothing matches.
extension Column {
  /// So many values of the same type that don't apply, or aren't reported.
  func absent(_ count: Int, isNone: Bool) -> Column {
    let codes = Buffer(repeating: isNone ? Code.none : Code.unknown, count: count)
    switch storage {
    case .texts(_, let dictionary): return Column(.texts(codes: codes, dictionary))
    case .references(_, let kind): return Column(.references(codes: codes, kind))
    case .truths(let column): return Column(.truths(column.absent(count, isNone: isNone)))
    case .quantities(let column): return Column(.quantities(column.absent(count, isNone: isNone)))
    case .dates(let column): return Column(.dates(column.absent(count, isNone: isNone)))
    case .periods(let column):
      let start = column.start.absent(count, isNone: isNone)
      return Column(
        .periods(PeriodColumn(start: start, end: column.end.absent(count, isNone: isNone))))
    case .lists(let column):
      return Column(
        .lists(
          ListColumn(
            offsets: Buffer(repeating: 0, count: count + 1),
            elements: ElementColumn(column.elements.column.gathered([])),
            known: isNone ? nil : Buffer(repeating: 0, count: count))))
    }
  }

  /// The same rows and one more, which doesn't apply or isn't reported, as a column of some shape.
  func endingInAbsent(
    isNone: Bool, as shape: Shape? = nil, _ meter: Meter, at span: Span
  ) throws(RunError) -> Column {
    try followed(by: absent(1, isNone: isNone), as: shape ?? self.shape, meter, at: span) ?? self
  }
}

extension Buffer where Element == UInt8 {
  /// The mask of so many values that aren't reported; nil if they don't apply.
  fileprivate static func known(_ count: Int, isNone: Bool) -> Buffer<UInt8>? {
    isNone ? nil : Buffer(repeating: 0, count: count)
  }

  fileprivate static func none(_ count: Int, isNone: Bool) -> Buffer<UInt8>? {
    isNone ? Buffer(repeating: 1, count: count) : nil
  }
}

extension TruthColumn {
  fileprivate func absent(_ count: Int, isNone: Bool) -> TruthColumn {
    let certain = Buffer<UInt8>(repeating: 0, count: count)
    return TruthColumn(
      certain: certain, possible: isNone ? certain : Buffer(repeating: 1, count: count),
      known: .known(count, isNone: isNone), aside: nil, none: .none(count, isNone: isNone))
  }
}

extension QuantityColumn {
  fileprivate func absent(_ count: Int, isNone: Bool) -> QuantityColumn {
    // Exact numbers have no open ends.
    let isBounded = isNone || isExact
    func numbers(_ int: Int64, _ double: Double) -> NumberBuffer {
      kind == .double
        ? .doubles(Buffer(repeating: isBounded ? 0 : double, count: count))
        : .decimals(Buffer(repeating: isBounded ? 0 : int, count: count))
    }
    var isCounted = false
    if case .one(let unit) = unit { isCounted = unit?.isCounted == true }
    let low = isCounted ? numbers(0, 0) : numbers(Open.low, -.infinity)
    var unit = unit
    if case .each(_, let units) = unit {
      // What isn't reported has no unit.
      let places = units.contains(nil) ? units : units + [nil]
      let code = isNone ? 0 : Int32(places.firstIndex(of: nil) ?? 0)
      unit = .each(Buffer(repeating: code, count: count), places)
    }
    return QuantityColumn(
      low: low, best: isExact ? low : numbers(Open.best, -.infinity),
      high: isExact ? low : numbers(Open.high, .infinity), kind: kind, isExact: isExact,
      unit: unit, known: .known(count, isNone: isNone), none: .none(count, isNone: isNone))
  }
}

extension DateColumn {
  fileprivate func absent(_ count: Int, isNone: Bool) -> DateColumn {
    let first = Buffer(repeating: Day.distantPast, count: count)
    return DateColumn(
      earliest: first,
      latest: earliest === latest ? first : Buffer(repeating: Day.distantFuture, count: count),
      known: .known(count, isNone: isNone), none: .none(count, isNone: isNone))
  }
}
