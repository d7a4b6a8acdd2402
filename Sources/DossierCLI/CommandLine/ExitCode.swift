/// How the program tells its caller what happened.
enum ExitCode {
  static let success: Int32 = 0
  static let failure: Int32 = 1
  static let usage: Int32 = 2
  static let invalid: Int32 = 3
  static let input: Int32 = 4
  static let interrupted: Int32 = 130

  /// What each means, as the manual has it.
  static let meanings: [(code: Int32, meaning: String)] = [
    (success, "All ran, and all checks are supported or undetermined."),
    (
      failure,
      "An error while running, a contradicted check (with --strict an undetermined one, too), or "
        + "output that can't be written."
    ),
    (usage, "Wrong use of the command line."),
    (invalid, "An error of syntax, names or types: nothing was run."),
    (input, "A script or an input file is missing, can't be read or is malformed."),
    (interrupted, "Interrupted by Ctrl-C."),
  ]
}
