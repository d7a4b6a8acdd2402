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
    guard index >= 0, index < elements.range.count else {
      throw Failure(code: "E0713", message: "element \(index) of \(elements.range.count)")
    }
    try cell.usable.take(elements.column, elements.range.lowerBound + index)
  }
}

@c @implementation
public func dossier_cell_clear(_ cell: UnsafeMutablePointer<dossier_cell>?) {
  guard let cell = try? cell.usable else { return }
  cell.clear()
}

/// What a cell keeps: its texts, and where the elements of a list are.
private final class CellContent: Sendable {
  let texts: KeptTexts
  let elements: (column: ResultColumn, range: Range<Int>)?

  init(_ texts: [String], _ elements: (column: ResultColumn, range: Range<Int>)?) {
    self.texts = KeptTexts(texts)
    self.elements = elements
  }
}

extension dossier_cell {
  fileprivate var content: CellContent? {
    memory.map { Unmanaged<CellContent>.fromOpaque($0).takeUnretainedValue() }
  }
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

extension UnsafeMutablePointer<dossier_cell> {
  fileprivate func clear() {
    if let memory = pointee.memory { Unmanaged<CellContent>.fromOpaque(memory).release() }
    pointee = dossier_cell()
    pointee.size = MemoryLayout<dossier_cell>.size
  }

  /// Holds the value of a row from now on.
  fileprivate func take(_ column: ResultColumn, _ row: Int) throws(Failure) {
    var texts = (text: column.text(row), id: "", unit: "")
    var elements: (column: ResultColumn, range: Range<Int>)?
    clear()
    if column.isUnknown(row) {
      pointee.kind = Int32(DOSSIER_UNKNOWN.rawValue)
    } else {
      switch column.values {
      case .truths(let certain, let possible):
        pointee.kind = Int32(DOSSIER_TRUTH.rawValue)
        pointee.truth = Int32(certain.value(row)) + Int32(possible.value(row))
      case .decimals(let low, let best, let high, let scale):
        texts.unit = column.unit(of: row)
        take(
          (low.value(row), best.value(row), high.value(row)), scale,
          isExact: low === high && texts.unit.isEmpty)
      case .doubles(let low, let best, let high):
        texts.unit = column.unit(of: row)
        take(
          (low.value(row), best.value(row), high.value(row)),
          isExact: low === high && texts.unit.isEmpty)
      case .texts: pointee.kind = Int32(DOSSIER_TEXT.rawValue)
      case .dates(let days):
        pointee.kind = Int32(DOSSIER_DATE.rawValue)
        (pointee.earliest, pointee.latest) = days.value(row)
      case .periods(let start, let end):
        pointee.kind = Int32(DOSSIER_PERIOD.rawValue)
        (pointee.earliest, pointee.latest) = start.value(row)
        (pointee.end_earliest, pointee.end_latest) = end.value(row)
      case .references(let codes, let ids, _):
        pointee.kind = Int32(DOSSIER_REFERENCE.rawValue)
        let code = Int(codes.value(row))
        if ids.indices.contains(code) { texts.id = ids[code] }
      case .lists(let offsets, let column):
        pointee.kind = Int32(DOSSIER_LIST.rawValue)
        let range = Int(offsets.value(row))..<Int(offsets.value(row + 1))
        elements = (column, range)
        pointee.count = range.count
      }
      if column.isNone(row), elements == nil { pointee.kind = Int32(DOSSIER_NONE.rawValue) }
    }
    let content = CellContent([texts.text, texts.id, texts.unit], elements)
    pointee.text = content.texts[0]
    pointee.id = content.texts[1]
    pointee.unit = content.texts[2]
    pointee.memory = Unmanaged.passRetained(content).toOpaque()
  }

  private func take(
    _ coefficients: (low: Int64, best: Int64, high: Int64), _ scale: Int, isExact: Bool
  ) {
    func number(_ coefficient: Int64) -> Double {
      switch coefficient {
      case .min where !isExact: -.infinity
      case .max where !isExact: .infinity
      default: Double("\(coefficient)e-\(scale)") ?? .nan
      }
    }
    let best = isExact || coefficients.best != .min ? number(coefficients.best) : .nan
    take((number(coefficients.low), best, number(coefficients.high)), isExact: isExact)
    pointee.scale = Int32(scale)
    (pointee.low_coefficient, pointee.best_coefficient, pointee.high_coefficient) = coefficients
  }

  private func take(_ numbers: (low: Double, best: Double, high: Double), isExact: Bool) {
    pointee.kind = Int32((isExact ? DOSSIER_NUMBER : DOSSIER_QUANTITY).rawValue)
    pointee.scale = -1
    pointee.low = numbers.low
    pointee.best = numbers.best.isFinite ? numbers.best : .nan
    pointee.high = numbers.high
  }
}

extension Buffer {
  fileprivate func value(_ row: Int) -> Element { withElements { $0[row] } }
}

extension ResultColumn.Days {
  fileprivate func value(_ row: Int) -> (Int32, Int32) { (earliest.value(row), latest.value(row)) }
}

extension ResultColumn {
  fileprivate func unit(of row: Int) -> String {
    switch units {
    case .one(let unit): unit?.name ?? ""
    case .each(let codes, let units): units[Int(codes.value(row))]?.name ?? ""
    }
  }
}
