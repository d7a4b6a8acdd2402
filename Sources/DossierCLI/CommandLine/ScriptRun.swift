import Dossier

/// Texts run in order with nobody in between: stops at the first error, and tells how it went.
struct ScriptRun {
  let action: Request.Action
  let isStrict: Bool
  let console: Console
  /// What ran so far.
  private(set) var script = SessionScript()
  /// Whether the text that failed holds commands of sessions.
  private var hasCommands = false
  /// What the checks found so far.
  private var findings: [Finding] = []

  init(_ request: Request, console: Console) {
    action = request.action
    isStrict = request.isStrict
    self.console = console
  }

  /// Brings in the facts of some scripts, as `use` does; gives the exit code.
  mutating func bringIn(_ dossiers: [String], to session: inout Session) -> Int32 {
    console.finish {
      for path in dossiers {
        let statement = "use \(TypedPath.literal(path))"
        _ = try console.run(SourceText(name: "--dossier", text: statement), in: &session)
        script.add(statement)
      }
    }
  }

  /// Runs the inputs and gives the exit code of the program.
  mutating func run(_ inputs: [Input], in session: inout Session) -> Int32 {
    if action == .check { return check(inputs, in: session) }
    let code = console.finish {
      // A missing file is told before anything runs.
      for text in try inputs.map({ try $0.read() }) {
        do { try run(text, in: &session) } catch {
          hasCommands = text.hasCommands
          throw error
        }
      }
      try console.commit()
    }
    if hasCommands { console.note("a line that begins with a dot is for sessions: dossier -i") }
    guard code == ExitCode.success else { return code }
    if findings.count > 1 { console.note(findings.summary) }
    return findings.contains(where: fails) ? ExitCode.failure : code
  }

  private func fails(_ finding: Finding) -> Bool {
    switch finding {
    case .supported: false
    case .contradicted: true
    case .undetermined: isStrict
    }
  }

  /// Checks each input, none of which knows of the others; the exit code tells of the worst.
  private func check(_ inputs: [Input], in session: Session) -> Int32 {
    let codes = inputs.map { input in
      console.finish {
        var session = session
        try session.check(try input.read())
      }
    }
    return codes.max() ?? ExitCode.success
  }

  private mutating func run(_ text: SourceText, in session: inout Session) throws {
    switch action {
    case .run:
      findings += try console.run(text, in: &session)
      script.add(String(decoding: text.bytes, as: UTF8.self))
    case .check: break
    case .outline: try console.say(text.outline().asLines)
    case .explain:
      try console.say(session.explain(text).asLines)
    }
  }
}

extension SourceText {
  fileprivate var hasCommands: Bool {
    bytes.split(separator: UInt8(ascii: "\n")).contains { line in
      line.first == UInt8(ascii: ".")
        && DotCommand.named(in: String(decoding: line, as: UTF8.self)) != nil
    }
  }
}

extension [Finding] {
  /// `3 checks: 2 supported, 1 undetermined`, the last line of a script of checks.
  fileprivate var summary: String {
    let counts = Finding.allCases.map { finding in (finding, count { $0 == finding }) }
    let told = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
    return "\(count) checks: " + told.joined(separator: ", ")
  }
}
