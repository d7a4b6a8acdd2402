import Foundation

/// Runs a script of the fixtures.
enum Python {
  /// The program that has the peers, if somebody has put it there, else that of the system.
  private static var program: [String] {
    let own = Folders.root.appendingPathComponent(".build/peers/bin/python").path
    return FileManager.default.isExecutableFile(atPath: own)
      ? [own] : ["/usr/bin/env", "python3"]
  }

  /// The status that the script ends with; 127 if there is no Python.
  static func run(_ script: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program[0])
    let path = Folders.fixtures.appendingPathComponent(script).path
    process.arguments = program.dropFirst() + [path] + arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
