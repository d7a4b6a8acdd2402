import Dossier
import DossierFiles
import Foundation
import Testing

@testable import DossierCLI

/// What scripts can't reach, and what the user can.
@Suite struct ReachableFilesTests {
  /// A folder `scripts` with files, links and a pipe; beside it what is out of reach.
  private static func withFolder(_ run: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    let root = folder.path
    let files = FileManager.default
    try files.createDirectory(atPath: root + "/scripts/data", withIntermediateDirectories: true)
    try files.createDirectory(atPath: root + "/secret", withIntermediateDirectories: true)
    for path in ["scripts/a.csv", "scripts/data/b.csv", "secret/c.csv"] {
      try Data("x\n1\n".utf8).write(to: URL(fileURLWithPath: "\(root)/\(path)"))
    }
    let links = [
      ("out", "../secret"), ("file", "../secret/c.csv"), ("inner", "data"), ("self", "self"),
    ]
    for (name, target) in links {
      try files.createSymbolicLink(
        atPath: "\(root)/scripts/\(name)", withDestinationPath: target)
    }
    #expect(mkfifo(root + "/scripts/pipe", 0o600) == 0)
    try withExtendedLifetime(folder) { try run(root) }
  }

  /// The first bytes of a file, or why it can't be read.
  private func outcome(
    _ path: String, from script: String?, _ access: ReachableFiles = ReachableFiles()
  ) -> Result<String, FileProblem> {
    do throws(FileProblem) {
      let file = try access.open(path, from: script)
      var bytes = [UInt8](repeating: 0, count: 16)
      var problem: FileProblem?
      let count = bytes.withUnsafeMutableBytes { buffer in
        do throws(FileProblem) { return try file.read(at: 0, into: buffer) } catch {
          problem = error
          return 0
        }
      }
      if let problem { throw problem }
      return .success(String(decoding: bytes[..<count], as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }

  private func isRefused(_ result: Result<String, FileProblem>) -> Bool {
    if case .failure(.notAllowed) = result { true } else { false }
  }

  @Test("a script reaches what lies under its folder, and nothing by way of it")
  func scripts() throws {
    try ReachableFilesTests.withFolder { root in
      let script = root + "/scripts/ask.q"
      for path in ["a.csv", "./data/../a.csv", "data/b.csv", "\(root)/scripts/data//b.csv"] {
        #expect(outcome(path, from: script) == .success("x\n1\n"), "\(path)")
      }
      let outside = [
        "../secret/c.csv", "data/../../secret/c.csv", "\(root)/secret/c.csv", "out/c.csv", "file",
        "inner/b.csv", "self", "/etc/passwd", "/proc/self/environ", "/dev/null", "../secret",
        "../../../../../../../../etc/passwd",
      ]
      for path in outside { #expect(isRefused(outcome(path, from: script)), "\(path)") }
      #expect(outcome("none.csv", from: script) == .failure(.notFound))
      #expect(outcome("none/a.csv", from: script) == .failure(.notFound))
      #expect(outcome("a.csv/x", from: script) == .failure(.notFound))
      #expect(outcome("data", from: script) == .failure(.isDirectory))
      #expect(outcome(".", from: script) == .failure(.isDirectory))
      #expect(outcome("pipe", from: script) == .failure(.notARegularFile))
      #expect(outcome("a.csv\0", from: script) == .failure(.notFound))
      #expect(outcome("", from: script) == .failure(.notFound))
    }
  }

  @Test("--allow-read widens what scripts reach, by a file or a folder")
  func allowed() throws {
    try ReachableFilesTests.withFolder { root in
      let script = root + "/scripts/ask.q"
      for path in ["\(root)/secret", "\(root)/secret/c.csv"] {
        let access = ReachableFiles(allowed: [path])
        #expect(outcome("../secret/c.csv", from: script, access) == .success("x\n1\n"))
        #expect(isRefused(outcome("out/c.csv", from: script, access)))
      }
      let linked = ReachableFiles(allowed: ["\(root)/scripts/out"])
      #expect(outcome("out/c.csv", from: script, linked) == .success("x\n1\n"))
      #expect(isRefused(outcome("out/../../secret/c.csv", from: script, linked)))
    }
  }

  @Test("a text that was typed reaches what the user can, but no pipe or device")
  func typed() throws {
    try ReachableFilesTests.withFolder { root in
      #expect(outcome("\(root)/secret/c.csv", from: nil) == .success("x\n1\n"))
      #expect(outcome("\(root)/scripts/file", from: nil) == .success("x\n1\n"))
      #expect(outcome("\(root)/scripts/pipe", from: nil) == .failure(.notARegularFile))
      #expect(outcome("/dev/null", from: nil) == .failure(.notARegularFile))
      #expect(outcome("\(root)/scripts", from: nil) == .failure(.isDirectory))
    }
  }

  @Test("what comes through a pipe is kept, and can be read again")
  func standardInput() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = Array("x\n1\n2\n".utf8)
    #expect(write(ends[1], text, text.count) == text.count)
    close(ends[1])
    defer { close(ends[0]) }
    let input = try StandardInput(descriptor: ends[0]).opened()
    for _ in 0..<2 {
      var seen: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 3)
      while true {
        let count = try part.withUnsafeMutableBytes { buffer throws(FileProblem) -> Int in
          try input.read(at: seen.count, into: buffer)
        }
        if count == 0 { break }
        seen += part[..<count]
      }
      #expect(seen == text)
    }
  }

  @Test(
    "paths are resolved by their text",
    arguments: [
      ("a/./b//../c", "a/c"), ("../../a/..", "../.."), ("/../a/../..", "/"), ("", ""),
      ("/a/", "/a"),
    ])
  func paths(written: String, resolved: String) { #expect(FilePath(written).text == resolved) }
}
