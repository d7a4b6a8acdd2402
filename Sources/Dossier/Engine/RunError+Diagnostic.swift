extension RunError {
  /// The words for people.
  func diagnostic(in sources: SourceMap) -> Diagnostic {
    let written = Rewriting(sources: sources)
    switch cause {
    case .overflow:
      return Diagnostic("E0401", "a result of this doesn't fit into 64 bits", at: .init(span))
    case .unitsMixed(let units, let filter):
      let stage = filter.map { "| where \($0) == \"\(units.first ?? "")\" " }
      return Diagnostic(
        "E0402", "values in \(units.joined(separator: ", ")) can't be put together",
        at: .init(span),
        help: stage.flatMap { written.line(insertingStage: $0, before: span) })
    case .wrongUnit(let needed, let found):
      return Diagnostic(
        "E0403", "this needs \(needed) in every row", at: .init(span),
        notes: ["units: " + found.joined(separator: ", ")])
    case .ambiguousName(let name, let kind, let ids):
      return Diagnostic(
        "E0404", "'\(name)' names more than one \(kind.word)", at: .init(span),
        notes: ["ids: " + ids.joined(separator: ", ")])
    case .repeated(let figure, let times, let isAlone):
      return Diagnostic(
        "E0431",
        isAlone
          ? "this would add the same figure \(times) times"
          : "this would add \(times) values that rest on the same figure",
        at: .init(span), notes: [figure])
    case .periodsDiffer(let figures, let help):
      return Diagnostic(
        "E0436", "rates can only be added if they are stated for the same period",
        at: .init(span, "\(figures.count) figures"), notes: [shown(figures)],
        help: help.map(written.line))
    case .notDisjoint(let figures, let help):
      return Diagnostic(
        "E0430",
        "these can't be added: they may count the same things twice, or are different things",
        at: .init(span, "\(figures.count) figures"), notes: [shown(figures)],
        help: help.map(written.line))
    case .negativeShare:
      return Diagnostic(
        "E0426", "a part of a whole can't be less than nothing", at: .init(span),
        notes: ["a group's sum is below 0, or may be"])
    case .reconcile(let error, let places):
      return error.diagnostic(places, at: span, written)
    case .dateBeyond:
      return Diagnostic("E0410", "a date of this leaves the years 0000 to 9999", at: .init(span))
    case .noSuchDay:
      return Diagnostic("E0411", "there is no such day", at: .init(span))
    case .noDate(let text):
      return Diagnostic(
        "E0412", "'\(text)' is no date", at: .init(span, "dates are written 2024-12-17"))
    case .told(let diagnostic): return diagnostic
    case .sourceChanged:
      return Diagnostic("E0521", "the file goes on changing while it is read", at: .init(span))
    case .hostCall(let name, let problem): return problem.diagnostic(of: name, at: span)
    case .limit(let name, let value):
      return Diagnostic("E0601", "the limit of \(value) \(name) is reached", at: .init(span))
    case .cancelled:
      return Diagnostic("E0690", "cancelled", at: .init(span))
    }
  }
}

extension HostProblem {
  fileprivate func diagnostic(of name: String, at span: Span) -> Diagnostic {
    switch self {
    case .thrown(let words):
      Diagnostic("E0731", "the host's function '\(name)' failed: \(words)", at: .init(span))
    case .wrongResult(let expected, let found):
      Diagnostic(
        "E0732", "the host's function '\(name)' gave \(found), not \(expected)", at: .init(span))
    case .range(let text):
      Diagnostic(
        "E0734", "the host's function '\(name)' takes numbers, and this is \(text) in a row",
        at: .init(span))
    case .tooDeep:
      Diagnostic(
        "E0733", "the host's functions call each other more than \(HostCalls.deepest) deep",
        at: .init(span))
    }
  }
}

/// The first of some figures, and how many more there are.
private func shown(_ figures: [String]) -> String {
  let more = figures.count > 4 ? " · and \(figures.count - 4) more" : ""
  return figures.prefix(4).joined(separator: " · ") + more
}

extension Rewriting {
  /// The line with a stage put in before the one that holds a span.
  fileprivate func line(insertingStage stage: String, before span: Span) -> String? {
    let source = sources.text(of: span)
    let line = source.line(around: Int(span.start))
    var index = Int(span.start)
    while index > line.lowerBound, source.byte(at: index - 1) != UInt8(ascii: "|") { index -= 1 }
    guard index > line.lowerBound else { return nil }
    return self.line(replacing: Span(index - 1, index - 1), with: stage)
  }
}
