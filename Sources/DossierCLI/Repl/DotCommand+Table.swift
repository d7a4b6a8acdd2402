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
      .describe, .query(isOptional: true), "tells what the fields of a table or a query hold",
      detail:
        "Alone, of the last result: types, units, what is unreported or uncertain, the range.",
      example: ".describe figures"),
    DotCommand(
      .actor, .text(.actor, isOptional: false), "shows all that is said of one",
      detail: "By name, id or alias, with the queries that find it.",
      example: ".actor North Korea"),
    DotCommand(
      .last, .nothing, "shows the last answer again, with all its rows",
      detail: "In a pager if they are more than the terminal has: PAGER, else less.",
      example: ".last"),
    DotCommand(
      .mode, .choice(.format, isOptional: true), "sets how answers are written",
      detail: "One of \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      example: ".mode json"),
    DotCommand(
      .cite, .choice(.words(["on", "off", "auto"]), isOptional: true),
      "names sources in all formats, or in none", detail: "auto: as each format does.",
      example: ".cite off"),
    DotCommand(
      .limit, .extent, "sets how many rows of an answer are shown",
      detail: "auto: 40 on a terminal. Files get all rows.", example: ".limit 100"),
    DotCommand(
      .width, .extent, "sets how many columns a table may take",
      detail: "auto: those of the terminal.", example: ".width 100"),
    DotCommand(
      .output, .text(.file, isOptional: true), "writes answers to a file",
      detail:
        "It takes the place of an old one when it is closed: by the next .output, which alone "
        + "writes to the terminal again, or at the end.",
      example: ".output answers.txt"),
    DotCommand(
      .once, .text(.file, isOptional: false), "writes the next answer to a file",
      example: ".once answer.txt"),
    DotCommand(
      .read, .text(.file, isOptional: false), "runs a script in this session",
      example: ".read examples/tour.q"),
    DotCommand(
      .open, .text(.file, isOptional: false), "brings in a data file, or the facts of a dossier",
      detail: "The rows of losses.csv are called losses; a dossier is a script (.q).",
      example: ".open examples/data/shelters.csv"),
    DotCommand(
      .save, .text(.file, isOptional: false), "writes what ran to a script that runs again",
      example: ".save session.q"),
    DotCommand(
      .set, .text(.assignment, isOptional: true), "gives a param of later texts its value",
      detail: "Alone, lists the values. 'highlight off' and 'hints off' leave typed lines plain.",
      example: ".set side=Russia"),
    DotCommand(
      .explain, .query(isOptional: false), "shows how a query would be run",
      example: ".explain figures | take 1"),
    DotCommand(
      .ast, .query(isOptional: false), "shows how a text is read",
      example: ".ast figures | take 1"),
    DotCommand(
      .timer, .choice(.words(["on", "off"]), isOptional: true), "tells the time of each answer",
      example: ".timer on"),
    DotCommand(
      .history, .nothing, "lists the entries of this and earlier sessions", example: ".history"),
    DotCommand(
      .edit, .text(.number, isOptional: true), "opens the last text in an editor, and runs it",
      detail: "The last that was no command, or entry N of .history. The editor is VISUAL or "
        + "EDITOR, else vi; a text that wasn't changed is not run.",
      example: ".edit"),
    DotCommand(.quit, .nothing, "ends the session, as Ctrl-D does", example: ".quit"),
  ]
}
