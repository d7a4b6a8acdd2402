/// A field of a result with its values side by side, where they lie: nothing is copied.
///
/// ```swift
/// let answer = try query.run()
/// if let column = answer.column("value"), case .decimals(let low, _, let high, 0) = column.values {
///   low.withElements { low in
///     high.withElements { high in
///       for row in 0..<column.count where !column.isUnknown(row) { print(low[row], high[row]) }
///     }
///   }
/// }
/// ```
///
/// Every buffer has one element a row, unless something else is said.
public struct ResultColumn: Sendable {
  /// The field's name.
  public let name: String
  /// Its type as `describe` says it: `number`, `quantity in people`, `[actor]`.
  public let type: String
  /// How many rows it has.
  public let count: Int
  let column: Column
  private let facts: FactStore?

  init(name: String, type: String, column: Column, facts: FactStore?) {
    self.name = name
    self.type = type
    self.column = column
    self.facts = facts
    count = column.count
  }

  /// What a column holds.
  ///
  /// Bounds that are the same buffer (`===`) are exact.
  public enum Values: Sendable {
    /// 1 where it is certainly true, 1 where it may be true, else 0.
    case truths(certain: Buffer<UInt8>, possible: Buffer<UInt8>)
    /// Coefficients × 10^−scale. Where they aren't one buffer, a low of `Int64.min` and a high of
    /// `Int64.max` stand open, and a best of `Int64.min` isn't given.
    case decimals(low: Buffer<Int64>, best: Buffer<Int64>, high: Buffer<Int64>, scale: Int)
    /// The same as doubles; what stands open or isn't given is infinite.
    case doubles(low: Buffer<Double>, best: Buffer<Double>, high: Buffer<Double>)
    /// Codes of texts; −1 isn't reported, −2 doesn't apply.
    case texts(codes: Buffer<Int32>, ResultTexts)
    /// Days.
    case dates(Days)
    /// Stretches from some day of `start` to some day of `end`.
    case periods(start: Days, end: Days)
    /// Codes of things of the dossier, whose ids and names these are; −1 isn't reported, −2 doesn't
    /// apply.
    case references(codes: Buffer<Int32>, ids: [String], names: [String])
    /// Row `i` holds the elements `offsets[i]..<offsets[i + 1]`: one offset more than rows.
    indirect case lists(offsets: Buffer<Int32>, elements: ResultColumn)
  }

  /// Days from 1970-01-01 on, each somewhere from earliest to latest; `Int32.min` and `Int32.max`
  /// stand open.
  public struct Days: Sendable {
    /// The first day that it may be.
    public let earliest: Buffer<Int32>
    /// The last day that it may be; the same buffer where all days are exact.
    public let latest: Buffer<Int32>
  }

  /// What the numbers of a column count.
  public enum Units: Sendable {
    /// The same in every row; nil for plain numbers.
    case one(Unit?)
    /// Places in a list of units, one a row.
    case each(codes: Buffer<Int32>, [Unit?])
  }

  /// The values as they lie in memory.
  public var values: Values {
    switch column.storage {
    case .truths(let truths): .truths(certain: truths.certain, possible: truths.possible)
    case .quantities(let quantities): quantities.values
    case .texts(let codes, let dictionary): .texts(codes: codes, ResultTexts(dictionary))
    case .dates(let dates): .dates(dates.days)
    case .periods(let periods): .periods(start: periods.start.days, end: periods.end.days)
    case .references(let codes, let kind):
      .references(codes: codes, ids: facts?[kind].ids ?? [], names: facts?[kind].names ?? [])
    case .lists(let lists):
      .lists(
        offsets: lists.offsets,
        elements: ResultColumn(
          name: name, type: lists.elements.column.shape.type.name, column: lists.elements.column,
          facts: facts))
    }
  }

  /// 0 where a value isn't reported; nil if all are, and for texts and references, whose codes say it.
  public var known: Buffer<UInt8>? {
    switch column.storage {
    case .truths(let truths): truths.known
    case .quantities(let quantities): quantities.known
    case .dates(let dates): dates.known
    case .periods(let periods): periods.start.known
    case .lists(let lists): lists.known
    case .texts, .references: nil
    }
  }

  /// 1 where a value doesn't apply; nil if all do, and for texts, references and lists: their codes say
  /// it, or that they are empty.
  public var none: Buffer<UInt8>? { column.none }

  /// What the numbers count; plain for what holds no numbers.
  public var units: Units {
    guard case .quantities(let quantities) = column.storage else { return .one(nil) }
    return switch quantities.unit {
    case .one(let unit): .one(unit)
    case .each(let codes, let units): .each(codes: codes, units)
    }
  }

  /// The words in which numbers, dates and periods were written, and the code of each row's.
  ///
  /// −1 where the value was computed; nil if all were.
  public var words: (codes: Buffer<Int32>, texts: ResultTexts)? {
    let written =
      switch column.storage {
      case .quantities(let quantities): quantities.written
      case .dates(let dates): dates.written
      case .periods(let periods): periods.start.written
      case .truths, .texts, .references, .lists: nil as (Buffer<Int32>, TextDictionary)?
      }
    return written.map { ($0, ResultTexts($1)) }
  }

  /// Whether the value of a row isn't reported.
  public func isUnknown(_ row: Int) -> Bool {
    precondition(row >= 0 && row < count, "no such row")
    return column.isUnknown(row)
  }

  /// Whether the value of a row doesn't apply; of a list whether it is empty.
  public func isNone(_ row: Int) -> Bool {
    precondition(row >= 0 && row < count, "no such row")
    return column.isNone(row)
  }

  /// The value of a row, from 0.
  public subscript(row: Int) -> Value {
    precondition(row >= 0 && row < count, "no such row")
    return column.value(row, facts)
  }

  /// What a table prints for a row: `about 10,000 people`, `·` for what isn't reported.
  public func text(_ row: Int) -> String {
    precondition(row >= 0 && row < count, "no such row")
    return column.text(row, names: facts)
  }
}

/// The different texts that the codes of a column stand for, from 0.
public struct ResultTexts: Sendable {
  private let dictionary: TextDictionary

  init(_ dictionary: TextDictionary) { self.dictionary = dictionary }

  /// How many texts there are.
  public var count: Int { dictionary.count }

  /// The text of a code.
  public subscript(code: Int32) -> String {
    precondition(code >= 0 && Int(code) < count, "no such code")
    return dictionary[code]
  }

  /// Looks at the UTF-8 bytes of a code's text where they lie.
  public func withBytes<Result>(
    of code: Int32, _ look: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    precondition(code >= 0 && Int(code) < count, "no such code")
    return dictionary.withBytes(of: code, look)
  }

  /// All bytes where they lie, the text of a code being `bytes[offsets[code]..<offsets[code + 1]]`;
  /// nil if each text has memory of its own.
  public var bytes: (bytes: Buffer<UInt8>, offsets: Buffer<UInt32>)? { dictionary.bytes }
}

extension Answer {
  /// The fields of the result in order, their values where they lie.
  ///
  /// What a filter has picked is put side by side when it is asked for; ask once.
  public var columns: [ResultColumn] { table.fields.indices.map(column(at:)) }

  /// The field of a name; nil if the result has none such.
  public func column(_ name: String) -> ResultColumn? {
    table.fields.firstIndex { $0.name == name }.map(column(at:))
  }

  /// Names and types of the fields, as `describe` says them.
  public var fields: [(name: String, type: String)] {
    table.fields.map { ($0.name, $0.type.name) }
  }

  /// 0 where a row is only maybe in the result; nil if all rows are certain.
  public var membership: Buffer<UInt8>? { table.membership }

  private func column(at index: Int) -> ResultColumn {
    let field = table.fields[index]
    return ResultColumn(
      name: field.name, type: field.type.name, column: table.column(index), facts: facts)
  }
}

extension QuantityColumn {
  fileprivate var values: ResultColumn.Values {
    if case .decimals(let low) = low, case .decimals(let best) = best,
      case .decimals(let high) = high, case .decimal(let scale) = kind
    {
      return .decimals(low: low, best: best, high: high, scale: scale)
    }
    return .doubles(low: low.doubles, best: best.doubles, high: high.doubles)
  }
}

extension NumberBuffer {
  fileprivate var doubles: Buffer<Double> {
    switch self {
    case .doubles(let buffer): buffer
    case .decimals(let buffer): Buffer(buffer.elements.map(Double.init))
    }
  }
}

extension DateColumn {
  fileprivate var days: ResultColumn.Days {
    ResultColumn.Days(earliest: earliest, latest: latest)
  }
}
