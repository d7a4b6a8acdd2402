/// `[{name: "a", n: 1}, {name: "b", n: 2}]`: rows that a script writes out.
extension Checker {
  /// The table of a list of records; nil if it is something else.
  mutating func checkTableLiteral(_ links: Run<Link<Expression>>) -> (Plan, RowScope)? {
    if links.isEmpty { return nil }
    var names: [String] = []
    var rows: [[String: (value: WrittenValue, span: Span)]] = []
    let before = errors.count
    for link in tree[links] {
      guard case .record(let fields) = tree[link].kind else { return nil }
      var row: [String: (value: WrittenValue, span: Span)] = [:]
      for field in tree[fields] {
        let name = tree.name(field.name)
        if row[name] != nil { errors.append(.fieldTwice(name, at: field.name)) }
        if !names.contains(name) { names.append(name) }
        guard let value = writtenValue(tree[field.value]) else { continue }
        row[name] = (value, tree[field.value].span)
      }
      rows.append(row)
    }
    let columns = names.map { name in column(rows.map { $0[name] }, of: "a column") }
    guard errors.count == before else { return nil }
    let fields = zip(names, columns).enumerated().map { index, pair in
      Field(name: pair.0, source: .column(index), shape: pair.1.shape)
    }
    let table = Table(
      fields: fields, columns: columns.map { ColumnView($0) }, count: rows.count)
    return (Plan(source: .table(table)), RowScope(table: table, name: nil))
  }

  /// A value of a record.
  enum WrittenValue {
    case literal(SendableLiteral)
    case id(FactKey)
    case list([WrittenValue])
    case unknown
  }

  private mutating func writtenValue(_ expression: Expression) -> WrittenValue? {
    if case .unknown(nil) = expression.kind { return .unknown }
    if case .list(let links) = expression.kind { return writtenList(links) }
    let before = errors.count
    if let literal = literal(expression) { return .literal(literal) }
    if case .path(let names) = expression.kind, names.count == 1 {
      let name = tree.name(expression.span)
      if case .literal(let named) = locals[name] { return .literal(named.literal) }
      if let named = environment.literal(named: name) { return .literal(named.literal) }
      if let key = environment.facts.entity(withID: environment.qualified(name)) { return .id(key) }
    }
    if errors.count == before {
      errors.append(.notWritten(at: expression.span))
    }
    return nil
  }

  private mutating func writtenList(_ links: Run<Link<Expression>>) -> WrittenValue? {
    var elements: [(value: WrittenValue, span: Span)] = []
    for link in tree[links] {
      guard let element = writtenValue(tree[link]) else { return nil }
      if case .list = element.type {
        errors.append(.misplaced("a list of lists", at: tree[link].span, hint: nil))
        return nil
      }
      elements.append((element, tree[link].span))
    }
    let before = errors.count
    _ = column(elements, of: "a list")
    return errors.count == before ? .list(elements.map(\.value)) : nil
  }

  /// The values of a column or of a list; the type is that of the first value that has one.
  mutating func column(
    _ values: [(value: WrittenValue, span: Span)?], of owner: String
  ) -> Column {
    let typed = values.compactMap { $0 }.first { !$0.value.type.isOpen }
    let model = typed ?? values.compactMap { $0 }.first { $0.value.type != .unknown }
    let type = model?.value.type ?? .text
    var builder = ColumnBuilder(type.builderType)
    var spans: [Span] = []
    for given in values {
      spans.append(given?.span ?? spans.last ?? .nowhere)
      guard let given, given.value.type != .unknown else {
        builder.addAbsent(isNone: false)
        continue
      }
      if given.value.type.fits(type) {
        if case .literal(.date(let date)) = given.value {
          builder.add(date.days, written: dateText(at: given.span, date))
        } else {
          add(given.value, to: &builder)
        }
      } else {
        errors.append(
          .typesDiffer(
            owner, type, at: model?.span ?? given.span, given.value.type, other: given.span))
        builder.addAbsent(isNone: false)
      }
    }
    if case .quantity = type, let row = builder.firstOverflow {
      errors.append(.overflow(at: spans[row]))
    }
    return builder.column
  }

  private func add(_ value: WrittenValue, to builder: inout ColumnBuilder) {
    switch value {
    case .unknown: builder.addAbsent(isNone: false)
    case .id(let key): builder.add(reference: key.row)
    case .literal(.text(let text)): builder.add(text: text)
    case .literal(.truth(let truth)): builder.add(truth: truth)
    case .literal(.quantity(let quantity)): builder.add(quantity)
    case .literal(.date(let date)): builder.add(date.days, written: date.shortest)
    case .literal(.list(let values)):
      for value in values { add(.literal(value), to: &builder) }
      builder.endList()
    case .list(let values):
      for value in values { add(value, to: &builder) }
      builder.endList()
    }
  }
}

extension Checker.WrittenValue {
  var type: Type {
    switch self {
    case .literal(let literal): literal.type
    case .id(let key): .reference(key.kind)
    case .list(let values): .list(values.first { $0.type != .unknown }?.type ?? .unknown)
    case .unknown: .unknown
    }
  }
}

extension Type {
  /// Whether it is unknown, or a list without elements.
  fileprivate var isOpen: Bool {
    switch self {
    case .unknown: true
    case .list(let element): element.isOpen
    default: false
    }
  }

  /// Whether a value of this type goes into a column of another.
  fileprivate func fits(_ type: Type) -> Bool {
    if case .list(let element) = self, case .list(let other) = type {
      return element.isOpen || element.fits(other)
    }
    return builderType == type.builderType
  }

  /// The type of the column that holds values of this one, of whatever unit.
  fileprivate var builderType: Type {
    switch self {
    case .quantity: .number
    case .list(let element): .list(element.builderType)
    default: self
    }
  }
}
