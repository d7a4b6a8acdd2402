import Dossier

/// A command to the session itself, as `.tables`; this table makes the help, the completion and the
/// reading of commands.
struct DotCommand {
  enum Name: String, CaseIterable {
    case help, tables, schema, explain, ast, timer, mode, history, quit
  }

  /// What may follow the name.
  enum Argument {
    case nothing
    /// One of some words; `isOptional` where the command works without.
    case choice(Choice, isOptional: Bool)
    /// A query up to the end.
    case query

    enum Choice {
      case words([String])
      case table
      case command
    }
  }

  let name: Name
  let argument: Argument
  let summary: String
  let example: String

  init(_ name: Name, _ argument: Argument, _ summary: String, example: String) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.example = example
  }

  static let all = [
    DotCommand(
      .help, .choice(.command, isOptional: true), "lists the commands and keys, or tells of one",
      example: ".help mode"),
    DotCommand(.tables, .nothing, "lists the tables with their rows", example: ".tables"),
    DotCommand(
      .schema, .choice(.table, isOptional: true), "lists the fields of one table or of all",
      example: ".schema figures"),
    DotCommand(
      .explain, .query, "shows how a query would be run",
      example: ".explain figures | take 1"),
    DotCommand(
      .ast, .query, "shows how a text is read", example: ".ast figures | take 1"),
    DotCommand(
      .timer, .choice(.words(["on", "off"]), isOptional: false), "tells the time of each answer",
      example: ".timer on"),
    DotCommand(
      .mode, .choice(.words(OutputFormat.allCases.map(\.rawValue)), isOptional: false),
      "sets how answers are written", example: ".mode json"),
    DotCommand(
      .history, .nothing, "lists the entries of this and earlier sessions", example: ".history"),
    DotCommand(.quit, .nothing, "ends the session, as Ctrl-D does", example: ".quit"),
  ]

  /// The command as it is typed: `.mode table|csv|json|jsonl`.
  var usage: String {
    let argument =
      switch argument {
      case .nothing: ""
      case .query: " QUERY"
      case .choice(let choice, isOptional: true): " [\(choice.placeholder)]"
      case .choice(let choice, isOptional: false): " \(choice.placeholder)"
      }
    return "." + name.rawValue + argument
  }
}

extension DotCommand.Argument.Choice {
  var placeholder: String {
    switch self {
    case .words(let words): words.joined(separator: "|")
    case .table: "TABLE"
    case .command: "COMMAND"
    }
  }

  /// The words that may stand here.
  func words(in session: Session) -> [String] {
    switch self {
    case .words(let words): words
    case .table: session.tables.map(\.name)
    case .command: DotCommand.Name.allCases.map(\.rawValue)
    }
  }
}
