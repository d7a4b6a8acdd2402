/// One value of a result, for hosts.
public enum Value: Sendable, Hashable {
  /// True, false or maybe.
  case truth(Truth)
  /// A plain exact number, as it reads back.
  case number(Double)
  /// A number with bounds, a hedge or a unit.
  case quantity(Quantity)
  /// A text.
  case text(String)
  /// A date or a period in EDTF.
  case date(String)
  /// A thing of the dossier.
  case reference(id: String, name: String)
  /// Several values.
  case list([Value])
  /// Not reported.
  case unknown
  /// Doesn't apply.
  case none
}

/// A quantity as a host reads it.
public struct Quantity: Sendable, Hashable {
  /// As results print it.
  public let text: String
  /// The lower bound; nil if it stands open.
  public let low: Double?
  /// The best value; nil if the words give none.
  public let best: Double?
  /// The upper bound; nil if it stands open.
  public let high: Double?
  /// The unit's name; nil for a plain number.
  public let unit: String?
}

extension Quantity {
  /// What a host's function gives: bounds that aren't known stand open.
  ///
  /// ```swift
  /// Quantity(low: 90, best: 100, high: nil, unit: "people").text  // "100 (90+) people"
  /// ```
  public init(low: Double?, best: Double?, high: Double?, unit: String?) {
    func numbers(_ number: Double?, _ open: Double) -> NumberBuffer {
      .doubles(Buffer([number ?? open]))
    }
    let column = QuantityColumn(
      low: numbers(low, -.infinity), best: numbers(best, -.infinity),
      high: numbers(high, .infinity),
      kind: .double, isExact: low != nil && low == high, unit: .one(nil))
    self.init(
      text: column.text(0) + (unit.map { " " + $0 } ?? ""), low: low, best: best, high: high,
      unit: unit)
  }

  /// One exact value.
  public init(_ number: Double, unit: String?) {
    self.init(low: number, best: number, high: number, unit: unit)
  }
}

extension Column {
  /// The value of a row; names of things are those of a dossier.
  func value(_ row: Int, _ facts: FactStore?) -> Value {
    if self.none?[row] == 1 { return .none }
    switch storage {
    case .truths(let column):
      let isKnown = column.known.map { $0[row] != 0 } ?? true
      return isKnown ? .truth(column[row]) : .unknown
    case .quantities(let column): return column.value(row)
    case .texts(let codes, let dictionary):
      let code = codes[row]
      return code >= 0 ? .text(dictionary[code]) : code == Code.none ? .none : .unknown
    case .dates(let column): return column.isKnown(row) ? .date(column.edtf(row)) : .unknown
    case .periods(let column): return column.start.isKnown(row) ? .date(column.text(row)) : .unknown
    case .references(let codes, let kind):
      let code = codes[row]
      guard code >= 0, let table = facts?[kind] else { return code == Code.none ? .none : .unknown }
      return .reference(id: table.ids[Int(code)], name: table.names[Int(code)])
    case .lists(let column):
      guard column.known.map({ $0[row] != 0 }) ?? true else { return .unknown }
      return .list(column.range(row).map { column.elements.column.value($0, facts) })
    }
  }
}

extension QuantityColumn {
  fileprivate func value(_ row: Int) -> Value {
    guard isKnown(row) else { return .unknown }
    let unit = unit(at: row)?.name
    let ends = endTexts(row, grouped: false)
    func number(_ digits: String?) -> Double? { digits.flatMap(Double.init) }
    if unit == nil, isExact, let number = number(ends.low) { return .number(number) }
    return .quantity(
      Quantity(
        text: text(row), low: number(ends.low), best: number(ends.best), high: number(ends.high),
        unit: unit))
  }
}
