/// A field that nobody has, in a comparison: `events | where subject in "Russia"` proposes none that
/// can't be compared so.
extension Checker {
  /// Where the nearest field can't stand at the left of a comparison, leaves only those that can.
  mutating func narrowSuggestion(
    at left: Span, _ sign: Comparison, _ right: Meaning, _ rows: RowScope
  ) {
    guard case .unknownField(let name, let table, let fields, let at) = errors.last, at == left,
      fields == rows.fields.map(\.name), let nearest = Suggestion.nearest(to: name, among: fields)
    else { return }
    let fitting = rows.fields.filter { $0.type.fits(sign, right) }.map(\.name)
    guard !fitting.isEmpty, !fitting.contains(nearest) else { return }
    errors[errors.count - 1] = .unknownField(name, in: table, fields: fitting, at: at)
  }
}

extension Type {
  /// Whether a value of the type may stand at the left of a comparison.
  fileprivate func fits(_ sign: Comparison, _ right: Meaning) -> Bool {
    // A list compares through its elements.
    if case .list(let element) = self { return element.fits(sign, right) }
    if self == .unknown { return true }
    switch sign {
    case .has, .like: return self == .text
    case .overlaps: return self == .date || self == .period
    case .in:
      guard case .list(let elements) = right.literal else { return isWithin(right.type) }
      return elements.allSatisfy { self == .text && $0.type == .text || isWithin($0.type) }
    case .equal, .notEqual: return isComparable(right.type)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return isComparable(right.type) && (isNumeric || self == .date || self == .text)
    case .same: return true
    }
  }

  private func isWithin(_ whole: Type) -> Bool {
    switch (self, whole) {
    case (.reference, .text), (.date, .period), (_, .unknown): true
    case (_, .list(let element)): isComparable(element)
    default: self != .text && isComparable(whole)
    }
  }

  private func isComparable(_ other: Type) -> Bool {
    switch (self, other) {
    case (.reference, .text), (_, .unknown): true
    default: self == other || (isNumeric && other.isNumeric)
    }
  }
}
