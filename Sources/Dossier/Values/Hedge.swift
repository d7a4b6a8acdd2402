/// The words that make a number uncertain.
///
/// No standard gives them a width. This table is Dossier's published reading (grammar.md prints
/// it); columns keep the hedge and the number, so that a reading can be changed.
enum Hedge: UInt8, Sendable, CaseIterable {
  case none, about, nearly, over, under, atLeast, atMost, upTo
  case dozens, hundreds, severalHundred, thousands, severalThousand, tensOfThousands

  /// As it is written before a number or a unit.
  var words: String {
    switch self {
    case .none: ""
    case .about: "about"
    case .nearly: "nearly"
    case .over: "over"
    case .under: "under"
    case .atLeast: "at least"
    case .atMost: "at most"
    case .upTo: "up to"
    case .dozens: "dozens of"
    case .hundreds: "hundreds of"
    case .severalHundred: "several hundred"
    case .thousands: "thousands of"
    case .severalThousand: "several thousand"
    case .tensOfThousands: "tens of thousands of"
    }
  }

  /// As `assume` writes it: without the `of` before a unit.
  var phrase: String {
    words.hasSuffix(" of") ? String(words.dropLast(3)) : words
  }

  /// Whether the words leave their width to the table: `over 10` says where it begins, `about 10`
  /// doesn't.
  var isAssumed: Bool { self == .about || self == .nearly || bulk != nil }

  /// The bounds of the words that stand without a number.
  var bulk: (low: Int64, high: Int64)? {
    switch self {
    case .dozens: (24, 99)
    case .hundreds, .severalHundred: (200, 999)
    case .thousands, .severalThousand: (2_000, 9_999)
    case .tensOfThousands: (20_000, 99_999)
    case .none, .about, .nearly, .over, .under, .atLeast, .atMost, .upTo: nil
    }
  }
}

/// Low, best and high of a quantity; nil is an open end, or that the words give no best value.
struct Bounds: Sendable, Hashable {
  var low: Number?
  var best: Number?
  var high: Number?

  /// The same number three times.
  static func exact(_ number: Number) -> Bounds { Bounds(low: number, best: number, high: number) }

  /// What is assumed of something not reported: a counted thing is not negative.
  static func unknown(counted: Bool) -> Bounds {
    Bounds(low: counted ? Number(0) : nil, best: nil, high: nil)
  }
}

extension Hedge {
  /// The bounds of the words before a number; nil if they don't fit into 64 bits.
  ///
  /// `about 10_000 people` is 9,000..11,000, best 10,000. Bounds of counted units are whole, not
  /// negative, and rounded outward.
  func bounds(of number: Number, counted: Bool, _ readings: Readings) -> Bounds? {
    let floor: Number? = counted ? Number(0) : nil
    switch self {
    case .none: return .exact(number)
    case .about, .nearly:
      return widened(number, by: readings.share(of: self), counted: counted)
    case .over:
      return Bounds(low: counted ? number.wholeAbove : number, best: nil, high: nil)
    case .under:
      return Bounds(low: floor, best: nil, high: counted ? number.wholeBelow : number)
    case .atLeast: return Bounds(low: number, best: nil, high: nil)
    case .atMost, .upTo: return Bounds(low: floor, best: nil, high: number)
    case .dozens, .hundreds, .severalHundred, .thousands, .severalThousand, .tensOfThousands:
      guard let (low, high) = readings.range(of: self) else { return nil }
      return Bounds(low: Number(low), best: nil, high: Number(high))
    }
  }

  /// A share of it to both sides for `about`, to the lower side for `nearly`.
  private func widened(_ number: Number, by share: Number, counted: Bool) -> Bounds? {
    let whole = Number.powers[share.scale]
    guard
      let less = number.times(Number(whole - share.coefficient, scale: share.scale))?.trimmed,
      let more = number.times(Number(whole + share.coefficient, scale: share.scale))?.trimmed
    else { return nil }
    let isNegative = number.coefficient < 0
    var low = isNegative ? more : less
    var high = isNegative ? less : more
    if counted { (low, high) = (low.roundedDown, high.roundedUp) }
    return self == .about
      ? Bounds(low: low, best: number, high: high) : Bounds(low: low, best: nil, high: number)
  }
}

extension Number {
  /// The greatest whole number not above.
  var roundedDown: Number {
    let power = Number.powers[scale]
    let (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: power)
    return Number(rest < 0 ? quotient - 1 : quotient)
  }

  /// The smallest whole number not below.
  var roundedUp: Number {
    let power = Number.powers[scale]
    let (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: power)
    return Number(rest > 0 ? quotient + 1 : quotient)
  }

  /// The smallest whole number above.
  var wholeAbove: Number? {
    let (sum, overflow) = roundedDown.coefficient.addingReportingOverflow(1)
    return overflow ? nil : Number(sum)
  }

  /// The greatest whole number below.
  var wholeBelow: Number? {
    let (difference, overflow) = roundedUp.coefficient.subtractingReportingOverflow(1)
    return overflow ? nil : Number(difference)
  }
}
