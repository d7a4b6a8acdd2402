// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for versions, texts and errors, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_abi_version() -> UInt32 { UInt32(DOSSIER_ABI_VERSION) }

@c @implementation
public func dossier_version() -> dossier_text { KeptTexts.version[0] }

// MARK: Texts

@c @implementation
public func dossier_texts_count(_ texts: OpaquePointer?) -> Int {
  texts.handle(KeptTexts.self)?.content.count ?? 0
}

@c @implementation
public func dossier_texts_at(_ texts: OpaquePointer?, _ index: Int) -> dossier_text {
  texts.handle(KeptTexts.self)?.content[index] ?? dossier_text()
}

@c @implementation
public func dossier_texts_free(_ texts: OpaquePointer?) { texts.release(KeptTexts.self) }

// MARK: Errors

@c @implementation
public func dossier_error_count(_ error: OpaquePointer?) -> Int {
  error.handle(ToldError.self)?.content.count ?? 0
}

@c @implementation
public func dossier_error_at(
  _ error: OpaquePointer?, _ index: Int, _ diagnostic: UnsafeMutablePointer<dossier_diagnostic>?
) -> Bool {
  guard let diagnostic, diagnostic.pointee.size == MemoryLayout<dossier_diagnostic>.size,
    let found = error.handle(ToldError.self)?.content.diagnostic(index)
  else { return false }
  diagnostic.pointee = found
  return true
}

@c @implementation
public func dossier_error_code(_ error: OpaquePointer?) -> dossier_text {
  error.handle(ToldError.self)?.content.diagnostic(0)?.code ?? dossier_text()
}

@c @implementation
public func dossier_error_message(_ error: OpaquePointer?) -> dossier_text {
  error.handle(ToldError.self)?.content.diagnostic(0)?.message ?? dossier_text()
}

@c @implementation
public func dossier_error_rendered(_ error: OpaquePointer?) -> dossier_text {
  error.handle(ToldError.self)?.content.rendered ?? dossier_text()
}

@c @implementation
public func dossier_error_json(_ error: OpaquePointer?) -> dossier_text {
  error.handle(ToldError.self)?.content.json ?? dossier_text()
}

@c @implementation
public func dossier_error_free(_ error: OpaquePointer?) { error.release(ToldError.self) }
