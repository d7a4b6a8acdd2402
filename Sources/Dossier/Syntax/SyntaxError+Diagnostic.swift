extension SyntaxError {
  /// The words for people; the text is needed to quote it and to write the corrected line.
  func diagnostic(in source: SourceText) -> Diagnostic {
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
      return Diagnostic(
        "E0109",
        sign == "//"
          ? "a comment begins with #"
          : "'\(sign)' is written '\(here.trimmingBlanks)'", at: .init(at),
        help: written.line(replacing: at, with: here))
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
    case .unknownStage(let name, let at, let line):
      return unknownStage(name, at, line, written)
    case .missingPipe(let stage, let at):
      return Diagnostic(
        "E0118", "a stage follows '|'", at: .init(at),
        help: written.line(replacing: at, with: "| " + stage.rawValue))
    case .assignment(let at):
      return Diagnostic(
        "E0119", "'=' names a column; comparison is '=='", at: .init(at),
        help: written.line(replacing: at, with: "=="))
    case .chainedComparison(let at):
      return Diagnostic(
        "E0120", "comparisons do not chain", at: .init(at, "join two comparisons with 'and'"))
    case .thousandsSeparator(let number, let at):
      let digits = source.text(number).filter { $0.isNumber }
      return Diagnostic(
        "E0121", "thousands are parted with '_'", at: .init(at),
        help: written.line(
          replacing: number, with: Number(Int64(digits) ?? 0).grouped.replacingCommas))
    case .unknownState(let word, let at):
      return unknownState(word, at, written)
    case .notThatWay(let habit, let at):
      return habit.diagnostic(at, written)
    }
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
    return Diagnostic("E0112", message, at: .init(at, problem == .malformed ? form : ""))
  }

  private func unknownStage(
    _ name: String, _ at: Span, _ stage: Span, _ written: Rewriting
  ) -> Diagnostic {
    let known: [String: String] = [
      "filter": "where", "limit": "take", "head": "take", "project": "select", "extend": "derive",
      "mutate": "derive", "order": "sort", "orderby": "sort", "group": "summarize",
      "aggregate": "summarize", "unique": "distinct",
    ]
    let nearest = known[name] ?? Suggestion.nearest(to: name, among: Word.stages.map(\.rawValue))
    return Diagnostic(
      "E0117", "no stage '\(name)'",
      at: .init(at, nearest.map { "did you mean '\($0)'?" } ?? "stages are \(Word.stageList)"),
      help: nearest.map { written.line(replacing: at, with: $0) })
  }

  private func unknownState(_ word: String, _ at: Span, _ written: Rewriting) -> Diagnostic {
    let states = State.allCases.map(\.rawValue)
    if word == "null" || word == "nil" {
      return Diagnostic(
        "E0122", "there is no null; what is not reported is 'unknown'", at: .init(at),
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

extension SyntaxError.Habit {
  func diagnostic(_ at: Span, _ written: Rewriting) -> Diagnostic {
    func told(_ message: String, _ help: String? = nil) -> Diagnostic {
      Diagnostic("E0123", message, at: .init(at), help: help)
    }
    switch self {
    case .selectFirst:
      return told(
        "a query begins with its table; '\(written.sources.text(at))' is a stage", "figures")
    case .columnAs(let name, let value):
      let column = "\(written.sources.text(name)) = \(written.sources.text(value))"
      return told(
        "a column is named in front", written.line(replacing: value.joined(name), with: column))
    case .sortBy:
      return told("'sort' takes the field itself", written.line(removing: at))
    case .equalsInRecord:
      return told("a field is given with ':'", written.line(replacingWithBlank: at, with: ":"))
    case .selectHasNoGroups:
      return told("'select' has no groups; 'summarize' has")
    case .summarizeNeedsColumn:
      return told("'summarize' needs at least one column before 'by'")
    case .negatedOperator(let word):
      return told("'not' stands before the whole comparison: not a \(word.rawValue) b")
    case .between:
      return told("a range is written with '..': value in 200..900 people")
    case .unitBefore(let number, let unit):
      let right = "\(written.sources.text(number)) \(written.sources.text(unit))"
      return told(
        "the unit stands after the number",
        written.line(replacing: unit.joined(number), with: right))
    case .declaredWith(let word):
      return told(
        "a name is given with 'let', not '\(word)'", written.line(replacing: at, with: "let"))
    case .whereTakesOne:
      return told(
        "'where' takes one condition; join them with 'and'",
        written.line(replacing: at, with: " and"))
    }
  }
}

extension String {
  var trimmingBlanks: String { split(separator: " ").joined(separator: " ") }
  fileprivate var replacingCommas: String { String(map { $0 == "," ? "_" : $0 }) }
}
