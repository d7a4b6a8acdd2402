/// What the command line asks for.
struct Request {
  /// The draft; standard input if there is none.
  var draft: String?
  /// Scripts that declare facts; the built-in dossier if there are none.
  var dossiers: [String] = []
  var isJSON = false

  static let usage = """
    usage: factcheck [DRAFT] [--dossier FILE.q]... [--json]

    Holds the numbers and dates of a draft (plain text or Markdown, in English) against a dossier.
    Ends with 1 if something is contradicted, 2 if it can't be asked, 3 if the dossier has errors.

    """

  /// Nil if the arguments are none that it knows.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--json": isJSON = true
      case "--dossier":
        guard let file = rest.popFirst() else { return nil }
        dossiers.append(file)
      case "-": draft = nil
      case _ where argument.hasPrefix("-") || draft != nil: return nil
      default: draft = argument
      }
    }
  }
}
