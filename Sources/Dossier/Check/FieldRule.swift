/// The fields that a declaration may have: name, type, and what is taken if one is left out.
struct FieldRule: Sendable {
  enum Absence: Sendable { case unknown, none, error }

  let name: String
  let type: Type
  let absence: Absence
  /// Whether the table shows it without being asked.
  let isShown: Bool
  /// The only texts that it may hold, if there is such a list.
  let vocabulary: [String]

  private init(
    _ name: String, _ type: Type, _ absence: Absence, shown: Bool, vocabulary: [String] = []
  ) {
    self.name = name
    self.type = type
    self.absence = absence
    self.isShown = shown
    self.vocabulary = vocabulary
  }

  private static func hidden(_ name: String, _ type: Type, _ absence: Absence = .unknown) -> Self {
    FieldRule(name, type, absence, shown: false)
  }

  private static func shown(
    _ name: String, _ type: Type, _ absence: Absence = .unknown, _ vocabulary: [String] = []
  ) -> Self {
    FieldRule(name, type, absence, shown: true, vocabulary: vocabulary)
  }

  private static let actors = Type.list(.reference(.actor))
  private static let quantity = Type.quantity(.mixed, exact: false)

  static let statuses = [
    "happened", "ongoing", "planned", "expected", "promised", "doubted", "cancelled",
    "not happened", "unknown",
  ]
  static let reasons = ["declined", "not known", "not given"]
  static let actorTypes = ["state", "person", "armed force", "institution", "official", "group"]

  /// The fields of a kind after `id` and the label, in the order of its table.
  static func rules(for kind: EntityKind) -> [FieldRule] {
    switch kind {
    case .source: sources
    case .actor: actor
    case .place: place
    case .event: events
    case .figure: figures
    }
  }

  /// What the text behind the id is called.
  static func label(of kind: EntityKind) -> String {
    kind == .actor || kind == .place ? "name" : "title"
  }

  /// The fields of a kind's table.
  static func fields(of kind: EntityKind, _ columns: [Column]) -> [Field] {
    let rules = rules(for: kind)
    return columns.enumerated().map { index, column in
      let shape = column.shape
      guard index > 1 else {
        let name = index == 0 ? "id" : label(of: kind)
        return Field(
          name: name, source: .column(index), shape: shape, isShown: index == 1 && kind != .figure)
      }
      let rule = rules[index - 2]
      return Field(
        name: rule.name, source: .column(index), shape: shape, isShown: rule.isShown,
        claims: kind == .figure && rule.type.isNumeric ? Claims(column: 0) : Claims())
    }
  }

  private static let sources = [
    hidden("publisher", .text), hidden("author", .text), shown("lang", .text),
    shown("published", .date), hidden("url", .text),
  ]
  private static let actor = [
    hidden("alias", .list(.text), .none), shown("type", .text, .unknown, actorTypes),
    shown("role", .text, .none), shown("part_of", actors, .none),
    hidden("country", .reference(.actor)), hidden("note", .text, .none),
  ]
  private static let place = [
    hidden("alias", .list(.text), .none), shown("type", .text),
    shown("part_of", .list(.reference(.place)), .none), hidden("country", .reference(.actor)),
    hidden("note", .text, .none),
  ]
  private static let reason = FieldRule(
    "why_unknown", .text, .none, shown: false, vocabulary: reasons)
  private static let origin = [
    hidden("source", .reference(.source), .error), hidden("para", .list(.number), .none),
    hidden("note", .text, .none),
  ]
  private static let events: [FieldRule] =
    [
      shown("type", .text), shown("status", .text, .error, statuses), shown("date", .date),
      shown("place", .reference(.place)), shown("actor", actors, .none),
      hidden("target", actors, .none), hidden("beneficiary", actors, .none),
      hidden("object", .text, .none), hidden("in_return_for", .reference(.event), .none),
      hidden("phrase", .text, .none), reason,
      hidden("claimed_by", actors, .none), hidden("on_record", .truth), hidden("stated", .date),
    ] + origin
  private static let figures: [FieldRule] =
    [
      shown("subject", .reference(.actor)), shown("measure", .text), shown("value", quantity),
      hidden("phrase", .text, .none), hidden("also", quantity),
      hidden("share_of", .reference(.figure), .none), hidden("period", .period),
      hidden("place", .reference(.place)), hidden("event", .reference(.event), .none),
      reason, shown("claimed_by", actors, .none),
      hidden("on_record", .truth), shown("stated", .date),
    ] + origin
}
