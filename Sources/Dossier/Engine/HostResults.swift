/// The results of a host's function for the rows of a batch.
struct HostResults {
  private let call: HostCall
  private var truths: [Truth] = []
  private var ints: [Int64] = []
  private var low: [Double] = []
  private var best: [Double] = []
  private var high: [Double] = []
  private var codes: [Int32] = []
  private var days: [PeriodRange] = []
  private var known: [UInt8] = []
  private var none: [UInt8] = []

  init(_ call: HostCall) { self.call = call }

  /// Adds a row that nobody needs, or whose value isn't there.
  mutating func addAbsent(isNone: Bool = false) {
    known.append(isNone ? 1 : 0)
    none.append(isNone ? 1 : 0)
    switch call.function.result {
    case .truth: truths.append(isNone ? .false : .maybe)
    case .integer: ints.append(0)
    case .number: low.append(0)
    case .quantity: add(-.infinity, -.infinity, .infinity)
    case .text: codes.append(isNone ? Code.none : Code.unknown)
    case .date, .period: days.append(.unknown)
    }
  }

  /// Adds what a call gave.
  ///
  /// - Parameter code: the code of a text.
  /// - Throws: what is wrong with it.
  mutating func add(
    _ value: Value, code: (String) throws(RunError) -> Int32
  ) throws(RunError) -> HostProblem? {
    switch (call.function.result, value) {
    case (_, .unknown): addAbsent()
    case (_, .none): addAbsent(isNone: true)
    case (.truth, .truth(let truth)): truths.append(truth)
    case (.integer, .number(let number)):
      guard let whole = Int64(exactly: number), whole != Open.low, whole != Open.high else {
        return misfit("the number \(number)")
      }
      ints.append(whole)
    case (.number, .number(let number)):
      guard number.isFinite else { return misfit("the number \(number)") }
      low.append(number)
    case (.quantity, .number(let number)): return add(Quantity(number, unit: nil))
    case (.quantity, .quantity(let quantity)): return add(quantity)
    case (.text, .text(let text)): codes.append(try code(normalised(text)))
    case (.date, .date(let text)), (.period, .date(let text)): return add(date: text)
    default: return misfit(value.phrase)
    }
    // What is absent has counted itself.
    if known.count < count { endPresent() }
    return nil
  }

  private mutating func endPresent() {
    known.append(1)
    none.append(0)
  }

  private var count: Int {
    max(truths.count, ints.count, low.count, codes.count, days.count)
  }

  private mutating func add(_ low: Double, _ best: Double, _ high: Double) {
    self.low.append(low)
    self.best.append(best)
    self.high.append(high)
  }

  private mutating func add(_ quantity: Quantity) -> HostProblem? {
    if let unit = quantity.unit, unit != call.unit?.name { return misfit(quantity.text) }
    let (low, high) = (quantity.low ?? -.infinity, quantity.high ?? .infinity)
    let isSound =
      low <= high && (quantity.best.map { low <= $0 && $0 <= high && $0.isFinite } ?? true)
      && low < .infinity && high > -.infinity
    guard isSound else { return misfit("bounds of \(low) to \(high)") }
    add(low, quantity.best ?? -.infinity, high)
    endPresent()
    return nil
  }

  private mutating func add(date text: String) -> HostProblem? {
    guard let date = try? EDTF(ArraySlice(text.utf8)) else { return misfit("the date '\(text)'") }
    if case (.date, .period) = (call.function.result, date.form) { return misfit("a period") }
    days.append(date.days)
    endPresent()
    return nil
  }

  private func misfit(_ found: String) -> HostProblem {
    .wrongResult(expected: call.shape.type.phrase, found: found)
  }

  /// The results as a column of the shape that was promised.
  var column: Column {
    let (known, none) = (Buffer(known), Buffer(none))
    func quantities(_ numbers: NumberBuffer, _ best: NumberBuffer, _ high: NumberBuffer) -> Column {
      guard case .quantity(let kind, let isExact, _, _, _, _) = call.shape else {
        return Column(.quantities(.exact(Buffer([]))))
      }
      return Column(
        .quantities(
          QuantityColumn(
            low: numbers, best: best, high: high, kind: kind, isExact: isExact,
            unit: .one(call.unit), known: known, none: none)))
    }
    func dates(_ side: (PeriodRange) -> DateRange) -> DateColumn {
      DateColumn(
        earliest: Buffer(days.map { side($0).earliest }),
        latest: Buffer(days.map { side($0).latest }), known: known, none: none)
    }
    switch call.function.result {
    case .truth:
      return Column(
        .truths(
          TruthColumn(
            certain: Buffer(truths.map { $0 == .true ? 1 : 0 }),
            possible: Buffer(truths.map { $0 == .false ? 0 : 1 }), known: known, none: none)))
    case .integer:
      let numbers = NumberBuffer.decimals(Buffer(ints))
      return quantities(numbers, numbers, numbers)
    case .number:
      let numbers = NumberBuffer.doubles(Buffer(low))
      return quantities(numbers, numbers, numbers)
    case .quantity:
      return quantities(.doubles(Buffer(low)), .doubles(Buffer(best)), .doubles(Buffer(high)))
    case .text: return Column(.texts(codes: Buffer(codes), .empty))
    case .date: return Column(.dates(dates(\.start)))
    case .period: return Column(.periods(PeriodColumn(start: dates(\.start), end: dates(\.end))))
    }
  }
}

extension Value {
  /// With its article, for messages.
  fileprivate var phrase: String {
    switch self {
    case .truth: "a truth"
    case .number: "a number"
    case .quantity: "a quantity"
    case .text: "a text"
    case .date: "a date"
    case .reference: "a thing"
    case .list: "a list"
    case .unknown: "unknown"
    case .none: "none"
    }
  }
}
