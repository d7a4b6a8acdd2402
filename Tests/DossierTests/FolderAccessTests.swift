import Dossier
import DossierFiles
import Foundation
import Synchronization
import Testing

/// Scripts that may read one folder don't leave it.
@Suite struct FolderAccessTests {
  /// A folder with files, links and a pipe, beside a file that is nobody's business.
  private func withFolder(_ body: (URL, FolderAccess) throws -> Void) throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(
      "folder-\(UUID().uuidString)")
    let folder = place.appendingPathComponent("open")
    let files = FileManager.default
    try files.createDirectory(
      at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
    defer { try? files.removeItem(at: place) }
    try "n\n1\n".write(
      to: folder.appendingPathComponent("a.csv"), atomically: false, encoding: .utf8)
    try "n\n2\n".write(
      to: folder.appendingPathComponent("sub/b.csv"), atomically: false, encoding: .utf8)
    try "n\n666\n".write(
      to: place.appendingPathComponent("secret.csv"), atomically: false, encoding: .utf8)
    for (name, target) in [
      ("link.csv", "a.csv"), ("out.csv", "../secret.csv"), ("up", ".."), ("inside", "sub"),
      ("root", "/"),
    ] {
      try files.createSymbolicLink(
        atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
    }
    #expect(mkfifo(folder.appendingPathComponent("pipe").path, 0o600) == 0)
    try body(folder, try FolderAccess(folder.path))
  }

  /// What `open` finds: the sum of a column, or the code of the error.
  private func found(_ path: String, _ access: FolderAccess, from script: String? = nil) -> String {
    do throws(Failure) {
      let query = try Facts.builtIn.prepare(
        "open(\"\(path)\") | summarize s = sum(n)", named: script ?? "query", files: access)
      guard case .number(let sum)? = try query.run().rows.first?["s"] else { return "no number" }
      return "\(Int(sum))"
    } catch {
      return error.diagnostics[0].code
    }
  }

  @Test("files of the folder are read, whatever leads out of it is not")
  func reach() throws {
    try withFolder { folder, access in
      for (path, expected) in [
        ("a.csv", "1"), ("sub/b.csv", "2"), ("./sub/../a.csv", "1"), ("sub//b.csv", "2"),
      ] { #expect(found(path, access) == expected, "\(path)") }
      let refused = [
        "../secret.csv", "sub/../../secret.csv", "..", ".", "sub", "/etc/passwd", "link.csv",
        "out.csv", "up/secret.csv", "inside/b.csv", "root/etc/passwd", "pipe", "/dev/zero",
        "/proc/self/environ", "/proc/self/fd/0", folder.appendingPathComponent("a.csv").path,
        "a.csv/x", "nosuch.csv", "-", "sub/", "~/a.csv",
      ]
      for path in refused {
        #expect(found(path, access).hasPrefix("E05"), "\(path): \(found(path, access))")
      }
    }
  }

  @Test("paths with NUL, without an end and without letters are not found")
  func strangePaths() throws {
    try withFolder { _, access in
      for path in ["", "a.csv\0", "\0", String(repeating: "a/", count: 100_000) + "b"] {
        #expect(throws: FileProblem.self) { _ = try access.open(path, from: nil) }
      }
    }
  }

  @Test("a script reads beside itself, and not above the folder")
  func scripts() throws {
    try withFolder { _, access in
      _ = try access.open("b.csv", from: "sub/script.q")
      _ = try access.open("../a.csv", from: "sub/script.q")
      #expect(throws: FileProblem.self) { _ = try access.open("../../secret.csv", from: "sub/a.q") }
      #expect(throws: FileProblem.self) { _ = try access.open("secret.csv", from: "../a.q") }
      #expect(throws: FileProblem.self) { _ = try access.open("a.csv", from: "/etc/a.q") }
    }
  }

  @Test("the folder stays the one that was opened, whatever takes its name")
  func renamedFolder() throws {
    try withFolder { folder, access in
      let files = FileManager.default
      try files.moveItem(
        at: folder, to: folder.deletingLastPathComponent().appendingPathComponent("x"))
      try files.createSymbolicLink(atPath: folder.path, withDestinationPath: "/etc")
      #expect(found("a.csv", access) == "1")
      #expect(found("passwd", access).hasPrefix("E05"))
    }
  }

  @Test("a component that turns into a link and back is never followed")
  func swaps() throws {
    try withFolder { folder, access in
      let (inner, aside) = (folder.path + "/swap", folder.path + "/aside")
      #expect(mkdir(inner, 0o700) == 0)
      try "n\n1\n".write(toFile: inner + "/secret.csv", atomically: false, encoding: .utf8)
      let ends = Atomic(false)
      let swapping = Thread {
        while !ends.load(ordering: .relaxed) {
          rename(inner, aside)
          symlink("..", inner)
          unlink(inner)
          rename(aside, inner)
        }
      }
      swapping.start()
      var seen: Set<String> = []
      for _ in 0..<1_000 {
        guard let content = try? access.open("swap/secret.csv", from: nil) else { continue }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = try bytes.withUnsafeMutableBytes { try content.read(at: 0, into: $0) }
        seen.insert(String(decoding: bytes[..<count], as: UTF8.self))
      }
      ends.store(true, ordering: .relaxed)
      #expect(seen == ["n\n1\n"])
    }
  }
}
