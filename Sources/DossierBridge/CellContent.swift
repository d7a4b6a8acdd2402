import CDossier
import Dossier

/// What a cell keeps: its texts, and the elements of a list.
final class CellContent: Sendable {
  /// Where the elements of a list are.
  enum Elements {
    case column(ResultColumn, Range<Int>)
    case values([Value])

    var count: Int {
      switch self {
      case .column(_, let range): range.count
      case .values(let values): values.count
      }
    }
  }

  let texts: KeptTexts
  let elements: Elements?

  init(_ texts: [String], _ elements: Elements?) {
    self.texts = KeptTexts(texts)
    self.elements = elements
  }
}

extension dossier_cell {
  var content: CellContent? {
    memory.map { Unmanaged<CellContent>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension UnsafeMutablePointer<dossier_cell> {
  func clear() {
    if let memory = pointee.memory { Unmanaged<CellContent>.fromOpaque(memory).release() }
    pointee = dossier_cell()
    pointee.size = MemoryLayout<dossier_cell>.size
  }

  /// Holds the value of a row from now on.
  func take(_ column: ResultColumn, _ row: Int) throws(Failure) {
    var texts = (text: column.text(row), id: "", unit: "")
    var elements: CellContent.Elements?
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
        elements = .column(column, Int(offsets.value(row))..<Int(offsets.value(row + 1)))
      }
      if column.isNone(row), elements == nil { pointee.kind = Int32(DOSSIER_NONE.rawValue) }
    }
    keep(texts, elements)
  }

  /// Holds a value that stands alone.
  func take(_ value: Value) {
    var texts = (text: "", id: "", unit: "")
    var elements: CellContent.Elements?
    clear()
    switch value {
    case .unknown: pointee.kind = Int32(DOSSIER_UNKNOWN.rawValue)
    case .none: pointee.kind = Int32(DOSSIER_NONE.rawValue)
    case .truth(let truth):
      pointee.kind = Int32(DOSSIER_TRUTH.rawValue)
      pointee.truth = Int32(truth.rawValue)
      texts.text = truth.description
    case .number(let number):
      take((number, number, number), isExact: true)
      texts.text = "\(number)"
      if let whole = Int64(exactly: number) {
        take((whole, whole, whole), 0, isExact: true)
        texts.text = "\(whole)"
      }
    case .quantity(let quantity):
      let open = Double.infinity
      take((quantity.low ?? -open, quantity.best ?? .nan, quantity.high ?? open), isExact: false)
      texts = (quantity.text, "", quantity.unit ?? "")
    case .text(let text):
      pointee.kind = Int32(DOSSIER_TEXT.rawValue)
      texts.text = text
    case .date(let text):
      pointee.kind = Int32(DOSSIER_DATE.rawValue)
      (pointee.earliest, pointee.latest) = (.min, .max)
      texts.text = text
    case .reference(let id, let name):
      pointee.kind = Int32(DOSSIER_REFERENCE.rawValue)
      texts = (name, id, "")
    case .list(let values):
      pointee.kind = Int32(DOSSIER_LIST.rawValue)
      elements = .values(values)
    }
    keep(texts, elements)
  }

  private func keep(
    _ texts: (text: String, id: String, unit: String), _ elements: CellContent.Elements?
  ) {
    let content = CellContent([texts.text, texts.id, texts.unit], elements)
    pointee.text = content.texts[0]
    pointee.id = content.texts[1]
    pointee.unit = content.texts[2]
    pointee.count = elements?.count ?? 0
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
