/// What an expression means: its type and the registers that will hold it.
struct Meaning {
  /// A value that the script writes out, so that the checker can look at it.
  indirect enum Literal {
    case quantity(QuantityLiteral)
    case text(String)
    case date(EDTF)
    case truth(Truth)
    case list([Meaning])
    case id(FactKey)
    /// The rows of a query behind `in`, run first as `scalars[plan]`.
    case rows(plan: Int, Shape, holdsMaybe: Bool)
    /// `unknown` without a unit.
    case unknown
  }

  var form: Form
  let type: Type
  let span: Span
  var literal: Literal?
  /// On which figures it rests, by the claim columns of its rows' scope; nil for on all that the
  /// expressions in it rest on.
  var claims: Claims?
  /// Whether a text came as a parameter, so that it may name nobody.
  var isParameter = false
  /// Whether it is a column without any value in its file, which takes the type that its use asks
  /// for.
  var isOpen = false
  /// Whether it was computed of others, so that one without bounds is not one that isn't reported.
  var isComputed = false
  /// Which values of the row a quantity is the sum of, if that was found out.
  var sum: LinearSum?

  /// What a reported mistake leaves behind.
  static func missing(_ span: Span) -> Meaning {
    Meaning(form: .missing, type: .unknown, span: span)
  }

  var isMissing: Bool {
    if case .missing = form, literal == nil { return true }
    return false
  }
}

/// The fields that names mean inside a stage, and the program that is being written for its rows.
final class RowScope {
  var fields: [Field]
  /// What messages call the rows: `figures`.
  let name: String?
  var builder = ProgramBuilder()
  /// What the operands of `and` and `or` leave to the one that is being checked: the rows that have
  /// 1, behind `or` those that have 0.
  var reached: [(mask: Register, isAnd: Bool)] = []
  private var loaded: [(column: Int, form: Form)] = []
  /// Whether rows of a host's table: unknown values are left out of sums and counted.
  var skipsUnknown: Bool
  /// What the quantities of a row are made of, to compute sums of them.
  var sums = LinearSums()
  /// Whether some field holds ranges, so that sums of exact ones are worth remembering.
  private(set) lazy var hasRanges = fields.contains {
    if case .quantity(_, isExact: false, _, _, _, _) = $0.shape { true } else { false }
  }
  /// Whether rows may be in the table only maybe.
  var holdsMaybe = false
  /// Whether a step is needed for what stages have done since the rows were made.
  var isTouched = false
  /// Where the claim columns come from that values of the rows name.
  private(set) var claimSources: [ClaimSource]
  /// How many of them the rows have already.
  let claimCount: Int
  /// While a summarize is checked: the rows that its aggregates read, and what was asked of them.
  var groups: Groups?
  /// While a column of a derive is checked that looks at other rows: which, and what it asks.
  var windows: Windows?

  init(fields: [Field], name: String?, skipsUnknown: Bool) {
    self.fields = fields
    self.name = name
    self.skipsUnknown = skipsUnknown
    claimCount = fields.claimCount
    claimSources = (0..<claimCount).map { .column($0) }
  }

  /// The number of a claim column.
  func number(of source: ClaimSource) -> Int {
    if let known = claimSources.firstIndex(of: source) { return known }
    claimSources.append(source)
    return claimSources.count - 1
  }

  final class Groups {
    let rows: RowScope
    var aggregates: [Aggregate] = []
    /// The claim columns of the keys, then those of the aggregates.
    var claims: [GroupClaims]
    let keyCount: Int

    init(rows: RowScope, keyCount: Int, claims: [GroupClaims]) {
      self.rows = rows
      self.claims = claims
      self.keyCount = keyCount
    }
  }

  /// The fields of a table.
  convenience init(table: Table, name: String?) {
    self.init(fields: table.fields, name: name, skipsUnknown: table.provenance.isEmpty)
    holdsMaybe = table.membership?.elements.contains(0) ?? false
  }

  /// The fields that a step gives, to be read by the next one.
  convenience init(outputs: [Field], after rows: RowScope) {
    let fields = outputs.enumerated().map { $1.asColumn($0) }
    self.init(fields: fields, name: rows.name, skipsUnknown: rows.skipsUnknown)
    holdsMaybe = rows.holdsMaybe
  }

  /// The registers of a field, loaded when it is first used.
  func form(ofField index: Int, at span: Span) -> Form {
    switch fields[index].source {
    case .form(let form): return form
    case .column(let column):
      if let loaded = loaded.first(where: { $0.column == column }) { return loaded.form }
      let form = builder.form(fields[index].shape, .column(column), at: span)
      loaded.append((column, form))
      return form
    }
  }

  /// The fields with what their quantities are made of.
  var outputs: [Field] {
    fields.indices.map { index in
      var output = fields[index]
      output.sum = sum(ofField: index)
      return output
    }
  }

  /// What a field's quantity is made of, if that was found out.
  func sum(ofField index: Int) -> LinearSum? {
    if let sum = fields[index].sum { return sum }
    if case .column(let column) = fields[index].source { return sums.columns[column] }
    return nil
  }

  /// How many names with dots between them the longest field's name has, at most so many.
  func longestName(upTo count: Int) -> Int {
    guard count > 1 else { return count }
    return fields.reduce(1) { longest, field in
      max(longest, min(count, field.name.utf8.count { $0 == UInt8(ascii: ".") } + 1))
    }
  }

  func replaceFields(_ fields: [Field]) {
    self.fields = fields
    isTouched = true
  }
}
