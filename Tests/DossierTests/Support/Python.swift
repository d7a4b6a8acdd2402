import Foundation

/// Runs scripts of Python.
enum Python {
  /// The program that has the peers, if somebody has put it there, else that of the system.
  private static var program: [String] {
    let own = Folders.root.appendingPathComponent(".build/peers/bin/python").path
    return FileManager.default.isExecutableFile(atPath: own)
      ? [own] : ["/usr/bin/env", "python3"]
  }

  /// Runs a script of the fixtures to its end: its status, 127 if there is no Python, and what it
  /// printed.
  static func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, told: String) {
    try execute([Folders.fixtures.appendingPathComponent(script).path] + arguments)
  }

  /// Runs Python to its end in the folder of the examples.
  ///
  /// - Parameters:
  ///   - environment: what is set beside the environment of the tests.
  ///   - errors: whether what goes to standard error is told too.
  static func execute(
    _ arguments: [String], environment: [String: String] = [:], errors: Bool = false
  ) throws -> (status: Int32, told: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program[0])
    process.arguments = program.dropFirst() + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = Folders.examples
    process.standardOutput = output
    if errors { process.standardError = output }
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, told)
  }
}
