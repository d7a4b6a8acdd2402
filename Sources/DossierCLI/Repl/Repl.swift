import Dossier

/// The session with a person: reads an entry, runs it, shows the answer.
struct Repl {
  static let prompt = "dossier> "
  static let continuation = "    ...> "
  static let greeting = "dossier \(dossierVersion) · .help tells more, Ctrl-D ends\n"

  let console: Console
  var session: Session
  var settings = EditSettings()
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
  ///
  /// What the options ask for holds against what the file sets with which the session begins.
  mutating func run(
    greeting: String = "", start: StartFile? = nil, _ request: Request = Request()
  ) -> Int32 {
    console.finish {
      try console.say(greeting)
      var goesOn = try start.map { try begin(with: $0) } ?? true
      console.follow(request)
      while goesOn { goesOn = try step() }
    }
  }

  /// Runs the parts of a file as if they were typed; what is wrong with one is told with its place.
  private mutating func begin(with file: StartFile) throws -> Bool {
    do {
      for part in try file.parts(in: session) {
        let place = "\(file.path):\(part.line): "
        guard try run(part.text, as: file.source(part), at: place) else { return false }
      }
    } catch let unread as InputError {
      console.note(TextWidth.printable(unread.message))
    }
    return true
  }

  /// One entry; false at the end.
  private mutating func step() throws -> Bool {
    // Before the entry is read: Ctrl-C may come as soon as Enter was pressed.
    Interrupts.reset()
    switch try next() {
    case .end: return false
    case .dropped: return true
    case .text(let entry):
      guard !entry.trimmed.isEmpty else { return true }
      keep(entry)
      entryCount += 1
      return try run(entry)
    }
  }

  private mutating func next() throws -> Entry {
    do {
      return try source.next(
        EntryContext(session: session, history: history.entries, settings: settings))
    } catch is Interrupted {
      // While the line was drawn: it is dropped, as if Ctrl-C came while it was read.
      console.discard()
      return .dropped
    }
  }

  private mutating func keep(_ entry: String) {
    do {
      try history.add(entry)
    } catch {
      console.note(TextWidth.printable("history is not kept: \(error.message)"))
    }
  }

  /// Runs an entry; an error is told and the session goes on, unless the standard output is lost.
  ///
  /// - Parameters:
  ///   - source: the entry as a text of the language, if it isn't the one that was typed last.
  ///   - place: where it stands, for messages that name no place.
  private mutating func run(
    _ entry: String, as source: SourceText? = nil, at place: String = ""
  ) throws -> Bool {
    var stopwatch = Stopwatch()
    var goesOn = true
    var problem: (any Error)?
    do {
      goesOn = try DotCommand.isCommand(entry) ? obey(entry) : answer(entry, source ?? text(entry))
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
    } catch let interrupted as Interrupted {
      // The terminal took nothing more while Ctrl-C came.
      console.discard()
      problem = problem ?? interrupted
    }
    if let problem { tell(problem, of: entry, at: place, after: stopwatch.lap()) }
    return goesOn
  }

  private func tell(
    _ problem: any Error, of entry: String, at place: String, after time: Duration
  ) {
    func note(_ message: String) { console.note(TextWidth.printable(place + message)) }
    switch problem {
    case let failure as Failure where failure.exitCode == ExitCode.interrupted:
      console.note("\ncancelled after \(Stopwatch.text(time))")
    case let failure as Failure:
      console.report(failure)
      hint(at: entry)
    case let unread as InputError: note(unread.message)
    case let unwritten as ReplacedFile.Unwritable: note(unwritten.message)
    case let problem as Editor.Problem: note("\(problem)")
    case let error as DotCommandError: note("\(error)")
    default: console.note("\ncancelled")
    }
  }

  /// Lets the person edit an entry, and runs what comes of it as if it was typed.
  ///
  /// - Parameter number: the one that `.history` has; nil for the last that was no command.
  mutating func edit(_ number: Int?) throws -> Bool {
    let old: String
    if let number {
      guard history.entries.indices.contains(number - 1) else {
        throw DotCommandError.noEntry(number)
      }
      old = history.entries[number - 1]
    } else {
      old = history.entries.last { !DotCommand.isCommand($0) } ?? ""
    }
    let edited = try Editor().edit(old).trimmed
    if edited.isEmpty || edited == old.trimmed {
      console.note("nothing was changed, and nothing is run")
      return true
    }
    let rows = edited.split(separator: "\n", omittingEmptySubsequences: false)
    try console.say(
      Repl.prompt + rows.map { TextWidth.printable(String($0)) + "\n" }.joined())
    keep(edited)
    entryCount += 1
    return try DotCommand.isCommand(edited) ? obey(edited) : answer(edited, text(edited))
  }

  /// Runs what was entered; of a text with a hole it lists what could stand there.
  private mutating func answer(_ entry: String, _ source: SourceText) throws -> Bool {
    // Alone it asks for help.
    let isHelp = entry.trimmed == "?"
    guard !isHelp, let candidates = session.candidates(forHoleIn: entry), !candidates.isEmpty else {
      return try answer(source)
    }
    let layout = CandidateLayout(width: (console.width ?? 80) - 1, mostLines: candidates.count)
    try console.tell(layout.lines(candidates).map { $0 + "\n" }.joined())
    return true
  }

  /// Runs a text of the language.
  @discardableResult
  mutating func answer(_ text: SourceText) throws -> Bool {
    _ = try console.run(text, in: &session)
    script.add(String(decoding: text.bytes, as: UTF8.self))
    return true
  }

  /// A text with the name that messages give it: `input 3`, the third of the session.
  func text(_ entry: String) -> SourceText {
    SourceText(name: "input \(entryCount)", text: entry)
  }

  /// What people type who look for the way out.
  private func hint(at entry: String) {
    let word = entry.trimmed.lowercased()
    let ends = ["exit", "exit()", "quit", "quit()", "bye", "q", ":q", "\\q"]
    let helps = ["help", "help()", "?", "\\?", "\\h", ".", "/help"]
    let meant = ends.contains(word) ? "quit" : helps.contains(word) ? "help" : nil
    if let meant { console.note("commands begin with a dot: .\(meant)") }
  }
}
