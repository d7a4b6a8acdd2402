/// `["a", "b"]`: a list that a script writes out.
///
/// Behind `in` it stands for its elements one by one, which may be of several types. Anywhere else
/// it is a value: a table of one column, which is there before the rows are read.
extension Checker {
  /// The elements of a list, which has no lanes yet.
  mutating func checkList(
    _ links: Run<Link<Expression>>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    let elements = tree[links].map { check($0, rows) }
    return Meaning(
      form: .missing, type: .list(elements.first?.type ?? .unknown), span: span,
      literal: .list(elements))
  }

  /// A written list as a value; any other meaning as it is.
  ///
  /// - Throws: elements of several types, or that the script doesn't write out.
  mutating func made(_ meaning: Meaning, _ rows: RowScope) throws(CheckError) -> Meaning {
    guard case .list(let elements) = meaning.literal, case .missing = meaning.form else {
      return meaning
    }
    var values: [(value: WrittenValue, span: Span)] = []
    for element in elements {
      if element.isMissing { return .missing(meaning.span) }
      values.append((try written(element), element.span))
    }
    let before = errors.count
    let elementColumn = column(values, of: "a list")
    guard errors.count == before else { return .missing(meaning.span) }
    let field = Field(name: "", source: .column(0), shape: elementColumn.shape)
    let table = Table(
      fields: [field], columns: [ColumnView(elementColumn)], count: values.count)
    let plan = rows.builder.addScalar(Plan(source: .table(table)))
    let space = rows.builder.openList(.rows(plan: plan), at: meaning.span)
    let element = rows.builder.form(
      elementColumn.shape, .elements(space: space, nil), at: meaning.span)
    let type: Type = values.isEmpty ? .list(.unknown) : .list(element.shape.type)
    return Meaning(
      form: .list(ListForm(space: space, element: element)), type: type, span: meaning.span,
      literal: meaning.literal, claims: meaning.claims, isParameter: meaning.isParameter)
  }

  private func written(_ element: Meaning) throws(CheckError) -> WrittenValue {
    switch element.literal {
    case .quantity(let quantity): return .literal(.quantity(quantity))
    case .text(let text): return .literal(.text(text))
    case .date(let date): return .literal(.date(date))
    case .truth(let truth): return .literal(.truth(truth))
    case .id(let key): return .id(key)
    case .unknown: return .unknown
    case .list, .rows: throw .misplaced("a list of lists", at: element.span, hint: nil)
    case nil: throw .notWritten(at: element.span)
    }
  }
}
