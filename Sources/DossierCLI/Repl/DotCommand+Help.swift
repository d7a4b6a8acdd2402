extension DotCommand {
  /// The keys, in the order people look for them.
  static let keys = [
    ("Enter", "runs what is whole, else begins a new row"),
    ("Alt-Enter", "always begins a new row"),
    ("Up, Down", "move between rows, then through entries that begin like this one"),
    ("PgUp, PgDn", "move through entries"),
    ("Ctrl-R", "searches the entries"),
    ("Tab", "completes, or lists what could stand here"),
    ("Right, End", "takes the hint that stands behind the line"),
    ("Ctrl-C", "drops the line, or cancels what runs"),
    ("Ctrl-D", "ends the session, on an empty line"),
  ]

  /// The help on the keys.
  static var keyHelp: String { "Keys:\n" + Listing.columns(keys) }

  /// The help on one command, or on all.
  static func help(on name: String) -> String {
    guard let command = all.first(where: { $0.name.rawValue == name }) else {
      return "Commands; a unique beginning is enough, and .help tells more of each:\n"
        + Listing.columns(all.map { ($0.usage, $0.summary) })
        + "A line that begins with | goes on from the last result; 'it' names it.\n"
    }
    let detail = command.detail.map(Listing.paragraph) ?? ""
    return "\(command.usage)  \(command.summary)\n\(detail)  \(command.example)\n"
  }
}
