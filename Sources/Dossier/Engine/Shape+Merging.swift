/// What holds the values of two columns: of one field in two tables, or of both sides of a key.
extension Shape {
  /// Wide enough for both; nil if their types differ.
  func merged(with other: Shape) -> Shape? {
    switch (self, other) {
    case (
      .truth(let known, let aside, let none), .truth(let otherKnown, let otherAside, let absent)
    ):
      return .truth(
        hasKnown: known || otherKnown, hasAside: aside || otherAside, hasNone: none || absent)
    case (
      .quantity(let kind, let isExact, let units, let known, let written, let none),
      .quantity(let other, let isOtherExact, let others, let otherKnown, let words, let absent)
    ):
      guard let all = units.merged(with: others) else { return nil }
      return .quantity(
        kind: kind.merged(with: other), isExact: isExact && isOtherExact, units: all,
        hasKnown: known || otherKnown, written: Shape.merged(written, words),
        hasNone: none || absent)
    case (.text(let texts), .text(let others)): return .text(texts.merged(with: others))
    case (
      .date(let isExact, let known, let written, let none),
      .date(let isOtherExact, let otherKnown, let words, let absent)
    ):
      return .date(
        isExact: isExact && isOtherExact, hasKnown: known || otherKnown,
        written: Shape.merged(written, words), hasNone: none || absent)
    case (.period(let known, let written, let none), .period(let otherKnown, let words, let absent)):
      return .period(
        hasKnown: known || otherKnown, written: Shape.merged(written, words),
        hasNone: none || absent)
    case (.reference(let kind), .reference(let other)) where kind == other: return self
    case (.list(let element, let known), .list(let other, let otherKnown)):
      return element.merged(with: other).map { .list($0, hasKnown: known || otherKnown) }
    default: return nil
    }
  }

  /// The same for values that may not be reported, or not apply.
  func withAbsent(unknown: Bool, none: Bool) -> Shape {
    switch self {
    case .truth(let known, let aside, let absent):
      return .truth(hasKnown: known || unknown, hasAside: aside, hasNone: absent || none)
    case .quantity(let kind, let isExact, var units, let known, let written, let absent):
      // What isn't reported has no unit.
      if unknown, case .each(let each) = units, !each.contains(nil) { units = .each(each + [nil]) }
      return .quantity(
        kind: kind, isExact: isExact, units: units, hasKnown: known || unknown, written: written,
        hasNone: absent || none)
    case .date(let isExact, let known, let written, let absent):
      return .date(
        isExact: isExact, hasKnown: known || unknown, written: written, hasNone: absent || none)
    case .period(let known, let written, let absent):
      return .period(hasKnown: known || unknown, written: written, hasNone: absent || none)
    case .list(let element, let known): return .list(element, hasKnown: known || unknown)
    case .text, .reference, .missing: return self
    }
  }

  private static func merged(_ a: KnownTexts?, _ b: KnownTexts?) -> KnownTexts? {
    guard let a, let b else { return a ?? b }
    return a.merged(with: b)
  }
}

extension NumberKind {
  /// Exact as long as both are.
  func merged(with other: NumberKind) -> NumberKind {
    guard case .decimal(let scale) = self, case .decimal(let second) = other else { return .double }
    return .decimal(scale: max(scale, second))
  }
}

extension Shape.Units {
  /// Those of both, in their order; nil for plain numbers beside quantities.
  fileprivate func merged(with other: Shape.Units) -> Shape.Units? {
    switch (self, other) {
    case (.one(let unit), .one(let second)):
      if unit == second { return self }
      return unit == nil || second == nil ? nil : .each([unit, second])
    case (.each(let units), .one(let unit)): return Shape.Units.merged(units, [unit])
    case (.one(let unit), .each(let units)): return Shape.Units.merged([unit], units)
    case (.each(let units), .each(let others)): return Shape.Units.merged(units, others)
    }
  }

  private static func merged(_ units: [Unit?], _ others: [Unit?]) -> Shape.Units {
    .each(units + others.filter { !units.contains($0) })
  }
}

extension KnownTexts {
  /// One dictionary as long as there is one.
  fileprivate func merged(with other: KnownTexts) -> KnownTexts {
    guard let first = dictionary, let second = other.dictionary else { return .later }
    if first === second || second.count == 0 { return self }
    return first.count == 0 ? other : .later
  }
}
