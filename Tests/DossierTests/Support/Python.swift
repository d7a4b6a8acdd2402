import Foundation

/// Runs a script of the fixtures.
enum Python {
  /// The program that has the peers, if somebody has put it there, else that of the system.
  private static var program: [String] {
    let own = Folders.root.appendingPathComponent(".build/peers/bin/python").path
    return FileManager.default.isExecutableFile(atPath: own)
      ? [own] : ["/usr/bin/env", "python3"]
  }

  /// Runs a script to its end: its status, 127 if there is no Python, and what it printed.
  static func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, told: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program[0])
    let path = Folders.fixtures.appendingPathComponent(script).path
    process.arguments = program.dropFirst() + [path] + arguments
    process.standardOutput = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, told)
  }
}
