/// What names mean outside of a stage: the dossier, the host's tables, what the script has named.
///
/// A value; a line of the REPL works on a copy that is kept if the line succeeds.
struct Environment: Sendable {
  /// A `let`: its plan is made once and its rows are computed once.
  struct Definition: Sendable {
    let number: Int
    /// How long the chain of definitions is that it rests on, itself included.
    let depth: Int
    let plan: Plan
    /// Where it is written, to be checked anew when the facts change.
    let tree: SyntaxTree
    let query: Link<Query>
    let fields: [Field]
    let isTable: Bool
    let skipsUnknown: Bool
    let holdsMaybe: Bool
    /// What stands before the names of the script that defines it.
    var namespace: String?
  }

  var facts: FactStore
  /// The files that were read so far, and what numbers their rows have.
  var readFiles: ReadFiles
  /// How the words of quantities are read.
  var readings = Readings.published
  var files = OpenFiles(.none)
  var tables: [String: Table] = [:]
  /// The functions of the host.
  var hostFunctions: [String: HostFunction] = [:]
  /// What is written before the names that are looked up now, while a used script is checked.
  var namespace: String?
  var functions: [String: Function] = [:]
  var definitions: [String: Definition] = [:]
  var literals: [String: NamedLiteral] = [:]
  /// What a leading `|` goes on from, and what `it` names.
  var last: Definition?
  var count = 0
  /// How many values of rows have been given a number, for sums in which they occur twice.
  var valueCount = 0
  /// Names whose value is wrong; that was told where they were given.
  var broken: Set<String> = []
  /// The names that `param` statements have declared.
  var parameters: Set<String> = []

  /// A literal with a name: a parameter, or a `let` of one.
  struct NamedLiteral: Sendable {
    let literal: SendableLiteral
    let isParameter: Bool
    /// What it was read from; nil for an argument, which lasts as long as its call.
    var origin: Origin?
  }

  /// What a literal was read from.
  enum Origin: Sendable {
    case written(SyntaxTree, Link<Expression>, ParameterType? = nil)
    case given(Parameter, ParameterType)

    /// The literal; nil if it doesn't fit its type.
    func literal(_ readings: Readings) -> SendableLiteral? {
      switch self {
      case .given(let given, let type): return type.value(given, readings)
      case .written(let tree, let source, let type):
        guard let literal = tree.literal(tree[source], readings) else { return nil }
        return type.map { $0.value(literal) } ?? literal
      }
    }
  }

  /// A table of the script, else one of the script that uses it: a library of functions has none.
  func table(named name: String) -> Table? { table(named: name, in: namespace) }

  private func table(named name: String, in namespace: String?) -> Table? {
    let own = qualified(name, in: namespace)
    if let table = tables[own] ?? facts.table(named: own) { return table }
    return namespace == nil ? nil : tables[name] ?? facts.table(named: name)
  }

  /// A name as it is kept: of a script that was used `as mali`, `mali.name`.
  func qualified(_ name: String, in namespace: String?) -> String {
    namespace.map { "\($0).\(name)" } ?? name
  }

  func qualified(_ name: String) -> String { qualified(name, in: namespace) }

  func definition(named name: String) -> Definition? { definitions[qualified(name)] }
  func literal(named name: String) -> NamedLiteral? { literals[qualified(name)] }
  func function(named name: String) -> Function? { functions[qualified(name)] }
  func function(named name: String, in namespace: String?) -> Function? {
    functions[qualified(name, in: namespace)]
  }

  /// Whether a name stands for rows.
  func isTable(_ name: String, in namespace: String?) -> Bool {
    let own = qualified(name, in: namespace)
    if let definition = definitions[own] { return definition.isTable }
    return literals[own] == nil && table(named: name, in: namespace) != nil
  }

  /// Every name of a table, in a fixed order.
  var tableNames: [String] { FactStore.tableNames + tables.keys.sorted() }

  /// How long a chain of definitions may be.
  static let deepest = 200
}

extension Environment {
  /// The rows of the last query, as they are.
  ///
  /// - Parameter hasAll: whether they know all that `why` may ask for.
  mutating func remember(_ table: Table, hasAll: Bool) {
    guard let last else { return }
    let isShort = last.depth <= Environment.deepestPrinted
    let plan = Plan(
      source: hasAll || !isShort ? .table(table) : .printed(table, madeBy: last.plan.withoutPrinted)
    )
    self.last = Definition(
      number: last.number, depth: hasAll || !isShort ? 1 : last.depth, plan: plan, tree: last.tree,
      query: last.query, fields: table.fields, isTable: true, skipsUnknown: last.skipsUnknown,
      holdsMaybe: table.membership?.elements.contains(0) ?? false)
  }

  /// How many printed tables may go on from each other and still be made again.
  private static let deepestPrinted = 50

  /// When the facts or the readings change, results are gone and definitions are made anew; one that
  /// no longer holds is gone too, so that using it is an error.
  mutating func forgetResults(_ parameters: [String: Parameter], _ meter: Meter) {
    last = nil
    readLiterals()
    let old = definitions.sorted { $0.value.number < $1.value.number }
    definitions = [:]
    for (name, definition) in old {
      var environment = self
      environment.namespace = definition.namespace
      var checker = Checker(
        tree: definition.tree, environment: environment, parameters: parameters, meter: meter)
      guard let checked = checker.check(definition.query) else { continue }
      valueCount = max(valueCount, checker.environment.valueCount)
      renew(name, definition, as: checked)
    }
  }

  /// A definition with what its query means now, under a number of its own.
  mutating func renew(_ name: String, _ definition: Definition, as checked: Checker.CheckedQuery) {
    count += 1
    definitions[name] = Definition(
      number: count, depth: definition.depth, plan: checked.plan, tree: definition.tree,
      query: definition.query, fields: checked.outputs,
      isTable: checked.isTable, skipsUnknown: checked.rows.skipsUnknown,
      holdsMaybe: checked.rows.holdsMaybe, namespace: definition.namespace)
  }
}

extension Environment {
  /// The functions by name, those of a tree that isn't checked yet too, and whether rows are all
  /// that they need.
  func callableFunctions(beside tree: SyntaxTree) -> [String: Bool] {
    func needsRows(_ formals: Run<Formal>, _ tree: SyntaxTree) -> Bool {
      !formals.isEmpty && tree[formals].dropFirst().allSatisfy { $0.default != nil }
    }
    var callable = functions.mapValues { needsRows($0.formals, $0.tree) }
    for case .let(let name, let formals, true, _) in tree.statements.map(\.kind) {
      callable[tree.name(name)] = needsRows(formals, tree)
    }
    return callable
  }

  /// Reads the literals that have names anew.
  private mutating func readLiterals() {
    literals = literals.mapValues { named in
      NamedLiteral(
        literal: named.origin?.literal(readings) ?? named.literal, isParameter: named.isParameter,
        origin: named.origin)
    }
  }
}

extension Plan {
  /// The same plan, to be made from its beginning.
  fileprivate var withoutPrinted: Plan {
    guard case .named(let number, let named) = source, case .printed(_, let plan) = named.source
    else { return self }
    var whole = self
    whole.source = .named(number, plan)
    return whole
  }
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
