import Foundation
import Testing

/// The folders of the core know only those to their left.
@Suite struct LayeringTests {
  /// For each folder the folders whose types it must not name.
  static let forbidden: [String: [String]] = [
    "Source": ["Syntax", "Check", "Engine", "Output"],
    "Values": ["Syntax", "Check", "Engine", "Output"],
    "Syntax": ["Check", "Engine", "Output"],
    "Engine": ["Syntax", "Check", "Input"],
    "Input": ["Syntax", "Check", "Output"],
  ]

  private static func files(_ folder: String) throws -> [URL] {
    try Folders.files(
      Folders.sources.appendingPathComponent("Dossier/\(folder)"), ending: "swift")
  }

  /// The types that a folder declares: those at the margin, or all of them.
  private static func types(_ folder: String, nested: Bool = false) throws -> Set<String> {
    var names: Set<String> = []
    for file in try files(folder) {
      for line in try Folders.text(file).split(separator: "\n") where nested || line.first != " " {
        let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
        for (index, word) in words.dropLast().enumerated()
        where ["struct", "class", "enum", "protocol"].contains(word) {
          names.insert(words[index + 1])
        }
      }
    }
    return names
  }

  /// The identifiers of a file's code that begin with a capital.
  private static func names(in file: URL) throws -> Set<String> {
    var names: Set<String> = []
    for line in try Folders.text(file).split(separator: "\n") {
      let code = line.trimmingCharacters(in: .whitespaces)
      guard !code.hasPrefix("//") else { continue }
      for word in code.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" })
      where word.first?.isUppercase == true { names.insert(String(word)) }
    }
    return names
  }

  @Test("a folder names no type of a folder to its right", arguments: forbidden.keys.sorted())
  func direction(folder: String) throws {
    let own = try LayeringTests.types(folder, nested: true)
    for other in LayeringTests.forbidden[folder] ?? [] {
      let types = try LayeringTests.types(other).subtracting(own)
      #expect(types.count > 3)
      for file in try LayeringTests.files(folder) {
        let found = try LayeringTests.names(in: file).intersection(types)
        #expect(found == [], "\(folder)/\(file.lastPathComponent) knows \(other)")
      }
    }
  }

  @Test("the core doesn't print, open files or import Foundation")
  func silence() throws {
    let found = ["Dossier", "DossierBridge"].map(Folders.sources.appendingPathComponent)
      .compactMap { FileManager.default.enumerator(at: $0, includingPropertiesForKeys: nil) }
      .joined()
    var count = 0
    for case let file as URL in found where file.pathExtension == "swift" {
      let text = try Folders.text(file)
      count += 1
      #expect(text.firstMatch(of: /(?m)^import (Foundation|Glibc|Darwin)/) == nil, "\(file.path)")
      #expect(
        text.firstMatch(of: /(?m)^\s*(print|debugPrint|dump|fatalError)\(/) == nil, "\(file.path)")
      #expect(text.firstMatch(of: /try!|as!/) == nil, "\(file.path)")
    }
    #expect(count > 50)
  }
}
