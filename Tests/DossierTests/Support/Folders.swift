import Foundation

/// Places of the project, found from this file.
enum Folders {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let golden = root.appendingPathComponent("Tests/DossierTests/Golden")
  /// Scripts that tests read.
  static let fixtures = root.appendingPathComponent("Tests/DossierTests/Fixtures")
  static let examples = root.appendingPathComponent("examples")
  static let sources = root.appendingPathComponent("Sources")

  /// The files of a folder with an ending, in the order of their names.
  static func files(_ folder: URL, ending: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
  }

  static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }
}
