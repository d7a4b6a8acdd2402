/// What an expression means: its type and the registers that will hold it.
struct Meaning {
  /// A value that the script writes out, so that the checker can look at it.
  enum Literal {
    case quantity(QuantityLiteral)
    case text(String)
    case date(EDTF)
    case truth(Truth)
    case list([Meaning])
    case id(FactKey)
    /// `unknown` without a unit.
    case unknown
  }

  var form: Form
  let type: Type
  let span: Span
  var literal: Literal?
  /// Whether it depends on a figure of the dossier.
  var isClaim = false
  /// Whether a text came as a parameter, so that it may name nobody.
  var isParameter = false

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
  struct Field {
    let name: String
    var value: Output.Value
    let shape: Shape
    var isShown = true
    var isClaim = false
  }

  var fields: [Field]
  /// What messages call the rows: `figures`.
  let name: String?
  var builder = ProgramBuilder()
  /// Whether rows of a host's table: unknown values are left out of sums and counted.
  var skipsUnknown: Bool
  /// Whether rows may be in the table only maybe.
  var holdsMaybe = false
  /// Whether a step is needed for what stages have done since the rows were made.
  var isTouched = false
  /// While a summarize is checked: the rows that its aggregates read, and what was asked of them.
  var groups: Groups?

  init(fields: [Field], name: String?, skipsUnknown: Bool) {
    self.fields = fields
    self.name = name
    self.skipsUnknown = skipsUnknown
  }

  final class Groups {
    let rows: RowScope
    var aggregates: [Aggregate] = []
    let keyCount: Int

    init(rows: RowScope, keyCount: Int) {
      self.rows = rows
      self.keyCount = keyCount
    }
  }

  /// The fields of a table.
  convenience init(table: Table, name: String?) {
    let fields = zip(table.fields, table.columns).enumerated().map { index, pair in
      Field(
        name: pair.0.name, value: .column(index), shape: pair.1.shape, isShown: pair.0.isShown,
        isClaim: pair.0.isClaim)
    }
    var isHost = false
    if case .none = table.provenance { isHost = true }
    self.init(fields: fields, name: name, skipsUnknown: isHost)
  }

  /// The fields that a step gives, to be read by the next one.
  convenience init(outputs: [Output], after rows: RowScope) {
    let fields = outputs.enumerated().map { index, output in
      Field(
        name: output.name, value: .column(index), shape: output.shape, isShown: output.isShown,
        isClaim: output.isClaim)
    }
    self.init(fields: fields, name: rows.name, skipsUnknown: rows.skipsUnknown)
    holdsMaybe = rows.holdsMaybe
  }

  /// The registers of a field, loaded when it is first used.
  func form(ofField index: Int, at span: Span) -> Form {
    switch fields[index].value {
    case .form(let form): return form
    case .column(let column):
      let form = builder.form(fields[index].shape, .column(column), at: span)
      return form
    }
  }

  func replaceFields(_ fields: [Field]) {
    self.fields = fields
    isTouched = true
  }

  /// The fields as a step's outputs.
  var outputs: [Output] {
    fields.map {
      Output(
        name: $0.name, value: $0.value, shape: $0.shape, isShown: $0.isShown, isClaim: $0.isClaim)
    }
  }
}
