/// Gives every name its meaning and every expression its type, and lowers queries to plans.
///
/// One walk over the tree. A mistake is noted and leaves `.missing` behind, which every later
/// step accepts in silence, so that all mistakes are found and each is told once.
struct Checker {
  /// The text that is checked; during a call that of the function.
  var tree: SyntaxTree
  var environment: Environment
  var errors: [CheckError] = []
  /// The values that a host or the command line gives to parameters.
  let parameters: [String: Parameter]
  /// What is given to those that are tables; nil for what can't be read, which was told.
  let givenQueries: [String: SyntaxTree?]
  /// The facts that constants of the current statement rest on.
  var facts: [Int32] = []
  /// The comparisons of the condition that is being checked, for its footer.
  var comparisons: [ComparisonNote] = []
  /// How long the chain of definitions is that the current statement rests on.
  var definitionDepth = 0
  /// What the footer of the current statement says of its names.
  var remarks: [String] = []
  /// Where the summarize that is being checked could be given groups.
  var groupingPlace: Span?
  /// Where rivals could be reconciled before the summarize that is being checked.
  var reconcilingPlace: Span?
  private var namedHere: Set<String> = []
  /// What the parameters of the function that is being called stand for.
  var locals: [String: Local] = [:]
  /// The functions that are being called, outermost first.
  var calls: [Int] = []
  var callCount = 0
  /// On what the expressions rest so far that are inside the one that is being checked.
  var parts = Claims()
  /// Whether `where` keeps what is only maybe, and whether it has kept some.
  var keepsOpenRows = false
  var hasOpenRows = false
  /// Where columns of files are named that could be numbers or dates instead of texts.
  var advice: [Span: FieldAdvice] = [:]
  /// How deep in expressions the check is.
  var nesting = 0
  /// Counts the work of the check: names and functions are read anew wherever they stand.
  let meter: Meter
  var stop: RunError?

  /// The scripts that `use` statements bring in, by the places of these.
  let scripts: [Span: ScriptLoader.Script]

  init(
    tree: SyntaxTree, environment: Environment, parameters: [String: Parameter], meter: Meter,
    givenQueries: [String: SyntaxTree?] = [:], scripts: [Span: ScriptLoader.Script] = [:]
  ) {
    self.meter = meter
    self.givenQueries = givenQueries
    self.scripts = scripts
    self.tree = tree
    self.environment = environment
    self.parameters = parameters
  }

  /// Checks all statements, in order.
  ///
  /// - Throws: what stopped the run, whose limits hold for the check as well.
  mutating func checkStatements() throws(RunError) -> [CheckedStatement] {
    var statements: [CheckedStatement] = []
    for statement in tree.statements where errors.count < Parser.mostErrors && stop == nil {
      statements.append(check(statement))
    }
    if let stop { throw stop }
    guard errors.count < Parser.mostErrors else {
      errors.removeLast(errors.count - Parser.mostErrors)
      return []
    }
    errors = errors.map { $0.advised(advice) }
    for name in parameters.keys.sorted() where !environment.parameters.contains(name) {
      errors.append(.unknownParameter(name, known: environment.parameters.sorted()))
    }
    return statements
  }

  /// Counts some work, before it is done; false once the run should end.
  mutating func goesOn(_ steps: Int = 1, at span: Span) -> Bool {
    guard stop == nil else { return false }
    do throws(RunError) { try meter.charge(steps: steps, at: span) } catch { stop = error }
    return stop == nil
  }

  /// A checker of another text, of the same run.
  func checker(of tree: SyntaxTree) -> Checker {
    Checker(tree: tree, environment: environment, parameters: parameters, meter: meter)
  }

  /// The names of a used script; its queries and checks aren't run.
  private mutating func checkDefinitions(of script: ScriptLoader.Script) {
    let outer = (tree: tree, namespace: environment.namespace)
    (tree, environment.namespace) = (script.tree, script.namespace)
    for statement in script.tree.statements {
      switch statement.kind {
      case .let, .param, .use: _ = check(statement)
      case .query, .check, .declaration, .useBuiltIn, .assume, .unit, .family: break
      }
    }
    (tree, environment.namespace) = (outer.tree, outer.namespace)
  }

  private mutating func check(_ statement: Statement) -> CheckedStatement {
    facts = []
    parts = Claims()
    remarks = []
    definitionDepth = 0
    switch statement.kind {
    case .query(let link):
      guard let query = check(link, isShown: true) else { return .nothing }
      return answer(query, link, at: statement.span)
    case .let(let name, let formals, let isFunction, let link):
      if isFunction {
        checkFunctionDefinition(name, formals, link)
      } else {
        checkLet(name, link)
      }
      return .nothing
    case .use:
      if let script = scripts[statement.span] { checkDefinitions(of: script) }
      return .nothing
    case .useBuiltIn: return .nothing
    case .param(let name, let type, let value):
      checkParam(name, type, value)
      return .nothing
    case .check(let link, let label):
      return checkCheck(link, label, at: statement.span)
    case .declaration, .assume, .unit, .family:
      return .nothing
    }
  }

  /// A query's rows are what a leading `|` in the next statement goes on from.
  private mutating func answer(
    _ query: CheckedQuery, _ link: Link<Query>, at span: Span
  ) -> CheckedStatement {
    var plan = query.plan
    plan.remarks = remarks
    guard query.isTable else {
      environment.last = nil
      return .answer(plan, isTable: false, span: span)
    }
    environment.count += 1
    environment.last = Environment.Definition(
      number: environment.count, depth: definitionDepth + 1, plan: plan, tree: tree, query: link,
      fields: query.outputs, isTable: true,
      skipsUnknown: query.rows.skipsUnknown, holdsMaybe: query.rows.holdsMaybe)
    var named = Plan(source: .named(environment.count, plan))
    named.cites = plan.cites
    named.drawing = plan.drawing
    return .answer(named, isTable: true, span: span)
  }

  private mutating func checkLet(_ name: Span, _ link: Link<Query>) {
    let word = environment.qualified(tree.name(name))
    define(tree.name(name), at: name)
    let query = tree[link]
    if query.stages.isEmpty, let source = query.source, let literal = literal(tree[source]) {
      guard isOfOneType(source) else {
        environment.broken.insert(word)
        return
      }
      environment.literals[word] = .init(
        literal: literal, isParameter: false, origin: .written(tree, source))
      return
    }
    keep(word, link, at: name)
  }

  /// Names the rows or the value of a query.
  mutating func keep(_ word: String, _ link: Link<Query>, at name: Span, isTable: Bool = false) {
    definitionDepth = 0
    let checked = check(link)
    if isTable, let checked, !checked.isTable {
      errors.append(.notATable(checked.outputs.first?.shape.type ?? .unknown, at: tree[link].span))
    }
    guard var checked, checked.isTable || !isTable else {
      environment.broken.insert(word)
      return
    }
    if definitionDepth >= Environment.deepest {
      errors.append(.restsOnTooMany(word, limit: Environment.deepest, at: name))
    }
    checked.plan.remarks = remarks
    environment.count += 1
    environment.definitions[word] = Environment.Definition(
      number: environment.count, depth: definitionDepth + 1, plan: checked.plan,
      tree: tree, query: link,
      fields: checked.outputs, isTable: checked.isTable,
      skipsUnknown: checked.rows.skipsUnknown, holdsMaybe: checked.rows.holdsMaybe,
      namespace: environment.namespace)
  }

  /// Whether the elements of a written list have one type.
  private mutating func isOfOneType(_ link: Link<Expression>) -> Bool {
    guard case .list = tree[link].kind else { return true }
    let before = errors.count
    _ = check(link, RowScope(fields: [], name: nil, skipsUnknown: false))
    return errors.count == before
  }

  /// Makes room for a new meaning of a name.
  mutating func define(_ name: String, at span: Span) {
    let word = environment.qualified(name)
    if !namedHere.insert(word).inserted { errors.append(.defined(name, at: span)) }
    environment.definitions[word] = nil
    environment.literals[word] = nil
    environment.functions[word] = nil
    environment.broken.remove(word)
  }

  /// A literal that can be named as it stands.
  func literal(_ expression: Expression) -> SendableLiteral? {
    tree.literal(expression, environment.readings)
  }
}
