/// Single values of columns, for people and machines to read.
extension DateColumn {
  func isKnown(_ row: Int) -> Bool { known.map { $0[row] != 0 } ?? true }

  subscript(row: Int) -> DateRange { DateRange(earliest: earliest[row], latest: latest[row]) }

  /// As it was written, else the shortest EDTF text.
  func text(_ row: Int) -> String {
    if let written, written.codes[row] >= 0 { return written.dictionary[written.codes[row]] }
    return self[row].text
  }
}

extension PeriodColumn {
  subscript(row: Int) -> PeriodRange { PeriodRange(start: start[row], end: end[row]) }

  func text(_ row: Int) -> String {
    if let written = start.written, written.codes[row] >= 0 {
      return written.dictionary[written.codes[row]]
    }
    return self[row].text
  }
}

extension QuantityColumn {
  func isKnown(_ row: Int) -> Bool { known.map { $0[row] != 0 } ?? true }

  /// The bounds of a row whose numbers are decimals; nil for doubles.
  func bounds(_ row: Int) -> Bounds? {
    guard case .decimal(let scale) = kind, case .decimals(let low) = low,
      case .decimals(let best) = best, case .decimals(let high) = high
    else { return nil }
    func number(_ value: Int64, open: Int64) -> Number? {
      value == open && !isExact ? nil : Number(value, scale: scale)
    }
    return Bounds(
      low: number(low[row], open: Open.low), best: number(best[row], open: Open.best),
      high: number(high[row], open: Open.high))
  }

  /// What prints: the words of a literal, else the number, or the ends of the range.
  func text(_ row: Int) -> String {
    if let written, written.codes[row] >= 0 { return written.dictionary[written.codes[row]] }
    let ends = endTexts(row, grouped: true)
    let suffix = unit(at: row).map { " " + $0.name } ?? ""
    guard let low = ends.low, let high = ends.high else {
      if let low = ends.low { return "\(low)\(suffix).." }
      if let high = ends.high { return "..\(high)\(suffix)" }
      return ends.best.map { "best \($0)\(suffix)" } ?? "unknown\(suffix)"
    }
    return low == high ? low + suffix : "\(low)..\(high)\(suffix)"
  }

  /// Low, best and high as digits; nil where they stand open.
  func endTexts(_ row: Int, grouped: Bool) -> (low: String?, best: String?, high: String?) {
    if let bounds = bounds(row) {
      func text(_ number: Number?) -> String? {
        let trimmed = number?.trimmed
        return grouped ? trimmed?.grouped : trimmed?.plain
      }
      return (text(bounds.low), text(bounds.best), text(bounds.high))
    }
    guard case .doubles(let low) = low, case .doubles(let best) = best,
      case .doubles(let high) = high
    else { return (nil, nil, nil) }
    func text(_ number: Double) -> String? {
      number.isFinite ? grouped ? number.shortest.groupedDigits : number.shortest : nil
    }
    return (text(low[row]), text(best[row]), text(high[row]))
  }
}

extension String {
  /// The digits before the point in groups of three; texts with an exponent stay as they are.
  fileprivate var groupedDigits: String {
    guard utf8.allSatisfy({ $0 == 0x2D || $0 == 0x2E || ($0 >= 0x30 && $0 <= 0x39) }) else {
      return self
    }
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]) else { return self }
    let sign = hasPrefix("-") && whole == 0 ? "-" : ""
    let fraction = parts.count > 1 ? "." + parts[1] : ""
    return sign + Number(whole).grouped + fraction
  }
}

extension Double {
  /// The shortest text that reads back: `0.25`, `2`, `1e-09`.
  var shortest: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Column {
  /// The texts that its codes stand for, or the words of its literals.
  var dictionary: TextDictionary? {
    switch storage {
    case .texts(_, let dictionary): dictionary
    case .quantities(let column): column.written?.dictionary
    case .dates(let column): column.written?.dictionary
    case .periods(let column): column.start.written?.dictionary
    case .truths, .references, .lists: nil
    }
  }

  /// What a table prints: `·` for what isn't reported, nothing for what doesn't apply.
  func text(_ row: Int, names: FactStore?, separator: String = ", ") -> String {
    if none?[row] == 1 { return "" }
    switch storage {
    case .truths(let column):
      if column.known.map({ $0[row] == 0 }) ?? false { return "·" }
      return column[row].description
    case .quantities(let column): return column.isKnown(row) ? column.text(row) : "·"
    case .texts(let codes, let dictionary):
      let code = codes[row]
      return code >= 0 ? dictionary[code] : code == Code.none ? "" : "·"
    case .dates(let column): return column.isKnown(row) ? column.text(row) : "·"
    case .periods(let column): return column.start.isKnown(row) ? column.text(row) : "·"
    case .references(let codes, let kind):
      let code = codes[row]
      if code < 0 { return code == Code.none ? "" : "·" }
      return names.map { $0[kind].names[Int(code)] } ?? ""
    case .lists(let column):
      if column.known.map({ $0[row] == 0 }) ?? false { return "·" }
      return column.range(row).map { column.elements.column.text($0, names: names) }.joined(
        separator: separator)
    }
  }
}

extension Column {
  /// 1 where a value doesn't apply, if that isn't a code or an empty list.
  var none: Buffer<UInt8>? {
    switch storage {
    case .truths(let column): column.none
    case .quantities(let column): column.none
    case .dates(let column): column.none
    case .periods(let column): column.start.none
    case .texts, .references, .lists: nil
    }
  }

  /// Whether a value isn't reported.
  func isUnknown(_ row: Int) -> Bool {
    if none?[row] == 1 { return false }
    return switch storage {
    case .truths(let column): column.known.map { $0[row] == 0 } ?? false
    case .quantities(let column): !column.isKnown(row)
    case .texts(let codes, _), .references(let codes, _): codes[row] == Code.unknown
    case .dates(let column): !column.isKnown(row)
    case .periods(let column): !column.start.isKnown(row)
    case .lists(let column): column.known.map { $0[row] == 0 } ?? false
    }
  }

  /// Whether a value doesn't apply.
  func isNone(_ row: Int) -> Bool {
    switch storage {
    case .texts(let codes, _), .references(let codes, _): codes[row] == Code.none
    case .lists(let lists): lists.range(row).isEmpty && lists.known.map { $0[row] != 0 } ?? true
    case .truths, .quantities, .dates, .periods: none?[row] == 1
    }
  }
}

extension TruthColumn {
  subscript(row: Int) -> Truth {
    Truth(certain: certain[row] != 0, possible: possible[row] != 0)
  }
}
