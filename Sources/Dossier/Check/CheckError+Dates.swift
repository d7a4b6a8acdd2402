/// The words for what can be wrong with dates and units.
extension CheckError {
  func dateDiagnostic(in sources: SourceMap, _ written: Rewriting) -> Diagnostic {
    switch self {
    case .noCalendarStep(let unit, let isLiteral, let at):
      let help = unit == nil && isLiteral ? sources.text(at) + " days" : nil
      return Diagnostic(
        "E0330", "a date moves by days, weeks, months or years", at: .init(at, unit?.name ?? ""),
        help: help.map { written.line(replacing: at, with: $0) })
    case .noDate(let text, let at):
      return Diagnostic(
        "E0331", "'\(text)' is no date", at: .init(at, "dates are written 2024-12-17"))
    case .noOverlap(let type, let at):
      return Diagnostic(
        "E0332", "'overlaps' goes between dates and periods, not with \(type.phrase)",
        at: .init(at))
    case .noConversion(let source, let target, let note, let at, let other):
      return Diagnostic(
        "E0333", "\(source) can't be converted to \(target.name)", at: .init(other),
        secondary: .init(at, source), notes: [note].compactMap { $0 })
    case .unitTaken(let word, let reason, let at):
      return Diagnostic("E0334", "'\(word)' is \(reason)", at: .init(at))
    case .noRate(let reason, let at, let unit, let amount):
      return Diagnostic(
        "E0335", "'using' takes a figure whose value and also are in two currencies",
        at: .init(at, reason), secondary: .init(amount, unit))
    case .assumedLate(let hedge, let at, let query):
      return Diagnostic(
        "E0336", "'assume \(hedge.phrase)' stands before the first query", at: .init(at),
        secondary: .init(query, "the first query"))
    case .assumedTwice(let hedge, let at, let first):
      return Diagnostic(
        "E0337", "'\(hedge.phrase)' is assumed twice", at: .init(at),
        secondary: .init(first, "first here"))
    case .assumption(let hedge, let at):
      let example =
        hedge.bulk.map { "\(Number($0.low).plain)..\(Number($0.high).plain)" } ?? "10%"
      let wanted =
        hedge.bulk == nil ? "a percentage up to 100%" : "whole numbers without a unit, low to high"
      return Diagnostic(
        "E0338", "'assume \(hedge.phrase)' takes \(wanted)", at: .init(at),
        help: "assume \(hedge.phrase) = \(example)")
    case .familyMember(let measure, let reason, let at):
      return Diagnostic("E0339", "'\(measure)' \(reason)", at: .init(at))
    default: return rowsDiagnostic(written)
    }
  }
}
