/// A truth value of Kleene's three-valued logic.
///
/// `maybe` stands between false and true: `and` is the smaller, `or` the greater of two
/// (S. C. Kleene, *Introduction to Metamathematics*, 1952, § 64).
public enum Truth: UInt8, Sendable, CaseIterable {
  case `false`, maybe, `true`

  /// `true`, `false` or `maybe`, as the language writes it.
  public var description: String {
    switch self {
    case .true: "true"
    case .false: "false"
    case .maybe: "maybe"
    }
  }

  /// A truth from what is certain and what is possible.
  init(certain: Bool, possible: Bool) {
    self = certain ? .true : possible ? .maybe : .false
  }

  /// The greater of two: `or`.
  func or(_ other: Truth) -> Truth { rawValue > other.rawValue ? self : other }
}
