import Testing

@testable import DossierCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("History")
struct HistoryTests {
  @Test("an entry of several lines comes back as one, and the file is its owner's only")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a/b/history"
    var history = History(file: HistoryFile(path: path))
    try history.add("figures\n| take 1")
    try history.add("\"é\"")
    #expect(History(file: HistoryFile(path: path)).entries == ["figures\n| take 1", "\"é\""])
    #expect(mode(of: path) == 0o600)
    #expect(mode(of: folder.path + "/a") == 0o700)
  }

  @Test("private, repeated and huge entries are not kept")
  func notKept() throws {
    var history = History(file: nil)
    for entry in ["a", "a", " secret", String(repeating: "x", count: 70_000), "b", "a"] {
      try history.add(entry)
    }
    #expect(history.entries == ["a", "b", "a"])
  }

  @Test("reading drops repeats, passes over broken lines and keeps the newest")
  func loading() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/history"
    try write("\"a\"\n\"b\"\nnonsense\n\"a\"\n\"broken", to: path)
    #expect(HistoryFile(path: path).load() == ["b", "a"])
  }

  @Test("a file that grew too long is cut, and stays readable")
  func cutting() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/history"
    let count = HistoryFile.mostEntries + 500
    try write((0..<count).map { "\"entry \($0)\"\n" }.joined(), to: path)
    let kept = HistoryFile(path: path).load()
    #expect(kept.count == HistoryFile.mostEntries)
    #expect(kept.first == "entry 500")
    #expect(HistoryFile(path: path).load() == kept)
  }

  @Test("sessions side by side lose nothing")
  func sideBySide() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/history"
    await withTaskGroup(of: Void.self) { group in
      for session in 0..<4 {
        group.addTask {
          for entry in 0..<50 { try? HistoryFile(path: path).append("\(session) \(entry)") }
        }
      }
    }
    #expect(Set(HistoryFile(path: path).load()).count == 200)
  }

  @Test("a file that can't be written is told once")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    var history = History(file: HistoryFile(path: folder.path))
    #expect(throws: HistoryFile.Unwritable.self) { try history.add("a") }
    #expect(throws: Never.self) { try history.add("b") }
    #expect(history.entries == ["a", "b"])
  }

  @Test("a pipe or a device is no place for it, and nobody waits for one")
  func devices() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    for path in [folder.path + "/pipe", "/dev/zero", folder.path] {
      #expect(HistoryFile(path: path).load().isEmpty)
      #expect(throws: HistoryFile.Unwritable.self) { try HistoryFile(path: path).append("a") }
    }
    #expect(throws: Never.self) { try HistoryFile(path: "/dev/null").append("a") }
    #expect(HistoryFile(path: "/dev/null").load().isEmpty)
  }

  @Test("a link is followed, and stays")
  func link() throws {
    let folder = try TemporaryFolder()
    let link = folder.path + "/link"
    #expect(symlink(folder.path + "/file", link) == 0)
    try HistoryFile(path: link).append("a")
    #expect(HistoryFile(path: folder.path + "/file").load() == ["a"])
    #expect(HistoryFile(path: link).load() == ["a"])
  }

  @Test("the file is DOSSIER_HISTORY, else in the state folder")
  func place() {
    func path(_ environment: [String: String]) -> String? {
      HistoryFile(environment: { environment[$0] })?.path
    }
    #expect(path(["DOSSIER_HISTORY": "/x", "HOME": "/h"]) == "/x")
    #expect(path(["DOSSIER_HISTORY": "", "HOME": "/h"]) == nil)
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/dossier/history")
    #expect(path(["XDG_STATE_HOME": "s", "HOME": "/h"]) == "/h/.local/state/dossier/history")
    #expect(path([:]) == nil)
  }

  @Test("Up walks through entries that begin alike, Down goes back to the draft")
  func walking() {
    let entries = ["figures", "events", "figures | take 1", "figures | take 1"]
    var walk = HistoryWalk(from: "fig", prefix: "fig")
    #expect(walk.older(in: entries) { _ in true } == "figures | take 1")
    #expect(walk.older(in: entries) { _ in true } == "figures")
    #expect(walk.older(in: entries) { _ in true } == nil)
    #expect(walk.newer(in: entries) { _ in true } == "figures | take 1")
    #expect(walk.newer(in: entries) { _ in true } == "fig")
    #expect(walk.newer(in: entries) { _ in true } == nil)
    #expect(walk.older(in: entries) { !$0.contains("take") } == "figures")
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    stat(path, &status)
    return status.st_mode & 0o777
  }

  private func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    var output = CheckedOutput(descriptor: file)
    try output.write(text)
    try output.flush()
    close(file)
  }
}
