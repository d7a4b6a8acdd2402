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
      case .given(let given, _):
        errors.append(.badParameter(word, type: kind, value: given.text, at: name))
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
      errors.append(.badParameter(word, type: "table", value: given.text, at: name))
      return
    }
    let outer = tree
    tree = query
    keep(word, link, at: query[link].span, isTable: true)
    tree = outer
  }
}
