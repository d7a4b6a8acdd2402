import Dossier

extension Repl {
  /// Does what a command says; false where it ends the session.
  mutating func obey(_ entry: String) throws -> Bool {
    let command = try DotCommand.read(entry, in: session)
    let argument = command.argument
    switch command.name {
    case .quit: return false
    case .help: try console.say(DotCommand.help(on: argument))
    case .keys: try console.say(DotCommand.keyHelp)
    case .tables, .schema, .describe, .actor, .last, .explain, .ast, .history:
      try list(command)
    case .mode, .cite, .limit, .width, .timer:
      if argument.isEmpty { try tell(setting: command.name) } else { set(command) }
    case .set: try set(argument)
    case .output, .once: try redirect(to: argument, isForOne: command.name == .once)
    case .read: try answer(Input.file(TypedPath.read(argument)).read())
    case .open: try open(OpenedFile(path: TypedPath.read(argument)))
    case .save: try save(to: TypedPath.read(argument))
    case .edit: return try edit(Int(argument))
    }
    return true
  }

  private func set(_ command: DotEntry) {
    let argument = command.argument
    switch command.name {
    case .mode: console.format = OutputFormat(rawValue: argument) ?? console.format
    case .cite: console.cite = argument == "auto" ? nil : argument == "on"
    case .limit: console.rows = Extent(argument) ?? .automatic
    case .width: console.columns = Extent(argument) ?? .automatic
    default: console.showsTime = argument == "on"
    }
  }

  /// Tells how something is set, as the command that sets it so.
  private func tell(setting name: DotCommand.Name) throws {
    func word(_ isOn: Bool) -> String { isOn ? "on" : "off" }
    let value =
      switch name {
      case .mode: console.format.rawValue
      case .cite: console.cite.map(word) ?? "auto"
      case .limit: "\(console.rows)"
      case .width: "\(console.columns)"
      default: word(console.showsTime)
      }
    try console.say(".\(name) \(value)\n")
  }

  /// What shows something of the session and changes nothing.
  private func list(_ command: DotEntry) throws {
    let argument = command.argument
    switch command.name {
    case .tables: try console.tell(tables)
    case .schema:
      try console.tell(Listing.schema(session.tables + session.namedTables, of: argument))
    case .describe: try describe(argument)
    case .actor: try tell(ofActor: argument)
    case .last:
      guard let last = console.last else { throw DotCommandError.noAnswer }
      try console.show(last, isWhole: true)
    case .explain:
      var copy = session
      let plans = try copy.explain(text(argument))
      if plans.isEmpty { throw DotCommandError.noPlan }
      try console.tell(plans.asLines)
    case .ast: try console.tell(text(argument).outline().asLines)
    default: try console.tell(Listing.history(history.entries))
    }
  }

  private var tables: String { Listing.tables(session.tables + session.namedTables) }

  /// The answers of a query that leaves no trace in the session.
  private func answers(to query: String) throws -> [Answer] {
    var session = session
    var answers: [Answer] = []
    try session.run(text(query)) { answers.append($0) }
    return answers
  }

  private func describe(_ query: String) throws {
    // New facts make the session forget what was answered from the old ones.
    var copy = session
    if query.isEmpty, (try? copy.check(text("it"))) == nil { throw DotCommandError.noAnswer }
    let subject = query.isEmpty ? "it" : query
    let found = try answers(to: subject + "\n| describe")
    if found.isEmpty { throw DotCommandError.noPlan }
    for answer in found { try console.show(answer) }
  }

  private func tell(ofActor name: String) throws {
    let things = session.things(named: name)
    let found = things.filter(\.isActor)
    if found.isEmpty, let other = things.first { throw DotCommandError.noActor(name, other) }
    if found.isEmpty {
      let nearest =
        Suggestion.nearest(to: name, among: session.actorNames)
        ?? Suggestion.nearest(to: name, among: session.thingNames)
      throw DotCommandError.nobody(name, nearest: nearest)
    }
    if found.count > 1 {
      let listing = Listing.columns(found.map { ($0.id, TextWidth.printable($0.name)) })
      try console.tell("'\(TextWidth.printable(name))' names several:\n" + listing)
      return
    }
    let report = ActorReport(id: found[0].id)
    for answer in try answers(to: report.declaration) { try show(declaration: answer) }
    for query in report.queries {
      for answer in try answers(to: query) where !answer.rows.isEmpty {
        if console.format == .table { try console.tell("\n\(query)\n") }
        try console.show(answer)
      }
    }
  }

  /// People read what is said of one down, not across.
  private func show(declaration answer: Answer) throws {
    guard console.format == .table else { return try console.show(answer) }
    for row in answer.rows {
      let fields = answer.table.fieldNames.compactMap { name in row[name].listed.map { (name, $0) }
      }
      try console.tell(Listing.columns(fields))
    }
  }

  private mutating func set(_ argument: String) throws {
    if let change = EditSettings.Change(argument) {
      settings.make(change)
    } else if let assignment = Assignment(argument) {
      session.parameters[assignment.name] = assignment.value
    } else {
      let values = session.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let lines = (values + settings.listed).map { TextWidth.printable($0) + "\n" }
      try console.say(lines.joined())
    }
  }

  private func redirect(to typed: String, isForOne: Bool) throws {
    let path = TypedPath.read(typed)
    try console.redirect(to: path.isEmpty ? nil : AnswerFile(path, isForOne: isForOne))
  }

  private mutating func open(_ file: OpenedFile) throws {
    for statement in file.statements(in: session) { try answer(text(statement)) }
    if file.isScript { try console.tell(tables) }
  }

  /// Writes the script, and tells if it wouldn't run again as it stands.
  private func save(to path: String) throws {
    let text = script.text(parameters: session.parameters)
    try ReplacedFile(path, over: .file).write(text)
    var fresh = Session()
    fresh.parameters = session.parameters
    fresh.parametersMayWait = true
    fresh.files = session.files
    do {
      try fresh.check(SourceText(name: path, bytes: Array(text.utf8), path: path))
    } catch let failure as Failure {
      console.note("saved, but it doesn't run again as it stands:")
      console.report(failure)
    }
  }
}
