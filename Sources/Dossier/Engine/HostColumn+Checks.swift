/// What holds for the values of a host before the engine takes them.
extension HostColumn {
  static func check(_ scale: Int) throws(HostError) {
    guard (0...18).contains(scale) else {
      throw HostError(code: "E0703", message: "a scale is 0 to 18")
    }
  }

  /// 1 where a value is reported, else 0; nil if all are.
  ///
  /// - Parameter numbers: where all of them are no numbers nothing is reported either.
  static func mask(
    _ known: Buffer<UInt8>?, count: Int, numbers: [Buffer<Double>] = []
  ) throws(HostError) -> Buffer<UInt8>? {
    guard known.map({ $0.count == count }) ?? true else {
      throw HostError(code: "E0701", message: "the mask of what is reported differs in length")
    }
    let mask = Buffer<UInt8>(repeating: 1, count: count)
    var isWhole = true
    for row in 0..<count {
      let isMissing = !numbers.isEmpty && numbers.allSatisfy { $0[row].isNaN }
      if isMissing || known.map({ $0[row] == 0 }) ?? false {
        mask.start[row] = 0
        isWhole = false
      }
    }
    return isWhole ? nil : mask
  }

  /// A column of exact numbers.
  static func exact(
    _ values: NumberBuffer, _ kind: NumberKind, _ known: Buffer<UInt8>?, _ unit: Unit?
  ) -> HostColumn {
    let column = QuantityColumn(
      low: values, best: values, high: values, kind: kind, isExact: true, unit: .one(unit),
      known: known)
    return HostColumn(column: Column(.quantities(column)))
  }

  /// A column of bounds that hold their best, if one is given.
  static func between<Bound: BitwiseCopyable & Comparable>(
    _ low: Buffer<Bound>, _ best: Buffer<Bound>, _ high: Buffer<Bound>,
    open: (low: Bound, best: Bound, high: Bound), _ known: Buffer<UInt8>?, _ unit: Unit?,
    column: (
      _ low: Buffer<Bound>, _ best: Buffer<Bound>, _ high: Buffer<Bound>, Buffer<UInt8>?, Unit?
    ) -> QuantityColumn
  ) throws(HostError) -> HostColumn {
    guard low.count == best.count, best.count == high.count else {
      throw HostError(code: "E0701", message: "low, best and high differ in length")
    }
    let known = try mask(known, count: low.count)
    let lows = low.filled(with: open.low, where: known)
    let bests = best.filled(with: open.best, where: known)
    let highs = high.filled(with: open.high, where: known)
    for row in 0..<low.count {
      let (low, best, high) = (lows[row], bests[row], highs[row])
      if low > high || low == open.high || high == open.low {
        throw HostError(code: "E0704", message: "row \(row): low is above high")
      }
      if best != open.best, best < low || best > high || best == open.high {
        throw HostError(code: "E0704", message: "row \(row): best is not between low and high")
      }
    }
    return HostColumn(column: Column(.quantities(column(lows, bests, highs, known, unit))))
  }
}

extension Buffer where Element: Equatable {
  /// The same with one value where nothing is reported: the same memory if that stands there already.
  func filled(with value: Element, where known: Buffer<UInt8>?) -> Buffer {
    guard let known,
      !(0..<count).allSatisfy({ known[$0] != 0 || self[$0] == value })
    else { return self }
    let copy = Buffer(elements)
    for row in 0..<count where known[row] == 0 { copy.start[row] = value }
    return copy
  }
}

extension Buffer<Double> {
  /// The same with a value where there is no number: the same memory if there are numbers everywhere.
  func replacingNaN(_ value: Double) -> Buffer {
    guard elements.contains(where: \.isNaN) else { return self }
    return Buffer(elements.map { $0.isNaN ? value : $0 })
  }
}
