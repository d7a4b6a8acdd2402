extension CheckError {
  /// The words for people.
  func diagnostic(in sources: SourceMap) -> Diagnostic {
    let written = Rewriting(sources: sources)
    func guess(_ name: String, _ known: some Sequence<String>, _ at: Span, quoted: Bool = false)
      -> (label: String, help: String?)
    {
      guard let nearest = Suggestion.nearest(to: name, among: known) else { return ("", nil) }
      let text = quoted ? "\"\(nearest)\"" : nearest.asPath
      return ("did you mean '\(nearest)'?", written.line(replacing: at, with: text))
    }
    switch self {
    case .unknownField(let name, let table, let fields, let at):
      let (label, help) = guess(name, fields, at)
      let place = table.map { " in \($0)" } ?? ""
      return Diagnostic(
        "E0201", "no field '\(name)'\(place)", at: .init(at, label),
        notes: help == nil && !fields.isEmpty ? ["fields: " + fields.joined(separator: ", ")] : [],
        help: help)
    case .unknownName(let name, let known, let at):
      let (label, help) = guess(name, known, at)
      return Diagnostic(
        "E0202", "nothing is called '\(name)'", at: .init(at, label),
        notes: help == nil ? ["tables: " + FactStore.tableNames.joined(separator: ", ")] : [],
        help: help)
    case .unknownFunction(let name, let own, let at):
      let known = own + Checker.functionNames
      let (label, help) = guess(name, known, at)
      return Diagnostic(
        "E0203", "no function '\(name)'", at: .init(at, label),
        notes: help == nil ? ["functions: " + known.joined(separator: ", ")] : [], help: help)
    case .nobody(let name, let kind, let known, let at):
      let (label, help) = guess(name, known, at, quoted: true)
      return Diagnostic(
        "E0204", "no \(kind.word) is called '\(name)'", at: .init(at, label), help: help)
    case .ambiguous(let name, let kind, let ids, let at):
      return Diagnostic(
        "E0205", "\(ids.count) \(kind.table) are called '\(name)'", at: .init(at),
        notes: ["ids: " + ids.joined(separator: ", ")],
        help: ids.first.map { written.line(replacing: at, with: $0) })
    case .unknownUnit(let word, let known, let at):
      let (label, help) = guess(word, known, at)
      return Diagnostic(
        "E0206", "no unit '\(word)'", at: .init(at, label),
        notes: help == nil
          ? ["units: people, %, km, km2, tonnes, barrels, days, … and codes such as USD"] : [],
        help: help)
    case .unknownDeclarationField(let name, let kind, let at):
      let (label, help) = guess(name, FieldRule.rules(for: kind).map(\.name), at)
      return Diagnostic(
        "E0207", "\(kind.phrase) has no field '\(name)'", at: .init(at, label), help: help)
    case .duplicateID(let id, let at, let first):
      return Diagnostic(
        "E0208", "'\(id)' is declared twice", at: .init(at),
        secondary: first.map { .init($0, "first here") })
    case .undeclared(let id, let kind, let known, let at):
      let (label, help) = guess(id, known, at)
      return Diagnostic(
        "E0209", "no \(kind.word) '\(id)' is declared", at: .init(at, label), help: help)
    case .cycle(let ids, let at):
      return Diagnostic(
        "E0210", "nothing is part of itself: \(ids.joined(separator: " in "))", at: .init(at))
    case .missingField(let name, let kind, let at):
      return Diagnostic("E0211", "this \(kind.word) needs '\(name)'", at: .init(at))
    case .notInVocabulary(let word, let field, let words, let at):
      let (label, help) = guess(word, words, at, quoted: true)
      return Diagnostic(
        "E0212", "\(field) is never '\(word)'", at: .init(at, label),
        notes: ["known: " + words.joined(separator: ", ")], help: help)
    case .defined(let name, let at):
      return Diagnostic("E0213", "'\(name)' is named already", at: .init(at))
    case .restsOnTooMany(let name, let limit, let at):
      return Diagnostic(
        "E0219", "'\(name)' rests on a chain of more than \(limit) names", at: .init(at))
    case .unknownType(let name, let at):
      let types = ["truth", "integer", "number", "quantity", "text", "date", "period", "table"]
      let (label, help) = guess(name, types, at)
      return Diagnostic(
        "E0214", "no type '\(name)'", at: .init(at, label),
        notes: ["types: " + types.joined(separator: ", ")], help: help)
    case .missingParameter(let name, let at):
      return Diagnostic(
        "E0215", "no value is given for '\(name)'", at: .init(at, "--set \(name)=…"))
    case .hiddenParameter(let name, let at):
      return Diagnostic(
        "E0221", "'\(name)' is a field here and a parameter: give the parameter another name",
        at: .init(at))
    case .recursion(let name, let at):
      return Diagnostic("E0222", "'\(name)' would call itself", at: .init(at))
    case .tooManyCalls(let limit, let at):
      return Diagnostic("E0223", "more than \(limit) calls in one text", at: .init(at))
    case .nestedTooDeep(let at):
      return Diagnostic("E0224", "nested too deep, with the functions called here", at: .init(at))
    case .dependsOnRow(let name, let at):
      return Diagnostic(
        "E0372", "'\(name)' is a value of the caller's rows and can't be used in another table",
        at: .init(at))
    case .argumentType(let kind, let found, let at, let formal):
      return Diagnostic(
        "E0373", "expected \(kind), found \(found)", at: .init(at),
        secondary: formal.map { .init($0, "the parameter") })
    case .inCall(let error, let function, let at):
      let inner = error.diagnostic(in: sources)
      return Diagnostic(
        inner.code, inner.message, at: inner.primary,
        secondary: inner.secondary ?? .init(at, "in this call of '\(function)'"),
        notes: inner.notes, help: inner.help)
    case .advised(let error, let advice):
      return error.diagnostic(in: sources).advised(advice, written)
    case .unknownParameter(let name, let known):
      let nearest = Suggestion.nearest(to: name, among: known)
      return Diagnostic(
        "E0216", "the script has no param '\(name)'",
        at: .init(.nowhere, nearest.map { "did you mean '\($0)'?" } ?? ""),
        notes: known.isEmpty ? [] : ["params: " + known.joined(separator: ", ")])
    case .fieldTwice(let name, let at):
      return Diagnostic("E0217", "'\(name)' is given twice", at: .init(at))
    case .columnTwice(let name, let at):
      return Diagnostic("E0218", "two columns are called '\(name)'", at: .init(at))
    case .habit(let habit, let at, let mending):
      return Diagnostic("E0123", habit.rawValue, at: .init(at), help: written.line(mending))
    case .noClock(let at):
      return Diagnostic(
        "E0227", "a script has no clock; dates come in as a 'param'", at: .init(at),
        help: "param today: date\n" + written.line(replacing: at, with: "today"))
    default: return typeDiagnostic(in: sources, written)
    }
  }

  private func typeDiagnostic(in sources: SourceMap, _ written: Rewriting) -> Diagnostic {
    switch self {
    case .typesDiffer(let sign, let a, let at, let b, let other):
      let date = "@" + sources.text(other).filter { $0 != "\"" && $0 != " " }
      let isDate = a == .date && b != .date && (try? EDTF(Array(date.utf8)[1...])) != nil
      return Diagnostic(
        "E0301", mismatch(sign, a, b) + (isDate ? ": dates begin with @" : ""),
        at: .init(other, b.phrase),
        secondary: .init(at, a.phrase),
        help: isDate ? written.line(replacing: other, with: date) : nil)
    case .expectedType(let wanted, let found, let at):
      return Diagnostic("E0302", "expected \(wanted), found \(found.phrase)", at: .init(at))
    case .unitsDiffer(let a, let b, let at, let other):
      return Diagnostic(
        "E0303", "\(a.name) and \(b.name) are different units", at: .init(at, a.name),
        secondary: at == other ? nil : .init(other, b.name))
    case .unitMissing(let example, let at, let other):
      return Diagnostic(
        "E0304", "a bare number doesn't go with a quantity", at: .init(at, "which unit?"),
        secondary: .init(other), help: example.map { written.line(replacing: at, with: $0) })
    case .unitNowhere(let unit, let units, let at, let other):
      return Diagnostic(
        "E0305", "nothing here is in \(unit.name)", at: .init(at), secondary: .init(other),
        notes: ["units: " + units.joined(separator: ", ")])
    case .coarseEquality(let text, let at, let operation):
      let line = sources.text(operation)
      let isRight = at.start > operation.start
      let asked = line.contains("==") && isRight ? "in" : nil
      return Diagnostic(
        "E0306", "a day is never equal to \(text), it lies in it", at: .init(at),
        help: asked.flatMap { word in
          guard let range = line.range(of: "==") else { return nil }
          return written.line(
            replacing: operation, with: line.replacing(range, with: word))
        })
    case .equalsUnknown(let at, let comparison):
      let line = sources.text(comparison)
      let isRight = at.start > comparison.start
      let help = line.range(of: isRight ? "==" : "\0").map { range in
        written.line(
          replacing: comparison,
          with: String(line[..<range.lowerBound]).trimmingEnds + " is unknown")
      }
      return Diagnostic(
        "E0307", "compared with unknown everything is maybe; ask with 'is unknown'", at: .init(at),
        help: help)
    case .cantContain(let a, _, let b, let at):
      let hint = a == .text && b == .text ? "; a part of a text is asked with 'has'" : ""
      return Diagnostic("E0308", "\(a.phrase) can't be in \(b.phrase)\(hint)", at: .init(at))
    case .wrongFieldType(let name, let expected, let at):
      return Diagnostic("E0309", "'\(name)' takes \(expected)", at: .init(at))
    case .boundsBackwards(let at):
      return Diagnostic("E0310", "the lower bound is above the upper one", at: .init(at))
    case .divisionByZero(let at):
      return Diagnostic("E0311", "division by zero", at: .init(at))
    case .overflow(let at):
      return Diagnostic(
        "E0312", "this number doesn't fit", at: .init(at, "numbers have up to 18 digits"))
    case .aggregateHere(let name, let at):
      return Diagnostic(
        "E0313", "'\(name)' is over many rows; it stands in 'summarize' or takes a table",
        at: .init(at),
        help: name == "count" ? "count(figures)" : nil)
    case .countOfValues(let type, let at):
      return Diagnostic(
        "E0360", "'count' counts rows that fulfil something, not \(type.phrase)",
        at: .init(at), help: written.line(replacing: at, with: "\(sources.text(at)) is known"))
    case .shareOfAll(let at, let place):
      return Diagnostic(
        "E0361", "'share' is of one group among all, so it needs 'by'", at: .init(at),
        help: place.map { written.line(replacing: $0, with: " by subject, measure") })
    case .noFacts(let name, let at):
      return Diagnostic(
        "E0362", "'\(name)' is about who says the facts, and these rows rest on none",
        at: .init(at), help: "\(name)(figures)")
    case .notAggregated(let name, let at):
      return Diagnostic(
        "E0314", "'\(name)' has many values in a group",
        at: .init(at, "group by it, or take one of the group such as min, sum, first or list"))
    case .wrongArguments(let function, let expected, let at):
      return Diagnostic("E0315", "'\(function)' is written \(expected)", at: .init(at))
    case .maybeRows(let stage, let at):
      return Diagnostic(
        "E0316", "'\(stage)' can't take rows that are only maybe there", at: .init(at),
        notes: ["decide first: 'where' without 'possibly'"])
    case .notACount(let user, let at):
      let help = user == "take" || user == "skip" ? "figures | \(user) 10" : nil
      return Diagnostic("E0317", "expected a whole number of rows", at: .init(at), help: help)
    case .notATable(let type, let at):
      return Diagnostic("E0318", "expected a table, found \(type.phrase)", at: .init(at))
    case .nothingBefore(let at):
      return Diagnostic("E0319", "there is no result yet to go on from", at: .init(at))
    case .noOperation(let name, let type, let at, let hint):
      return Diagnostic("E0320", "'\(name)' doesn't take \(type.phrase)", at: .init(at, hint ?? ""))
    case .misplaced(let what, let at, let hint):
      return Diagnostic("E0322", "\(what) can't stand here", at: .init(at, hint ?? ""))
    case .middleMissing(let type, let at):
      return Diagnostic(
        "E0370", "this may be maybe: say which \(type.name) holds then", at: .init(at),
        notes: ["if … then … maybe … else …, or ask with 'is true'"])
    case .file(let error, let at): return error.diagnostic(at: at)
    case .badDatePattern(let text, let at):
      return Diagnostic(
        "E0376", "'\(text)' is no pattern of a date", at: .init(at),
        notes: ["such as: d MMMM yyyy, dd.MM.yyyy, MM/dd/yyyy"])
    case .unknownFileType(let word, let at):
      let known = FileOptions.GivenType.allCases.map(\.rawValue)
      let nearest = Suggestion.nearest(to: word, among: known)
      return Diagnostic(
        "E0377", "no type '\(word)' of a field",
        at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? ""),
        notes: ["types: " + known.joined(separator: ", ")])
    case .unknownOption(let name, let known, let nearest, let at):
      return Diagnostic(
        "E0315", "'open' has no option '\(name)'",
        at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? ""),
        notes: nearest == nil ? ["options: " + known.joined(separator: ", ")] : [],
        help: nearest.map { written.line(replacing: at, with: $0) })
    case .notOneColumn(let names, let at):
      return Diagnostic(
        "E0374", "'in' takes a query of one column", at: .init(at, "\(names.count) columns"),
        notes: names.isEmpty ? [] : ["columns: " + names.joined(separator: ", ")])
    case .notWritten(let at):
      return Diagnostic("E0375", "here stands a value that the script writes out", at: .init(at))
    case .patternNotWritten(let at):
      return Diagnostic("E0371", "'like' takes a pattern that the script writes out", at: .init(at))
    case .badParameter(let name, let type, let value, let at):
      return Diagnostic("E0321", "'\(value)' is no \(type) for param '\(name)'", at: .init(at))
    case .unknownChart(let name, let at):
      let charts = Drawing.Kind.allCases.map(\.rawValue)
      let nearest = Suggestion.nearest(to: name, among: charts)
      return Diagnostic(
        "E0340", "no chart '\(name)'",
        at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? ""),
        notes: nearest == nil ? ["charts: " + charts.joined(separator: ", ")] : [],
        help: nearest.map { written.line(replacing: at, with: $0) })
    case .nothingToDraw(let wanted, let fields, let at):
      return Diagnostic(
        "E0341", "nothing to draw: no field shown is \(wanted)", at: .init(at),
        notes: ["fields: " + fields.joined(separator: ", ")])
    case .behindChart(let at):
      return Diagnostic(
        "E0342", "nothing follows 'render'", at: .init(at, "this goes before it"))
    case .chartInside(let at):
      return Diagnostic(
        "E0343", "a chart can't be used as a table", at: .init(at),
        notes: ["'render' ends a query that stands by itself"])
    default: return dateDiagnostic(in: sources, written)
    }
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) {
        return start..<index(start, offsetBy: part.count)
      }
      start = index(after: start)
    }
    return nil
  }

  fileprivate func replacing(_ range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

extension String {
  /// As a script writes a path, or a name with dots in it.
  var asPath: String {
    let parts = split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return parts.allSatisfy(\.isPlainName) ? self : "`\(self)`"
  }

  /// Whether a script writes it as a name without backticks.
  var isPlainName: Bool {
    let first = unicodeScalars.first
    return (first?.properties.isXIDStart == true || first == "_")
      && unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
      && Word(rawValue: self)?.isReserved != true
  }
}
