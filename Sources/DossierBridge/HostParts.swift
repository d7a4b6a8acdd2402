import CDossier
import Dossier

/// What a host gives to scripts.
struct Host: Held {
  static let phrase = "a host"

  var tables: [String: Table] = [:]
  var functions: [String: HostFunction] = [:]
  /// Nil for no file at all.
  var files: (any FileAccess)?
}

/// A table that is put together.
struct TableParts: Held {
  static let phrase = "a table"

  let rows: Int
  var columns: [(name: String, column: HostColumn)] = []
}

/// What parameters stand for.
struct ParameterValues: Held {
  static let phrase = "values"

  var values: [String: Parameter] = [:]
}

/// Memory that C has lent: given back when nothing uses it any more.
final class Loan: @unchecked Sendable {
  private let owner: dossier_owner?

  /// - Throws: `Failure` E0711; nothing is given back then.
  init(_ owner: UnsafePointer<dossier_owner>?) throws(Failure) {
    guard owner.map({ $0.pointee.size == MemoryLayout<dossier_owner>.size }) ?? true else {
      throw Failure(code: "E0711", message: "dossier_owner of an unknown size")
    }
    self.owner = owner?.pointee
  }

  deinit { owner?.release?(owner?.context) }

  /// The values of a column where they lie, or a copy if nobody lends them.
  ///
  /// - Throws: `Failure` E0710.
  func values<Element>(
    _ start: UnsafePointer<Element>?, _ count: Int, _ what: String
  ) throws(Failure) -> Buffer<Element> {
    guard let start else {
      if count == 0 { return Buffer([]) }
      throw Failure(code: "E0710", message: "NULL where \(what) are needed")
    }
    let memory = UnsafeBufferPointer(start: start, count: count)
    return owner == nil ? Buffer(memory) : Buffer(borrowing: memory, owner: self)
  }

  /// The same of what may be left out.
  func optional<Element>(_ start: UnsafePointer<Element>?, _ count: Int) -> Buffer<Element>? {
    start.flatMap { try? values($0, count, "") }
  }
}
