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
    default: return rowsDiagnostic(written)
    }
  }
}
