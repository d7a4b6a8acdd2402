// Measure script            MB/s of parsing, checking and printing
// Measure dossier <kursk.q> loading and asking the built-in dossier
// Measure table             queries over a host's table
// Measure numbers <kind> <n> a query over rows with or without fact numbers, so many times
// Measure stop [each]       how long runs go on that are cancelled
// Measure rows <folder>     writes that table and the answers for the peers
let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("script", nil): try LongScript.report()
case ("dossier", let path?): try BuiltIn.report(script: path)
case ("numbers", let kind?):
  try FactNumbers.run(kind, times: arguments.last.flatMap { Int($0) } ?? 0)
case ("table", nil): try HostTable().report()
case ("stop", nil): try Stopping().report(cancels: 1_000, each: false)
case ("stop", "each"?): try Stopping().report(cancels: 200, each: true)
case ("rows", let folder?): try HostTable().write(to: folder)
default: fatalError("what it can be asked stands above")
}
