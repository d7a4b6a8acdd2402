import Dossier

extension DotCommand {
  static let all = [
    DotCommand(
      .help, .choice(.command, isOptional: true), "lists the commands, or tells of one",
      example: ".help mode"),
    DotCommand(.keys, .nothing, "lists the keys", example: ".keys"),
    DotCommand(.tables, .nothing, "lists the tables with their rows", example: ".tables"),
    DotCommand(
      .schema, .choice(.table, isOptional: true), "lists the fields of one table or of all",
      example: ".schema figures"),
    DotCommand(
      .describe, .query(isOptional: true),
      "tells what the fields of a table, a query or the last result hold",
      example: ".describe figures"),
    DotCommand(
      .actor, .text(.actor, isOptional: false),
      "shows all that is said of one, by name, id or alias", example: ".actor North Korea"),
    DotCommand(
      .last, .nothing,
      "shows the last answer again, with all its rows, in a pager if they are many",
      example: ".last"),
    DotCommand(
      .mode, .choice(.words(OutputFormat.allCases.map(\.rawValue)), isOptional: false),
      "sets how answers are written", example: ".mode json"),
    DotCommand(
      .cite, .choice(.words(["on", "off"]), isOptional: false),
      "names sources in all formats, or in none", example: ".cite off"),
    DotCommand(
      .limit, .extent, "sets how many rows of an answer are shown; auto: 40 on a terminal",
      example: ".limit 100"),
    DotCommand(
      .width, .extent, "sets the columns that a table may take; auto: those of the terminal",
      example: ".width 100"),
    DotCommand(
      .output, .text(.file, isOptional: true),
      "writes answers to a file, which is there when the next .output closes it",
      example: ".output answers.txt"),
    DotCommand(
      .once, .text(.file, isOptional: false), "writes the next answer to a file",
      example: ".once answer.txt"),
    DotCommand(
      .read, .text(.file, isOptional: false), "runs a script in this session",
      example: ".read examples/tour.q"),
    DotCommand(
      .open, .text(.file, isOptional: false),
      "names the rows of a data file as the file is called; of a dossier, brings in its facts",
      example: ".open examples/data/shelters.csv"),
    DotCommand(
      .save, .text(.file, isOptional: false),
      "writes the statements that ran to a script that runs again", example: ".save session.q"),
    DotCommand(
      .set, .text(.assignment, isOptional: true),
      "gives a param of later texts its value; alone, lists the values",
      example: ".set side=Russia"),
    DotCommand(
      .explain, .query(isOptional: false), "shows how a query would be run",
      example: ".explain figures | take 1"),
    DotCommand(
      .ast, .query(isOptional: false), "shows how a text is read",
      example: ".ast figures | take 1"),
    DotCommand(
      .timer, .choice(.words(["on", "off"]), isOptional: false), "tells the time of each answer",
      example: ".timer on"),
    DotCommand(
      .history, .nothing, "lists the entries of this and earlier sessions", example: ".history"),
    DotCommand(
      .edit, .text(.number, isOptional: true),
      "opens the last entry, or one of .history, in VISUAL or EDITOR, and runs what is left there",
      example: ".edit"),
    DotCommand(.quit, .nothing, "ends the session, as Ctrl-D does", example: ".quit"),
  ]
}
