import Foundation

/// How many cases of a property are tried.
enum Cases {
  /// All if the environment says `CASES=full`, else a tenth.
  static func some(of count: Int) -> Int {
    ProcessInfo.processInfo.environment["CASES"] == "full" ? count : count / 10
  }
}
