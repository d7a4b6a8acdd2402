extension SyntaxError {
  /// The words for people; the text is needed to quote it and to write the corrected line.
  ///
  /// - Parameter functions: the functions of the script, and whether rows are all that they need.
  func diagnostic(in source: SourceText, functions: [String: Bool] = [:]) -> Diagnostic {
    let told = calledBare(functions, source) ?? worded(in: source)
    guard let help = told.help, !Parser.parse(SourceText(name: "", text: help)).errors.isEmpty
    else { return told }
    // With a second mistake in the statement mending one gives no program.
    return Diagnostic(
      told.code, told.message, at: told.primary, secondary: told.secondary, notes: told.notes)
  }

  /// `figures | f`: a function is called with brackets.
  private func calledBare(_ functions: [String: Bool], _ source: SourceText) -> Diagnostic? {
    guard case .unknownStage(let name, let at, _) = self, let isComplete = functions[name] else {
      return nil
    }
    let written = Rewriting(sources: SourceMap(source))
    return Diagnostic(
      "E0117", "'\(name)' is a function: it is called with brackets", at: .init(at),
      help: isComplete ? written.line(replacing: at, with: source.text(at) + "()") : nil)
  }

  private func worded(in source: SourceText) -> Diagnostic {
    let written = Rewriting(sources: SourceMap(source))
    switch self {
    case .strayCharacter(let scalar, let at):
      return Diagnostic("E0101", "'\(shown(scalar))' has no meaning here", at: .init(at))
    case .strayNUL(let at):
      return Diagnostic("E0102", "a zero byte has no place in a script", at: .init(at))
    case .invalidUTF8(let at):
      let byte = String(source.byte(at: Int(at.start)), radix: 16, uppercase: true)
      return Diagnostic("E0103", "byte \(byte) is not UTF-8", at: .init(at, "scripts are UTF-8"))
    case .bidiControl(let scalar, let at):
      return Diagnostic(
        "E0104", "\(shown(scalar)) would make this text look other than it is", at: .init(at))
    case .unterminatedText(let at):
      return Diagnostic("E0105", "this text has no closing quote on its line", at: .init(at))
    case .unterminatedName(let at):
      return Diagnostic("E0106", "this name has no closing backtick on its line", at: .init(at))
    case .unknownEscape(let at):
      return Diagnostic(
        "E0107", "'\(source.text(at))' is no escape", at: .init(at, #"known: \" \\ \n \t"#))
    case .wrongQuotes(let content, let at):
      return Diagnostic(
        "E0108", "text stands in straight double quotes", at: .init(at),
        help: content.map { written.line(replacing: at, with: "\"\($0)\"") })
    case .otherLanguage(let sign, let here, let at):
      let said =
        switch sign {
        case "//", "--": "a comment begins with #"
        case "->", "|>": "stages are joined with '|'"
        case "~": "'~' belongs to dates; roughly is 'about'"
        default: "'\(sign)' is written '\(here.trimmingBlanks)'"
        }
      let help =
        here == "#" ? commented(at, source) : written.line(replacing: at, with: here)
      return Diagnostic("E0109", said, at: .init(at), help: help)
    case .malformedNumber(let at):
      return Diagnostic(
        "E0110", "'\(source.text(at))' is no number", at: .init(at, "a unit follows after a blank"))
    case .numberTooLarge(let at):
      return Diagnostic(
        "E0111", "this number doesn't fit", at: .init(at, "numbers have up to 18 digits"))
    case .badDate(let problem, let at):
      return badDate(problem, at, source)
    case .partOfNoMonth(let part, let at):
      return Diagnostic(
        "E0113", "'\(part.rawValue)' goes with one month", at: .init(at),
        help: "\(part.rawValue) @2024-08")
    case .expected(let expectation, let found, let at):
      return Diagnostic("E0114", "expected \(expectation.words), found \(found)", at: .init(at))
    case .unclosed(let bracket, let opened, let at):
      return Diagnostic(
        "E0115", "'\(bracket)' is never closed", at: .init(opened),
        secondary: .init(at, "needed before here"))
    case .tooDeep(let limit, let at):
      return Diagnostic("E0116", "nested deeper than \(limit)", at: .init(at))
    case .literalTooLong(let limit, let at):
      return Diagnostic(
        "E0603", "a text, a number or a name may have \(limit) bytes here", at: .init(at))
    case .unknownStage(let name, let at, let mending):
      return unknownStage(name, at, mending, written)
    case .missingPipe(let stage, let at):
      return Diagnostic(
        "E0118", "a stage follows '|'", at: .init(at),
        help: written.line(replacing: at, with: "| " + stage.rawValue))
    case .assignment(let at):
      return Diagnostic(
        "E0119", "'=' names a column; comparison is '=='", at: .init(at),
        help: written.line(replacing: at, with: "=="))
    case .thousandsSeparator(let number, let at):
      let digits = source.text(number).filter { $0.isNumber }
      return Diagnostic(
        "E0121", "thousands are parted with '_'", at: .init(at),
        help: written.line(
          replacing: number, with: Number(Int64(digits) ?? 0).grouped.replacingCommas))
    case .unknownState(let word, let at):
      return unknownState(word, at, written)
    case .habit(let habit, let at, let mending):
      return Diagnostic(
        habit == .chained ? "E0120" : "E0123", habit.rawValue, at: .init(at),
        help: mending.map(written.line))
    }
  }

  /// The line with the sign of a comment, which no statement holds.
  private func commented(_ sign: Span, _ source: SourceText) -> String {
    let line = source.line(around: Int(sign.start))
    return
      (source.text(Span(line.lowerBound, Int(sign.start))) + "#"
      + source.text(Span(Int(sign.end), line.upperBound))).trimmingEnds
  }

  private func shown(_ scalar: Unicode.Scalar) -> String {
    if scalar.value > 0x20, scalar.value != 0x7F, !scalar.properties.isDefaultIgnorableCodePoint,
      scalar.properties.generalCategory != .control, scalar.properties.generalCategory != .format
    {
      return String(Character(scalar))
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func badDate(_ problem: EDTF.Problem, _ at: Span, _ source: SourceText) -> Diagnostic {
    let message: String
    switch problem {
    case .malformed: message = "'\(source.text(at))' is no date"
    case .twoDigits: message = "month and day have two digits"
    case .noSuchMonth(let month): message = "there is no month \(month)"
    case .noSuchDay(let year, let month, let day):
      message = "\(Day.digits(year, 4))-\(Day.digits(month, 2)) has no day \(day)"
    case .backwards: message = "this ends before it begins"
    case .gaps: message = "behind an X only X can stand: the days of a date have no gaps"
    case .beyondYears: message = "dates lie in the years 0000 to 9999"
    case .listed: message = "a date is one stretch of days, from .. to"
    }
    let form = "such as @2024-12-17, @2024-12, @2024-12-18~ or @[2024-10..2024-12]"
    return Diagnostic(
      "E0112", message, at: .init(at, problem == .malformed ? form : ""),
      help: problem == .twoDigits
        ? Rewriting(sources: SourceMap(source)).line(replacing: at, with: padded(source.text(at)))
        : nil)
  }

  /// `@2024-3-7` with two digits each.
  private func padded(_ date: String) -> String {
    date.split(separator: "-", omittingEmptySubsequences: false).map {
      $0.utf8.count == 1 && $0.first?.isNumber == true ? "0" + $0 : String($0)
    }.joined(separator: "-")
  }

  private func unknownStage(
    _ name: String, _ at: Span, _ mending: Mending?, _ written: Rewriting
  ) -> Diagnostic {
    let meant = Word.stage(meant: name)
    let nearest =
      meant?.stage.rawValue ?? Suggestion.nearest(to: name, among: Word.stages.map(\.rawValue))
    let said = meant?.said.map { "; \($0) with '\(nearest ?? "")'" } ?? ""
    return Diagnostic(
      "E0117", "no stage '\(name)'\(said)",
      at: .init(
        at,
        !said.isEmpty
          ? "" : nearest.map { "did you mean '\($0)'?" } ?? "stages are \(Word.stageList)"),
      help: mending.map(written.line) ?? nearest.map { written.line(replacing: at, with: $0) })
  }

  private func unknownState(_ word: String, _ at: Span, _ written: Rewriting) -> Diagnostic {
    let states = State.allCases.map(\.rawValue)
    if word == "null" || word == "nil" {
      return Diagnostic(
        "E0122", Habit.null.rawValue, at: .init(at),
        help: written.line(replacing: at, with: "unknown"))
    }
    if word.hasPrefix("not ") {
      return Diagnostic(
        "E0122", "'is not known' is written 'is unknown'", at: .init(at),
        help: written.line(replacing: at, with: "unknown"))
    }
    let nearest = Suggestion.nearest(to: word, among: states)
    return Diagnostic(
      "E0122", "'is' can't ask for '\(word)'",
      at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? states.joined(separator: ", ")),
      help: nearest.map { written.line(replacing: at, with: $0) })
  }
}

extension Word {
  /// What other languages call a stage, and what is done with it.
  static func stage(meant name: String) -> (stage: Word, said: String?)? {
    switch name {
    case "filter", "having": (.where, "rows are kept")
    case "order", "orderby", "arrange": (.sort, "rows are ordered")
    case "group", "groupby", "aggregate": (.summarize, "groups are made")
    case "limit", "head", "top", "first": (.take, nil)
    case "offset": (.skip, nil)
    case "project", "keep": (.select, nil)
    case "project-away", "remove": (.drop, nil)
    case "extend", "mutate", "assign": (.derive, nil)
    case "unique": (.distinct, nil)
    case "left", "inner", "merge": (.join, nil)
    case "explode", "unnest": (.expand, nil)
    case "append", "concat": (.union, nil)
    default: nil
    }
  }

  static var stageList: String { stages.map(\.rawValue).joined(separator: ", ") }
}

extension SyntaxError.Expectation {
  var words: String {
    switch self {
    case .value: "a value"
    case .name: "a name"
    case .stage: "a stage (\(Word.stageList))"
    case .statementEnd: "the end of the statement or '|'"
    case .identifier: "an id"
    case .fieldName: "a field"
    case .comma(let close): "',' or '\(close)'"
    case .sign(let sign): "'\(sign)'"
    case .type: "a type"
    case .unit: "a unit"
    case .label: "a text"
    case .table: "a table"
    case .stageEnd: "'|' or the end of the statement"
    case .phrase: "a hedge word"
    case .path: "a text with a path, or 'builtin'"
    }
  }
}

extension String {
  var trimmingBlanks: String { split(separator: " ").joined(separator: " ") }
  fileprivate var replacingCommas: String { String(map { $0 == "," ? "_" : $0 }) }
}
