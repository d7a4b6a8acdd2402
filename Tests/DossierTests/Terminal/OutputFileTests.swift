import Foundation
import Testing

@testable import DossierCLI

@Suite("-o, the file of answers")
struct OutputFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/answers.csv"
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private var text: String? { try? String(contentsOfFile: path, encoding: .utf8) }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func rights() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("a new file and an old one get the answers, and the old one keeps its rights")
  func answers() throws {
    for value in ["1", "2"] {
      let run = try BuiltProgram.run(["-o", path, "-e", value])
      #expect(run.output.isEmpty && run.notes.isEmpty && run.code == 0)
      #expect(text == value + "\n")
      if value == "2" { #expect(try rights() == 0o640) }
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    }
    #expect(try names() == ["answers.csv"])
  }

  @Test("a link stays, and what it leads to is replaced")
  func link() throws {
    let link = folder.path + "/link"
    try write("old", to: path)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try BuiltProgram.run(["-o", link, "-e", "5"]).code == 0)
    #expect(text == "5\n")
    #expect(try names() == ["answers.csv", "link"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
  }

  @Test("after an error the old file is there, and nothing beside it")
  func errors() throws {
    try write("old", to: path)
    for (last, code) in [
      ("(2", 3), ("figures | summarize n = sum(value)", 1), ("open(\"none.csv\") | take 1", 4),
    ]
      as [(String, Int32)]
    {
      let run = try BuiltProgram.run(["-o", path, "-e", "1", "-e", last])
      #expect(run.code == code, "\(run.notes)")
      #expect(text == "old")
    }
    #expect(try names() == ["answers.csv"])
  }

  @Test("a contradicted check is a result")
  func checks() throws {
    let run = try BuiltProgram.run(["-o", path, "-e", "check 1 > 2"])
    #expect(run.code == 1)
    #expect(text == "contradicted: 1 > 2\n")
  }

  @Test("a write that fails leaves the old file, and says which")
  func failedWrite() throws {
    try write("old", to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let program = try BuiltProgram.path()
    let query = Array(repeating: "figures", count: 20).joined(separator: ";")
    process.arguments = [
      "-c", "ulimit -f 1; exec \"$0\" --format json -o \"$1\" -e \"$2\" 2>\"$1.notes\"", program,
      path, query,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(text == "old")
    #expect(try names() == ["answers.csv", "answers.csv.notes"])
    let notes = try String(contentsOfFile: path + ".notes", encoding: .utf8)
    #expect(notes == "dossier: cannot write '\(path)': file too large\n")
  }

  @Test("what is no place for a file is told before anything runs")
  func noPlace() throws {
    let lost = folder.path + "/lost"
    try FileManager.default.createSymbolicLink(atPath: lost, withDestinationPath: "/nowhere/x")
    for place in [folder.path, folder.path + "/none/x", lost] {
      let run = try BuiltProgram.run(["-o", place, "-e", "1"])
      #expect(run.code == 1 && run.output.isEmpty)
      #expect(run.notes.hasPrefix("dossier: cannot write '\(place)': "))
    }
  }

  @Test("a device is written to as it is")
  func devices() throws {
    #expect(try BuiltProgram.run(["-o", "/dev/null", "-e", "1"]).code == 0)
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let run = try BuiltProgram.run(["-o", "/dev/full", "-e", "1"])
    #expect(run.code == 1)
    #expect(run.notes == "dossier: cannot write '/dev/full': no space left on device\n")
  }

  /// Starts a program that has begun to answer and waits for its input, then ends it by a signal.
  private func interrupted(by number: Int32) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try BuiltProgram.path())
    process.arguments = ["--timer", "-o", path, "-e", "1", "-e", "open(\"-\") | take 1"]
    let (input, notes) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardError = notes
    process.standardOutput = FileHandle.nullDevice
    // The threads that tests run on block signals, and a process inherits that.
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    try process.run()
    _ = notes.fileHandleForReading.availableData
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
      ? -process.terminationStatus : process.terminationStatus
  }

  @Test(
    "a signal leaves the old file and nothing beside it",
    arguments: [(SIGINT, 130), (SIGTERM, -SIGTERM), (SIGHUP, -SIGHUP), (SIGKILL, -SIGKILL)]
      as [(Int32, Int32)])
  func signals(_ number: Int32, _ code: Int32) throws {
    try write("old", to: path)
    #expect(try interrupted(by: number) == code)
    #expect(text == "old")
    #expect(try names() == ["answers.csv"])
  }

  @Test("killed at any time, the file is the old one or the new one")
  func killed() throws {
    let script = (1...200).map { "figures | derive n = \($0)" }.joined(separator: "; ")
    #expect(try BuiltProgram.run(["-o", path, "--format", "json", "-e", script]).code == 0)
    let new = text
    var random = Random(seed: 5)
    for _ in 0..<Cases.some(of: 200) {
      try write("old", to: path)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try BuiltProgram.path())
      process.arguments = ["-o", path, "--format", "json", "-e", script]
      try process.run()
      usleep(UInt32.random(in: 0..<60_000, using: &random))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(text == "old" || text == new)
      #expect(try names() == ["answers.csv"])
    }
  }

  @Test(
    "where a draft must have a name it stands beside the file, and goes", arguments: [true, false])
  func drafts(_ namesDraft: Bool) throws {
    try write("old", to: path)
    for writes in [false, true] {
      let file = try ReplacedFile(path, over: .file, namesDraft: namesDraft)
      #expect(try names().count == (namesDraft ? 2 : 1))
      #expect(text == "old")
      if writes { try file.write("new") }
    }
    #expect(text == "new")
    #expect(try names() == ["answers.csv"])
    let other = folder.path + "/other"
    try ReplacedFile(other, over: .file, namesDraft: namesDraft).write("1")
    #expect(try names() == ["answers.csv", "other"])
  }
}
