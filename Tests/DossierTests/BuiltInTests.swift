import Foundation
import Testing

@testable import Dossier

/// The built-in dossier is what its text declares.
@Suite struct BuiltInTests {
  private static let folder = Folders.sources.appendingPathComponent("Dossier/Dossiers")

  @Test("the image holds what kursk.q declares")
  func image() throws {
    let text = try Folders.text(BuiltInTests.folder.appendingPathComponent("kursk.q"))
    let declared = try Facts(script: SourceText(name: "kursk.q", text: text))
    let bytes = FactImage.bytes(of: declared.store)
    let file = BuiltInTests.folder.appendingPathComponent("kursk.image")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(bytes).write(to: file)
      Issue.record("kursk.image was recorded")
      return
    }
    #expect(Array(try Data(contentsOf: file)) == bytes, "RECORD=1 make test makes the image anew")
  }

  @Test("an image read back is the same dossier")
  func roundTrip() throws {
    let image = FactImage.bytes(of: Facts.builtIn.store)
    #expect(FactImage.bytes(of: FactImage.store(of: image)) == image)
    let text = try Folders.text(BuiltInTests.folder.appendingPathComponent("kursk.q"))
    let session = Session(facts: try Facts(script: SourceText(name: "kursk.q", text: text)))
    for table in FactStore.tableNames {
      #expect(transcript(table, session: session) == transcript(table))
      #expect(transcript(table, as: .json, session: session) == transcript(table, as: .json))
    }
  }
}
