/// Why a host's column or table can't be taken.
public struct HostError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable code, `E0701` to `E0706`.
  public let code: String
  /// One line in lower case.
  public let message: String

  /// Code and message.
  public var description: String { "\(code): \(message)" }
}

/// A column that a host hands in: its values side by side, used where they lie.
///
/// ```swift
/// let sales = try Table(columns: [
///   ("country", .texts(["Mali", "Chad", "Mali"])),
///   ("deaths", .quantities(low: [1, 0, 5], best: [2, 0, 5], high: [4, 1, 5], unit: "people")),
/// ])
/// var session = Session(tables: ["ged": sales])
/// ```
public struct HostColumn: Sendable {
  let column: Column

  /// Whole numbers, or decimals of `scale` digits behind the point, all of one unit or none.
  ///
  /// - Parameter known: 0 where a number isn't reported; a column that holds something else than 0 there
  ///   is copied.
  /// - Throws: `HostError` E0701 if the lengths differ, E0703 if a value is `Int64.min` or `.max`, E0705 if
  ///   there is no such unit.
  public static func numbers(
    _ values: Buffer<Int64>, known: Buffer<UInt8>? = nil, scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    let known = try mask(known, count: values.count)
    let values = values.filled(with: 0, where: known)
    try check(scale)
    for row in 0..<values.count where values[row] == Open.low || values[row] == Open.high {
      throw HostError(code: "E0703", message: "row \(row): \(values[row]) doesn't fit")
    }
    return exact(.decimals(values), .decimal(scale: scale), known, try self.unit(unit))
  }

  /// The same of an array.
  ///
  /// - Throws: as `numbers` of a buffer.
  public static func numbers(
    _ values: [Int64], scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    try numbers(Buffer(values), scale: scale, unit: unit)
  }

  /// Doubles; one that is no number isn't reported, and then the column is copied.
  ///
  /// - Throws: `HostError` E0701, E0703 if a value is infinite, E0705.
  public static func doubles(
    _ values: Buffer<Double>, known: Buffer<UInt8>? = nil, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    let known = try mask(known, count: values.count, numbers: [values])
    let values = values.filled(with: 0, where: known)
    for row in 0..<values.count where values[row].isInfinite {
      throw HostError(code: "E0703", message: "row \(row): a number is finite")
    }
    return exact(.doubles(values), .double, known, try self.unit(unit))
  }

  /// Quantities with a lower bound, a best value and an upper bound.
  ///
  /// A low of `Int64.min` and a high of `.max` stand open; a best of `.min` isn't given, nor are those of no
  /// buffer.
  ///
  /// - Parameter known: 0 where a quantity isn't reported.
  /// - Throws: `HostError` E0701 if the lengths differ, E0703, E0704 if a best is not between low and high,
  ///   E0705.
  public static func quantities(
    low: Buffer<Int64>, best: Buffer<Int64>?, high: Buffer<Int64>, known: Buffer<UInt8>? = nil,
    scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    try check(scale)
    return try between(
      low, best ?? Buffer(repeating: Open.best, count: low.count), high,
      open: (Open.low, Open.best, Open.high), known, try self.unit(unit)
    ) { low, best, high, known, unit in
      QuantityColumn(
        low: .decimals(low), best: .decimals(best), high: .decimals(high),
        kind: .decimal(scale: scale), isExact: false, unit: .one(unit), known: known)
    }
  }

  /// The same of arrays.
  ///
  /// - Throws: as `quantities` of buffers.
  public static func quantities(
    low: [Int64], best: [Int64], high: [Int64], scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    try quantities(
      low: Buffer(low), best: Buffer(best), high: Buffer(high), scale: scale, unit: unit)
  }

  /// Quantities in doubles: bounds that are infinite or no numbers stand open, and so does a best that
  /// isn't given; where all three are no numbers nothing is reported.
  ///
  /// - Throws: `HostError` as `quantities`.
  public static func doubles(
    low: Buffer<Double>, best: Buffer<Double>?, high: Buffer<Double>,
    known: Buffer<UInt8>? = nil, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    let best = best ?? Buffer(repeating: .nan, count: low.count)
    guard low.count == best.count, best.count == high.count else {
      throw HostError(code: "E0701", message: "low, best and high differ in length")
    }
    let known = try mask(known, count: low.count, numbers: [low, best, high])
    return try between(
      low.replacingNaN(-.infinity), best.replacingNaN(-.infinity), high.replacingNaN(.infinity),
      open: (-.infinity, -.infinity, .infinity), known, try self.unit(unit)
    ) { low, best, high, known, unit in
      QuantityColumn(
        low: .doubles(low), best: .doubles(best), high: .doubles(high), kind: .double,
        isExact: false, unit: .one(unit), known: known)
    }
  }

  /// Texts as codes of a dictionary; −1 is not reported, −2 doesn't apply.
  ///
  /// - Throws: `HostError` E0702 if a code is outside of the dictionary.
  public static func texts(
    codes: Buffer<Int32>, dictionary: [String]
  ) throws(HostError) -> HostColumn {
    let size = Int32(dictionary.count)
    for row in 0..<codes.count where codes[row] < Code.none || codes[row] >= size {
      throw HostError(code: "E0702", message: "row \(row): no text has the code \(codes[row])")
    }
    var coder = TextCoder()
    let places = dictionary.map { coder.code(of: normalised($0)) }
    let isPlain = places.enumerated().allSatisfy { Int($0.element) == $0.offset }
    let unique =
      isPlain ? codes : Buffer(codes.elements.map { $0 < 0 ? $0 : places[Int($0)] })
    return HostColumn(column: Column(.texts(codes: unique, coder.dictionary)))
  }

  /// Texts; nil is not reported.
  public static func texts(_ values: [String?]) -> HostColumn {
    var coder = TextCoder()
    let codes = values.map { $0.map { coder.code(of: normalised($0)) } ?? Code.unknown }
    return HostColumn(column: Column(.texts(codes: Buffer(codes), coder.dictionary)))
  }

  /// Days, counted from 1970-01-01.
  ///
  /// - Parameter known: 0 where a day isn't reported.
  /// - Throws: `HostError` E0701, E0703 if a day is `Int32.min` or `.max`.
  public static func days(
    _ values: Buffer<Int32>, known: Buffer<UInt8>? = nil
  ) throws(HostError) -> HostColumn {
    let known = try mask(known, count: values.count)
    let values = values.filled(with: 0, where: known)
    for row in 0..<values.count
    where values[row] == Day.distantPast || values[row] == Day.distantFuture {
      throw HostError(code: "E0703", message: "row \(row): \(values[row]) is no day")
    }
    return HostColumn(
      column: Column(.dates(DateColumn(earliest: values, latest: values, known: known))))
  }

  /// Days somewhere from earliest to latest; `Int32.min` and `.max` stand open.
  ///
  /// - Throws: `HostError` E0701, E0704 if a latest is before the earliest.
  public static func days(
    earliest: Buffer<Int32>, latest: Buffer<Int32>, known: Buffer<UInt8>? = nil
  ) throws(HostError) -> HostColumn {
    guard earliest.count == latest.count else {
      throw HostError(code: "E0701", message: "earliest and latest differ in length")
    }
    let known = try mask(known, count: earliest.count)
    let first = earliest.filled(with: Day.distantPast, where: known)
    let last = latest.filled(with: Day.distantFuture, where: known)
    for row in 0..<first.count where first[row] > last[row] {
      throw HostError(code: "E0704", message: "row \(row): latest is before earliest")
    }
    return HostColumn(
      column: Column(.dates(DateColumn(earliest: first, latest: last, known: known))))
  }

  /// Truths; nil is not reported.
  public static func truths(_ values: [Bool?]) -> HostColumn {
    let certain = Buffer(values.map { $0 == true ? UInt8(1) : 0 })
    guard values.contains(nil) else {
      return HostColumn(column: Column(.truths(TruthColumn(certain: certain, possible: certain))))
    }
    let column = TruthColumn(
      certain: certain, possible: Buffer(values.map { $0 == false ? UInt8(0) : 1 }),
      known: Buffer(values.map { $0 == nil ? UInt8(0) : 1 }))
    return HostColumn(column: Column(.truths(column)))
  }

  /// Truths as `Truth.rawValue`: 0 is false, 1 maybe, 2 true.
  ///
  /// - Parameter known: 0 where a truth isn't reported.
  /// - Throws: `HostError` E0701, E0703 if a value is none of them.
  public static func truths(
    _ values: Buffer<UInt8>, known: Buffer<UInt8>? = nil
  ) throws(HostError) -> HostColumn {
    let known = try mask(known, count: values.count)
    let values = values.filled(with: Truth.maybe.rawValue, where: known)
    for row in 0..<values.count where values[row] > Truth.true.rawValue {
      throw HostError(code: "E0703", message: "row \(row): a truth is 0, 1 or 2")
    }
    let column = TruthColumn(
      certain: Buffer(values.elements.map { $0 / 2 }),
      possible: Buffer(values.elements.map { $0 == 0 ? 0 : 1 }), known: known)
    return HostColumn(column: Column(.truths(column)))
  }

  private static func unit(_ name: String?) throws(HostError) -> Unit? {
    guard let name else { return nil }
    let parts = name.split(separator: "/").map(String.init)
    if parts.count <= 2, let first = parts.first,
      let unit = Unit.named(first, per: parts.count == 2 ? parts[1] : nil)
    {
      return unit
    }
    throw HostError(code: "E0705", message: "no unit '\(name)'")
  }
}

extension Table {
  /// A table of a host's columns.
  ///
  /// - Throws: `HostError` E0701 if the columns differ in length, E0706 if two have one name.
  public init(columns: [(name: String, column: HostColumn)]) throws(HostError) {
    let count = columns.first?.column.column.count ?? 0
    guard columns.allSatisfy({ $0.column.column.count == count }) else {
      throw HostError(code: "E0701", message: "the columns differ in length")
    }
    guard Set(columns.map(\.name)).count == columns.count else {
      throw HostError(code: "E0706", message: "two columns have one name")
    }
    let fields = columns.enumerated().map { index, pair in
      Field(name: pair.name, source: .column(index), shape: pair.column.column.shape)
    }
    self.init(
      fields: fields, columns: columns.map { ColumnView($0.column.column) }, count: count)
  }
}
