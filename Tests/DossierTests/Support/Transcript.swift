import Dossier

/// Memory as a sink.
struct Bytes: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ chunk: UnsafeRawBufferPointer) { bytes.append(contentsOf: chunk) }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What the user sees when a program is run: the answers, then the errors as drawn.
func transcript(
  _ program: String, as format: OutputFormat = .table, parameters: [String: String] = [:],
  options: DisplayOptions = DisplayOptions(), session: Session = .ofExamples
) -> String {
  transcript(
    SourceText(name: "input", text: program), as: format, parameters: parameters, options: options,
    session: session)
}

/// The same for bytes that need not be UTF-8.
func transcript(
  _ program: SourceText, as format: OutputFormat = .table, parameters: [String: String] = [:],
  options: DisplayOptions = DisplayOptions(), session: Session = .ofExamples
) -> String {
  var session = session
  session.parameters = parameters
  var seen = Bytes()
  var page = OutputPage()
  do {
    try session.run(program) { answer in
      var notes = Bytes()
      try page.add(answer, as: format, options: options, to: &seen, notes: &notes)
      seen.bytes += notes.bytes
    }
    try page.end(to: &seen)
  } catch let failure as Failure {
    seen.bytes += Array(failure.rendered(colour: false).utf8)
  } catch {
    seen.bytes += Array("\(error)\n".utf8)
  }
  return seen.text
}

extension String {
  /// The lines without those that say how words were read.
  var linesWithoutReadings: [String] {
    split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init).filter {
      !($0.hasPrefix("'") && $0.contains("' read as "))
    }
  }
}
