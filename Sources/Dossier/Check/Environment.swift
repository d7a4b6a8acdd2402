/// What names mean outside of a stage: the dossier, the host's tables, what the script has named.
///
/// A value; a line of the REPL works on a copy that is kept if the line succeeds.
struct Environment: Sendable {
  /// A `let`: its plan is made once and its rows are computed once.
  struct Definition: Sendable {
    let number: Int
    let plan: Plan
    let fields: [Field]
    let isTable: Bool
    let skipsUnknown: Bool
    let holdsMaybe: Bool
  }

  var facts: FactStore
  var tables: [String: Table] = [:]
  var definitions: [String: Definition] = [:]
  var literals: [String: NamedLiteral] = [:]
  /// What a leading `|` goes on from, and what `it` names.
  var last: Table?
  var count = 0
  /// Names whose value is wrong; that was told where they were given.
  var broken: Set<String> = []
  /// The names that `param` statements have declared.
  var parameters: Set<String> = []

  /// A literal with a name: a parameter, or a `let` of one.
  struct NamedLiteral: Sendable {
    let literal: SendableLiteral
    let isParameter: Bool
  }

  func table(named name: String) -> Table? { tables[name] ?? facts.table(named: name) }

  /// Every name of a table, in a fixed order.
  var tableNames: [String] { FactStore.tableNames + tables.keys.sorted() }

  func isTaken(_ name: String) -> Bool { definitions[name] != nil || literals[name] != nil }
}

/// A literal's value without its place.
enum SendableLiteral: Sendable {
  case quantity(QuantityLiteral)
  case text(String)
  case date(EDTF)
  case truth(Truth)
  case list([SendableLiteral])
}

/// A statement, ready to run.
enum CheckedStatement: Sendable {
  /// A query or an expression; an expression's plan gives one row of one field.
  case answer(Plan, isTable: Bool, span: Span)
  /// A check: rows that should be there, or a truth.
  case check(Plan, isTable: Bool, label: String, span: Span)
  /// The definition is in the environment already.
  case nothing
}
