/// Fills one column value by value; kernels make theirs whole, declarations one at a time.
struct ColumnBuilder {
  private let type: Type
  private var codes: [Int32] = []
  private var coder = TextCoder()
  private var low: [Number?] = []
  private var best: [Number?] = []
  private var high: [Number?] = []
  private var days: [PeriodRange] = []
  private var known: [UInt8] = []
  /// The rows that don't apply.
  private var none: [Int] = []
  private var written: [Int32] = []
  private var units: [Unit?] = []
  private var unitCodes: [Int32] = []
  private var offsets: [Int32] = [0]

  init(_ type: Type) { self.type = type }

  // MARK: One value

  mutating func add(text: String) { codes.append(coder.code(of: text)) }

  mutating func add(reference: Int32) { codes.append(reference) }

  mutating func add(truth: Truth) {
    codes.append(Int32(truth.rawValue))
    known.append(1)
  }

  mutating func add(_ quantity: QuantityLiteral) {
    low.append(quantity.bounds.low)
    best.append(quantity.bounds.best)
    high.append(quantity.bounds.high)
    written.append(coder.code(of: quantity.written))
    unitCodes.append(code(of: quantity.unit))
    known.append(quantity.isKnown ? 1 : 0)
  }

  mutating func add(_ period: PeriodRange, written text: String) {
    days.append(period)
    written.append(coder.code(of: text))
    known.append(1)
  }

  /// The values added since the last list are one more list.
  mutating func endList(isKnown: Bool = true) {
    offsets.append(Int32(elementCount))
    listKnown.append(isKnown ? 1 : 0)
  }

  private var listKnown: [UInt8] = []
  private var elementCount: Int { max(codes.count, low.count) }

  /// A value that isn't reported, or doesn't apply.
  mutating func addAbsent(isNone: Bool) {
    switch type {
    case .list: endList(isKnown: isNone)
    case .text, .reference: codes.append(isNone ? Code.none : Code.unknown)
    case .truth:
      codes.append(Int32((isNone ? Truth.false : .maybe).rawValue))
      endAbsent(isNone)
    case .quantity:
      low.append(nil)
      best.append(nil)
      high.append(nil)
      written.append(-1)
      unitCodes.append(code(of: nil))
      endAbsent(isNone)
    case .date, .period, .unknown:
      days.append(.unknown)
      written.append(-1)
      endAbsent(isNone)
    }
  }

  private mutating func endAbsent(_ isNone: Bool) {
    if isNone { none.append(known.count) }
    known.append(isNone ? 1 : 0)
  }

  /// The value of another column's row, as it stands there.
  mutating func add(_ column: Column, row: Int) {
    if column.none?[row] == 1 { return addAbsent(isNone: true) }
    switch column.storage {
    case .lists(let lists):
      for index in lists.range(row) { add(lists.elements.column, row: index) }
      endList(isKnown: lists.known.map { $0[row] != 0 } ?? true)
    case .texts(let codes, let dictionary):
      let code = codes[row]
      if code >= 0 { add(text: dictionary[code]) } else { self.codes.append(code) }
    case .references(let references, _): codes.append(references[row])
    case .truths(let truths):
      let isKnown = truths.known.map { $0[row] != 0 } ?? true
      let truth = Truth(certain: truths.certain[row] != 0, possible: truths.possible[row] != 0)
      codes.append(Int32(truth.rawValue))
      known.append(isKnown ? 1 : 0)
    case .quantities(let quantities): add(quantities, row: row)
    case .dates(let dates):
      guard dates.isKnown(row) else { return addAbsent(isNone: false) }
      let range = dates[row]
      add(PeriodRange(start: range, end: range), written: dates.text(row))
    case .periods(let periods):
      guard periods.start.isKnown(row) else { return addAbsent(isNone: false) }
      add(periods[row], written: periods.text(row))
    }
  }

  private mutating func add(_ column: QuantityColumn, row: Int) {
    guard column.isKnown(row), let bounds = column.bounds(row) else {
      return addAbsent(isNone: false)
    }
    add(QuantityLiteral(bounds: bounds, unit: column.unit(at: row), written: column.text(row)))
  }

  private mutating func code(of unit: Unit?) -> Int32 {
    if let code = units.firstIndex(of: unit) { return Int32(code) }
    units.append(unit)
    return Int32(units.count - 1)
  }

  /// The first row whose number doesn't fit beside the others, which need more digits behind the
  /// point.
  var firstOverflow: Int? {
    let scale = numbersScale
    return low.indices.first { row in
      [low[row], best[row], high[row]].contains { number in
        number.map { $0.rescaled(to: scale) == nil } ?? false
      }
    }
  }

  private var numbersScale: Int { (low + best + high).reduce(0) { max($0, $1?.scale ?? 0) } }

  // MARK: The column

  var column: Column {
    if case .list(let element) = type {
      return Column(
        .lists(
          ListColumn(
            offsets: Buffer(offsets), elements: ElementColumn(plain(element)),
            known: mask(listKnown))))
    }
    return plain(type)
  }

  private func plain(_ type: Type) -> Column {
    switch type {
    case .text: Column(.texts(codes: Buffer(codes), coder.dictionary))
    case .reference(let kind): Column(.references(codes: Buffer(codes), kind))
    case .truth: Column(.truths(truths))
    case .quantity: Column(.quantities(quantities))
    case .period: Column(.periods(PeriodColumn(start: dates(\.start), end: dates(\.end))))
    case .date, .list, .unknown: Column(.dates(dates(\.start)))
    }
  }

  private var truths: TruthColumn {
    TruthColumn(
      certain: Buffer(codes.map { $0 == Int32(Truth.true.rawValue) ? 1 : 0 }),
      possible: Buffer(codes.map { $0 == Int32(Truth.false.rawValue) ? 0 : 1 }), known: mask(known),
      none: noneMask)
  }

  private var quantities: QuantityColumn {
    let scale = numbersScale
    func buffer(_ numbers: [Number?], open: Int64) -> Buffer<Int64> {
      Buffer(numbers.map { $0?.rescaled(to: scale) ?? open })
    }
    let isExact = !known.contains(0) && zip(low, high).allSatisfy { $0 != nil && $0 == $1 }
    let lowest = buffer(low, open: Open.low)
    return QuantityColumn(
      low: .decimals(lowest), best: .decimals(isExact ? lowest : buffer(best, open: Open.best)),
      high: .decimals(isExact ? lowest : buffer(high, open: Open.high)),
      kind: .decimal(scale: scale),
      isExact: isExact,
      unit: units.count < 2 ? .one(units.first ?? nil) : .each(Buffer(unitCodes), units),
      known: mask(known), none: noneMask, written: (Buffer(written), coder.dictionary))
  }

  private func dates(_ side: (PeriodRange) -> DateRange) -> DateColumn {
    DateColumn(
      earliest: Buffer(days.map { side($0).earliest }),
      latest: Buffer(days.map { side($0).latest }),
      known: mask(known), none: noneMask, written: (Buffer(written), coder.dictionary))
  }

  private func mask(_ bytes: [UInt8]) -> Buffer<UInt8>? { bytes.contains(0) ? Buffer(bytes) : nil }

  /// The rows of truths, quantities, dates and periods that don't apply.
  private var noneMask: Buffer<UInt8>? {
    guard !none.isEmpty else { return nil }
    let mask = Buffer<UInt8>(repeating: 0, count: known.count)
    for row in none { mask.start[row] = 1 }
    return mask
  }
}
