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
  /// - Throws: `HostError` E0703 if a value is `Int64.min` or `.max`, E0705 if there is no such unit.
  public static func numbers(
    _ values: Buffer<Int64>, scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    try checkRange(values, scale)
    let column = QuantityColumn.exact(values, scale: scale, unit: try self.unit(unit))
    return HostColumn(column: Column(.quantities(column)))
  }

  /// The same of an array.
  ///
  /// - Throws: as `numbers` of a buffer.
  public static func numbers(
    _ values: [Int64], scale: Int = 0, unit: String? = nil
  ) throws(HostError) -> HostColumn {
    try numbers(Buffer(values), scale: scale, unit: unit)
  }

  /// Quantities with a lower bound, a best value and an upper bound.
  ///
  /// - Throws: `HostError` E0701 if the lengths differ, E0703, E0704 if a best is not between low and high,
  ///   E0705.
  public static func quantities(
    low: Buffer<Int64>, best: Buffer<Int64>, high: Buffer<Int64>, scale: Int = 0,
    unit: String? = nil
  ) throws(HostError) -> HostColumn {
    guard low.count == best.count, best.count == high.count else {
      throw HostError(code: "E0701", message: "low, best and high differ in length")
    }
    for buffer in [low, best, high] { try checkRange(buffer, scale) }
    for row in 0..<low.count where low[row] > best[row] || best[row] > high[row] {
      throw HostError(code: "E0704", message: "row \(row): best is not between low and high")
    }
    let column = QuantityColumn(
      low: .decimals(low), best: .decimals(best), high: .decimals(high),
      kind: .decimal(scale: scale), isExact: false, unit: .one(try self.unit(unit)))
    return HostColumn(column: Column(.quantities(column)))
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
  /// - Throws: `HostError` E0703 if a day is `Int32.min` or `.max`.
  public static func days(_ values: Buffer<Int32>) throws(HostError) -> HostColumn {
    for row in 0..<values.count
    where values[row] == Day.distantPast || values[row] == Day.distantFuture {
      throw HostError(code: "E0703", message: "row \(row): \(values[row]) is no day")
    }
    return HostColumn(column: Column(.dates(DateColumn(earliest: values, latest: values))))
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

  /// The two values that stand for open ends are nobody's numbers.
  private static func checkRange(_ values: Buffer<Int64>, _ scale: Int) throws(HostError) {
    guard (0...18).contains(scale) else {
      throw HostError(code: "E0703", message: "a scale is 0 to 18")
    }
    for row in 0..<values.count where values[row] == Open.low || values[row] == Open.high {
      throw HostError(code: "E0703", message: "row \(row): \(values[row]) doesn't fit")
    }
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
