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
    func completions(_ line: String) throws -> [String]? {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let script = """
        source completions/dossier.bash; COMP_LINE=$0; COMP_POINT=${#0}; COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1)); _dossier "$1" "${@: -1}" "${@: -2:1}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      return try Self.lines("/bin/bash", ["-c", script, line] + words)
    }
    guard let options = try completions("dossier --no-") else { return }
    #expect(options == ["--no-cite", "--no-rc", "--no-history"])
    #expect(try completions("dossier --format m") == ["markdown"])
    #expect(try completions("dossier examples/to") == ["examples/tour.q"])
    #expect(try completions("dossier f") == ["fmt"])
    #expect(try completions("dossier fmt --c") == ["--check"])
    #expect(try completions("dossier fmt examples/to") == ["examples/tour.q"])
    #expect(try completions("dossier examples/tour.q f") == [])
  }

  @Test("fish completes the same")
  func fish() throws {
    func completions(_ line: String) throws -> [String]? {
      let script = "source completions/dossier.fish; complete -C '\(line)'"
      let lines = try Self.lines("/usr/bin/fish", ["-N", "-c", script])
      return lines?.map { String($0.prefix { $0 != "\t" }) }.sorted()
    }
    guard let options = try completions("dossier --no-") else { return }
    #expect(options == ["--no-cite", "--no-history", "--no-rc"])
    #expect(try completions("dossier --format m") == ["markdown"])
    #expect(try completions("dossier examples/to") == ["examples/tour.q"])
    #expect(try completions("dossier f") == ["fmt"])
    #expect(try completions("dossier fmt --c") == ["--check"])
    #expect(try completions("dossier fmt examples/to") == ["examples/tour.q"])
    #expect(try completions("dossier examples/tour.q f") == [])
  }

  @Test("zsh completes the same")
  func zsh() throws {
    // zsh completes on a terminal only: this one has its own, and tells what is put on the list.
    let home = try TemporaryFolder()
    let settings = """
      PS1=
      fpath=(\(Folders.root.path)/completions $fpath)
      autoload -Uz compinit; compinit -u -D
      compadd() {
        local -a hits
        if [[ " $* " != *" -"[OAD]" "* ]]; then
          builtin compadd -A hits "$@"
          print -rl -- ${hits/#/offered } >>$HOME/told
        fi
        builtin compadd "$@"
      }
      tell() { _main_complete; compstate[insert]=; compstate[list]=; print done >>$HOME/told }
      zle -C tell complete-word tell
      bindkey '^T' tell
      print ready >>$HOME/told
      """
    try Data(settings.utf8).write(to: URL(fileURLWithPath: home.path + "/.zshrc"))
    let script = """
      zmodload zsh/zpty; zpty shell zsh -i
      wait_for() { for i in {1..400}; do grep -q $1 $HOME/told && break; sleep 0.05; done }
      wait_for ready
      for line in "$@"; do
        : >$HOME/told
        zpty -w -n shell $'\\C-U'$line$'\\C-T'; wait_for done
        print -r -- $(grep '^offered ' $HOME/told | cut -d' ' -f2 | sort -u)
      done
      """
    let lines = [
      "dossier --no-", "dossier --format m", "dossier examples/to", "dossier f", "dossier fmt --c",
      "dossier fmt examples/to", "dossier examples/tour.q f",
    ]
    try Data().write(to: URL(fileURLWithPath: home.path + "/told"))
    let offered = try Self.lines(
      "/usr/bin/zsh", ["-f", "-c", script, "zsh"] + lines, home: home, keepsEmpty: true)
    guard let offered else { return }
    #expect(
      offered == [
        "--no-cite --no-history --no-rc", "markdown", "tour.q", "fmt", "--check", "tour.q", "",
      ])
  }

  /// What a program prints in the folder of the project; nil where there is no such program.
  private static func lines(
    _ program: String, _ arguments: [String], home: TemporaryFolder? = nil,
    keepsEmpty: Bool = false
  ) throws -> [String]? {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      print("skipped: no \(program)")
      return nil
    }
    let home = try home ?? TemporaryFolder()
    let run = try BuiltProgram.run(
      arguments, program: program, place: Folders.root.path,
      environment: ["HOME": home.path, "PATH": "/usr/bin:/bin"])
    return run.output.dropLast(keepsEmpty ? 1 : 0)
      .split(separator: "\n", omittingEmptySubsequences: !keepsEmpty).map(String.init)
  }
}
