extension CheckError {
  /// That two types don't go together: beside a sign, or as values of one thing.
  ///
  /// - Parameter place: a sign, `if`, `??`, `a column`, `a list`.
  func mismatch(_ place: String, _ a: Type, _ b: Type) -> String {
    let owner: String
    switch place {
    case "a column", "a list": owner = "\(place) has"
    case "if": owner = "the branches of 'if' have"
    case "??": owner = "the sides of '??' have"
    default: return "'\(place)' doesn't go between \(a.phrase) and \(b.phrase)"
    }
    return "\(owner) one type, not \(a.phrase) and \(b.phrase)"
  }
}
