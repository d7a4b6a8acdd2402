/// A value that a host gives to a `param`.
///
/// ```swift
/// try query.run(["side": "Russia", "least": 500, "since": "2024-10"])
/// ```
public struct Parameter: Sendable, Hashable {
  enum Content: Sendable, Hashable {
    /// As it is written behind `--set name=`: a literal without quotes or `@`.
    case written(String)
    case list([Parameter])
  }

  let content: Content

  /// A value in the words of a script, without quotes or `@`: a text as it is, `2024-10` for a date,
  /// `about 500 people` for a quantity.
  public init(_ written: String) { content = .written(written) }

  /// A whole number.
  public init(_ number: Int) { content = .written("\(number)") }

  /// A number; what is infinite or no number fits no type.
  public init(_ number: Double) { content = .written("\(number)") }

  /// A truth.
  public init(_ truth: Bool) { content = .written("\(truth)") }

  /// Several values of one type.
  public init(_ elements: [Parameter]) { content = .list(elements) }

  /// The words of an error.
  var text: String {
    switch content {
    case .written(let text): text
    case .list(let elements): elements.map(\.text).joined(separator: ", ")
    }
  }
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// As the one without a label.
  public init(stringLiteral text: String) { self.init(text) }
  /// As the one without a label.
  public init(integerLiteral number: Int) { self.init(number) }
  /// As the one without a label.
  public init(floatLiteral number: Double) { self.init(number) }
  /// As the one without a label.
  public init(booleanLiteral truth: Bool) { self.init(truth) }
  /// As the one without a label.
  public init(arrayLiteral elements: Parameter...) { self.init(elements) }
}

extension ParameterType {
  /// Reads what is given; nil if it is no value of this type.
  func value(_ given: Parameter, _ readings: Readings) -> SendableLiteral? {
    switch (given.content, self) {
    case (.written(let text), _): return value(text, readings)
    case (.list(let elements), .list(let type)):
      let values = elements.compactMap { type.value($0, readings) }
      return values.count == elements.count ? .list(values) : nil
    case (.list, _): return nil
    }
  }

  /// As a script writes it.
  var name: String {
    switch self {
    case .truth: "truth"
    case .integer: "integer"
    case .number: "number"
    case .quantity: "quantity"
    case .text: "text"
    case .date: "date"
    case .period: "period"
    case .list(let element): "[\(element.name)]"
    }
  }
}
