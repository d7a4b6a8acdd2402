// swift-format-ignore-file: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation

// The functions of dossier.h for cells, where they are documented.

import CDossier
import Dossier

@c @implementation
public func dossier_answer_cell(
  _ answer: OpaquePointer?, _ row: Int, _ field: Int, _ cell: UnsafeMutablePointer<dossier_cell>?,
  _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    let held = try answer.needed(HeldAnswer.self).content
    let column = try held.column(field)
    try held.check(row: row)
    try cell.usable.take(column, row)
  }
}

@c @implementation
public func dossier_cell_element(
  _ list: UnsafePointer<dossier_cell>?, _ index: Int, _ cell: UnsafeMutablePointer<dossier_cell>?,
  _ error: ErrorPlace?
) -> Bool {
  succeeds(error) {
    let list = try UnsafeMutablePointer(mutating: list).usable.pointee
    guard let elements = list.content?.elements else {
      throw Failure(code: "E0711", message: "the cell holds no list")
    }
    guard index >= 0, index < elements.count else {
      throw Failure(code: "E0713", message: "element \(index) of \(elements.count)")
    }
    switch elements {
    case .column(let column, let range): try cell.usable.take(column, range.lowerBound + index)
    case .values(let values): try cell.usable.take(values[index])
    }
  }
}

@c @implementation
public func dossier_cell_clear(_ cell: UnsafeMutablePointer<dossier_cell>?) {
  guard let cell = try? cell.usable else { return }
  cell.clear()
}

extension UnsafeMutablePointer<dossier_cell>? {
  /// The cell, if it began as `DOSSIER_CELL`.
  ///
  /// - Throws: `Failure` E0710, E0711.
  fileprivate var usable: UnsafeMutablePointer<dossier_cell> {
    get throws(Failure) {
      guard let self else {
        throw Failure(code: "E0710", message: "NULL where a cell is needed")
      }
      guard self.pointee.size == MemoryLayout<dossier_cell>.size else {
        throw Failure(code: "E0711", message: "a dossier_cell of an unknown size")
      }
      return self
    }
  }
}
