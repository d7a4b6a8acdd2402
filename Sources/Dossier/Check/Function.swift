/// `let losses(side: text = "Russia") = figures | where subject in side`: a query or a value with
/// parameters.
///
/// A call is checked as if the body stood in its place, with the arguments for the parameters. Names in
/// the body are those of the script that defines it.
struct Function: Sendable {
  let name: String
  /// Later definitions have greater numbers.
  let number: Int
  let tree: SyntaxTree
  let formals: Run<Formal>
  let query: Link<Query>
  /// What stands before the names of its script: `mali` after `use "mali.q" as mali`.
  let namespace: String?

  /// How it is called: `losses(side)`.
  var usage: String {
    "\(name)(\(tree[formals].map { tree.name($0.name) }.joined(separator: ", ")))"
  }
}

/// What a parameter stands for during a call.
enum Local {
  case table(Environment.Definition)
  case literal(Environment.NamedLiteral)
  /// A value that was computed before.
  case scalar(Environment.Definition)
  /// A value of the caller's rows.
  case value(Meaning, RowScope)

  /// Its type; nil for a table.
  var type: Type? {
    switch self {
    case .table: nil
    case .literal(let named): named.literal.type
    case .scalar(let definition): definition.fields[0].shape.type
    case .value(let meaning, _): meaning.type
    }
  }
}

extension SendableLiteral {
  var type: Type {
    switch self {
    case .quantity(let value): .quantity(.one(value.unit), exact: value.isExact)
    case .text: .text
    case .date(let date): if case .date = date.form { .date } else { .period }
    case .truth: .truth
    case .list(let values): .list(values.first?.type ?? .unknown)
    }
  }
}

extension ParameterType {
  /// Whether it takes what an argument stands for.
  func accepts(_ local: Local, _ type: Type) -> Bool {
    // Whether a number is whole is known of one that is written out.
    if case (.integer, .literal(let named)) = (self, local) { return accepts(named.literal) }
    return accepts(type)
  }

  /// Whether a parameter of this type takes a value of another.
  func accepts(_ type: Type) -> Bool {
    switch (self, type) {
    case (.truth, .truth), (.text, .text), (.date, .date), (.period, .period), (.period, .date),
      (.quantity, .quantity), (_, .unknown):
      true
    case (.number, .quantity(.one(nil), _)), (.integer, .quantity(.one(nil), _)): true
    case (.list(let element), .list(let other)): element.accepts(other)
    default: false
    }
  }
}
