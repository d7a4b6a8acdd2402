import Dossier

/// The session with a person: reads an entry, runs it, shows the answer.
struct Repl {
  static let prompt = "dossier> "
  static let continuation = "    ...> "
  static let greeting = "dossier \(dossierVersion) · .help tells more, Ctrl-D ends\n"

  let console: Console
  var session: Session
  private(set) var history: History
  /// What ran so far.
  private(set) var script: SessionScript
  private var source: any LineSource
  private var entryCount = 0

  /// - Parameter script: what ran in the session before.
  init(
    session: Session, source: any LineSource, history: History, console: Console,
    script: SessionScript = SessionScript()
  ) {
    self.session = session
    self.session.parametersMayWait = true
    self.script = script
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

  /// Runs an entry; an error is told and the session goes on, unless the standard output is lost.
  private mutating func run(_ entry: String) throws -> Bool {
    Interrupts.reset()
    var stopwatch = Stopwatch()
    var goesOn = true
    var problem: (any Error)?
    do {
      goesOn = try DotCommand.isCommand(entry) ? obey(entry) : answer(text(entry))
    } catch let lost as OutputError {
      throw lost
    } catch {
      problem = error
    }
    if problem is Interrupted { console.discard() }
    do {
      try console.endPage()
    } catch let unwritten as ReplacedFile.Unwritable {
      problem = problem ?? unwritten
    }
    if let problem { tell(problem, of: entry, after: stopwatch.lap()) }
    return goesOn
  }

  private func tell(_ problem: any Error, of entry: String, after time: Duration) {
    switch problem {
    case let failure as Failure where failure.exitCode == ExitCode.interrupted:
      console.note("\ncancelled after \(Stopwatch.text(time))")
    case let failure as Failure:
      console.report(failure)
      hint(at: entry)
    case let unread as InputError: console.note(TextWidth.printable(unread.message))
    case let unwritten as ReplacedFile.Unwritable:
      console.note(TextWidth.printable(unwritten.message))
    case let error as DotCommandError: console.note(TextWidth.printable("\(error)"))
    default: console.note("\ncancelled")
    }
  }

  /// Runs a text of the language.
  @discardableResult
  mutating func answer(_ text: SourceText) throws -> Bool {
    _ = try console.run(text, in: &session)
    script.add(String(decoding: text.bytes, as: UTF8.self))
    return true
  }

  /// A text with the name that messages give it.
  func text(_ entry: String) -> SourceText {
    SourceText(name: "input:\(entryCount)", text: entry)
  }

  /// What people type who look for the way out.
  private func hint(at entry: String) {
    let word = entry.trimmed.lowercased()
    let meant = ["exit": "quit", "bye": "quit", "quit": "quit", "help": "help", "?": "help"][word]
    if let meant { console.note("commands begin with a dot: .\(meant)") }
  }
}
