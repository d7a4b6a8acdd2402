/// The values of declarations: literals, ids and lists of them.
extension FactLoader {
  mutating func fill(
    _ builder: inout ColumnBuilder, _ rule: FieldRule, _ value: Link<Expression>?, _ entry: Entry,
    _ kind: EntityKind
  ) {
    guard let value else {
      fillAbsent(&builder, rule, entry, kind)
      return
    }
    let tree = trees[entry.tree]
    let expression = tree[value]
    do throws(CheckError) {
      if case .unknown(nil) = expression.kind, !rule.type.isNumeric {
        builder.addAbsent(isNone: false)
      } else if case .list(let element) = rule.type {
        try fillList(&builder, element, rule, expression, entry.tree)
      } else {
        try fillOne(&builder, rule.type, rule, expression, entry.tree)
      }
    } catch {
      errors[entry.tree].append(error)
      builder.addAbsent(isNone: true)
    }
  }

  private mutating func fillAbsent(
    _ builder: inout ColumnBuilder, _ rule: FieldRule, _ entry: Entry, _ kind: EntityKind
  ) {
    if rule.absence == .error {
      let sources = entries[EntityKind.source.rawValue]
      let own = sources.indices.filter { scripts[sources[$0].tree].isBeside(scripts[entry.tree]) }
      if rule.name == "source", own.count == 1 {
        builder.add(reference: Int32(own[0]))
        return
      }
      errors[entry.tree].append(.missingField(rule.name, of: kind, at: entry.id))
    }
    builder.addAbsent(isNone: rule.absence != .unknown)
  }

  /// One value where a list is due is a list of one.
  private func fillList(
    _ builder: inout ColumnBuilder, _ element: Type, _ rule: FieldRule, _ expression: Expression,
    _ script: Int
  ) throws(CheckError) {
    let tree = trees[script]
    if case .list(let links) = expression.kind {
      for link in tree[links] { try fillOne(&builder, element, rule, tree[link], script) }
    } else {
      try fillOne(&builder, element, rule, expression, script)
    }
    builder.endList()
  }

  private func fillOne(
    _ builder: inout ColumnBuilder, _ type: Type, _ rule: FieldRule, _ expression: Expression,
    _ script: Int
  ) throws(CheckError) {
    let tree = trees[script]
    switch (type, expression.kind) {
    case (.text, .text):
      let text = tree.text(expression.span)
      if !rule.vocabulary.isEmpty, !rule.vocabulary.contains(text) {
        throw .notInVocabulary(text, field: rule.name, rule.vocabulary, at: expression.span)
      }
      builder.add(text: text)
    case (.truth, .truth(let truth)): builder.add(truth: truth)
    case (.reference(let kind), .path(let names)):
      builder.add(reference: try reference(kind, names, expression.span, script))
    case (.date, .date(let link, let part)):
      guard case .date(let range) = tree[link].form else {
        throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
      }
      let period = PeriodRange(start: range, end: range)
      builder.add(period, written: tree.dateText(expression.span, part))
    case (.period, .date(let link, let part)):
      let period =
        switch tree[link].form {
        case .period(let period): period
        case .date(let range): PeriodRange(start: range, end: range)
        }
      builder.add(period, written: tree.dateText(expression.span, part))
    case (.quantity, _):
      guard let quantity = try tree.quantity(expression, readings), rule.type.accepts(quantity)
      else {
        throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
      }
      builder.add(quantity)
    default:
      throw .wrongFieldType(rule.name, expected: rule.expected, at: expression.span)
    }
  }

  private func reference(
    _ kind: EntityKind, _ names: Run<Span>, _ span: Span, _ script: Int
  ) throws(CheckError) -> Int32 {
    let id = trees[script][names].map(trees[script].name).joined(separator: ".")
    if let key = ids[qualified(id, in: script)], key.kind == kind { return key.row }
    throw .undeclared(id, kind, known: idTexts[kind.rawValue], at: span)
  }
}

extension FactLoader.Script {
  /// Whether its sources may be the default of another's facts.
  fileprivate func isBeside(_ other: FactLoader.Script) -> Bool {
    isBuiltIn == other.isBuiltIn && namespace == other.namespace
  }
}

extension SyntaxTree {
  /// What a date prints: its EDTF text without `@`.
  func dateText(_ span: Span, _ part: MonthPart?) -> String {
    let written = source.text(span)
    guard let at = written.firstIndex(of: "@") else { return written }
    let text = String(written[written.index(after: at)...])
    return part.map { "\($0.rawValue) \(text)" } ?? text
  }
}

extension Type {
  /// Whether a field of this type takes a literal: paragraphs are plain whole numbers.
  fileprivate func accepts(_ quantity: QuantityLiteral) -> Bool {
    guard case .list = self else { return true }
    return quantity.unit == nil && quantity.isExact && quantity.bounds.low?.trimmed.scale == 0
  }
}

extension FieldRule {
  /// What the field takes, in words.
  fileprivate var expected: String {
    switch type {
    case .list(.reference(let kind)): "the id of \(kind.phrase), or a list of ids"
    case .reference(let kind): "the id of \(kind.phrase)"
    case .list(.text): "a text or a list of texts"
    case .list: "a whole number or a list of them"
    case .date: "a date: one day somewhere, such as @2024-12 or @[2024-10..2024-12]"
    case .period: "a period, such as @2022-02/2024-12"
    case .quantity: "a quantity with its unit; what is not reported is 'unknown people'"
    default: type.phrase
    }
  }
}
