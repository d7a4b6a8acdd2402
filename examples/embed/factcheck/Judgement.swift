import Dossier

/// The verdict on a claim with what it stands on.
struct Judgement {
  /// What the dossier has beside the claim.
  struct Ground: Encodable {
    let id: String
    /// In words: `43,000 people killed, Ukrainian army`.
    let reported: String
    let verdict: Verdict
    let sources: [String]
  }

  let claim: Claim
  /// The claim as the language reads it.
  let reading: String?
  let verdict: Verdict
  let grounds: [Ground]
  /// What else is to be told.
  let remarks: [String]
}
