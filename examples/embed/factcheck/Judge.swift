import Dossier

/// Holds the claims of a draft against a dossier.
struct Judge {
  let questions: Questions

  func judgement(of claim: Claim) throws -> Judgement {
    switch claim.content {
    case .amount(let amount): try judgement(of: claim, amount)
    case .date(let date): try judgement(of: claim, date)
    }
  }

  // MARK: Amounts

  private func judgement(of claim: Claim, _ amount: Amount) throws -> Judgement {
    guard let candidates = try candidates(for: claim, amount) else {
      return Judgement(claim, remarks: try nearby(claim, amount))
    }
    let reading = amount.quantity(in: candidates.unit)
    do {
      let answer = try questions.compare(
        candidates.ids, with: reading, saidBy: claim.speaker?.id)
      return try judgement(of: claim, reading, by: answer, candidates.measures)
    } catch let failure as Failure {
      // What isn't a quantity: bounds the wrong way round, a number too large.
      return Judgement(claim, reading, remarks: failure.diagnostics.map(\.message))
    }
  }

  private func judgement(
    of claim: Claim, _ reading: String, by answer: Answer, _ measures: Set<String>
  ) throws -> Judgement {
    let figures = try answer.decode([Questions.ComparedFigure].self)
    let found = zip(answer.rows, figures).compactMap { row, figure in
      Measures.relation(of: figure.measure, to: measures).map {
        (
          figure: figure, relation: $0,
          ground: Judgement.Ground(
            id: figure.id, reported: figure.words, verdict: Verdict(figure, $0),
            sources: answer.citations(of: row))
        )
      }
    }
    let said = found.filter { $0.figure.isSaid == .true }
    let heard = said.isEmpty ? found : said
    let same = heard.filter { $0.relation == .same && $0.ground.verdict != .notReported }
    var remarks = answer.notes.filter { $0.contains("' read as ") }
    if let speaker = claim.speaker, said.isEmpty {
      remarks.append("the dossier has nothing of the kind from \(speaker.name)")
    }
    return Judgement(
      claim: claim, reading: reading,
      verdict: Verdict(ofAll: (same.isEmpty ? heard : same).map(\.ground.verdict)),
      grounds: found.map(\.ground), remarks: remarks)
  }

  /// Figures that may be what a claim is about, all in one unit.
  private struct Candidates {
    let ids: [String]
    let unit: String
    let measures: Set<String>
  }

  /// The figures of the nearest actor that has some: its own, else those of what it is a part of.
  private func candidates(for claim: Claim, _ amount: Amount) throws -> Candidates? {
    for measures in claim.measures {
      for actor in claim.actors {
        let figures = try questions.figures(of: actor.id).filter {
          (amount.unit == nil || $0.unit == amount.unit)
            && Measures.relation(of: $0.measure ?? "", to: measures) != nil
        }
        let own = figures.filter { $0.isOwn == .true }
        let kept = own.isEmpty ? figures : own
        guard let unit = kept.lazy.compactMap(\.unit).first else { continue }
        return Candidates(
          ids: kept.filter { $0.unit == unit }.map(\.id), unit: unit, measures: measures)
      }
    }
    return nil
  }

  /// Other figures of the actors in the same unit, for people who look further.
  private func nearby(_ claim: Claim, _ amount: Amount) throws -> [String] {
    guard let unit = amount.unit else { return [] }
    let figures = try claim.actors.flatMap { try questions.figures(of: $0.id) }
    let measures = Set(figures.filter { $0.unit == unit }.compactMap(\.measure)).sorted()
    return measures.isEmpty ? [] : ["in \(unit) it has: \(measures.joined(separator: ", "))"]
  }

  // MARK: Dates

  private func judgement(of claim: Claim, _ date: DateReader.Date) throws -> Judgement {
    let events = try events(for: claim)
    guard !events.isEmpty else { return Judgement(claim, remarks: []) }
    let answer: Answer
    do {
      answer = try questions.compare(events.map(\.id), with: date.literal)
    } catch let failure as Failure {
      return Judgement(claim, date.literal, remarks: failure.diagnostics.map(\.message))
    }
    let grounds = zip(answer.rows, try answer.decode([Questions.ComparedEvent].self)).map {
      row, event in
      Judgement.Ground(
        id: event.id, reported: event.words, verdict: Verdict(event),
        sources: answer.citations(of: row))
    }
    return Judgement(
      claim: claim, reading: date.literal, verdict: Verdict(ofAll: grounds.map(\.verdict)),
      grounds: grounds, remarks: answer.notes.filter { $0.contains("' read as ") })
  }

  /// The events that share the most words with what stands around the date: three, and not only
  /// names.
  private func events(for claim: Claim) throws -> [Questions.Event] {
    let actors = claim.actors + [claim.speaker].compactMap { $0 }
    let names = actors.reduce(into: Set<String>()) { $0.formUnion(Topics.of($1.name)) }
    let scored = try questions.events().map { event in
      let shared = Topics.of("\(event.title) \(event.type ?? "")").intersection(claim.topics)
      return (event, score: shared.isSubset(of: names) ? 0 : shared.count)
    }
    guard let most = scored.map(\.score).max(), most > 2 else { return [] }
    return scored.filter { $0.score == most }.map(\.0)
  }
}

extension Judgement {
  /// Of a claim that the dossier has nothing about.
  init(_ claim: Claim, _ reading: String? = nil, remarks: [String]) {
    self.init(claim: claim, reading: reading, verdict: .notFound, grounds: [], remarks: remarks)
  }
}

extension Questions.ComparedFigure {
  fileprivate var words: String {
    let value = value?.text ?? "unknown\(reason.map { " (\($0))" } ?? "")"
    return "\(value) \(measure)\(subject.map { ", \($0)" } ?? "")"
  }
}

extension Questions.ComparedEvent {
  fileprivate var words: String {
    "\(written), \(title)\(status == "happened" ? "" : " (\(status))")"
  }
}
