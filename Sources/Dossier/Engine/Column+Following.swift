/// Columns one behind the other: `union`, and rows that are added to a column.
extension Column {
  /// The rows of this column, then those of another of the same type, as a column of some shape;
  /// nil if a number doesn't fit beside the others.
  func followed(
    by other: Column, as shape: Shape, _ meter: Meter, at span: Span
  ) throws(RunError) -> Column? {
    switch (storage, other.storage) {
    case (.truths(let a), .truths(let b)): return Column(.truths(a.followed(by: b)))
    case (.quantities(let a), .quantities(let b)):
      let both = try a.followed(by: b, as: shape, meter, at: span)
      return both.map { Column(.quantities($0)) }
    case (.texts(let a, let first), .texts(let b, let second)):
      let (codes, dictionary) = texts((a, first), (b, second))
      return Column(.texts(codes: codes, dictionary))
    case (.dates(let a), .dates(let b)): return Column(.dates(a.followed(by: b)))
    case (.periods(let a), .periods(let b)):
      return Column(
        .periods(
          PeriodColumn(start: a.start.followed(by: b.start), end: a.end.followed(by: b.end))))
    case (.references(let a, let kind), .references(let b, _)):
      return Column(.references(codes: a.followed(by: b), kind))
    case (.lists(let a), .lists(let b)):
      guard case .list(let element, _) = shape else { return nil }
      let both = try a.followed(by: b, as: element, meter, at: span)
      return both.map { Column(.lists($0)) }
    default: return nil
    }
  }
}

extension Buffer {
  func followed(by other: Buffer) -> Buffer {
    let result = Buffer(uninitialized: count + other.count)
    result.start.update(from: start, count: count)
    (result.start + count).update(from: other.start, count: other.count)
    return result
  }
}

/// Two masks of which one or both may be left out where all rows have one value.
private func masks(
  _ a: Buffer<UInt8>?, _ b: Buffer<UInt8>?, _ counts: (Int, Int), else value: UInt8
) -> Buffer<UInt8>? {
  if a == nil, b == nil { return nil }
  return (a ?? Buffer(repeating: value, count: counts.0)).followed(
    by: b ?? Buffer(repeating: value, count: counts.1))
}

private typealias Words = (codes: Buffer<Int32>, dictionary: TextDictionary)

/// Codes of two dictionaries as codes of one.
private func texts(_ a: Words, _ b: Words) -> Words {
  if a.dictionary === b.dictionary || b.dictionary.count == 0 {
    return (a.codes.followed(by: b.codes), a.dictionary)
  }
  if a.dictionary.count == 0 { return (a.codes.followed(by: b.codes), b.dictionary) }
  var coder = TextCoder()
  for text in a.dictionary.texts { _ = coder.code(of: text) }
  let places = b.dictionary.texts.map { coder.code(of: $0) }
  let recoded = Buffer(b.codes.elements.map { $0 >= 0 ? places[Int($0)] : $0 })
  return (a.codes.followed(by: recoded), coder.dictionary)
}

/// The words of literals; rows without words have the code −1.
private func written(_ a: Words?, _ b: Words?, _ counts: (Int, Int)) -> Words? {
  if a == nil, b == nil { return nil }
  func bare(_ count: Int) -> Words { (Buffer(repeating: -1, count: count), TextDictionary.empty) }
  return texts(a ?? bare(counts.0), b ?? bare(counts.1))
}

extension TruthColumn {
  fileprivate func followed(by other: TruthColumn) -> TruthColumn {
    let counts = (certain.count, other.certain.count)
    let certain = certain.followed(by: other.certain)
    let isExact = self.certain === possible && other.certain === other.possible
    return TruthColumn(
      certain: certain, possible: isExact ? certain : possible.followed(by: other.possible),
      known: masks(known, other.known, counts, else: 1),
      aside: masks(aside, other.aside, counts, else: 0),
      none: masks(none, other.none, counts, else: 0))
  }
}

extension DateColumn {
  fileprivate func followed(by other: DateColumn) -> DateColumn {
    let counts = (earliest.count, other.earliest.count)
    let first = earliest.followed(by: other.earliest)
    let isExact = earliest === latest && other.earliest === other.latest
    return DateColumn(
      earliest: first, latest: isExact ? first : latest.followed(by: other.latest),
      known: masks(known, other.known, counts, else: 1),
      none: masks(none, other.none, counts, else: 0),
      written: Dossier.written(written, other.written, counts))
  }
}

extension ListColumn {
  fileprivate func followed(
    by other: ListColumn, as element: Shape, _ meter: Meter, at span: Span
  ) throws(RunError) -> ListColumn? {
    let (a, b) = (compact, other.compact)
    guard
      let joined = try a.elements.column.followed(
        by: b.elements.column, as: element, meter, at: span),
      let base = Int32(exactly: a.elements.column.count), Int32(exactly: joined.count) != nil
    else { return nil }
    let moved = Buffer(b.offsets.elements.dropFirst().map { $0 + base })
    return ListColumn(
      offsets: a.offsets.followed(by: moved), elements: ElementColumn(joined),
      known: masks(
        a.known, b.known, (a.offsets.count - 1, b.offsets.count - 1), else: 1))
  }

  /// The same lists over elements that are all in one.
  private var compact: ListColumn {
    let count = offsets.count - 1
    let isCompact = offsets[0] == 0 && Int(offsets[count]) == elements.column.count
    return isCompact ? self : gathered((0..<Int32(count)).map { $0 })
  }
}

extension QuantityColumn {
  fileprivate func followed(
    by other: QuantityColumn, as shape: Shape, _ meter: Meter, at span: Span
  ) throws(RunError) -> QuantityColumn? {
    guard case .quantity(let kind, let isExact, let units, _, _, _) = shape else { return nil }
    func numbers(
      _ a: NumberBuffer, _ b: NumberBuffer, _ bound: Bound
    ) throws(RunError) -> NumberBuffer? {
      try meter.charge(bytes: 0, at: span)
      guard let x = a.converted(from: self.kind, to: kind, bound),
        let y = b.converted(from: other.kind, to: kind, bound)
      else { return nil }
      switch (x, y) {
      case (.decimals(let x), .decimals(let y)): return .decimals(x.followed(by: y))
      case (.doubles(let x), .doubles(let y)): return .doubles(x.followed(by: y))
      default: return nil
      }
    }
    guard let low = try numbers(low, other.low, isExact ? .exact : .low),
      let best = isExact ? low : try numbers(best, other.best, .best),
      let high = isExact ? low : try numbers(high, other.high, .high)
    else { return nil }
    let counts = (count, other.count)
    return QuantityColumn(
      low: low, best: best, high: high, kind: kind, isExact: isExact,
      unit: units.ofRows(self, other), known: masks(known, other.known, counts, else: 1),
      none: masks(none, other.none, counts, else: 0),
      written: Dossier.written(written, other.written, counts))
  }
}

extension Shape.Units {
  fileprivate func ofRows(_ a: QuantityColumn, _ b: QuantityColumn) -> QuantityColumn.UnitOfRows {
    switch self {
    case .one(let unit): return .one(unit)
    case .each(let units):
      func codes(_ column: QuantityColumn) -> Buffer<Int32> {
        func place(_ unit: Unit?) -> Int32 { Int32(units.firstIndex(of: unit) ?? 0) }
        switch column.unit {
        case .one(let unit): return Buffer(repeating: place(unit), count: column.count)
        case .each(let codes, let own):
          let places = own.map(place)
          return Buffer(codes.elements.map { places[Int($0)] })
        }
      }
      return .each(codes(a).followed(by: codes(b)), units)
    }
  }
}

extension NumberBuffer {
  /// The same numbers held in another way; nil if one doesn't fit.
  fileprivate func converted(
    from kind: NumberKind, to target: NumberKind, _ bound: Bound
  ) -> NumberBuffer? {
    guard case .decimals(let buffer) = self, case .decimal(let scale) = kind, kind != target else {
      return self
    }
    func isOpen(_ value: Int64) -> Bool {
      bound != .exact && (value == Open.low || value == Open.high)
    }
    switch target {
    case .double:
      let power = Double(Number.powers[scale])
      return .doubles(
        Buffer(
          buffer.elements.map { value in
            isOpen(value) ? (value == Open.low ? -.infinity : .infinity) : Double(value) / power
          }))
    case .decimal(let wider):
      guard wider > scale, wider - scale < Number.powers.count else { return nil }
      let power = Number.powers[wider - scale]
      let result = Buffer<Int64>(uninitialized: buffer.count)
      for row in 0..<buffer.count {
        let (value, overflow) = buffer[row].multipliedReportingOverflow(by: power)
        if isOpen(buffer[row]) {
          result.start[row] = buffer[row]
        } else if overflow || value == Open.low || value == Open.high {
          return nil
        } else {
          result.start[row] = value
        }
      }
      return .decimals(result)
    }
  }
}
