/// `param side: text = "Russia"`: a value that the host or the command line may give.
extension Checker {
  mutating func checkParam(_ name: Span, _ type: Span, _ value: Link<Query>?) {
    let word = environment.qualified(tree.name(name))
    environment.parameters.insert(word)
    let before = errors.count
    defer { if errors.count > before { environment.broken.insert(word) } }
    define(tree.name(name), at: name)
    let kind = tree.source.text(type).filter { $0 != " " }
    if kind == "table" { return checkTableParam(word, name, value) }
    guard let expected = ParameterType(kind) else {
      errors.append(.unknownType(kind, at: type))
      return
    }
    let origin: Environment.Origin
    if let given = parameters[word] {
      origin = .given(given, expected)
    } else if let value {
      let query = tree[value]
      guard query.stages.isEmpty, let source = query.source else {
        errors.append(.wrongFieldType(word, expected: "a literal: \(kind)", at: query.span))
        return
      }
      origin = .written(tree, source, expected)
    } else {
      errors.append(.missingParameter(word, at: name))
      return
    }
    guard let literal = origin.literal(environment.readings) else {
      switch origin {
      case .given(let text, _):
        errors.append(.badParameter(word, type: kind, value: text, at: name))
      case .written(let tree, let source, _):
        errors.append(
          .wrongFieldType(word, expected: "a literal: \(kind)", at: tree[source].span))
      }
      return
    }
    environment.literals[word] = .init(literal: literal, isParameter: true, origin: origin)
  }

  /// `param rows: table = figures | where …`: what is given is a query, too, with the names that
  /// the script has before it.
  private mutating func checkTableParam(_ word: String, _ name: Span, _ value: Link<Query>?) {
    guard let given = parameters[word] else {
      guard let value else {
        errors.append(.missingParameter(word, at: name))
        return
      }
      return keep(word, value, at: name, isTable: true)
    }
    if case .some(nil) = givenQueries[word] {
      environment.broken.insert(word)
      return
    }
    guard let query = givenQueries[word] ?? nil, query.statements.count == 1,
      case .query(let link) = query.statements[0].kind, query[link].source != nil
    else {
      errors.append(.badParameter(word, type: "table", value: given, at: name))
      return
    }
    let outer = tree
    tree = query
    keep(word, link, at: query[link].span, isTable: true)
    tree = outer
  }
}

/// The types that a parameter may have.
enum ParameterType: Sendable {
  case truth, integer, number, quantity, text, date, period
  indirect case list(ParameterType)

  init?(_ name: String) {
    switch name {
    case "truth": self = .truth
    case "integer": self = .integer
    case "number": self = .number
    case "quantity": self = .quantity
    case "text": self = .text
    case "date": self = .date
    case "period": self = .period
    default:
      guard name.hasPrefix("["), name.hasSuffix("]"),
        let element = ParameterType(String(name.dropFirst().dropLast()))
      else { return nil }
      self = .list(element)
    }
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
