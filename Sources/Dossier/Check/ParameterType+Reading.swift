extension ParameterType {
  /// The type of a name, as `param` has it: `text`, `[integer]`; nil if there is none such.
  public init?(_ name: String) {
    let depth = name.prefix { $0 == "[" }.utf8.count
    guard depth <= 250, name.hasSuffix(String(repeating: "]", count: depth)) else { return nil }
    switch name.dropFirst(depth).dropLast(depth) {
    case "truth": self = .truth
    case "integer": self = .integer
    case "number": self = .number
    case "quantity": self = .quantity
    case "text": self = .text
    case "date": self = .date
    case "period": self = .period
    default: return nil
    }
    for _ in 0..<depth { self = .list(self) }
  }

  func accepts(_ literal: SendableLiteral) -> Bool {
    switch (self, literal) {
    case (.truth, .truth), (.text, .text): return true
    case (.quantity, .quantity): return true
    case (.number, .quantity(let value)): return value.unit == nil && value.isExact
    case (.integer, .quantity(let value)):
      return value.unit == nil && value.isExact && value.bounds.low?.trimmed.scale == 0
    case (.date, .date(let value)):
      if case .date = value.form { return true }
      return false
    case (.period, .date): return true
    case (.list(let element), .list(let values)): return values.allSatisfy(element.accepts)
    default: return false
    }
  }

  /// One value where a list is due is a list of one; nil for what is no element of it.
  func list(of literal: SendableLiteral) -> SendableLiteral? {
    guard case .list(let element) = self, element.accepts(literal) else { return nil }
    return .list([literal])
  }

  /// A literal as a value of this type; nil if it is none.
  func value(_ literal: SendableLiteral) -> SendableLiteral? {
    accepts(literal) ? literal : list(of: literal)
  }

  /// Reads what `--set` gives: the literal without quotes or `@`.
  func value(_ text: String, _ readings: Readings) -> SendableLiteral? {
    let script: String
    switch self {
    case .text: return .text(normalised(text))
    case .list(let element):
      let parts = text.split(separator: ",").map {
        element.value(String($0).trimmingEnds, readings)
      }
      let values = parts.compactMap { $0 }
      return values.count == parts.count ? .list(values) : nil
    case .date, .period:
      let words = text.split(separator: " ").map(String.init)
      let date = words.last ?? ""
      script = (words.dropLast() + [date.hasPrefix("@") ? date : "@" + date]).joined(separator: " ")
    case .truth, .integer, .number, .quantity: script = text
    }
    let (tree, errors) = Parser.parse(SourceText(name: "parameter", text: script))
    guard errors.isEmpty, tree.statements.count == 1,
      case .query(let link) = tree.statements[0].kind,
      tree[link].stages.isEmpty, let source = tree[link].source
    else { return nil }
    let value: SendableLiteral?
    switch tree[source].kind {
    case .truth(let truth): value = .truth(truth)
    case .date(let link, _): value = .date(tree[link])
    default:
      value = (try? tree.quantity(tree[source], readings)).flatMap { $0 }.map { .quantity($0) }
    }
    return value.flatMap { accepts($0) ? $0 : nil }
  }
}
