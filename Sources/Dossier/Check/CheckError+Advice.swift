/// A mistake with a column of texts that could be numbers or dates says how to open its file.
extension CheckError {
  /// The same, with what is known of the columns that it is about.
  func advised(_ advice: [Span: FieldAdvice]) -> CheckError {
    if advice.isEmpty { return self }
    func about(_ spans: Span..., wanted: Type) -> CheckError {
      for span in spans {
        if let found = advice[span], wanted.takes(found.result) { return .advised(self, found) }
      }
      return self
    }
    switch self {
    case .inCall(let error, let function, let span):
      return .inCall(error.advised(advice), function: function, at: span)
    case .typesDiffer(_, let a, let at, let b, let other):
      return a == .text ? about(at, wanted: b) : about(other, wanted: a)
    case .expectedType(let wanted, .text, let at):
      // Of a truth neither could be made.
      let isNumber = wanted.hasPrefix("a number")
      return isNumber || wanted.hasPrefix("a date")
        ? about(at, wanted: isNumber ? .number : .date) : self
    case .cantContain(.text, let element, let type, _): return about(element, wanted: type)
    case .noOperation(_, .text, let at, _): return about(at, wanted: .number)
    case .argumentType(_, _, let at, _): return about(at, wanted: .unknown)
    case .wrongArguments(let function, _, let at):
      let wanted = Checker.dateFunctions.contains(function) ? Type.date : .number
      let inside = advice.keys.filter { at.start <= $0.start && $0.end <= at.end }
      let first = inside.min { $0.start < $1.start }
      return first.map { about($0, wanted: wanted) } ?? self
    default: return self
    }
  }
}

extension Type {
  /// Whether numbers or dates go with values of the type.
  fileprivate func takes(_ result: FieldAdvice.Result) -> Bool {
    switch self {
    case .quantity(.one(let unit?), _):
      // So much is added to dates, too.
      result == .numbers || ["days", "weeks", "months", "years"].contains(unit.name)
    case .quantity: result == .numbers
    case .date, .period: result == .dates
    case .unknown: true
    default: false
    }
  }
}

extension Diagnostic {
  /// The same, with the help that makes numbers or dates of a column.
  func advised(_ advice: FieldAdvice, _ written: Rewriting) -> Diagnostic {
    let other = advice.other.map { ["it could be \($0), too"] } ?? []
    return Diagnostic(
      code, message, at: primary, secondary: secondary, notes: notes + [advice.reason] + other,
      help: advice.place.map { written.line(replacing: $0, with: advice.call) } ?? help)
  }
}
