/// What can be wrong with a text before any name is looked up.
///
/// Each case shows a program that causes it.
enum SyntaxError: Error, Sendable, Hashable {
  /// `figures ; §`
  case strayCharacter(Unicode.Scalar, at: Span)
  /// A zero byte anywhere.
  case strayNUL(at: Span)
  /// A byte that is no UTF-8.
  case invalidUTF8(at: Span)
  /// A control that makes text look other than it is.
  case bidiControl(Unicode.Scalar, at: Span)
  /// `where measure == "killed`
  case unterminatedText(at: Span)
  /// `` select `Event Date ``
  case unterminatedName(at: Span)
  /// `"\q"`
  case unknownEscape(at: Span)
  /// `'killed'`
  case wrongQuotes(content: String?, at: Span)
  /// `a && b`
  case otherLanguage(written: String, here: String, at: Span)
  /// `12abc`
  case malformedNumber(at: Span)
  /// `99_999_999_999_999_999_999`
  case numberTooLarge(at: Span)
  /// `@2024-3`, `@2024-02-30`
  case badDate(EDTF.Problem, at: Span)
  /// `early @2024`
  case partOfNoMonth(MonthPart, at: Span)
  /// `where )`
  case expected(Expectation, found: String, at: Span)
  /// `(figures`
  case unclosed(Character, opened: Span, at: Span)
  /// 251 brackets in each other
  case tooDeep(limit: Int, at: Span)
  /// A text of 20 kB, where the host allows 10 kB
  case literalTooLong(limit: Int, at: Span)
  /// `figures | filter true`
  case unknownStage(String, at: Span, Mending?)
  /// `figures where value is known`
  case missingPipe(stage: Word, at: Span)
  /// `where measure = "killed"`
  case assignment(at: Span)
  /// `value > 9,500 people`
  case thousandsSeparator(written: Span, at: Span)
  /// `value is null`
  case unknownState(String, at: Span)
  /// `select value as v`, `1 < x < 2` and whatever else is written otherwise elsewhere
  case habit(Habit, at: Span, Mending?)

  /// A kind of thing that was awaited.
  enum Expectation: Sendable, Hashable {
    case value, name, stage, statementEnd, identifier, fieldName, comma(in: Character)
    case sign(String), type, unit, label, table, phrase, path
    case stageEnd
  }

  var span: Span {
    switch self {
    case .strayCharacter(_, let at), .strayNUL(let at), .invalidUTF8(let at),
      .bidiControl(_, let at),
      .unterminatedText(let at), .unterminatedName(let at), .unknownEscape(let at),
      .wrongQuotes(_, let at), .otherLanguage(_, _, let at), .malformedNumber(let at),
      .numberTooLarge(let at), .badDate(_, let at), .partOfNoMonth(_, let at),
      .expected(_, _, let at), .unclosed(_, _, let at), .tooDeep(_, let at),
      .literalTooLong(_, let at),
      .unknownStage(_, let at, _), .missingPipe(_, let at), .assignment(let at),
      .thousandsSeparator(_, let at), .unknownState(_, let at), .habit(_, let at, _):
      at
    }
  }
}
