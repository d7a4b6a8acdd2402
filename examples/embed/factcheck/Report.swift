import Foundation

/// What is told of a draft.
struct Report {
  let draft: Draft
  let judgements: [Judgement]

  /// Whether something in the draft is wrong by all that the dossier has.
  var isContradicted: Bool { judgements.contains { $0.verdict == .contradicted } }

  /// One block a claim, in the order of the draft, and a line that counts.
  var text: String {
    (judgements.map(text) + [summary]).joined(separator: "\n")
  }

  private func text(_ judgement: Judgement) -> String {
    let place = draft.place(of: judgement.claim.range.lowerBound)
    var lines = [
      "\(draft.name):\(place.line):\(place.column): \(judgement.verdict.rawValue): "
        + phrase(judgement)
    ]
    for ground in judgement.grounds {
      let isOther = ground.verdict != judgement.verdict
      lines.append(
        "  reported: \(ground.reported)\(isOther ? " [\(ground.verdict.rawValue)]" : "")")
      lines += ground.sources.map { "    \($0)" }
    }
    lines += judgement.remarks.map { "  note: \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }

  private var summary: String {
    let counts = Verdict.allCases.compactMap { verdict -> String? in
      let count = judgements.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    let total = "\(judgements.count) \(judgements.count == 1 ? "claim" : "claims")"
    return ([total] + (counts.isEmpty ? [] : [counts.joined(separator: ", ")]))
      .joined(separator: ": ") + "\n"
  }

  /// The words of the claim on one line.
  private func phrase(_ judgement: Judgement) -> String {
    draft.text[judgement.claim.range].split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: JSON

  private struct Entry: Encodable {
    let line: Int
    let column: Int
    let claim: String
    let reading: String?
    let verdict: Verdict
    let grounds: [Judgement.Ground]
    let remarks: [String]
  }

  /// The same as an array of objects.
  func json() throws -> String {
    let entries = judgements.map { judgement in
      let place = draft.place(of: judgement.claim.range.lowerBound)
      return Entry(
        line: place.line, column: place.column, claim: phrase(judgement),
        reading: judgement.reading, verdict: judgement.verdict, grounds: judgement.grounds,
        remarks: judgement.remarks)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(entries), as: UTF8.self) + "\n"
  }
}
