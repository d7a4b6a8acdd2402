// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for sessions, where they are documented.

import CDossier
import Dossier
import Synchronization

@c @implementation
public func dossier_session_new(
  _ facts: OpaquePointer?, _ host: OpaquePointer?, _ cancel: OpaquePointer?, _ error: ErrorPlace?
) -> OpaquePointer? {
  attempt(error) {
    let cancel = try cancel.optional(CancelToken.self)?.content ?? CancelToken()
    return Handle(
      HeldSession(try Session(facts, host, limits: .default, cancel: cancel))
    ).owned
  }
}

@c @implementation
public func dossier_session_run(
  _ session: OpaquePointer?, _ text: dossier_text, _ name: dossier_text, _ values: OpaquePointer?,
  _ limits: UnsafePointer<dossier_limits>?, _ each: dossier_answer_callback?,
  _ context: UnsafeMutableRawPointer?, _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    let held = try session.needed(HeldSession.self).content
    let text = try text.script(named: name, else: "input")
    let (values, limits) = (try values.parameterValues, try limits.limits)
    try held.run { session in
      session.values = values
      session.limits = limits
      try session.run(text) { answer in
        guard let each else { return }
        let handle = Handle(HeldAnswer(answer))
        let goesOn = withExtendedLifetime(handle) { each(context, handle.lent) }
        if !goesOn {
          throw Failure(code: "E0716", message: "the callback ended the text")
        }
      }
    }
  }
}

@c @implementation
public func dossier_session_free(_ session: OpaquePointer?) { session.release(HeldSession.self) }

/// A session that is run by one at a time.
final class HeldSession: Held, Sendable {
  static let phrase = "a session"

  /// Nil while it runs.
  private let idle: Mutex<Session?>

  init(_ session: Session) { idle = Mutex(session) }

  /// Lets a run have the session; what it left behind stays.
  ///
  /// - Throws: `Failure` E0715 if it runs already, and what `body` throws.
  func run(_ body: (inout Session) throws -> Void) throws {
    let taken = idle.withLock { session in
      defer { session = nil }
      return session
    }
    guard var session = taken else {
      throw Failure(code: "E0715", message: "the session runs already")
    }
    defer { idle.withLock { $0 = session } }
    try body(&session)
  }
}
