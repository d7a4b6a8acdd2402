import Dossier

/// What is asked of the dossier, each question prepared once.
struct Questions {
  /// A figure that may be what a claim is about.
  struct Figure: Decodable {
    let id: String
    let measure: String?
    let unit: String?
    /// Whether it is of the actor or a part of it; else the actor is a part of whom it is of.
    let isOwn: Truth
  }

  /// A figure beside the amount of a claim.
  struct ComparedFigure: Decodable {
    let id: String
    let measure: String
    let subject: String?
    let value: Quantity?
    let reason: String?
    let isSaid: Truth
    let equal, exacter, vaguer, more, less: Truth
  }

  struct Event: Decodable {
    let id: String
    let title: String
    let type: String?
  }

  /// An event beside the date of a claim.
  struct ComparedEvent: Decodable {
    let id: String
    let title: String
    let status: String
    let written: String
    let within, around: Truth
  }

  let session: Session
  private let comparedFigures: PreparedQuery
  private let comparedEvents: PreparedQuery

  init(_ session: Session) throws {
    self.session = session
    comparedFigures = try session.prepare(
      SourceText(
        name: "figures",
        text: """
          figures | where id in ids
            | select id, measure, subject = subject.name, value, reason = why_unknown,
                isSaid = claimed_by in speaker, equal = value == amount,
                exacter = amount in value, vaguer = value in amount,
                more = amount > value, less = amount < value
          """),
      parameters: ["ids": .list(.text), "speaker": .list(.text), "amount": .quantity])
    comparedEvents = try session.prepare(
      SourceText(
        name: "events",
        text: """
          events | where id in ids
            | select id, title, status, written = text(date), within = date in day, around = day in date
          """),
      parameters: ["ids": .list(.text), "day": .date])
  }

  /// What figures count, and in which units.
  func measuresAndUnits() throws -> (measures: [String], units: Set<String>) {
    let query = try session.prepare(
      SourceText(name: "measures", text: "figures | distinct measure, unit = unit(value)"))
    let rows = try query.run().decode([Figure.Measured].self)
    return (rows.compactMap(\.measure), Set(rows.compactMap(\.unit)))
  }

  /// Figures of an actor, of a part of it, of what it is a part of, or given to it.
  func figures(of actor: String) throws -> [Figure] {
    try rows(
      """
      figures | where subject in \(actor) or \(actor) in subject or event.target in \(actor)
        | select id, measure, unit = unit(value), isOwn = subject in \(actor)
      """)
  }

  /// Events with a date.
  func events() throws -> [Event] {
    try rows("events | where date is known | select id, title, type")
  }

  func compare(_ figures: [String], with amount: String, saidBy speaker: String?) throws -> Answer {
    try comparedFigures.run([
      "ids": Parameter(figures.map { Parameter($0) }), "amount": Parameter(amount),
      "speaker": Parameter([speaker].compactMap { $0 }.map { Parameter($0) }),
    ])
  }

  func compare(_ events: [String], with day: String) throws -> Answer {
    try comparedEvents.run([
      "ids": Parameter(events.map { Parameter($0) }), "day": Parameter(day),
    ])
  }

  private func rows<Row: Decodable>(_ text: String) throws -> [Row] {
    try session.prepare(SourceText(name: "question", text: text)).run().decode([Row].self)
  }
}

extension Questions.Figure {
  fileprivate struct Measured: Decodable {
    let measure: String?
    let unit: String?
  }
}
