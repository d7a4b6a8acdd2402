/// One named unit, such as people, day or USD.
struct BaseUnit: Hashable, Sendable {
  /// What results print: `people`, `days`, `USD`.
  let plural: String
  /// What stands below a fraction bar: `person`, `day`, `USD`.
  let singular: String
  /// Whether it counts whole things, so that bounds are whole and not negative.
  let isCounted: Bool

  init(_ plural: String, _ singular: String? = nil, counted: Bool = false) {
    self.plural = plural
    self.singular = singular ?? plural
    self.isCounted = counted
  }
}

/// A unit of measurement: base units multiplied, over base units that divide.
///
/// `people/day` has `people` over `day`. A plain number has no unit (nil), not an empty one.
public struct Unit: Hashable, Sendable {
  let over: [BaseUnit]
  let under: [BaseUnit]

  init(over: [BaseUnit], under: [BaseUnit] = []) {
    self.over = over.sorted { $0.plural < $1.plural }
    self.under = under.sorted { $0.plural < $1.plural }
  }

  /// As results print it: `people`, `people/day`, `%`.
  public var name: String {
    let top = over.isEmpty ? "1" : over.map(\.plural).joined(separator: "*")
    return under.isEmpty ? top : top + "/" + under.map(\.singular).joined(separator: "/")
  }

  /// `%`, which multiplies and compares as a hundredth.
  static let percent = Unit(over: [Unit.percentBase])
  private static let percentBase = BaseUnit("%")

  /// What parts two dates.
  static let days = Unit(over: [BaseUnit("days", "day")])

  var isPercent: Bool { self == Unit.percent }

  /// Whether bounds are whole and not negative.
  var isCounted: Bool { under.isEmpty && over.count == 1 && over[0].isCounted }

  /// What multiplying gives: the factors of both, equal ones above and below cancelled.
  static func product(_ a: Unit?, _ b: Unit?) -> Unit? {
    Unit.cancelled(
      over: (a?.over ?? []) + (b?.over ?? []), under: (a?.under ?? []) + (b?.under ?? []))
  }

  /// What dividing gives.
  static func quotient(_ a: Unit?, _ b: Unit?) -> Unit? {
    Unit.cancelled(
      over: (a?.over ?? []) + (b?.under ?? []), under: (a?.under ?? []) + (b?.over ?? []))
  }

  private static func cancelled(over: [BaseUnit], under: [BaseUnit]) -> Unit? {
    var over = over
    var left: [BaseUnit] = []
    for factor in under {
      if let index = over.firstIndex(of: factor) {
        over.remove(at: index)
      } else {
        left.append(factor)
      }
    }
    return over.isEmpty && left.isEmpty ? nil : Unit(over: over, under: left)
  }
}

extension Unit {
  /// The unit of a written word, as in `people`, `person`, `USD`; nil if there is none.
  static func base(named word: String) -> BaseUnit? {
    switch word {
    case "people", "person": return BaseUnit("people", "person", counted: true)
    case "%": return percentBase
    case "km", "km2": return BaseUnit(word)
    default: break
    }
    for singular in measured {
      if word == singular { return BaseUnit(singular + "s", singular) }
      if word.utf8.count == singular.utf8.count + 1, word.hasPrefix(singular), word.hasSuffix("s") {
        return BaseUnit(word, singular)
      }
    }
    return isCurrency(word) ? BaseUnit(word) : nil
  }

  /// The currency, of a unit that is one alone.
  var money: BaseUnit? {
    guard under.isEmpty, over.count == 1, over[0].isMoney else { return nil }
    return over[0]
  }

  /// Whether a word stands in the list of currencies, whose codes lie four bytes apart.
  fileprivate static func isCurrency(_ word: String) -> Bool {
    guard word.utf8.count == 3 else { return false }
    return currencies.withUTF8Buffer { codes in
      stride(from: 0, to: codes.count, by: 4).contains { start in
        codes[start..<min(start + 3, codes.count)].elementsEqual(word.utf8)
      }
    }
  }

  /// The unit of a written word or of `word/word`.
  static func named(_ over: String, per under: String?) -> Unit? {
    guard let top = base(named: over) else { return nil }
    guard let under else { return Unit(over: [top]) }
    guard let bottom = base(named: under) else { return nil }
    return Unit(over: [top], under: [bottom])
  }

  /// Every word that names a unit, for suggestions and completion; currencies last.
  static var words: [String] {
    let codes = currencies.description.split(separator: " ").map(String.init)
    return ["%", "people", "person", "km", "km2"] + measured.map { $0 + "s" } + measured + codes
  }

  private static let measured = [
    "second", "minute", "hour", "day", "week", "month", "year", "tonne", "barrel",
  ]

  /// ISO 4217, active codes.
  private static let currencies: StaticString =
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP \
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP \
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES \
    VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
}

extension BaseUnit {
  var isMoney: Bool { Unit.isCurrency(plural) }
}
