/// Functions of `derive` that look at other rows.
enum WindowFunction: String, CaseIterable {
  case running, rank, row, lag, lead

  /// How it is written.
  var usage: String {
    switch self {
    case .running: "running(sum(value))"
    case .rank, .row: "\(rawValue)()"
    case .lag, .lead: "\(rawValue)(value) or \(rawValue)(value, 2)"
    }
  }
}

/// `derive` with windows. A column that looks at other rows is computed in two steps: one appends
/// what it asks of them as hidden columns, the next one reads these beside the row's own.
extension Checker {
  mutating func checkDerive(
    _ columns: Run<ColumnSyntax>, _ keys: Run<ColumnSyntax>, _ line: inout QueryLine, at span: Span
  ) {
    let looks = tree[columns].contains { looksAround($0.value) }
    guard looks else {
      if let key = tree[keys].first { errors.append(.groupsNothing(at: tree[key.value].span)) }
      line.rows.replaceFields(checkColumns(columns, line.rows, after: line.rows.fields))
      return
    }
    let canGroup =
      keys.isEmpty
      && ["subject", "measure"].allSatisfy { name in
        line.rows.fields.contains { $0.name == name }
      }
    groupingPlace = canGroup ? Span(Int(span.end), Int(span.end)) : nil
    defer { groupingPlace = nil }
    let before = errors.count
    let keyPlaces = checkGroups(keys, &line)
    guard errors.count == before else { return }
    var taken: Set<String> = []
    for column in tree[columns] { checkColumn(column, keyPlaces, &taken, &line) }
    line.rows.replaceFields(line.rows.fields.filter { !$0.name.isEmpty })
  }

  /// Whether an expression asks for something of other rows.
  private func looksAround(_ link: Link<Expression>) -> Bool {
    tree.contains(link) { expression in
      guard case .call(let names, _) = expression.kind, names.count == 1,
        let name = tree[names].first
      else { return false }
      let word = tree.name(name)
      return Aggregate.Function(rawValue: word) != nil || WindowFunction(rawValue: word) != nil
    }
  }

  /// The keys as hidden fields, so that a column may take a key's name.
  private mutating func checkGroups(
    _ keys: Run<ColumnSyntax>, _ line: inout QueryLine
  ) -> [Int] {
    var hidden: [Field] = []
    for key in tree[keys] {
      let meaning = check(key.value, line.rows)
      if case .missing = meaning.form {
        if !meaning.isMissing { errors.append(misplaced(meaning)) }
        continue
      }
      hidden.append(Field(name: "", source: .form(meaning.form), shape: meaning.form.shape))
    }
    let places = line.rows.fields.count..<(line.rows.fields.count + hidden.count)
    if !hidden.isEmpty { line.rows.replaceFields(line.rows.fields + hidden) }
    return Array(places)
  }

  private mutating func checkColumn(
    _ column: ColumnSyntax, _ keys: [Int], _ taken: inout Set<String>, _ line: inout QueryLine
  ) {
    let looks = looksAround(column.value)
    if looks { flush(&line) }
    let windows = RowScope.Windows(line.rows, isSorted: line.plan.isSorted)
    line.rows.windows = looks ? windows : nil
    // A column that was refused stays as a name, so that its use is not refused again.
    let field =
      checkColumn(column, line.rows)
      ?? Field(
        name: column.name.map(tree.name) ?? name(of: column.value), source: .form(.missing),
        shape: .missing)
    line.rows.windows = nil
    if !taken.insert(field.name).inserted {
      errors.append(.columnTwice(field.name, at: column.name ?? tree[column.value].span))
    }
    if !windows.functions.isEmpty {
      line.plan.steps.append(.window(windows.step(keys, at: tree[column.value].span)))
    }
    var fields = line.rows.fields
    if let index = fields.firstIndex(where: { $0.name == field.name }) {
      fields[index] = field
    } else {
      fields.append(field)
    }
    line.rows.replaceFields(fields)
  }

  // MARK: Calls

  /// An aggregate in `derive`: of the row's group, or of its rows so far.
  mutating func checkWindow(
    _ function: Aggregate.Function, _ arguments: [Link<Expression>], _ rows: RowScope,
    _ windows: RowScope.Windows, isRunning: Bool, at span: Span
  ) -> Meaning {
    guard function.argumentCounts.contains(arguments.count) else {
      errors.append(
        .wrongArguments(function: function.rawValue, expected: function.usage, at: span))
      return .missing(span)
    }
    if isRunning { refuseMaybeRows("running", rows, at: span) }
    var argument: Meaning?
    if let link = arguments.first {
      comparisons = []
      let meaning = check(link, windows.rows)
      if meaning.isMissing { return .missing(span) }
      argument = meaning
    }
    guard let aggregate = aggregate(function, argument, windows.rows, at: span, isInStage: true)
    else { return .missing(span) }
    let form = windows.form(
      isRunning ? .running(aggregate) : .whole(aggregate), aggregate.shape, rows, at: span)
    let claims = windows.claims(
      aggregate.givenClaims, aggregate.function == .share ? .own : isRunning ? .groupSoFar : .group,
      rows)
    return Meaning(
      form: form, type: aggregate.shape.type, span: span, claims: claims, isComputed: true)
  }

  /// `running(…)`, `rank()`, `row()`, `lag(…)` or `lead(…)`.
  mutating func checkWindow(
    _ function: WindowFunction, _ arguments: Run<Argument>, _ rows: RowScope, at span: Span
  ) -> Meaning {
    guard let windows = rows.windows else {
      errors.append(.windowHere(function.rawValue, at: span))
      return .missing(span)
    }
    let values = tree[arguments].map(\.value)
    let counts: ClosedRange<Int> =
      switch function {
      case .running: 1...1
      case .rank, .row: 0...0
      case .lag, .lead: 1...2
      }
    guard counts.contains(values.count), tree[arguments].allSatisfy({ $0.name == nil }) else {
      errors.append(
        .wrongArguments(function: function.rawValue, expected: function.usage, at: span))
      return .missing(span)
    }
    if function == .running { return checkRunning(values[0], rows, windows, at: span) }
    refuseMaybeRows(function.rawValue, rows, at: span)
    if function == .rank, !windows.isSorted {
      errors.append(.noOrder(function.rawValue, at: span))
      return .missing(span)
    }
    guard let value = values.first else {
      let number = Shape.quantity(
        kind: .decimal(scale: 0), isExact: true, units: .one(nil), hasKnown: false, written: nil)
      let form = windows.form(function == .rank ? .rank : .row, number, rows, at: span)
      return Meaning(form: form, type: number.type, span: span, claims: Claims())
    }
    return checkShifted(
      value, values.dropFirst().first, isLead: function == .lead, rows, windows, at: span)
  }

  private mutating func checkRunning(
    _ link: Link<Expression>, _ rows: RowScope, _ windows: RowScope.Windows, at span: Span
  ) -> Meaning {
    guard case .call(let names, let arguments) = tree[link].kind, names.count == 1,
      let function = tree[names].first.flatMap({ Aggregate.Function(rawValue: tree.name($0)) }),
      function.canRun, tree[arguments].allSatisfy({ $0.name == nil })
    else {
      errors.append(.notRunning(at: tree[link].span))
      return .missing(span)
    }
    return checkWindow(
      function, tree[arguments].map(\.value), rows, windows, isRunning: true, at: span)
  }

  private mutating func checkShifted(
    _ link: Link<Expression>, _ count: Link<Expression>?, isLead: Bool, _ rows: RowScope,
    _ windows: RowScope.Windows, at span: Span
  ) -> Meaning {
    var distance = 1
    if let count {
      guard let number = rowCount(count, isLead ? "lead" : "lag", rows) else {
        return .missing(span)
      }
      distance = number
    }
    let meaning = check(link, windows.rows)
    if case .missing = meaning.form {
      if !meaning.isMissing { errors.append(misplaced(meaning)) }
      return .missing(span)
    }
    let shape = meaning.form.shape.withAbsent(unknown: false, none: true)
    let form = windows.form(
      .shifted(meaning.form, by: isLead ? -distance : distance), shape, rows, at: span)
    return Meaning(
      form: form, type: shape.type, span: span,
      claims: windows.claims(
        (meaning.claims ?? Claims()).grouped(isSum: false),
        .shifted(by: isLead ? -distance : distance), rows))
  }
}

extension RowScope {
  /// While a column of `derive` is checked: the rows that its windows look at, and what is asked.
  final class Windows {
    let rows: RowScope
    let isSorted: Bool
    private(set) var functions: [Window.Function] = []
    private(set) var claims: [Window.Claim] = []
    private var hidden: [Field] = []

    init(_ rows: RowScope, isSorted: Bool) {
      self.rows = RowScope(outputs: rows.fields, after: rows)
      self.isSorted = isSorted
    }

    /// The column that a function will have, as the rows of `scope` read it.
    func form(
      _ function: Window.Function, _ shape: Shape, _ scope: RowScope, at span: Span
    ) -> Form {
      let column = rows.fields.count + hidden.count
      functions.append(function)
      hidden.append(Field(name: "", source: .column(column), shape: shape))
      return scope.builder.form(shape, .column(column), at: span)
    }

    /// What a function rests on, as the rows of `scope` know it: some columns of its own.
    func claims(
      _ given: (columns: [[Int]], result: Claims), _ rows: Window.Claim.Rows, _ scope: RowScope
    ) -> Claims {
      let before = scope.claimCount + claims.count
      claims += given.columns.map { columns in
        Window.Claim(sources: columns.map { self.rows.claimSources[$0] }, rows: rows)
      }
      return given.result.renumbered { scope.number(of: .column(before + $0)) }
    }

    /// The step that appends the columns; the keys are places of fields.
    func step(_ keys: [Int], at span: Span) -> Window {
      let forms = keys.map { rows.form(ofField: $0, at: span) }
      var kept = forms.flatMap(\.registers)
      for function in functions {
        switch function {
        case .whole(let aggregate), .running(let aggregate):
          kept += aggregate.registers
        case .shifted(let form, _): kept += form.registers
        case .row, .rank: break
        }
      }
      kept += claims.flatMap(\.sources).compactMap(\.register)
      return Window(
        program: rows.builder.finished(keeping: kept), keys: forms, functions: functions,
        claims: claims, keptClaims: rows.claimCount, fields: rows.fields + hidden, span: span)
    }
  }
}

extension Aggregate.Function {
  /// Whether its value of the rows so far is worth having after each row.
  var canRun: Bool {
    switch self {
    case .count, .sum, .avg, .min, .max, .hull, .spread, .any, .all: true
    case .countDistinct, .share, .median, .first, .last, .list, .origins: false
    }
  }

  static var running: [String] { allCases.filter(\.canRun).map(\.rawValue) }
}
