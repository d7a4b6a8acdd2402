import Dossier
import DossierFiles

extension Console {
  /// Runs a text, shows each answer, and tells what its checks found.
  func run(_ text: SourceText, in session: inout Session) throws -> [Finding] {
    var findings: [Finding] = []
    var stopwatch = Stopwatch()
    try session.run(text) { answer in
      let time = stopwatch.lap()
      last = answer
      try show(answer)
      if showsTime {
        try flush()
        note(Stopwatch.text(time))
      }
      if let finding = answer.finding { findings.append(finding) }
      _ = stopwatch.lap()
    }
    return findings
  }

  /// Does some work and writes all it said; gives the exit code, having told what went wrong below
  /// the answers that came before.
  func finish(_ work: () throws -> Void) -> Int32 {
    do {
      try work()
      try endPage()
      try redirect(to: nil)
      return ExitCode.success
    } catch let lost as OutputError {
      try? redirect(to: nil)
      return exitCode(reporting: lost)
    } catch {
      let code = finish {}
      return code == ExitCode.success ? exitCode(reporting: error) : code
    }
  }

  /// Tells an error in its own words and gives its exit code.
  func exitCode(reporting error: any Error) -> Int32 {
    switch error {
    case let failure as Failure:
      report(failure)
      return failure.exitCode
    case let unread as InputError:
      report(unread.message, code: unread.code)
      return ExitCode.input
    case let unwritten as ReplacedFile.Unwritable:
      report(unwritten.message)
      return ExitCode.failure
    case OutputError.closed:
      // Whoever reads the pipe has all that was wanted.
      return ExitCode.success
    case OutputError.system(let code):
      report("cannot write \(outputName): \(systemMessage(code))")
      return ExitCode.failure
    default:
      return ExitCode.interrupted
    }
  }
}
