extension Column {
  /// Where the lanes of one part lie; nil if all rows have the part's default.
  func memory(_ part: Part) -> UnsafeMutableRawPointer? {
    switch (storage, part) {
    case (.texts(let codes, _), .codes), (.references(let codes, _), .codes):
      UnsafeMutableRawPointer(codes.start)
    case (.truths(let column), .certain): UnsafeMutableRawPointer(column.certain.start)
    case (.truths(let column), .possible): UnsafeMutableRawPointer(column.possible.start)
    case (.truths(let column), .known): column.known.map { UnsafeMutableRawPointer($0.start) }
    case (.truths(let column), .aside): column.aside.map { UnsafeMutableRawPointer($0.start) }
    case (.truths(let column), .none): column.none.map { UnsafeMutableRawPointer($0.start) }
    case (.quantities(let column), _): column.memory(part)
    case (.dates(let column), _): column.memory(part)
    case (.periods(let column), .endEarliest): column.end.memory(.earliest)
    case (.periods(let column), .endLatest): column.end.memory(.latest)
    case (.periods(let column), _): column.start.memory(part)
    case (.lists(let column), .known): column.known.map { UnsafeMutableRawPointer($0.start) }
    default: nil
    }
  }
}

extension QuantityColumn {
  fileprivate func memory(_ part: Part) -> UnsafeMutableRawPointer? {
    switch part {
    case .low: low.memory
    case .best: best.memory
    case .high: high.memory
    case .known: known.map { UnsafeMutableRawPointer($0.start) }
    case .none: none.map { UnsafeMutableRawPointer($0.start) }
    case .written: written.map { UnsafeMutableRawPointer($0.codes.start) }
    case .unit:
      if case .each(let codes, _) = unit { UnsafeMutableRawPointer(codes.start) } else { nil }
    default: nil
    }
  }
}

extension DateColumn {
  fileprivate func memory(_ part: Part) -> UnsafeMutableRawPointer? {
    switch part {
    case .earliest: UnsafeMutableRawPointer(earliest.start)
    case .latest: UnsafeMutableRawPointer(latest.start)
    case .known: known.map { UnsafeMutableRawPointer($0.start) }
    case .none: none.map { UnsafeMutableRawPointer($0.start) }
    case .written: written.map { UnsafeMutableRawPointer($0.codes.start) }
    default: nil
    }
  }
}

extension NumberBuffer {
  var memory: UnsafeMutableRawPointer {
    switch self {
    case .decimals(let buffer): UnsafeMutableRawPointer(buffer.start)
    case .doubles(let buffer): UnsafeMutableRawPointer(buffer.start)
    }
  }
}

extension Part {
  /// What a lane is where its column has no memory for the part.
  var whenAbsent: Constant {
    switch self {
    case .known: .mask(1)
    case .written: .code(-1)
    case .unit: .code(0)
    default: .mask(0)
    }
  }
}
