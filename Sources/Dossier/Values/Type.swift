/// The kinds of thing that a dossier declares, each with a table of its own.
enum EntityKind: Int, CaseIterable, Sendable {
  case source, actor, place, event, figure

  /// `actor`: the word of the declaration.
  var word: String {
    switch self {
    case .source: "source"
    case .actor: "actor"
    case .place: "place"
    case .event: "event"
    case .figure: "figure"
    }
  }

  /// `actors`: the name of the table.
  var table: String {
    switch self {
    case .source: "sources"
    case .actor: "actors"
    case .place: "places"
    case .event: "events"
    case .figure: "figures"
    }
  }

  /// With its article, for messages.
  var phrase: String { (self == .actor || self == .event ? "an " : "a ") + word }
}

/// What a value is, as far as it is known before the run.
indirect enum Type: Hashable, Sendable {
  /// What the unit of a quantity is known to be.
  enum UnitType: Hashable, Sendable {
    /// The same in every row; nil is a plain number.
    case one(Unit?)
    /// Found in each row.
    case mixed
  }

  case truth
  /// A number, or a quantity; `exact` if it can't be a range.
  case quantity(UnitType, exact: Bool)
  case text, date, period
  case reference(EntityKind)
  case list(Type)
  /// `unknown` without a type of its own, and what a mistake leaves behind.
  case unknown

  static let number = Type.quantity(.one(nil), exact: true)

  /// As messages and `.schema` say it.
  var name: String {
    switch self {
    case .truth: "truth"
    case .quantity(.one(nil), exact: true): "number"
    case .quantity(.one(nil), exact: false): "range"
    case .quantity(.one(let unit?), _): "quantity in \(unit.name)"
    case .quantity(.mixed, _): "quantity"
    case .text: "text"
    case .date: "date"
    case .period: "period"
    case .reference(let kind): kind.word
    case .list(let element): "[\(element.name)]"
    case .unknown: "unknown"
    }
  }

  /// With its article, for messages.
  var phrase: String {
    switch self {
    case .list(.quantity(.one(nil), _)): "a list of numbers"
    case .list(.quantity): "a list of quantities"
    case .list(.unknown): "an empty list"
    case .list(let element): "a list of \(element.name)s"
    case .reference(let kind): kind.phrase
    case .unknown: "unknown"
    default: "a " + name
    }
  }

  var isNumeric: Bool { if case .quantity = self { true } else { false } }
}
