/// A parsed script: all nodes in a few flat arrays, linked by index.
///
/// Nodes are plain values without references, so a chain of 100,000 `or` neither nests nor has to
/// be freed link by link, and making a node costs no allocation.
struct SyntaxTree: Sendable {
  private(set) var source: SourceText
  var statements: [Statement] = []
  var queries: [Query] = []
  var stages: [Stage] = []
  var columns: [ColumnSyntax] = []
  var keys: [SortKey] = []
  var expressions: [Expression] = []
  var arguments: [Argument] = []
  var terms: [Term] = []
  var links: [Link<Expression>] = []
  var names: [Span] = []
  var fields: [FieldSyntax] = []
  var formals: [Formal] = []
  var branches: [Branch] = []
  var dates: [EDTF] = []
  var quantities: [QuantitySyntax] = []
  var units: [UnitSyntax] = []

  init(source: SourceText) {
    self.source = source
    // About as many as people write in so many bytes.
    expressions.reserveCapacity(source.bytes.count / 16)
    names.reserveCapacity(source.bytes.count / 24)
  }

  subscript(link: Link<Expression>) -> Expression { expressions[Int(link.index)] }
  subscript(link: Link<Query>) -> Query { queries[Int(link.index)] }
  subscript(link: Link<EDTF>) -> EDTF { dates[Int(link.index)] }
  subscript(link: Link<QuantitySyntax>) -> QuantitySyntax { quantities[Int(link.index)] }
  subscript(link: Link<UnitSyntax>) -> UnitSyntax { units[Int(link.index)] }
  subscript(run: Run<Stage>) -> ArraySlice<Stage> { stages[run.range] }
  subscript(run: Run<ColumnSyntax>) -> ArraySlice<ColumnSyntax> { columns[run.range] }
  subscript(run: Run<SortKey>) -> ArraySlice<SortKey> { keys[run.range] }
  subscript(run: Run<Argument>) -> ArraySlice<Argument> { arguments[run.range] }
  subscript(run: Run<Term>) -> ArraySlice<Term> { terms[run.range] }
  subscript(run: Run<Link<Expression>>) -> ArraySlice<Link<Expression>> { links[run.range] }
  subscript(run: Run<Span>) -> ArraySlice<Span> { names[run.range] }
  subscript(run: Run<FieldSyntax>) -> ArraySlice<FieldSyntax> { fields[run.range] }
  subscript(run: Run<Formal>) -> ArraySlice<Formal> { formals[run.range] }
  subscript(run: Run<Branch>) -> ArraySlice<Branch> { branches[run.range] }

  /// Says where a statement stands, whether it could be read or not.
  mutating func note(statement: Span) { source.statements.append(statement) }

  /// The name that a span writes, without backticks.
  func name(_ span: Span) -> String {
    let bytes = source[span]
    guard bytes.first == UInt8(ascii: "`") else { return normalised(source.text(span)) }
    return normalised(String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self))
  }

  /// The names that some spans write, with dots between them.
  func name(_ spans: ArraySlice<Span>) -> String {
    var text = ""
    for (place, span) in spans.enumerated() { text += (place == 0 ? "" : ".") + name(span) }
    return text
  }
}

/// The place of a node in its array.
struct Link<Node>: Hashable, Sendable {
  let index: Int32
}

/// Neighbouring nodes of an array.
struct Run<Node>: Hashable, Sendable {
  let start: Int32
  let count: Int32

  static var empty: Run { Run(start: 0, count: 0) }
  var range: Range<Int> { Int(start)..<Int(start + count) }
  var isEmpty: Bool { count == 0 }
}

/// One statement of a script.
struct Statement: Sendable {
  enum Kind: Sendable {
    /// `events | sort date`
    case query(Link<Query>)
    /// `let losses = figures | where …`, `let losses(side: text = "Russia") = …`
    case `let`(name: Span, formals: Run<Formal>, isFunction: Bool, Link<Query>)
    /// `use "other.q"`, `use "other.q" as o`
    case use(path: Span, alias: Span?)
    /// `use builtin`
    case useBuiltIn
    /// `param side: text = "Russia"`, `param rows: table = figures | where …`
    case param(name: Span, type: Span, default: Link<Query>?)
    /// `assume several hundred = 300..900`
    case assume(Hedge, at: Span, Link<Expression>)
    /// `unit drone, drones`
    case unit(name: Span, plural: Span?)
    /// `family "destroyed", "damaged"`: the texts in quotes
    case family(Run<Span>)
    /// `check events | where … : "label"`
    case check(Link<Query>, label: Span?)
    /// `actor kim "Kim Jong-un" { … }`
    case declaration(Word, id: Span, label: Span?, Run<FieldSyntax>)
  }

  let kind: Kind
  let span: Span
}

/// `side: text = "Russia"` of a function.
struct Formal: Sendable {
  let name: Span
  /// As it is written: `text`, `[text]`.
  let type: Span?
  let `default`: Link<Expression>?
}

/// `figures | where … | sort …`; without a source it goes on from the last result.
struct Query: Sendable {
  let source: Link<Expression>?
  let stages: Run<Stage>
  let span: Span
}

/// What follows a `|`.
struct Stage: Sendable {
  enum Kind: Sendable {
    /// `where possibly value > 5 people`
    case `where`(Link<Expression>, possibly: Bool)
    /// `select name = subject.name, value`
    case select(Run<ColumnSyntax>)
    /// `drop note, subject.name`: paths
    case drop(Run<Link<Expression>>)
    /// `derive share = value / sum(value) by subject`
    case derive(Run<ColumnSyntax>, by: Run<ColumnSyntax>)
    /// `summarize n = count() by measure`
    case summarize(Run<ColumnSyntax>, by: Run<ColumnSyntax>)
    /// `sort date desc, value`
    case sort(Run<SortKey>)
    /// `take 10`
    case take(Link<Expression>)
    /// `skip 10`
    case skip(Link<Expression>)
    /// `distinct subject, measure`
    case distinct(Run<ColumnSyntax>)
    /// `join left actors as a on subject same a.id`; the table is a path, a call or a query
    case join(isLeft: Bool, table: Link<Expression>, alias: Span?, on: Link<Expression>)
    /// `union others`; the table as in `join`
    case union(Link<Expression>)
    /// `expand claimed_by`: a path
    case expand(Link<Expression>)
    /// `reconcile agree 2 of value by subject`: the argument is a quantity, a text, a list or a path
    case reconcile(
      method: Span, argument: Link<Expression>?, of: Link<Expression>?, by: Run<ColumnSyntax>)
    /// `conflicts of value by subject`
    case conflicts(of: Link<Expression>?, by: Run<ColumnSyntax>)
    /// `render bar value by subject`
    case render(kind: Span, Run<ColumnSyntax>, by: Run<ColumnSyntax>)
    /// `cite`
    case cite
    /// `why`
    case why
    /// `describe`
    case describe
    /// `losses_of("Russia")`, `mali.losses(since: @2024)`: a function of the table before it
    case call(Run<Span>, Run<Argument>)
  }

  let kind: Kind
  let span: Span
}

/// `name = value`, or `value` alone.
struct ColumnSyntax: Sendable {
  let name: Span?
  let value: Link<Expression>
}

/// A key of `sort`: `value desc`.
struct SortKey: Sendable {
  let value: Link<Expression>
  let descending: Bool
  let span: Span
}

/// `subject: ukraine` of a declaration or a record.
struct FieldSyntax: Sendable {
  let name: Span
  let value: Link<Expression>
}

/// `value` or `name: value` of a call.
struct Argument: Sendable {
  let name: Span?
  let value: Link<Expression>
}

/// `if condition then value maybe middle else`, one of a chain.
struct Branch: Sendable {
  let condition: Link<Expression>
  let value: Link<Expression>
  let maybe: Link<Expression>?
}

/// One operand of a chain with the sign before it.
struct Term: Sendable {
  enum Sign: UInt8, Sendable {
    case plus, minus, times, over

    var text: String {
      switch self {
      case .plus: "+"
      case .minus: "-"
      case .times: "*"
      case .over: "/"
      }
    }
  }

  let sign: Sign
  let value: Link<Expression>
}

/// Something that has a value.
struct Expression: Sendable {
  enum Kind: Sendable {
    /// Where the parser found nothing it could use; reported already.
    case missing
    /// `true`
    case truth(Truth)
    /// `43_000`, `about 10_000 people`, `5.6 bn USD`, `several hundred people`
    case quantity(Link<QuantitySyntax>)
    /// `200..999 people`, `500 people..`, `..900 people`
    case range(low: Link<Expression>?, high: Link<Expression>?)
    /// `"killed"`
    case text
    /// `"about \(n) dead"`: by turns the characters before a value and the value, at the end
    /// the characters behind the last one
    case interpolation(Run<Link<Expression>>)
    /// The characters of an interpolation around its values; the span holds nothing else
    case characters
    /// `@2024-12-17`, `early @2024-08`
    case date(Link<EDTF>, part: MonthPart?)
    /// `unknown`, `unknown people`
    case unknown(Link<UnitSyntax>?)
    /// `value`, `subject.name`
    case path(Run<Span>)
    /// `(figures | take 1).value`
    case member(Link<Expression>, Span)
    /// `count(figures)`, `mali.losses("Russia")`
    case call(Run<Span>, Run<Argument>)
    /// `["a", "b"]`
    case list(Run<Link<Expression>>)
    /// `{low: 1, high: 2}`
    case record(Run<FieldSyntax>)
    /// `(figures | where …)` or any value in parentheses
    case query(Link<Query>)
    /// `not a`
    case not(Link<Expression>)
    /// `-a`
    case negated(Link<Expression>)
    /// `a and b and c`
    case all(Run<Link<Expression>>)
    /// `a or b or c`
    case any(Run<Link<Expression>>)
    /// `a + b - c`, `a * b / c`; the first sign says nothing
    case chain(Run<Term>)
    /// `a < b`
    case comparison(Comparison, Link<Expression>, Link<Expression>)
    /// `a is known`
    case state(Link<Expression>, State)
    /// `a ?? b ?? c`: the first that is known
    case fill(Run<Link<Expression>>)
    /// `value to EUR using us_aid`; the last is a path
    case convert(Link<Expression>, to: Link<UnitSyntax>, using: Link<Expression>?)
    /// `if a then x maybe y else if b then z else w`: branches, and what is left
    case conditional(Run<Branch>, otherwise: Link<Expression>)
  }

  let kind: Kind
  let span: Span
}

/// `about 5.6 bn USD`: a hedge, the number before the magnitude, the power of ten, the unit.
struct QuantitySyntax: Sendable {
  let hedge: Hedge
  let number: Number
  let magnitude: Int
  let unit: UnitSyntax?
}

/// A written unit: `people`, `%`, `people/day`.
struct UnitSyntax: Sendable, Hashable {
  let over: Span
  let under: Span?

  var span: Span { under.map(over.joined) ?? over }
}

/// The comparison signs and words.
enum Comparison: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in` = "in"
  case has = "has"
  case like = "like"
  case same = "same"
  case overlaps = "overlaps"
}

/// What `is` asks for.
enum State: String, Sendable, CaseIterable {
  case known, unknown, none, exact, approximate, `true`, `false`, maybe
}
