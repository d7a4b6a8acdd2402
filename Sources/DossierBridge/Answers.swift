// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for answers, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_answer_keep(_ answer: OpaquePointer?) -> OpaquePointer? {
  answer.handle(HeldAnswer.self).map { Handle($0.content).owned }
}

@c @implementation
public func dossier_answer_free(_ answer: OpaquePointer?) { answer.release(HeldAnswer.self) }

@c @implementation
public func dossier_answer_row_count(_ answer: OpaquePointer?) -> Int {
  answer.handle(HeldAnswer.self)?.content.answer.table.count ?? 0
}

@c @implementation
public func dossier_answer_field_count(_ answer: OpaquePointer?) -> Int {
  answer.handle(HeldAnswer.self)?.content.fieldCount ?? 0
}

@c @implementation
public func dossier_answer_field_name(_ answer: OpaquePointer?, _ field: Int) -> dossier_text {
  answer.handle(HeldAnswer.self)?.content.name(of: field) ?? dossier_text()
}

@c @implementation
public func dossier_answer_field_type(_ answer: OpaquePointer?, _ field: Int) -> dossier_text {
  answer.handle(HeldAnswer.self)?.content.type(of: field) ?? dossier_text()
}

@c @implementation
public func dossier_answer_field_named(_ answer: OpaquePointer?, _ name: dossier_text) -> Int {
  guard let held = answer.handle(HeldAnswer.self), let name = try? name.string else { return -1 }
  return held.content.answer.table.fieldNames.firstIndex(of: name) ?? -1
}

@c @implementation
public func dossier_answer_finding(_ answer: OpaquePointer?) -> dossier_finding {
  switch answer.handle(HeldAnswer.self)?.content.answer.finding {
  case .supported: DOSSIER_SUPPORTED
  case .contradicted: DOSSIER_CONTRADICTED
  case .undetermined: DOSSIER_UNDETERMINED
  case nil: DOSSIER_NO_CHECK
  }
}

@c @implementation
public func dossier_answer_row_is_maybe(_ answer: OpaquePointer?, _ row: Int) -> Bool {
  guard let membership = answer.handle(HeldAnswer.self)?.content.answer.membership,
    row >= 0, row < membership.count
  else { return false }
  return membership.withElements { $0[row] == 0 }
}

@c @implementation
public func dossier_answer_citations(
  _ answer: OpaquePointer?, _ row: Int, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    let held = try answer.needed(HeldAnswer.self).content
    try held.check(row: row)
    return Handle(KeptTexts(held.answer.citations(of: held.answer.row(row)))).owned
  }
}

@c @implementation
public func dossier_answer_notes(
  _ answer: OpaquePointer?, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    Handle(KeptTexts(try answer.needed(HeldAnswer.self).content.answer.notes)).owned
  }
}

@c @implementation
public func dossier_answer_write(
  _ answer: OpaquePointer?, _ format: dossier_text, _ display: UnsafePointer<dossier_display>?,
  _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    let answer = try answer.needed(HeldAnswer.self).content.answer
    let name = try format.string
    guard let format = OutputFormat(rawValue: name) else {
      let names = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(code: "E0714", message: "no format '\(name)': there are \(names)")
    }
    var (written, notes) = (TextSink(), TextSink())
    try answer.write(as: format, options: try display.options, to: &written, notes: &notes)
    return Handle(KeptTexts([written.text, notes.text])).owned
  }
}

/// Memory as a sink.
private struct TextSink: ByteSink {
  private var bytes: [UInt8] = []

  mutating func write(_ chunk: UnsafeRawBufferPointer) { bytes.append(contentsOf: chunk) }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension UnsafePointer<dossier_display>? {
  /// How an answer is written; NULL stands for what suits a pipe.
  fileprivate var options: DisplayOptions {
    get throws(Failure) {
      guard let given = self?.pointee else { return DisplayOptions() }
      guard given.size == MemoryLayout<dossier_display>.size else {
        throw Failure(code: "E0711", message: "dossier_display of an unknown size")
      }
      return DisplayOptions(
        width: given.width > 0 ? given.width : nil, rows: given.rows > 0 ? given.rows : nil,
        colour: given.colour, cite: given.cite == 0 ? nil : given.cite > 0, ascii: given.ascii,
        guardsFormulas: given.guards_formulas)
    }
  }
}
