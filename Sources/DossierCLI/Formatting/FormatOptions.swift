import ArgumentParser
import Dossier

/// The options of `dossier fmt`, as they are written.
struct FormatOptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Writes scripts in the one style: in place, or standard input to standard output.",
    usage: "dossier fmt [SCRIPT.q …] [--check]",
    discussion: """
      Exit codes: 0 done, or nothing to do · 1 --check: a script would change, or it can't be written
      2 usage · 3 syntax error, the script is left as it is · 4 script not readable
      """,
    version: dossierVersion)

  @Argument(
    help: ArgumentHelp("The scripts; none or - for standard input.", valueName: "script.q"),
    completion: .file(extensions: ["q"]))
  var scripts: [String] = []

  @Flag(name: .customLong("check"), help: "Names the scripts that would change, and changes none.")
  var checksOnly = false
}
