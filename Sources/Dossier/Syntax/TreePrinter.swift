/// A syntax tree as text, a node a line, what belongs to it indented: what `.ast` shows.
///
/// It says what was read and nothing of how it was written, so two scripts that differ only in
/// blanks, comments or needless parentheses print the same.
struct TreePrinter {
  let tree: SyntaxTree
  private var lines: [String] = []
  private var depth = 0

  static func text(of tree: SyntaxTree) -> String {
    var printer = TreePrinter(tree: tree)
    for statement in tree.statements { printer.add(statement) }
    return printer.lines.joined(separator: "\n")
  }

  private init(tree: SyntaxTree) { self.tree = tree }

  private mutating func add(_ line: String, _ inside: (inout TreePrinter) -> Void = { _ in }) {
    lines.append(String(repeating: "  ", count: depth) + line)
    depth += 1
    inside(&self)
    depth -= 1
  }

  private func name(_ span: Span) -> String { tree.name(span) }
  private func name(_ path: Run<Span>) -> String { tree[path].map(name).joined(separator: ".") }
  private func written(_ span: Span) -> String { tree.source.text(span) }

  // MARK: Statements

  private mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .query(let query): add(query)
    case .let(let name, let formals, let isFunction, let query):
      add((isFunction ? "let function " : "let ") + self.name(name)) {
        for formal in $0.tree[formals] { $0.add(formal) }
        $0.add(query)
      }
    case .use(let path, let alias):
      add("use \(written(path))" + (alias.map { " as " + name($0) } ?? ""))
    case .useBuiltIn: add("use builtin")
    case .param(let name, let type, let value):
      add("param \(self.name(name)): \(tree.written(type))") { printer in
        if let value { printer.add(value) }
      }
    case .assume(let hedge, _, let value): add("assume \(hedge.words)") { $0.add(value) }
    case .check(let query, let label):
      add("check" + (label.map { " " + written($0) } ?? "")) { $0.add(query) }
    case .unit(let name, let plural):
      add("unit \(self.name(name))" + (plural.map { ", " + self.name($0) } ?? ""))
    case .family(let texts): add("family \(tree[texts].map(written).joined(separator: ", "))")
    case .declaration(let word, let id, let label, let fields):
      add("\(word.rawValue) \(name(id))" + (label.map { " " + written($0) } ?? "")) {
        $0.add(fields)
      }
    }
  }

  private mutating func add(_ formal: Formal) {
    let type = formal.type.map { ": " + tree.written($0) } ?? ""
    add("formal \(name(formal.name))\(type)") { $0.add(formal.default) }
  }

  private mutating func add(_ fields: Run<FieldSyntax>) {
    for field in tree[fields] { add("\(name(field.name)):") { $0.add(field.value) } }
  }

  // MARK: Queries

  private mutating func add(_ link: Link<Query>) {
    let query = tree[link]
    add("query") {
      $0.add(query.source)
      for stage in $0.tree[query.stages] { $0.add(stage) }
    }
  }

  private mutating func add(_ stage: Stage) {
    switch stage.kind {
    case .where(let condition, let possibly):
      add(possibly ? "where possibly" : "where") { $0.add(condition) }
    case .select(let columns): add("select") { $0.add(columns) }
    case .drop(let paths): add("drop") { $0.add(paths) }
    case .derive(let columns, let keys): add("derive") { $0.add(columns, by: keys) }
    case .summarize(let columns, let keys): add("summarize") { $0.add(columns, by: keys) }
    case .sort(let keys):
      add("sort") {
        for key in $0.tree[keys] {
          $0.add(key.descending ? "descending" : "ascending") { $0.add(key.value) }
        }
      }
    case .take(let count): add("take") { $0.add(count) }
    case .skip(let count): add("skip") { $0.add(count) }
    case .distinct(let columns): add("distinct") { $0.add(columns) }
    case .join(let isLeft, let table, let alias, let condition):
      add((isLeft ? "join left" : "join") + (alias.map { " as " + name($0) } ?? "")) {
        $0.add(table)
        $0.add("on") { $0.add(condition) }
      }
    case .union(let table): add("union") { $0.add(table) }
    case .expand(let path): add("expand") { $0.add(path) }
    case .reconcile(let method, let argument, let measured, let keys):
      add("reconcile \(name(method))") {
        $0.add(argument)
        if let measured { $0.add("of") { $0.add(measured) } }
        $0.add(.empty, by: keys)
      }
    case .conflicts(let measured, let keys):
      add("conflicts") {
        if let measured { $0.add("of") { $0.add(measured) } }
        $0.add(.empty, by: keys)
      }
    case .render(let kind, let columns, let keys):
      add("render \(name(kind))") { $0.add(columns, by: keys) }
    case .cite: add("cite")
    case .why: add("why")
    case .describe: add("describe")
    case .call(let path, let arguments): add("call \(name(path))") { $0.add(arguments) }
    }
  }

  private mutating func add(_ columns: Run<ColumnSyntax>, by keys: Run<ColumnSyntax> = .empty) {
    for column in tree[columns] {
      if let name = column.name {
        add("\(self.name(name)) =") { $0.add(column.value) }
      } else {
        add(column.value)
      }
    }
    if !keys.isEmpty { add("by") { $0.add(keys) } }
  }

  // MARK: Expressions

  private mutating func add(_ link: Link<Expression>?) {
    if let link { add(tree[link]) }
  }

  private mutating func add(_ links: Run<Link<Expression>>) {
    for link in tree[links] { add(tree[link]) }
  }

  private mutating func add(_ arguments: Run<Argument>) {
    for argument in tree[arguments] {
      if let name = argument.name {
        add("\(self.name(name)):") { $0.add(argument.value) }
      } else {
        add(argument.value)
      }
    }
  }

  private mutating func add(_ expression: Expression) {
    switch expression.kind {
    case .missing: add("missing")
    case .truth(let truth): add("\(truth)")
    case .quantity(let quantity): add("quantity \(said(tree[quantity]))")
    case .text, .characters: add("text \(written(expression.span))")
    case .date: add("date \(tree.written(expression.span))")
    case .unknown(let unit): add("unknown" + (unit.map { " " + said(tree[$0]) } ?? ""))
    case .path(let names): add("path \(name(names))")
    case .member(let value, let name): add("member \(self.name(name))") { $0.add(value) }
    case .call(let path, let arguments): add("call \(name(path))") { $0.add(arguments) }
    case .query(let query): add(query)
    case .record(let fields): add("record") { $0.add(fields) }
    case .chain(let terms):
      add("chain") {
        for term in $0.tree[terms] { $0.add(term.sign.text) { $0.add(term.value) } }
      }
    case .comparison(let sign, let left, let right):
      add(sign.rawValue) {
        $0.add(left)
        $0.add(right)
      }
    case .state(let value, let state): add("is \(state.rawValue)") { $0.add(value) }
    case .convert(let value, let unit, let rate):
      add("to \(said(tree[unit]))") {
        $0.add(value)
        if let rate { $0.add("using") { $0.add(rate) } }
      }
    case .conditional(let branches, let otherwise): add(branches, otherwise)
    default: addOperands(of: expression.kind)
    }
  }

  /// Those that are a word with values.
  private mutating func addOperands(of kind: Expression.Kind) {
    switch kind {
    case .range(let low, let high):
      add("range") {
        if let low { $0.add("from") { $0.add(low) } }
        if let high { $0.add("to") { $0.add(high) } }
      }
    case .list(let links): add("list") { $0.add(links) }
    case .interpolation(let links): add("interpolation") { $0.add(links) }
    case .not(let value): add("not") { $0.add(value) }
    case .negated(let value): add("minus") { $0.add(value) }
    case .all(let links): add("and") { $0.add(links) }
    case .any(let links): add("or") { $0.add(links) }
    case .fill(let links): add("??") { $0.add(links) }
    default: break
    }
  }

  private mutating func add(_ branches: Run<Branch>, _ otherwise: Link<Expression>) {
    for branch in tree[branches] {
      add("if") { $0.add(branch.condition) }
      add("then") { $0.add(branch.value) }
      if let maybe = branch.maybe { add("maybe") { $0.add(maybe) } }
    }
    add("else") { $0.add(otherwise) }
  }

  private func said(_ quantity: QuantitySyntax) -> String {
    let number = quantity.hedge.bulk == nil ? ["\(quantity.number.grouped)"] : []
    let magnitude = quantity.magnitude > 0 ? ["e\(quantity.magnitude)"] : []
    let hedge = quantity.hedge == .none ? [] : [quantity.hedge.words]
    let unit = quantity.unit.map { [said($0)] } ?? []
    return (hedge + number + magnitude + unit).joined(separator: " ")
  }

  private func said(_ unit: UnitSyntax) -> String {
    name(unit.over) + (unit.under.map { "/" + name($0) } ?? "")
  }
}
