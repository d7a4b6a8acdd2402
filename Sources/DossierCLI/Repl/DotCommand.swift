import Dossier

/// A command to the session itself, as `.tables`; the table in `DotCommand+Table.swift` makes the
/// help, the completion and the reading of commands.
struct DotCommand {
  enum Name: String, CaseIterable {
    case help, keys
    case tables, schema, describe, actor
    case last, mode, cite, limit, width
    case output, once
    case read, open, save
    case set, explain, ast, timer, history, edit, quit
  }

  /// What may follow the name; `isOptional` where the command works without.
  enum Argument {
    case nothing
    /// One of some words.
    case choice(Choice, isOptional: Bool)
    /// A query up to the end.
    case query(isOptional: Bool)
    /// How much of an answer is shown.
    case extent
    /// The rest of the line.
    case text(Text, isOptional: Bool)

    enum Choice {
      case words([String])
      case format
      case table
      case command
    }

    enum Text {
      case file
      case actor
      /// `name=value`
      case assignment
      /// Of an entry.
      case number
    }
  }

  let name: Name
  let argument: Argument
  /// What it does, short enough for a list.
  let summary: String
  /// What else is to be known.
  let detail: String?
  let example: String

  init(
    _ name: Name, _ argument: Argument, _ summary: String, detail: String? = nil, example: String
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.detail = detail
    self.example = example
  }

  /// The command as it is typed: `.mode [FORMAT]`.
  var usage: String {
    guard let placeholder = argument.placeholder else { return "." + name.rawValue }
    return ".\(name.rawValue) " + (argument.isOptional ? "[\(placeholder)]" : placeholder)
  }
}

extension DotCommand.Argument {
  var isOptional: Bool {
    switch self {
    case .nothing, .extent: true
    case .choice(_, let isOptional), .query(let isOptional), .text(_, let isOptional): isOptional
    }
  }

  /// What help writes in its place; nil for nothing.
  fileprivate var placeholder: String? {
    switch self {
    case .nothing: nil
    case .query: "QUERY"
    case .extent: "N|" + Extent.words.joined(separator: "|")
    case .choice(.words(let words), _): words.joined(separator: "|")
    case .choice(.format, _): "FORMAT"
    case .choice(.table, _): "TABLE"
    case .choice(.command, _): "COMMAND"
    case .text(.file, _): "FILE"
    case .text(.actor, _): "NAME"
    case .text(.assignment, _): "NAME=VALUE"
    case .text(.number, _): "N"
    }
  }
}

extension DotCommand.Argument.Choice {
  /// The words that may stand here.
  func words(in session: Session) -> [String] {
    switch self {
    case .words(let words): words
    case .format: OutputFormat.allCases.map(\.rawValue)
    case .table: (session.tables + session.namedTables).map(\.name)
    case .command: DotCommand.Name.allCases.map(\.rawValue)
    }
  }
}
