// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for limits and cancelling, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_limits_default(_ limits: UnsafeMutablePointer<dossier_limits>?, _ size: Int) {
  limits?.fill(.default, size: size)
}

@c @implementation
public func dossier_limits_untrusted(_ limits: UnsafeMutablePointer<dossier_limits>?, _ size: Int) {
  limits?.fill(.untrusted, size: size)
}

@c @implementation
public func dossier_cancel_new() -> OpaquePointer? { Handle(CancelToken()).owned }

@c @implementation
public func dossier_cancel_request(_ cancel: OpaquePointer?) {
  cancel.handle(CancelToken.self)?.content.cancel()
}

@c @implementation
public func dossier_cancel_reset(_ cancel: OpaquePointer?) {
  cancel.handle(CancelToken.self)?.content.reset()
}

@c @implementation
public func dossier_cancel_free(_ cancel: OpaquePointer?) { cancel.release(CancelToken.self) }

extension UnsafeMutablePointer<dossier_limits> {
  fileprivate func fill(_ limits: Limits, size: Int) {
    guard size == MemoryLayout<dossier_limits>.size else { return }
    let (seconds, attoseconds) = limits.time.components
    pointee = dossier_limits(
      size: size, steps: Int64(limits.steps), memory: Int64(limits.memory),
      rows: Int64(limits.rows), output: Int64(limits.output),
      source_size: Int64(limits.sourceSize), literal_size: Int64(limits.literalSize),
      nesting: Int64(limits.nesting),
      milliseconds: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}

extension UnsafePointer<dossier_limits>? {
  /// The limits of a run; NULL stands for those of one's own scripts.
  ///
  /// - Throws: `Failure` E0711, E0714.
  var limits: Limits {
    get throws(Failure) {
      guard let given = self?.pointee else { return .default }
      guard given.size == MemoryLayout<dossier_limits>.size else {
        throw Failure(code: "E0711", message: "dossier_limits of an unknown size")
      }
      let numbers = [
        given.steps, given.memory, given.rows, given.output, given.source_size,
        given.literal_size, given.nesting, given.milliseconds,
      ]
      guard numbers.allSatisfy({ $0 >= 0 }) else {
        throw Failure(code: "E0714", message: "a limit is below 0")
      }
      return Limits(
        steps: Int(given.steps), memory: Int(given.memory), rows: Int(given.rows),
        output: Int(given.output), sourceSize: Int(given.source_size),
        literalSize: Int(given.literal_size), nesting: Int(given.nesting),
        time: .milliseconds(given.milliseconds))
    }
  }
}
