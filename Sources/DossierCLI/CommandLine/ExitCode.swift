/// How the program tells its caller what happened.
enum ExitCode {
  static let success: Int32 = 0
  /// An error while running, a contradicted check, or output that could not be written.
  static let failure: Int32 = 1
  static let usage: Int32 = 2
  /// Syntax, names or types: nothing was run.
  static let invalid: Int32 = 3
  /// An input file is missing or unreadable.
  static let input: Int32 = 4
  static let interrupted: Int32 = 130
}
