/// The values of one field, one beside the other.
///
/// A column is exact where nothing in it is uncertain; then low, best and high are the same memory.
struct Column: Sendable {
  enum Storage: Sendable {
    case truths(TruthColumn)
    case quantities(QuantityColumn)
    case texts(codes: Buffer<Int32>, TextDictionary)
    case dates(DateColumn)
    case periods(PeriodColumn)
    case references(codes: Buffer<Int32>, EntityKind)
    case lists(ListColumn)
  }

  let storage: Storage

  init(_ storage: Storage) { self.storage = storage }

  var count: Int {
    switch storage {
    case .truths(let column): column.certain.count
    case .quantities(let column): column.count
    case .texts(let codes, _), .references(let codes, _): codes.count
    case .dates(let column): column.earliest.count
    case .periods(let column): column.start.earliest.count
    case .lists(let column): column.offsets.count - 1
    }
  }

  /// The rows asked for, in their order.
  func gathered(_ rows: [Int32]) -> Column {
    switch storage {
    case .truths(let column): Column(.truths(column.gathered(rows)))
    case .quantities(let column): Column(.quantities(column.gathered(rows)))
    case .texts(let codes, let dictionary): Column(.texts(codes: codes.gathered(rows), dictionary))
    case .dates(let column): Column(.dates(column.gathered(rows)))
    case .periods(let column): Column(.periods(column.gathered(rows)))
    case .references(let codes, let kind): Column(.references(codes: codes.gathered(rows), kind))
    case .lists(let column): Column(.lists(column.gathered(rows)))
    }
  }
}

/// Codes of texts and references that stand for no value.
enum Code {
  /// Not reported.
  static let unknown: Int32 = -1
  /// Doesn't apply.
  static let none: Int32 = -2
  /// A text that names no thing.
  static let nobody: Int32 = -3
}

/// Bounds that stand open, and a best value that the words don't give.
enum Open {
  static let low = Int64.min
  static let high = Int64.max
  static let best = Int64.min
}

/// Truths as two columns of 0 and 1: certainly true, possibly true.
struct TruthColumn: Sendable {
  let certain: Buffer<UInt8>
  let possible: Buffer<UInt8>
  /// 0 where it isn't reported; nil if all are.
  var known: Buffer<UInt8>?
  /// 1 where a comparison was set aside for its unit; nil if none was.
  var aside: Buffer<UInt8>?
  /// 1 where it doesn't apply, neither certain nor possible; nil if all do.
  var none: Buffer<UInt8>?

  func gathered(_ rows: [Int32]) -> TruthColumn {
    TruthColumn(
      certain: certain.gathered(rows), possible: possible.gathered(rows),
      known: known?.gathered(rows), aside: aside?.gathered(rows), none: none?.gathered(rows))
  }
}

/// Numbers of one column: exact decimals of one scale, or doubles.
enum NumberBuffer: Sendable {
  case decimals(Buffer<Int64>)
  case doubles(Buffer<Double>)

  var count: Int {
    switch self {
    case .decimals(let buffer): buffer.count
    case .doubles(let buffer): buffer.count
    }
  }

  func gathered(_ rows: [Int32]) -> NumberBuffer {
    switch self {
    case .decimals(let buffer): .decimals(buffer.gathered(rows))
    case .doubles(let buffer): .doubles(buffer.gathered(rows))
    }
  }
}

/// How the numbers of a column are held.
enum NumberKind: Hashable, Sendable {
  /// Whole coefficients × 10^−scale.
  case decimal(scale: Int)
  case double
}

/// Numbers and quantities: low, best, high, and what they count.
struct QuantityColumn: Sendable {
  enum UnitOfRows: Sendable {
    case one(Unit?)
    case each(Buffer<Int32>, [Unit?])
  }

  let low: NumberBuffer
  let best: NumberBuffer
  let high: NumberBuffer
  let kind: NumberKind
  /// Whether all three are the same memory.
  let isExact: Bool
  let unit: UnitOfRows
  var known: Buffer<UInt8>?
  /// 1 where it doesn't apply; nil if all do.
  var none: Buffer<UInt8>?
  /// The words of literals; code −1 where the value was computed.
  var written: (codes: Buffer<Int32>, dictionary: TextDictionary)?

  var count: Int { low.count }

  func gathered(_ rows: [Int32]) -> QuantityColumn {
    let low = low.gathered(rows)
    var unit = unit
    if case .each(let codes, let units) = unit { unit = .each(codes.gathered(rows), units) }
    return QuantityColumn(
      low: low, best: isExact ? low : best.gathered(rows),
      high: isExact ? low : high.gathered(rows),
      kind: kind, isExact: isExact, unit: unit, known: known?.gathered(rows),
      none: none?.gathered(rows),
      written: written.map { ($0.codes.gathered(rows), $0.dictionary) })
  }

  func unit(at row: Int) -> Unit? {
    switch unit {
    case .one(let unit): unit
    case .each(let codes, let units): units[Int(codes[row])]
    }
  }
}

extension QuantityColumn {
  /// Plain whole numbers.
  static func exact(_ values: Buffer<Int64>, scale: Int = 0, unit: Unit? = nil) -> QuantityColumn {
    QuantityColumn(
      low: .decimals(values), best: .decimals(values), high: .decimals(values),
      kind: .decimal(scale: scale), isExact: true, unit: .one(unit))
  }
}

/// Days, each somewhere between earliest and latest.
struct DateColumn: Sendable {
  let earliest: Buffer<Int32>
  let latest: Buffer<Int32>
  var known: Buffer<UInt8>?
  /// 1 where it doesn't apply; nil if all do.
  var none: Buffer<UInt8>?
  var written: (codes: Buffer<Int32>, dictionary: TextDictionary)?

  func gathered(_ rows: [Int32]) -> DateColumn {
    let first = earliest.gathered(rows)
    return DateColumn(
      earliest: first, latest: latest === earliest ? first : latest.gathered(rows),
      known: known?.gathered(rows), none: none?.gathered(rows),
      written: written.map { ($0.codes.gathered(rows), $0.dictionary) })
  }
}

/// Stretches of days, from a day in `start` to a day in `end`; `start` knows which are there.
struct PeriodColumn: Sendable {
  let start: DateColumn
  let end: DateColumn

  func gathered(_ rows: [Int32]) -> PeriodColumn {
    PeriodColumn(start: start.gathered(rows), end: end.gathered(rows))
  }
}

/// Lists of one element type: row `i` holds the elements `offsets[i]..<offsets[i + 1]`.
struct ListColumn: Sendable {
  let offsets: Buffer<Int32>
  let elements: ElementColumn
  var known: Buffer<UInt8>?

  func range(_ row: Int) -> Range<Int> { Int(offsets[row])..<Int(offsets[row + 1]) }

  func gathered(_ rows: [Int32]) -> ListColumn {
    let offsets = Buffer<Int32>(uninitialized: rows.count + 1)
    var picked: [Int32] = []
    offsets.start[0] = 0
    for (index, row) in rows.enumerated() {
      picked.append(contentsOf: range(Int(row)).map(Int32.init))
      offsets.start[index + 1] = Int32(picked.count)
    }
    let elements = ElementColumn(self.elements.column.gathered(picked))
    return ListColumn(offsets: offsets, elements: elements, known: known?.gathered(rows))
  }
}

/// A column inside a list; a box, because a value can't hold itself.
final class ElementColumn: Sendable {
  let column: Column
  init(_ column: Column) { self.column = column }
}
