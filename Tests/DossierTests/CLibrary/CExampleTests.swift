import Foundation
import Testing

/// Programs in C against the library that was built beside the tests.
@Suite struct CExampleTests {
  /// Compiles a program without a warning: its path.
  private func compiled(_ sources: [URL], in folder: TemporaryFolder) throws -> String {
    let libraries = URL(fileURLWithPath: try BuiltProgram.path()).deletingLastPathComponent().path
    let program = folder.path + "/program"
    let include = Folders.sources.appendingPathComponent("CDossier/include").path
    let result = try BuiltProgram.run(
      ["cc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", include]
        + sources.map(\.path)
        + ["-L", libraries, "-lCDossier", "-Wl,-rpath,\(libraries)", "-o", program],
      program: "/usr/bin/env", environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    try #require(result.code == 0, "\(result.notes)")
    return program
  }

  @Test("the example answers queries that come as JSON lines, and says what is wrong with others")
  func answers() throws {
    let sources = Folders.examples.appendingPathComponent("embed/c")
    let folder = try TemporaryFolder()
    let program = try compiled(try Folders.files(sources, ending: "c"), in: folder)
    let queries = try Folders.text(sources.appendingPathComponent("queries.jsonl"))
    let result = try BuiltProgram.run([], program: program, input: queries)
    #expect(result.code == 0 && result.notes == "")
    let expected = sources.appendingPathComponent("answers.jsonl")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try result.output.write(to: expected, atomically: true, encoding: .utf8)
      Issue.record("the answers were recorded: read what changed")
    }
    let seen = result.output.split(separator: "\n")
    let lines = try Folders.text(expected).split(separator: "\n")
    #expect(
      seen.count == queries.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
    for (line, other) in zip(seen, lines) { #expect(line == other) }
    #expect(seen.count == lines.count)
    for line in seen { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
  }

  @Test("the example takes a dossier of one's own, and tells its mistakes")
  func dossiers() throws {
    let folder = try TemporaryFolder()
    let sources = Folders.examples.appendingPathComponent("embed/c")
    let program = try compiled(try Folders.files(sources, ending: "c"), in: folder)
    let flood = Folders.examples.appendingPathComponent("dossiers/flood.q").path
    let result = try BuiltProgram.run(
      [flood], program: program, input: "{\"query\": \"length(text(count(figures))) > 0\"}")
    #expect(result.output.hasPrefix("{\"line\": 1, \"answer\": {\"value\": true"))
    let wrong = folder.path + "/wrong.q"
    try Data("actor a \"A\" { nosuch: 1 }".utf8).write(to: URL(fileURLWithPath: wrong))
    let refused = try BuiltProgram.run([wrong], program: program)
    #expect(refused.code == 1 && refused.notes.contains("an actor has no field 'nosuch'"))
    #expect(try BuiltProgram.run([flood, flood], program: program).code == 2)
    #expect(try BuiltProgram.run([folder.path + "/none.q"], program: program).code == 1)
  }

  @Test("the README's program prints what it shows")
  func readme() throws {
    let blocks = codeBlocks(try Folders.text(Folders.root.appendingPathComponent("README.md")))
    let index = try #require(blocks.firstIndex { $0.language == "c" })
    let folder = try TemporaryFolder()
    let source = URL(fileURLWithPath: folder.path + "/readme.c")
    try blocks[index].text.write(to: source, atomically: true, encoding: .utf8)
    let result = try BuiltProgram.run([], program: try compiled([source], in: folder))
    #expect(result.output == blocks[index + 1].text && result.notes == "" && result.code == 0)
  }

  @Test("the header is C99 and C++, alone and twice", arguments: ["c99", "c++11"])
  func header(standard: String) throws {
    let folder = try TemporaryFolder()
    let source = folder.path + (standard == "c99" ? "/twice.c" : "/twice.cc")
    let include = Folders.sources.appendingPathComponent("CDossier/include").path
    try Data("#include <dossier.h>\n#include <dossier.h>\nint main(void) { return 0; }\n".utf8)
      .write(to: URL(fileURLWithPath: source))
    let result = try BuiltProgram.run(
      ["cc", "-std=\(standard)", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", include]
        + ["-fsyntax-only", source],
      program: "/usr/bin/env", environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    #expect(result.code == 0 && result.notes == "")
  }
}
