/// The functions of one or more values; those of many rows are `Aggregate.Function`.
enum ScalarFunction: String, CaseIterable {
  // Of numbers
  case abs, round, floor, ceil, least, greatest, unit, number
  // Of texts
  case length, lower, upper, fold, trim, replace, starts, ends, split, join, text
  // That build
  case quantity, range

  /// How it is written.
  var usage: String {
    switch self {
    case .abs: "abs(value)"
    case .round, .floor, .ceil: "\(rawValue)(value) or \(rawValue)(value, 2)"
    case .least, .greatest: "\(rawValue)(a, b)"
    case .unit: "unit(value), of a quantity"
    case .number: "number(value), of a quantity or a text"
    case .length: "length(title), of a text or a list"
    case .lower, .upper, .fold, .trim: "\(rawValue)(title), of a text"
    case .replace: "replace(title, \"old\", \"new\")"
    case .starts, .ends: "\(rawValue)(title, \"part\")"
    case .split: "split(title, \", \")"
    case .join: "join(list, \", \")"
    case .text: "text(value)"
    case .quantity: "quantity(low, best, high, \"people\") or quantity(value, \"people\")"
    case .range: "range(low, high)"
    }
  }

  /// Whether its result is one of its values, or close to it, with the same sign.
  var keepsSigns: Bool {
    switch self {
    case .round, .floor, .ceil, .least, .greatest, .number, .quantity, .range: true
    case .abs, .unit, .length, .lower, .upper, .fold, .trim, .replace, .starts, .ends, .split,
      .join, .text:
      false
    }
  }

  /// How many values it takes.
  var counts: ClosedRange<Int> {
    switch self {
    case .abs, .unit, .number, .length, .lower, .upper, .fold, .trim, .text: 1...1
    case .round, .floor, .ceil: 1...2
    case .least, .greatest: 2...100
    case .starts, .ends, .split, .join, .range: 2...2
    case .replace: 3...3
    case .quantity: 2...4
    }
  }
}
