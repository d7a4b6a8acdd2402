import ArgumentParser
import Dossier

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program `dossier`: runs scripts, and talks with people on a terminal.
@main
enum Program {
  static func main() {
    StandardStreams.fillGaps()
    Interrupts.install()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) -> Int32 {
    switch arguments.first {
    case "fmt": return format(Array(arguments.dropFirst()))
    case "run": return run(Array(arguments.dropFirst()))
    case "help": return run(["--help"])
    default: break
    }
    if let plain = Request(plain: arguments) { return run(plain) }
    do {
      return run(try Request(Options.parse(arguments)))
    } catch let error as UsageError {
      return refuse("\(error)", of: arguments)
    } catch {
      return answer(error, to: arguments, from: Options.self)
    }
  }

  private static func format(_ arguments: [String]) -> Int32 {
    do {
      let options = try FormatOptions.parse(arguments)
      let run = FormatRun(console: Console(Request()), checksOnly: options.checksOnly)
      return run.run(options.scripts)
    } catch {
      return answer(error, to: arguments, from: FormatOptions.self)
    }
  }

  private static func run(_ request: Request) -> Int32 {
    let console: Console
    do {
      console = try Console(
        request, file: request.output.map { try ReplacedFile($0, over: .anything) })
    } catch {
      return Console(request).exitCode(reporting: error)
    }
    var session = Session(cancel: Interrupts.token)
    session.limits.sourceSize = Input.mostBytes
    session.parameters = request.parameters
    session.files = ReachableFiles(allowed: request.readable)
    var inputs = request.inputs
    let isSession =
      request.staysInteractive
      || (inputs.isEmpty && request.output == nil && Terminal.isInteractive)
    if inputs.isEmpty && !isSession { inputs = [.standardInput] }
    var script = ScriptRun(request, console: console)
    var code = script.bringIn(request.dossiers, to: &session)
    guard code == ExitCode.success else { return code }
    if !inputs.isEmpty { code = script.run(inputs, in: &session) }
    guard isSession else { return code }
    return talk(request, session: session, console: console, after: script.script)
  }

  private static func talk(
    _ request: Request, session: Session, console: Console, after ran: SessionScript
  ) -> Int32 {
    let isTyped = Terminal.isTerminal(STDIN_FILENO)
    let keepsFile = isTyped && request.keepsHistory
    let file = keepsFile ? HistoryFile(environment: Terminal.environment) : nil
    let readsStart = isTyped && request.readsStartFile
    let start = readsStart ? StartFile(environment: Terminal.environment) : nil
    var repl = Repl(
      session: session, source: lineSource(console), history: History(file: file),
      console: console, script: ran)
    return repl.run(greeting: isTyped ? Repl.greeting : "", start: start, request)
  }

  /// libedit only where it can draw; it never reads scripts or pipes.
  private static func lineSource(_ console: Console) -> any LineSource {
    if Terminal.isInteractive, Terminal.isUsable(Terminal.environment("TERM")),
      let source = EditLineSource(console: console)
    {
      return source
    }
    return PlainLineSource { prompt in
      guard Terminal.isTerminal(STDIN_FILENO) else { return }
      try console.say(prompt)
      try console.flush()
    }
  }

  /// `--help`, `--version` and completion scripts arrive as errors that are answers.
  private static func answer(
    _ error: any Error, to arguments: [String], from options: any ParsableCommand.Type
  ) -> Int32 {
    guard options.exitCode(for: error).isSuccess else {
      return refuse(options.message(for: error), of: arguments)
    }
    let console = Console(Request())
    let text = CompletionScript(options.fullMessage(for: error)).text
    return console.finish { try console.say(text.asLines) }
  }

  private static func refuse(_ message: String, of arguments: [String]) -> Int32 {
    var request = Request()
    request.errors = ErrorFormat(askedForIn: arguments)
    let console = Console(request)
    console.report(message.prefix(1).lowercased() + message.dropFirst())
    if request.errors == .text { console.note("see 'dossier --help'") }
    return ExitCode.usage
  }
}
