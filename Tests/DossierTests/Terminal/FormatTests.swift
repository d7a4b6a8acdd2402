import Foundation
import Testing

@Suite("dossier fmt")
struct FormatTests {
  private func write(_ text: String, _ name: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("standard input is written to standard output")
  func standardInput() throws {
    for arguments in [["fmt"], ["fmt", "-"]] {
      let run = try BuiltProgram.run(arguments, input: "figures|take 1 # one")
      #expect(run.output == "figures | take 1  # one\n")
      #expect(run.notes.isEmpty)
      #expect(run.code == 0)
    }
  }

  @Test("files are replaced where they are, with their rights, also through a link")
  func inPlace() throws {
    let folder = try TemporaryFolder()
    let script = try write("1+1", "a.q", in: folder)
    let link = folder.path + "/link.q"
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: script)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: script)
    let run = try BuiltProgram.run(["fmt", link])
    #expect(run.code == 0 && run.output.isEmpty && run.notes.isEmpty)
    #expect(try read(script) == "1 + 1\n")
    let rights = try FileManager.default.attributesOfItem(atPath: script)[.posixPermissions]
    #expect(rights as? Int == 0o750)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == script)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test("a script with an error of syntax is left alone, others are formatted")
  func syntaxErrors() throws {
    let folder = try TemporaryFolder()
    let (wrong, right) = (
      try write("(1+", "a.q", in: folder), try write("1+1", "b.q", in: folder)
    )
    let run = try BuiltProgram.run(["fmt", wrong, right])
    #expect(run.code == 3)
    #expect(run.notes.contains("error[E0114]"))
    #expect(try read(wrong) == "(1+")
    #expect(try read(right) == "1 + 1\n")
    #expect(try BuiltProgram.run(["fmt", folder.path + "/none.q"]).code == 4)
    #expect(try BuiltProgram.run(["fmt", "--chek"]).code == 2)
    #expect(try BuiltProgram.run(["fmt", "--help"]).output.contains("--check"))
  }

  @Test("--check names what would change and changes nothing")
  func checking() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (
      try write("1+1", "a.q", in: folder), try write("1 + 1\n", "b.q", in: folder)
    )
    let run = try BuiltProgram.run(["fmt", "--check", one, two])
    #expect(run.output == one + "\n")
    #expect(run.code == 1)
    #expect(try read(one) == "1+1")
    #expect(try BuiltProgram.run(["fmt", "--check", two]).code == 0)
  }

  @Test("several scripts can be checked, each on its own")
  func severalScripts() throws {
    let folder = try TemporaryFolder()
    let (one, two) = (
      try write("let a = 1", "a.q", in: folder), try write("a", "b.q", in: folder)
    )
    let run = try BuiltProgram.run(["--check", two, one])
    #expect(run.code == 3)
    #expect(run.notes.contains("b.q:1:1"))
    #expect(try BuiltProgram.run(["--check", one, one]).code == 0)
    #expect(try BuiltProgram.run([one, one]).code == 2)
  }

  @Test("--ast shows how a text is read")
  func outline() throws {
    let run = try BuiltProgram.run(["--ast", "-e", "figures | take (1)"])
    #expect(run.output == "query\n  path figures\n  take\n    quantity 1\n")
    #expect(run.code == 0)
    #expect(try BuiltProgram.run(["--ast", "--check", "-e", "1"]).code == 2)
  }
}
