import Foundation
import Testing

@Suite("Streams that end early, are full, closed or without an end")
struct StreamTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ script: String) throws -> BuiltProgram.Result {
    try BuiltProgram.shell(script, place: folder.path)
  }

  @Test("a reader who has enough ends it quietly")
  func closedPipe() throws {
    let rows = String(repeating: "facts;", count: 400)
    for format in ["table", "csv", "json", "html"] {
      let command =
        "{ dossier --format \(format) -e '\(rows)'; echo $? >code; } | head -c 1 >/dev/null"
      let result = try run(command + "; cat code")
      #expect(result.output == "0\n" && result.notes == "", "\(format)")
    }
  }

  @Test(
    "a disk that is full is an error, whatever is written",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      "-e 1", "--format html -e 1", "--version", "--generate-completion-script bash", "-i",
      "--explain -e 1", "--ast -e 1", "fmt",
    ])
  func fullDisk(_ arguments: String) throws {
    let result = try run("echo 1 | dossier \(arguments) >/dev/full")
    #expect(result.notes == "dossier: cannot write standard output: no space left on device\n")
    #expect(result.code == 1)
  }

  @Test("closed streams are told, and no file is taken for one")
  func closedStreams() throws {
    let lost = "dossier: cannot write standard output: bad file descriptor\n"
    for arguments in ["-e 1", "--help", "fmt"] {
      let result = try run("echo 1 | dossier \(arguments) >&-")
      #expect(result.notes == lost && result.code == 1)
    }
    try Data("1\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/x.q"))
    let script = try run("dossier x.q >&-")
    #expect(script.notes == lost && script.code == 1)
    #expect(try run("dossier -o y -e 5 >&- 2>&-; cat y").output == "5\n")
    let help = "printf '.output z\\n.help\\n' | dossier -i >&-"
    #expect(try run(help + "; cat z").output == "")
    let input = try run("dossier <&-")
    #expect(input.notes == "dossier: cannot read 'standard input': bad file descriptor\n")
    #expect(input.code == 4)
    let both = try run("dossier -e 'nonsense |' 2>&-")
    #expect(both.code == 3 && both.output == "")
  }

  @Test(
    "what is no script is told at once, and nothing runs",
    arguments: [
      ("/dev/zero", "it is a device: expected a script"),
      ("binary.q", "expected a script in UTF-8"),
      ("wide.q", "expected a script in UTF-8"), (".", "is a directory"),
      ("none.q", "no such file or directory"), ("binary.q/x", "not a directory"),
      ("self", "too many levels of symbolic links"),
    ])
  func noScript(_ name: String, _ reason: String) throws {
    try Data([0x7F, 0x45, 0, 1]).write(to: URL(fileURLWithPath: folder.path + "/binary.q"))
    try #require("1 + 1\n".data(using: .utf16)).write(
      to: URL(fileURLWithPath: folder.path + "/wide.q"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/self", withDestinationPath: "self")
    for command in ["dossier -e 1 -e 2 \(name)", "dossier --check \(name)", "dossier fmt \(name)"] {
      let result = try run(command)
      #expect(result.notes.hasPrefix("dossier: cannot read '\(name)': "))
      #expect(result.notes.hasSuffix(reason + "\n"))
      #expect(result.output == "" && result.code == 4)
    }
    let session = try run("printf '.read \(name)\\n20 + 22\\n' | dossier -i -e 1")
    #expect(session.notes.hasSuffix(reason + "\n"))
    #expect(session.output == "1\n42\n" && session.code == 0)
  }

  @Test("a script may come through a pipe, and may have nothing")
  func pipes() throws {
    #expect(try run("mkfifo p; echo 20 + 22 >p & dossier p").output == "42\n")
    #expect(try run("dossier /dev/null").code == 0)
    #expect(try run("dossier </dev/null").output == "")
    #expect(try run("echo 20 + 22 | dossier /dev/stdin").output == "42\n")
  }

  @Test("a script without an end is not read without an end")
  func endless() throws {
    let result = try run("yes 'let a = 1' 2>/dev/null | dossier")
    #expect(result.notes == "dossier: cannot read 'standard input': a script may have 256 MB\n")
    #expect(result.code == 4)
    let file = try run("truncate -s 300M large.q; dossier large.q")
    #expect(file.notes == "dossier: cannot read 'large.q': a script may have 256 MB\n")
    #expect(file.code == 4)
  }

  @Test("a script that can't be read is told", .enabled(if: geteuid() != 0))
  func unreadable() throws {
    let result = try run("echo 1 >x.q; chmod 0 x.q; dossier x.q")
    #expect(result.notes == "dossier: cannot read 'x.q': permission denied\n" && result.code == 4)
  }
}
