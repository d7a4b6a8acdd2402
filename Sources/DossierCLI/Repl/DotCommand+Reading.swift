import Dossier

/// A dot command as it was typed, with its argument checked.
struct DotEntry: Equatable {
  let name: DotCommand.Name
  /// Empty where none was given.
  let argument: String
}

/// What is wrong with a dot command.
enum DotCommandError: Error, Equatable {
  /// `.tabels`
  case unknown(String, nearest: String?)
  /// `.t`
  case ambiguous(String, [String])
  /// `.quit now`
  case needless(usage: String)
  /// `.mode`
  case missing(usage: String)
  /// `.limit few`
  case miswritten(usage: String)
  /// `.mode xml`
  case notAChoice(String, choices: [String], nearest: String?)
  /// `.actor Nobody`
  case nobody(String, nearest: String?)
  /// `.actor Kursk`, which is a place
  case noActor(String, NamedThing)
  /// `.last` before anything was answered
  case noAnswer
  /// `.explain let a = 1`
  case noPlan
  /// `.edit 99`
  case noEntry(Int)
}

extension DotCommand {
  /// Whether an entry is a command: a dot and a letter, which `.5` is not.
  static func isCommand(_ entry: some StringProtocol) -> Bool {
    let scalars = entry.unicodeScalars
    guard scalars.first == ".", let letter = scalars.dropFirst().first else { return false }
    return letter.isASCII && letter.properties.isAlphabetic
  }

  /// The name and the argument of an entry, each without blanks around it.
  static func split(_ entry: some StringProtocol) -> (name: String, argument: String) {
    let text = entry.dropFirst()
    let end = text.firstIndex(where: \.isWhitespace) ?? text.endIndex
    return (String(text[..<end]), text[end...].trimmed)
  }

  /// Reads an entry; a unique beginning of a name stands for it.
  static func read(_ entry: String, in session: Session) throws(DotCommandError) -> DotEntry {
    let (name, argument) = split(entry)
    let command = try named(name)
    if argument.isEmpty, !command.argument.isOptional { throw .missing(usage: command.usage) }
    switch command.argument {
    case .nothing:
      if !argument.isEmpty { throw .needless(usage: command.usage) }
    case .choice(let choice, _) where !argument.isEmpty:
      return DotEntry(
        name: command.name, argument: try choice.read(argument, in: session))
    case .extent where !argument.isEmpty:
      if Extent(argument) == nil { throw .miswritten(usage: command.usage) }
    case .text(.assignment, _) where !argument.isEmpty:
      if Assignment(argument) == nil, EditSettings.Change(argument) == nil {
        throw .miswritten(usage: command.usage)
      }
    case .text(.number, _) where !argument.isEmpty:
      if Int(argument) == nil { throw .miswritten(usage: command.usage) }
    case .choice, .extent, .query, .text: break
    }
    return DotEntry(name: command.name, argument: argument)
  }

  /// The command that an entry is, if it is one.
  static func named(in entry: String) -> DotCommand? {
    isCommand(entry) ? try? named(split(entry).name) : nil
  }

  /// The command of a name or of its unique beginning.
  static func named(_ name: String) throws(DotCommandError) -> DotCommand {
    let beginning = all.filter { $0.name.rawValue.hasPrefix(name) }
    if let exact = beginning.first(where: { $0.name.rawValue == name }) { return exact }
    switch beginning.count {
    case 1: return beginning[0]
    case 0:
      let nearest = Suggestion.nearest(to: name, among: all.map(\.name.rawValue))
      throw .unknown(name, nearest: nearest)
    default: throw .ambiguous(name, beginning.map(\.name.rawValue))
    }
  }
}

extension DotCommand.Argument.Choice {
  /// One of the words; a dot before it is no mistake.
  fileprivate func read(
    _ argument: String, in session: Session
  ) throws(DotCommandError) -> String {
    let bare = argument.hasPrefix(".") ? String(argument.dropFirst()) : argument
    if case .command = self { return try DotCommand.named(bare).name.rawValue }
    let words = words(in: session)
    guard words.contains(bare) else {
      let nearest = Suggestion.nearest(to: bare, among: words)
      throw .notAChoice(argument, choices: words, nearest: nearest)
    }
    return bare
  }
}

extension DotCommandError: CustomStringConvertible {
  var description: String {
    switch self {
    case .unknown(let name, let nearest):
      "no command '.\(name)'" + (nearest.map { "; did you mean '.\($0)'?" } ?? "; see .help")
    case .ambiguous(let name, let names):
      "'.\(name)' may be " + names.map { "'.\($0)'" }.joined(separator: " or ")
    case .needless(let usage), .missing(let usage), .miswritten(let usage):
      "it is written \(usage)"
    case .nobody(let name, let nearest):
      "no actor is called '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .noActor(let name, let thing):
      "'\(name)' is \(thing.kind.first == "e" ? "an" : "a") \(thing.kind), and no actor: "
        + thing.query
    case .noAnswer: "nothing was answered yet"
    case .noPlan: "this only names or declares something: nothing would be run"
    case .noEntry(let number): "there is no entry \(number); see .history"
    case .notAChoice(let word, let choices, let nearest):
      "'\(word)' is none of \(choices.joined(separator: ", "))"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }
  }
}
