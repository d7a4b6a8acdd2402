import CDossier

/// What the tests of the C library use to call it as C does.

/// Hands a text over.
func withText<Result>(_ text: String, _ body: (dossier_text) throws -> Result) rethrows -> Result {
  var text = text
  return try text.withUTF8 { bytes in
    try bytes.withMemoryRebound(to: CChar.self) {
      try body(dossier_text(bytes: $0.baseAddress, length: $0.count))
    }
  }
}

/// Hands bytes over that may be no text.
func withBytes<Result>(_ bytes: [UInt8], _ body: (dossier_text) throws -> Result) rethrows -> Result
{
  try bytes.withUnsafeBufferPointer { bytes in
    try bytes.withMemoryRebound(to: CChar.self) {
      try body(dossier_text(bytes: $0.baseAddress, length: $0.count))
    }
  }
}

extension dossier_text {
  var string: String {
    String(
      decoding: UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length),
      as: UTF8.self)
  }

  static var empty: dossier_text { dossier_text() }
}

/// Calls what may fail: its result, or the code of its error, which is freed.
struct Called<Result> {
  let result: Result
  let code: String
  let message: String

  init(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> Result) {
    var error: OpaquePointer?
    result = call(&error)
    code = dossier_error_code(error).string
    message = dossier_error_message(error).string
    dossier_error_free(error)
  }
}

/// Checks a text with the built-in dossier.
func prepared(_ text: String, host: OpaquePointer? = nil, parameters: String = "") -> Called<
  OpaquePointer?
> {
  Called { error in
    withText(text) { text in
      withText(parameters) { dossier_prepare(nil, host, text, .empty, $0, error) }
    }
  }
}

/// The answer of a text; freed by the caller.
func asked(_ text: String, host: OpaquePointer? = nil) -> Called<OpaquePointer?> {
  let query = prepared(text, host: host)
  defer { dossier_query_free(query.result) }
  guard query.result != nil else { return query }
  return Called { dossier_query_run(query.result, nil, nil, nil, $0) }
}

/// An answer in a format.
func written(_ answer: OpaquePointer?, as format: String) -> String {
  let texts = Called { error in
    withText(format) { dossier_answer_write(answer, $0, nil, error) }
  }
  defer { dossier_texts_free(texts.result) }
  return texts.result == nil ? texts.code : dossier_texts_at(texts.result, 0).string
}
