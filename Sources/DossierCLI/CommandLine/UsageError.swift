import Dossier

/// A wrong use of the command line.
enum UsageError: Error, Equatable {
  /// `dossier a.q b.q`
  case secondScript(String)
  /// `dossier --set side`
  case noValue(String)
  /// `dossier --limit few`
  case noRows(String)
  /// `dossier --format xml`
  case notAChoice(String, option: String, choices: [String])
  /// `dossier --check --explain`
  case together(String, String)
}

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .secondScript(let name):
      return "only one script can be run, and '\(name)' is a second one"
    case .noValue(let assignment):
      return "--set takes name=value, not '\(assignment)'"
    case .noRows(let text):
      return "--limit takes a number of rows from 1, not '\(text)'"
    case .notAChoice(let name, let option, let choices):
      let nearest = Suggestion.nearest(to: name, among: choices)
      return "\(option) takes \(choices.joined(separator: ", ")), not '\(name)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .together(let one, let other):
      return "\(one) and \(other) can't stand together"
    }
  }
}
