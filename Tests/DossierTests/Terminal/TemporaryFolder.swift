import Foundation

/// A folder of one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("dossier-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  /// What a file holds, by its path in the folder or from the root.
  func text(of file: String) throws -> String {
    try String(contentsOfFile: file.hasPrefix("/") ? file : path + "/" + file, encoding: .utf8)
  }

  /// The entries that sessions at home there have kept.
  var history: String {
    get throws { try text(of: ".local/state/dossier/history") }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
