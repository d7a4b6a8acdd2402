import Dossier

/// The session with a person: reads an entry, runs it, shows the answer.
struct Repl {
  static let prompt = "dossier> "
  static let continuation = "    ...> "
  static let greeting = "dossier \(dossierVersion) · .help tells more, Ctrl-D ends\n"

  let console: Console
  private var session: Session
  private var source: any LineSource
  private var history: History
  private var entryCount = 0

  init(session: Session, source: any LineSource, history: History, console: Console) {
    self.session = session
    self.source = source
    self.history = history
    self.console = console
  }

  /// Goes on until `.quit`, Ctrl-D or the loss of the terminal; gives the exit code.
  mutating func run(greeting: String = "") -> Int32 {
    console.finish {
      try console.say(greeting)
      while try step() {}
    }
  }

  /// One entry; false at the end.
  private mutating func step() throws -> Bool {
    Interrupts.reset()
    switch try source.next(EntryContext(session: session, history: history.entries)) {
    case .end: return false
    case .dropped: return true
    case .text(let entry):
      guard !entry.trimmed.isEmpty else { return true }
      keep(entry)
      entryCount += 1
      return try run(entry)
    }
  }

  private mutating func keep(_ entry: String) {
    do {
      try history.add(entry)
    } catch {
      console.note("history is not kept: '\(error.path)': \(systemMessage(error.code))")
    }
  }

  /// Runs an entry; an error is told and the session goes on.
  private mutating func run(_ entry: String) throws -> Bool {
    Interrupts.reset()
    var stopwatch = Stopwatch()
    do {
      let goesOn = try DotCommand.isCommand(entry) ? obey(entry) : answer(entry)
      try console.flush()
      return goesOn
    } catch let failure as Failure {
      try console.flush()
      if failure.exitCode == ExitCode.interrupted {
        console.note("\ncancelled after \(Stopwatch.text(stopwatch.lap()))")
      } else {
        console.report(failure)
        hint(at: entry)
      }
    } catch is Interrupted {
      console.discard()
      console.note("\ncancelled")
    } catch let error as DotCommandError {
      console.note("\(error)")
    }
    return true
  }

  private mutating func answer(_ entry: String) throws -> Bool {
    _ = try console.run(text(entry), in: &session)
    return true
  }

  private func text(_ entry: String) -> SourceText {
    SourceText(name: "input:\(entryCount)", text: entry)
  }

  /// What people type who look for the way out.
  private func hint(at entry: String) {
    let word = entry.trimmed.lowercased()
    let meant = ["exit": "quit", "bye": "quit", "quit": "quit", "help": "help", "?": "help"][word]
    if let meant { console.note("commands begin with a dot: .\(meant)") }
  }
}

extension Repl {
  private mutating func obey(_ entry: String) throws -> Bool {
    let command = try DotCommand.read(entry, in: session)
    switch command.name {
    case .quit: return false
    case .help: try console.say(DotCommand.help(on: command.argument))
    case .tables: try console.say(Listing.tables(session.tables))
    case .schema: try console.say(Listing.schema(session.tables, of: command.argument))
    case .explain: try console.say(session.explain(text(command.argument)).asLines)
    case .ast: try console.say(text(command.argument).outline().asLines)
    case .timer: console.showsTime = command.argument == "on"
    case .mode: console.format = OutputFormat(rawValue: command.argument) ?? console.format
    case .history: try console.say(Listing.history(history.entries))
    }
    return true
  }
}
