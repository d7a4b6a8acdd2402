/// The numbers that stand for an end of a range: they have an order, and two that mean no end.
protocol Endpoint: Comparable, AdditiveArithmetic, BitwiseCopyable {
  associatedtype Width: Comparable, BitwiseCopyable

  static var openLow: Self { get }
  static var openHigh: Self { get }
  static var noWidth: Width { get }
  /// How far one end is from another, at least nothing, as a bound of the distance; the greatest
  /// width if an end is open.
  static func width(_ low: Self, _ high: Self, _ bound: Bound) -> Width
  /// The lanes of a register.
  static func lanes(_ batch: BatchRunner, _ register: Register) -> UnsafeMutablePointer<Self>
  /// A column of ranges.
  static func column(_ ranges: RangesOfGroups<Self>) -> Column
  /// Widths as numbers, none as a missing best value; nil if one doesn't fit.
  static func numbers(_ widths: [Width?]) -> NumberBuffer?
}

/// The ranges that were found for some groups; exact if all three are the same memory.
struct RangesOfGroups<End: Endpoint> {
  let low: Buffer<End>
  let best: Buffer<End>
  let high: Buffer<End>
  let kind: NumberKind
  let unit: QuantityColumn.UnitOfRows
  let known: Buffer<UInt8>

  fileprivate func quantities(_ numbers: (Buffer<End>) -> NumberBuffer) -> Column {
    Column(
      .quantities(
        QuantityColumn(
          low: numbers(low), best: numbers(best), high: numbers(high), kind: kind,
          isExact: low === high, unit: unit, known: known)))
  }
}

extension Int64: Endpoint {
  static var openLow: Int64 { Open.low }
  static var openHigh: Int64 { Open.high }
  static var noWidth: UInt64 { 0 }

  static func width(_ low: Int64, _ high: Int64, _ bound: Bound) -> UInt64 {
    if low == openLow || high == openHigh { return .max }
    return low < high ? UInt64(bitPattern: high &- low) : 0
  }

  static func lanes(_ batch: BatchRunner, _ register: Register) -> UnsafeMutablePointer<Int64> {
    batch.ints(register)
  }

  static func column(_ ranges: RangesOfGroups<Int64>) -> Column {
    ranges.quantities(NumberBuffer.decimals)
  }

  static func numbers(_ widths: [UInt64?]) -> NumberBuffer? {
    let numbers = widths.map { width -> Int64? in
      guard let width else { return Open.best }
      return width == .max ? Open.high : Int64(exactly: width).flatMap { $0 == .max ? nil : $0 }
    }
    let fitting = numbers.compactMap { $0 }
    return fitting.count == numbers.count ? .decimals(Buffer(fitting)) : nil
  }
}

extension Int32: Endpoint {
  static var openLow: Int32 { Day.distantPast }
  static var openHigh: Int32 { Day.distantFuture }
  static var noWidth: UInt64 { 0 }

  static func width(_ low: Int32, _ high: Int32, _ bound: Bound) -> UInt64 {
    if low == openLow || high == openHigh { return .max }
    return low < high ? UInt64(Int64(high) - Int64(low)) : 0
  }

  static func lanes(_ batch: BatchRunner, _ register: Register) -> UnsafeMutablePointer<Int32> {
    batch.codes(register)
  }

  static func column(_ ranges: RangesOfGroups<Int32>) -> Column {
    Column(
      .dates(DateColumn(earliest: ranges.low, latest: ranges.high, known: ranges.known)))
  }

  static func numbers(_ widths: [UInt64?]) -> NumberBuffer? { Int64.numbers(widths) }
}

extension Double: Endpoint {
  static var openLow: Double { -.infinity }
  static var openHigh: Double { .infinity }
  static var noWidth: Double { 0 }

  static func width(_ low: Double, _ high: Double, _ bound: Bound) -> Double {
    if low == openLow || high == openHigh { return .infinity }
    return low < high ? high.adding(-low, bound) : 0
  }

  static func lanes(_ batch: BatchRunner, _ register: Register) -> UnsafeMutablePointer<Double> {
    batch.doubles(register)
  }

  static func column(_ ranges: RangesOfGroups<Double>) -> Column {
    ranges.quantities(NumberBuffer.doubles)
  }

  static func numbers(_ widths: [Double?]) -> NumberBuffer? {
    .doubles(Buffer(widths.map { $0 ?? -.infinity }))
  }
}

/// The least and the greatest of each bound in each group: what `min`, `max`, `hull` and `spread`
/// are made of.
struct Extremes<End: Endpoint> {
  /// How many bounds there are; those of a group lie side by side.
  let width: Int
  private(set) var least: [End] = []
  private(set) var greatest: [End] = []
  /// How far the greatest high end is from the least low end of another row.
  private(set) var widest: [End.Width] = []
  /// The least best value of the rows that have one.
  private(set) var leastBest: [End] = []
  /// How far the other rows reach.
  private(set) var unratedLow: [End] = []
  private(set) var unratedHigh: [End] = []

  init(width: Int) { self.width = width }

  /// Whether a group has a value.
  func has(_ group: Int32) -> Bool {
    let place = Int(group) * width
    return place < least.count && least[place] <= greatest[place]
  }

  /// Adds the lanes of all bounds.
  @specialized(where End == Int64)
  @specialized(where End == Int32)
  @specialized(where End == Double)
  mutating func add(
    _ bounds: [UnsafeMutablePointer<End>], _ batch: BatchRunner, _ lanes: [Int32]?,
    _ groups: [Int32], _ count: Int
  ) {
    least.reach(count * width, End.openHigh)
    greatest.reach(count * width, End.openLow)
    let width = width
    least.withUnsafeMutableBufferPointer { least in
      greatest.withUnsafeMutableBufferPointer { greatest in
        for (index, values) in bounds.enumerated() {
          if count == 1, lanes == nil, batch.isWhole {
            var (low, high) = (least[index], greatest[index])
            for lane in 0..<batch.count {
              low = min(low, values[lane])
              high = max(high, values[lane])
            }
            (least[index], greatest[index]) = (low, high)
            continue
          }
          batch.forEach(lanes, groups, count) { lane, group in
            let (place, value) = (group &* width &+ index, values[lane])
            if value < least[place] { least[place] = value }
            if value > greatest[place] { greatest[place] = value }
          }
        }
      }
    }
  }

  /// Adds which rows have a best value, of low, best and high.
  @specialized(where End == Int64)
  @specialized(where End == Double)
  mutating func addBest(
    _ bounds: [UnsafeMutablePointer<End>], _ batch: BatchRunner, _ lanes: [Int32]?,
    _ groups: [Int32], _ count: Int
  ) {
    leastBest.reach(count, End.openHigh)
    unratedLow.reach(count, End.openHigh)
    unratedHigh.reach(count, End.openLow)
    let (low, best, high) = (bounds[0], bounds[1], bounds[2])
    batch.forEach(lanes, groups, count) { lane, group in
      if best[lane] == End.openLow {
        unratedLow[group] = min(unratedLow[group], low[lane])
        unratedHigh[group] = max(unratedHigh[group], high[lane])
      } else {
        leastBest[group] = min(leastBest[group], best[lane])
      }
    }
  }

  /// Adds the lanes one by one and keeps the greatest distance between two rows, because a row has
  /// no distance from itself.
  @specialized(where End == Int64)
  @specialized(where End == Int32)
  @specialized(where End == Double)
  mutating func addWithWidths(
    _ bounds: [UnsafeMutablePointer<End>], _ batch: BatchRunner, _ lanes: [Int32]?,
    _ groups: [Int32], _ count: Int
  ) {
    least.reach(count * width, End.openHigh)
    greatest.reach(count * width, End.openLow)
    widest.reach(count, End.noWidth)
    let (width, last) = (width, width - 1)
    batch.forEach(lanes, groups, count) { lane, group in
      let place = group &* width
      let (low, high) = (bounds[0][lane], bounds[last][lane])
      if least[place] <= greatest[place] {
        widest[group] = max(
          widest[group], End.width(least[place], high, .high),
          End.width(low, greatest[place &+ last], .high))
      }
      for index in 0..<width {
        least[place &+ index] = min(least[place &+ index], bounds[index][lane])
        greatest[place &+ index] = max(greatest[place &+ index], bounds[index][lane])
      }
    }
  }
}
