import Foundation
import Testing

@testable import DossierCLI

@Suite("The manual and the completions of shells")
struct ManualTests {
  private let records = ProcessInfo.processInfo.environment["RECORD"] != nil

  /// Whether a file of the project is as it is made; `make manual` makes it.
  private func expect(_ file: URL, toBe made: String) throws {
    let text = try? Folders.text(file)
    if records, text != made { try Data(made.utf8).write(to: file) }
    #expect(text == made, "\(file.lastPathComponent) is stale: make manual")
  }

  @Test("the manual lists the options, commands, keys and exit codes that there are")
  func manual() throws {
    try expect(ManualPage.file, toBe: ManualPage.renewed(Folders.text(ManualPage.file)))
  }

  @Test("the manual is one that man can show", .enabled(if: hasGroff))
  func format() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.groff)
    process.arguments = ["-man", "-Tutf8", "-ww", "-rLL=78n", "-P", "-cbou", ManualPage.file.path]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let shown = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let warnings = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: warnings, as: UTF8.self) == "")
    for heading in ["OPTIONS", "COMMANDS", "ENVIRONMENT", "FILES", "EXIT STATUS"] {
      #expect(shown.contains(heading))
    }
  }

  private static let groff = "/usr/bin/groff"
  private static let hasGroff = FileManager.default.isExecutableFile(atPath: groff)

  @Test(
    "completions are those of the options",
    arguments: [("bash", "dossier.bash"), ("zsh", "_dossier"), ("fish", "dossier.fish")])
  func completions(_ shell: String, _ name: String) throws {
    let made = try BuiltProgram.run(["--generate-completion-script", shell]).output
    try expect(Folders.root.appendingPathComponent("completions/\(name)"), toBe: made)
    for option in try ProgramOptions(of: []).names { #expect(made.contains(option), "\(option)") }
  }

  @Test("bash completes options, their values and scripts")
  func bash() throws {
    func completions(_ line: String) throws -> [String] {
      let folder = try TemporaryFolder()
      let script = Folders.root.appendingPathComponent("completions/dossier.bash").path
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.currentDirectoryURL = Folders.root
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      process.arguments =
        [
          "-c",
          """
          source "$0"; COMP_LINE=$1; COMP_POINT=${#1}; shift; COMP_WORDS=("$@")
          COMP_CWORD=$(($# - 1)); _dossier "$1" "${@: -1}" "${@: -2:1}"
          printf '%s\\n' "${COMPREPLY[@]}"
          """, script, line,
        ] + words.map(String.init)
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let told = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return withExtendedLifetime(folder) {
        String(decoding: told, as: UTF8.self).split(separator: "\n").map(String.init)
      }
    }
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
    #expect(try completions("dossier --no-") == ["--no-cite", "--no-rc", "--no-history"])
    #expect(try completions("dossier --format m") == ["markdown"])
    #expect(try completions("dossier examples/to") == ["examples/tour.q"])
  }
}
