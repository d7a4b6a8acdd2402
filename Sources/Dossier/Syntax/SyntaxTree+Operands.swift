extension SyntaxTree {
  /// The expressions that another one is made of, in the order of the text; a query in parentheses
  /// counts as its source if that is all it has.
  func operands(of expression: Expression) -> [Link<Expression>] {
    switch expression.kind {
    case .missing, .truth, .quantity, .text, .characters, .date, .unknown, .path: []
    case .range(let low, let high): [low, high].compactMap { $0 }
    case .interpolation(let links), .list(let links), .all(let links), .any(let links),
      .fill(let links):
      Array(self[links])
    case .member(let inner, _), .not(let inner), .negated(let inner), .state(let inner, _),
      .convert(let inner, _, _):
      [inner]
    case .call(_, let arguments): self[arguments].map(\.value)
    case .record(let fields): self[fields].map(\.value)
    case .query(let query): self[query].stages.isEmpty ? [self[query].source].compactMap { $0 } : []
    case .chain(let terms): self[terms].map(\.value)
    case .comparison(_, let left, let right): [left, right]
    case .conditional(let branches, let otherwise):
      self[branches].flatMap { [$0.condition, $0.value, $0.maybe].compactMap { $0 } } + [otherwise]
    }
  }

  /// Whether an expression or one that it is made of passes a test.
  func contains(_ link: Link<Expression>, _ test: (Expression) -> Bool) -> Bool {
    test(self[link]) || operands(of: self[link]).contains { contains($0, test) }
  }
}
