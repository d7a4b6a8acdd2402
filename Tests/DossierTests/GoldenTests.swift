import Dossier
import Foundation
import Testing

/// Programs with exactly what the user sees beside them.
///
/// A file holds cases parted by `===`; a case is a program, `---`, and its transcript. Lines
/// `# format: json` and `# set: name=value` of a program say how it is run. `RECORD=1` rewrites
/// the files, and still fails the run.
@Suite struct GoldenTests {
  struct Case: CustomStringConvertible {
    let program: String
    let expected: String

    var description: String { program }

    var format: OutputFormat {
      value(of: "format").first.flatMap(OutputFormat.init(rawValue:)) ?? .table
    }

    var parameters: [String: String] {
      value(of: "set").reduce(into: [:]) { set, line in
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        set[parts[0]] = parts.count > 1 ? parts[1] : ""
      }
    }

    private func value(of key: String) -> [String] {
      program.split(separator: "\n").filter { $0.hasPrefix("# \(key): ") }.map {
        String($0.dropFirst(key.count + 4))
      }
    }

    var seen: String { transcript(program, as: format, parameters: parameters) }
  }

  static func cases(_ text: String) -> [Case] {
    text.components(separatedBy: "\n===\n").map { part in
      let halves = part.components(separatedBy: "\n---\n")
      if halves.count == 2 { return Case(program: halves[0], expected: halves[1]) }
      return Case(program: part.components(separatedBy: "\n---")[0], expected: "")
    }
  }

  static let files: [String] =
    ((try? Folders.files(Folders.golden, ending: "txt")) ?? []).map(\.lastPathComponent)

  @Test("the golden files hold what is printed", arguments: files)
  func golden(file: String) throws {
    let url = Folders.golden.appendingPathComponent(file)
    let cases = GoldenTests.cases(try Folders.text(url))
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      let text = cases.map { "\($0.program)\n---\n\($0.seen)" }.joined(separator: "\n===\n")
      try text.write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(file) was recorded: read what changed")
      return
    }
    for golden in cases {
      #expect(golden.seen == golden.expected, "\(file): \(golden.program)")
    }
  }

  /// Codes of errors that no text of a golden file can cause.
  static let elsewhere: Set<String> = [
    "E0102", "E0103", "E0104", "E0601", "E0602", "E0690", "E0701", "E0702", "E0703", "E0704",
    "E0705",
    "E0706", "E0707", "E0603", "E0731", "E0732", "E0733", "E0734", "E0219", "E0220", "E0223",
    "E0224", "E0225", "E0226", "E0521",
  ]

  @Test("every error code has a case")
  func everyErrorCodeHasACase() throws {
    var written: Set<String> = []
    let folder = Folders.sources.appendingPathComponent("Dossier")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try Folders.text(file).matches(of: /"(E0[0-9]{3})"/) {
        written.insert(String(match.1))
      }
    }
    var seen: Set<String> = []
    for file in GoldenTests.files {
      let text = try Folders.text(Folders.golden.appendingPathComponent(file))
      for match in text.matches(of: /error\[(E0[0-9]{3})\]/) { seen.insert(String(match.1)) }
    }
    // Files that are wrong lie beside their tests, not in golden programs.
    let tests = Folders.golden.deletingLastPathComponent().appendingPathComponent("Input")
    for file in try Folders.files(tests, ending: "swift") {
      for match in try Folders.text(file).matches(of: /"(E05[0-9]{2})[ ]/) {
        seen.insert(String(match.1))
      }
    }
    #expect(written.count > 40)
    #expect(written.subtracting(seen).subtracting(GoldenTests.elsewhere).sorted() == [])
  }
}
