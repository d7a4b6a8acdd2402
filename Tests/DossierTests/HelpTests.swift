import Dossier
import Testing

/// A help is a program: the statement with the mistake, mended.
@Suite struct HelpTests {
  /// An error as it is drawn: its code, the line with the mistake, and the help.
  private struct Told {
    var code: String
    var line: Int
    var help: String?

    /// The errors of a transcript.
    static func all(_ transcript: String) -> [Told] {
      var found: [Told] = []
      for line in transcript.split(separator: "\n") {
        if let match = line.wholeMatch(of: /error\[(E[0-9]+)\].*/) {
          found.append(Told(code: String(match.1), line: 0))
        } else if let match = line.wholeMatch(of: /\ *┌─ input:([0-9]+):.*/),
          let last = found.indices.last
        {
          found[last].line = Int(match.1) ?? 0
        } else if let match = line.wholeMatch(of: /\ *= help: (.*)/), let last = found.indices.last
        {
          found[last].help = String(match.1)
        }
      }
      return found
    }
  }

  /// Errors of sums and rivals: their help was tried before it is told.
  private static let codes = "E0430"..."E0449"

  @Test("a help for a sum or for rivals runs", arguments: GoldenTests.files)
  func helps(file: String) throws {
    let text = try Folders.text(Folders.golden.appendingPathComponent(file))
    for golden in GoldenTests.cases(text) {
      let told = Told.all(golden.expected)
      for error in told where HelpTests.codes.contains(error.code) {
        guard let help = error.help, let program = mended(golden.program, error, told) else {
          continue
        }
        let seen = transcript(program, as: golden.format, parameters: golden.parameters)
        #expect(Told.all(seen).isEmpty, "\(file): \(help)\n\(seen)")
      }
    }
  }

  /// The program with the help in place of its line, without the lines of other mistakes.
  private func mended(_ program: String, _ error: Told, _ told: [Told]) -> String? {
    var lines = program.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let help = error.help, lines.indices.contains(error.line - 1) else { return nil }
    for other in told where lines.indices.contains(other.line - 1) && other.line != error.line {
      lines[other.line - 1] = ""
    }
    lines[error.line - 1] = help
    return lines.joined(separator: "\n")
  }
}
