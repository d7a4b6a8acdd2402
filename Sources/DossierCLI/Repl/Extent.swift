/// How much of an answer is shown, in rows or in columns.
enum Extent: Equatable {
  /// What suits the place that it is shown at.
  case automatic
  /// All of it.
  case whole
  case most(Int)

  static let words = ["all", "auto"]

  /// `20`, `all` or `auto`; nil for any other text.
  init?(_ text: String) {
    switch text {
    case "auto": self = .automatic
    case "all": self = .whole
    default:
      guard let count = Int(text), count > 0 else { return nil }
      self = .most(count)
    }
  }

  /// The number; nil for no limit.
  func limit(automatic: Int?) -> Int? {
    switch self {
    case .automatic: automatic
    case .whole: nil
    case .most(let count): count
    }
  }
}

extension Extent: CustomStringConvertible {
  var description: String {
    switch self {
    case .automatic: "auto"
    case .whole: "all"
    case .most(let count): "\(count)"
    }
  }
}
