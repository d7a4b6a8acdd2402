import Foundation
import Testing

/// The Python module of the examples on the library that was built beside the tests.
@Suite struct PythonModuleTests {
  private static let folder = Folders.examples.appendingPathComponent("embed/python")

  /// What Python prints with the module at hand; nil where there is no Python.
  private func told(_ arguments: [String]) throws -> (status: Int32, told: String)? {
    #if os(macOS)
      let library = "libCDossier.dylib"
    #else
      let library = "libCDossier.so"
    #endif
    let result = try Python.execute(
      arguments,
      environment: [
        "DOSSIER_LIBRARY": try BuiltProgram.path(of: library), "PYTHONPATH": Self.folder.path,
        "PYTHONDONTWRITEBYTECODE": "1", "SWIFT_BACKTRACE": "enable=no",
      ], errors: true)
    if result.status == 127 {
      print("Python can't be had here: its module is not tested")
      return nil
    }
    return result
  }

  @Test("the module's own tests pass")
  func tests() throws {
    let script = Folders.root.appendingPathComponent("Tests/Python/test_dossier.py").path
    guard let (status, told) = try told([script]) else { return }
    #expect(status == 0, "\(told)")
    if told.contains("skipped=") { print("pyarrow can't be had here: some tests are skipped") }
  }

  @Test("the examples in the module's documentation are true")
  func examples() throws {
    guard let (status, told) = try told(["-m", "doctest", "embed/python/dossier.py"]) else {
      return
    }
    #expect(status == 0, "\(told)")
  }

  @Test("the tour prints the file beside it")
  func tour() throws {
    guard let (status, told) = try told(["embed/python/tour.py"]) else { return }
    let output = Self.folder.appendingPathComponent("tour.out")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try told.write(to: output, atomically: true, encoding: .utf8)
      Issue.record("tour.py was recorded: read what changed")
      return
    }
    #expect(told == (try Folders.text(output)))
    #expect(status == 0)
  }

  @Test("the README's Python prints what it shows")
  func readme() throws {
    let blocks = codeBlocks(try Folders.text(Folders.root.appendingPathComponent("README.md")))
    let places = blocks.indices.filter { blocks[$0].language == "python" }
    #expect(places.count == 1)
    for place in places {
      guard let (status, told) = try told(["-c", blocks[place].text]) else { return }
      #expect(told == blocks[place + 1].text)
      #expect(status == 0)
    }
  }
}
