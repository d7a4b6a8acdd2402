import Dossier
import DossierFiles
import Foundation

/// `factcheck draft.md`: a text in, a verdict on each of its claims out.
///
/// The dossier does the comparing: amounts and dates go to it as typed parameters, and what comes back
/// is three-valued.
@main struct Program {
  static func main() {
    guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
      end(2, saying: Request.usage)
    }
    do {
      let report = try report(for: request)
      let text = request.isJSON ? try report.json() : report.text
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      exit(report.isContradicted ? 1 : 0)
    } catch let failure as Failure {
      end(3, saying: failure.rendered(colour: false))
    } catch {
      end(2, saying: "factcheck: \(error.localizedDescription)\n")
    }
  }

  private static func report(for request: Request) throws -> Report {
    var session = Session()
    for file in request.dossiers {
      let place = URL(fileURLWithPath: file)
      let bytes = [UInt8](try read(file))
      // What it uses lies beside it, or below.
      session.files = try .folder(place.deletingLastPathComponent().path)
      try session.run(SourceText(name: file, bytes: bytes, path: place.lastPathComponent)) { _ in }
    }
    let draft = Draft(
      name: request.draft ?? "standard input",
      text: String(decoding: try read(request.draft), as: UTF8.self))
    let questions = try Questions(session)
    let (measures, units) = try questions.measuresAndUnits()
    let reader = ClaimReader(
      mentions: Mentions(session), measures: Measures(measures), units: units)
    let judge = Judge(questions: questions)
    return Report(
      draft: draft, judgements: try reader.claims(of: draft).map { try judge.judgement(of: $0) })
  }

  private static func read(_ file: String?) throws -> Data {
    guard let file else { return try FileHandle.standardInput.readToEnd() ?? Data() }
    return try Data(contentsOf: URL(fileURLWithPath: file))
  }

  private static func end(_ code: Int32, saying text: String) -> Never {
    FileHandle.standardError.write(Data(text.utf8))
    exit(code)
  }
}
