/// `render bar value by subject`: the labels and then the values become the columns of the result,
/// and the plan says that they are to be drawn.
extension Checker {
  mutating func checkRender(
    _ name: Span, _ columns: Run<ColumnSyntax>, by keys: Run<ColumnSyntax>,
    _ line: inout QueryLine, at span: Span
  ) {
    guard let kind = Drawing.Kind(rawValue: tree.name(name)) else {
      errors.append(.unknownChart(tree.name(name), at: name))
      return
    }
    // The signs of a sparkline stand for rows by their places.
    if kind == .spark { refuseMaybeRows("render spark", line.rows, at: span) }
    let values = drawnColumns(columns, kind, line.rows, at: span)
    let labels = labelColumns(keys, kind, besides: values, line.rows)
    for value in values where labels.contains(where: { $0.name == value.name }) {
      errors.append(.columnTwice(value.name, at: span))
    }
    // What is drawn of words are their bounds.
    readBounds(of: values.map { form(of: $0, line.rows, at: span) }, line.rows, at: span)
    line.rows.replaceFields(labels + values)
    line.plan.drawing = Drawing(kind: kind, labels: labels.count)
  }

  private func form(of field: Field, _ rows: RowScope, at span: Span) -> Form {
    switch field.source {
    case .form(let form): return form
    case .column(let column):
      // Loaded once, so that its values are counted once.
      let index = rows.fields.firstIndex { other in
        if case .column(column) = other.source { true } else { false }
      }
      return index.map { rows.form(ofField: $0, at: span) } ?? .missing
    }
  }

  /// The columns that are named, else the first one shown that can be drawn.
  private mutating func drawnColumns(
    _ columns: Run<ColumnSyntax>, _ kind: Drawing.Kind, _ rows: RowScope, at span: Span
  ) -> [Field] {
    if columns.isEmpty {
      if let field = rows.fields.first(where: { $0.isShown && kind.draws($0.type) }) {
        return [field]
      }
      let isWrongAlready = rows.fields.contains { $0.type == .unknown }
      if !isWrongAlready {
        errors.append(
          .nothingToDraw(kind.wanted, fields: rows.fields.map(\.name), at: span))
      }
      return []
    }
    let fields = checkColumns(columns, rows, after: [])
    for (field, column) in zip(fields, tree[columns])
    where field.type != .unknown && !kind.draws(field.type) {
      errors.append(.expectedType(kind.wanted, found: field.type, at: tree[column.value].span))
    }
    return fields
  }

  /// The columns behind `by`, else the first one shown that says what a row is about.
  private mutating func labelColumns(
    _ keys: Run<ColumnSyntax>, _ kind: Drawing.Kind, besides values: [Field], _ rows: RowScope
  ) -> [Field] {
    if !keys.isEmpty { return checkColumns(keys, rows, after: []) }
    let label = rows.fields.first { field in
      field.isShown && kind.labels(field.type) && !values.contains { $0.name == field.name }
    }
    return label.map { [$0] } ?? []
  }
}

extension Drawing.Kind {
  /// Whether it draws values of a type.
  fileprivate func draws(_ type: Type) -> Bool {
    switch (self, type) {
    case (.bar, .quantity), (.spark, .quantity), (.timeline, .date), (.timeline, .period): true
    default: false
    }
  }

  /// What it draws, for messages.
  fileprivate var wanted: String {
    switch self {
    case .bar, .spark: "a number or quantity"
    case .timeline: "a date or period"
    }
  }

  /// Whether values of a type serve as labels unasked: texts and things, and of a sparkline what it
  /// may run along.
  fileprivate func labels(_ type: Type) -> Bool {
    switch type {
    case .text, .reference: true
    case .date, .period: self == .spark
    case .truth, .quantity, .list, .unknown: false
    }
  }
}
