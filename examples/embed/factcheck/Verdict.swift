import Dossier

/// What the dossier says of a claim.
enum Verdict: String, Encodable, CaseIterable {
  case supported
  case vaguer = "vaguer than the source"
  case exacter = "more exact than the source"
  case undecided
  case disputed = "contradicted by some"
  case contradicted
  case notReported = "not reported"
  case notFound = "not in the dossier"

  /// Of a figure that counts the same, more or less than the claim does.
  init(_ figure: Questions.ComparedFigure, _ relation: Measures.Relation) {
    self =
      switch relation {
      case _ where figure.value == nil: .notReported
      case .same where figure.equal == .false: .contradicted
      case .same where figure.vaguer == .true:
        figure.exacter == .true || figure.equal == .true ? .supported : .vaguer
      case .same where figure.exacter == .true: .exacter
      case .wider where figure.more == .true: .contradicted
      case .wider: .exacter
      case .narrower where figure.less == .true: .contradicted
      case .same, .narrower: .undecided
      }
  }

  init(_ event: Questions.ComparedEvent) {
    self =
      switch (event.within, event.around) {
      case (.false, _): .contradicted
      case (.true, .true): .supported
      case (.true, _): .vaguer
      case (_, .true): .exacter
      default: .undecided
      }
  }

  /// Of several claims the best, unless they contradict each other about it.
  init(ofAll verdicts: [Verdict]) {
    let known = verdicts.filter { $0 != .notReported }
    if known.contains(.contradicted) {
      self = known.allSatisfy { $0 == .contradicted } ? .contradicted : .disputed
    } else {
      let best = Verdict.allCases.first { known.contains($0) }
      self = best ?? (verdicts.isEmpty ? .notFound : .notReported)
    }
  }
}
