// Measure script            MB/s of parsing, checking and printing
// Measure dossier <kursk.q> loading and asking the built-in dossier
// Measure table             queries over a host's table
// Measure rows <folder>     writes that table and the answers for the peers
let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("script", nil): try LongScript.report()
case ("dossier", let path?): try BuiltIn.report(script: path)
case ("table", nil): try HostTable().report()
case ("rows", let folder?): try HostTable().write(to: folder)
default: fatalError("usage: Measure script | dossier <kursk.q> | table | rows <folder>")
}
