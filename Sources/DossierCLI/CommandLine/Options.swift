import ArgumentParser
import Dossier

/// The options of the program, as they are written.
///
/// Every option is a `[String]` and every flag a `Bool`: each further type here costs the library
/// 50 µs of looking up conformances at each start, and an enumeration twice that. `Request` makes
/// the values of them. The help is one screen, so it shows what is asked for most; `--help-hidden`,
/// the manual and the completions of shells have all.
struct Options: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "dossier",
      abstract: """
        Asks questions of attributed, uncertain facts. Exit codes: 0 all ran,
        1 error or contradicted check, 2 usage, 3 bad script, 4 input, 130 interrupted
        """,
      usage: """
        dossier [SCRIPT.q] [-e TEXT …] [OPTIONS]  (--help-hidden: all of them)
        dossier fmt [SCRIPT.q …] [--check]
        """,
      version: dossierVersion,
      // `Program` tells `fmt` from a script by itself.
      subcommands: CompletionShell.requesting == nil ? [] : [FormatOptions.self])
  }

  /// Of options that are left out of the help, but not out of completions.
  private static var rare: ArgumentVisibility {
    CompletionShell.requesting == nil ? .hidden : .default
  }

  @Argument(
    help: ArgumentHelp("A script, - for standard input; a session without.", valueName: "script.q"),
    completion: .file(extensions: ["q"]))
  var script: [String] = []

  @Option(
    name: .customShort("e"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Runs this text; may be repeated.", valueName: "text"))
  var text: [String] = []

  @Flag(name: .customShort("i"), help: "Stays for a session afterwards.")
  var staysInteractive = false

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Gives a param of the script its value.", valueName: "name=value"))
  var assignments: [String] = []

  @Option(
    name: .customLong("dossier"),
    help: ArgumentHelp("Brings in the facts of a script; may be repeated.", valueName: "file"),
    completion: .file(extensions: ["q"]))
  var dossiers: [String] = []

  @Option(
    name: .customLong("allow-read"),
    help: ArgumentHelp("Lets scripts read a file or folder; may be repeated.", valueName: "path"),
    completion: .file())
  var readable: [String] = []

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("As table, csv, tsv, json, jsonl, markdown, html.", valueName: "name"),
    completion: .list(OutputFormat.allCases.map(\.rawValue)))
  var format: [String] = []

  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Puts the answers in a file, contradicted checks too.", valueName: "file"),
    completion: .file())
  var output: [String] = []

  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "Shows so many rows of each table.", valueName: "rows", visibility: rare))
  var limit: [String] = []

  @Flag(
    name: .customLong("csv-safe"),
    help: ArgumentHelp(
      "Puts a ' before texts in csv and tsv that spreadsheets run as formulas.",
      visibility: rare))
  var guardsFormulas = false

  @Flag(name: .customLong("cite"), help: "Sources in csv and json too; --no-cite: nowhere.")
  var cite = false

  @Flag(
    name: .customLong("no-cite"),
    help: ArgumentHelp("No sources anywhere.", visibility: rare))
  var noCite = false

  @Flag(name: .customLong("check"), help: "Reports errors of scripts without running.")
  var checksOnly = false

  @Flag(name: .customLong("strict"), help: "Ends with 1 for undetermined checks, too.")
  var isStrict = false

  @Flag(
    name: .customLong("explain"),
    help: ArgumentHelp("Shows the plan instead of running.", visibility: rare))
  var explains = false

  @Flag(
    name: .customLong("ast"),
    help: ArgumentHelp("Shows the syntax tree instead of running.", visibility: rare))
  var outlines = false

  @Flag(
    name: .customLong("timer"),
    help: ArgumentHelp("Tells on standard error how long each answer took.", visibility: rare))
  var timer = false

  @Option(
    name: .customLong("errors"),
    help: ArgumentHelp("Errors as text or json.", valueName: "name", visibility: rare),
    completion: .list(ErrorFormat.allCases.map(\.rawValue)))
  var errors: [String] = []

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"),
    completion: .list(ColourPolicy.Choice.allCases.map(\.rawValue)))
  var colour: [String] = []

  @Flag(
    name: .customLong("no-rc"),
    help: ArgumentHelp("Begins the session without the rc file.", visibility: rare))
  var noStartFile = false

  @Flag(
    name: .customLong("no-history"),
    help: ArgumentHelp("Keeps no history of the session.", visibility: rare))
  var noHistory = false
}
