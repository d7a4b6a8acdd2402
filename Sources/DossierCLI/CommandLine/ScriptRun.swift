import Dossier

/// Texts run in order with nobody in between: stops at the first error, and tells how it went.
struct ScriptRun {
  let action: Request.Action
  let console: Console
  private var isContradicted = false

  init(_ action: Request.Action, console: Console) {
    self.action = action
    self.console = console
  }

  /// Runs the inputs and gives the exit code of the program.
  mutating func run(_ inputs: [Input], in session: inout Session) -> Int32 {
    let code = console.finish {
      // A missing file is told before anything runs.
      for text in try inputs.map({ try $0.read() }) {
        try run(text, in: &session)
      }
    }
    return code == ExitCode.success && isContradicted ? ExitCode.failure : code
  }

  private mutating func run(_ text: SourceText, in session: inout Session) throws {
    switch action {
    case .run:
      if try console.run(text, in: &session) { isContradicted = true }
    case .check:
      try session.check(text)
    case .explain:
      try console.say(session.explain(text).asLines)
    }
  }
}
