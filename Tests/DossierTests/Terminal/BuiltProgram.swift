import Foundation
import Testing

/// The program `dossier`, or another one of the package, as it was built beside the tests.
enum BuiltProgram {
  /// Its path: in the folder of the bundle that holds the tests.
  static func path(of name: String = "dossier") throws -> String {
    let bundle = Bundle(for: TemporaryFolder.self).bundleURL
    for folder in [bundle, bundle.deletingLastPathComponent()] {
      let program = folder.appendingPathComponent(name).path
      if FileManager.default.isExecutableFile(atPath: program) { return program }
    }
    Issue.record("the program '\(name)' is not built beside the tests in \(bundle.path)")
    throw CocoaError(.fileNoSuchFile)
  }

  /// How a run without a terminal ended.
  struct Result {
    let output: String
    let notes: String
    let code: Int32
  }

  /// Runs a script of the shell, in which `dossier` is the program.
  static func shell(_ script: String, place: String? = nil) throws -> Result {
    let program = try path()
    return try run(
      ["-c", "dossier() { '\(program)' \"$@\"; }; \(script)"], program: "/bin/sh", place: place,
      environment: ["PATH": "/usr/bin:/bin"])
  }

  /// Runs it with some standard input; `output` may be another file than one of the test, and
  /// `place` the folder that it runs in.
  static func run(
    _ arguments: [String], program: String? = nil, input: String = "", output: String? = nil,
    place: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try program ?? path())
    process.arguments = arguments
    process.environment = environment
    if let place { process.currentDirectoryURL = URL(fileURLWithPath: place) }
    let files = ["input", "output", "notes"].map { folder.path + "/" + $0 }
    try Data(input.utf8).write(to: URL(fileURLWithPath: files[0]))
    for file in files.dropFirst() { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardInput = FileHandle(forReadingAtPath: files[0])
    process.standardOutput = FileHandle(forWritingAtPath: output ?? files[1])
    process.standardError = FileHandle(forWritingAtPath: files[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      output: try String(contentsOfFile: files[1], encoding: .utf8),
      notes: try String(contentsOfFile: files[2], encoding: .utf8),
      code: process.terminationStatus)
  }
}
