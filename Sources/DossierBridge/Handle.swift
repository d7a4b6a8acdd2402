import Dossier

/// What C owns through an opaque pointer.
///
/// All handles are objects of one class, so that one of another kind is told and not taken.
class AnyHandle: @unchecked Sendable {
  /// The pointer that C gets; it owns the object until `release`.
  var owned: OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  /// The pointer that C may use while the object lives.
  var lent: OpaquePointer { OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }

  fileprivate static func borrowed(_ pointer: OpaquePointer) -> AnyHandle {
    Unmanaged<AnyHandle>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }
}

/// A handle of one kind.
final class Handle<Content: Held>: AnyHandle, @unchecked Sendable {
  var content: Content

  init(_ content: Content) { self.content = content }
}

/// What a handle may hold.
protocol Held {
  /// `a query`, as errors call it.
  static var phrase: String { get }
}

extension Facts: Held { static var phrase: String { "a dossier" } }
extension PreparedQuery: Held { static var phrase: String { "a query" } }
extension CancelToken: Held { static var phrase: String { "a cancel handle" } }

extension OpaquePointer? {
  /// What a pointer stands for; nil for NULL and for a handle of another kind.
  func handle<Content: Held>(_ type: Content.Type) -> Handle<Content>? {
    flatMap { AnyHandle.borrowed($0) as? Handle<Content> }
  }

  /// What a pointer stands for, if it may be left out.
  ///
  /// - Throws: `Failure` E0711.
  func optional<Content: Held>(_ type: Content.Type) throws(Failure) -> Handle<Content>? {
    guard self != nil else { return nil }
    guard let handle = handle(type) else {
      throw Failure(code: "E0711", message: "the handle is not \(type.phrase)")
    }
    return handle
  }

  /// What a pointer stands for.
  ///
  /// - Throws: `Failure` E0710, E0711.
  func needed<Content: Held>(_ type: Content.Type) throws(Failure) -> Handle<Content> {
    guard let handle = try optional(type) else {
      throw Failure(code: "E0710", message: "NULL where \(type.phrase) is needed")
    }
    return handle
  }

  /// Gives up what C owned.
  func release<Content: Held>(_ type: Content.Type) {
    guard let self, Optional(self).handle(type) != nil else { return }
    Unmanaged<AnyHandle>.fromOpaque(UnsafeRawPointer(self)).release()
  }
}

/// Where C wants errors.
public typealias ErrorPlace = UnsafeMutablePointer<OpaquePointer?>

/// Does what may fail and puts the error where C wants it; nil if there was one.
func attempt<Result>(_ place: ErrorPlace?, _ body: () throws -> Result) -> Result? {
  place?.pointee = nil
  do {
    return try body()
  } catch {
    place?.pointee = Handle(ToldError(Failure(of: error))).owned
    return nil
  }
}

/// The same for what gives nothing: whether it went well.
func succeeds(_ place: ErrorPlace?, _ body: () throws -> Void) -> Bool {
  attempt(place, body) != nil
}

extension Failure {
  /// What was thrown, as an error that C can read.
  fileprivate init(of error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as HostError: self.init(code: error.code, message: error.message)
    default: self.init(code: "E0716", message: "\(error)")
    }
  }
}
