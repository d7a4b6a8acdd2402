/// The values of a query's only column, to look others up in: `x in (figures | select subject)`.
struct MemberSet {
  /// Whether each text or number is there for certain.
  private var texts: [String: Truth] = [:]
  private var numbers: [Int64: Truth] = [:]
  /// For each entity whether it is one of the values or part of one.
  private var contained: [Truth] = []
  /// Whether a value isn't reported, so that it could be any.
  private(set) var hasUnknown = false
  let isEmpty: Bool

  init(_ table: Table, _ test: MemberTest, _ meter: Meter, at span: Span) throws(RunError) {
    var column = table.column(0)
    var members = table.membership
    // Of a column of lists all elements count.
    if case .lists(let lists) = column.storage {
      members = members.map(lists.spread)
      column = lists.elements.column
      hasUnknown = lists.known?.elements.contains(0) ?? false
    }
    isEmpty = column.count == 0 && !hasUnknown
    for row in 0..<column.count where !hasUnknown {
      try meter.tick(row, at: span)
      hasUnknown = column.isUnknown(row)
    }
    try gather(column, test, meter, at: span) { members?[$0] == 0 ? .maybe : .true }
  }

  private mutating func gather(
    _ column: Column, _ test: MemberTest, _ meter: Meter, at span: Span,
    _ membership: (_ row: Int) -> Truth
  ) throws(RunError) {
    switch (test, column.storage) {
    case (.text, .texts(let codes, let dictionary)):
      let truths = codes.truths(membership)
      texts.reserveCapacity(truths.count)
      for (place, (code, truth)) in truths.enumerated() {
        try meter.tick(place, at: span)
        texts[dictionary[code]] = truth.or(texts[dictionary[code]] ?? .false)
      }
    case (.entity(let table), .texts(let codes, let dictionary)):
      contain(table, codes.truths(membership)) { table.named(dictionary[$0]) }
    case (.entity(let table), .references(let codes, _)):
      contain(table, codes.truths(membership)) { [$0] }
    case (.number(let scale), .quantities(let column)):
      guard case .decimal(let own) = column.kind, case .decimals(let values) = column.low else {
        break
      }
      for row in 0..<values.count where column.isKnown(row) && column.none?[row] != 1 {
        try meter.tick(row, at: span)
        if let value = Number(values[row], scale: own).trimmed.rescaled(to: scale) {
          add(value, membership(row))
        }
      }
    case (.day, .dates(let column)):
      for row in 0..<column.earliest.count where column.isKnown(row) && column.none?[row] != 1 {
        try meter.tick(row, at: span)
        add(Int64(column.earliest[row]), membership(row))
      }
    default: break
    }
  }

  private mutating func add(_ number: Int64, _ truth: Truth) {
    numbers[number] = truth.or(numbers[number] ?? .false)
  }

  /// What lies in a value for certain, and what does if a value is there that only may be.
  private mutating func contain(
    _ table: EntityTable, _ truths: [(code: Int32, truth: Truth)], _ entities: (Int32) -> [Int32]
  ) {
    func targets(_ isWanted: (Truth) -> Bool) -> Set<Int32> {
      Set(truths.filter { isWanted($0.truth) }.flatMap { entities($0.code) })
    }
    let certain = targets { $0 == .true }
    contained = table.contained(in: certain)
    if truths.count == certain.count, !truths.contains(where: { $0.truth == .maybe }) { return }
    let all = table.contained(in: targets { _ in true })
    for entity in contained.indices where contained[entity] == .false && all[entity] != .false {
      contained[entity] = .maybe
    }
  }

  func truth(of text: String) -> Truth { texts[text] ?? .false }
  func truth(of number: Int64) -> Truth { numbers[number] ?? .false }
  func truth(ofEntity row: Int32) -> Truth {
    Int(row) < contained.count ? contained[Int(row)] : .false
  }
}

extension Buffer<Int32> {
  /// The codes that occur, rising, and whether some row has each for certain.
  fileprivate func truths(
    _ membership: (_ row: Int) -> Truth
  ) -> [(code: Int32, truth: Truth)] {
    var truths = [Truth](repeating: .false, count: Int(elements.max() ?? -1) + 1)
    for row in 0..<count where self[row] >= 0 {
      truths[Int(self[row])] = membership(row).or(truths[Int(self[row])])
    }
    return truths.enumerated().filter { $1 != .false }.map { (Int32($0), $1) }
  }
}

extension ListColumn {
  /// The value of a row for each of its elements.
  fileprivate func spread(_ values: Buffer<UInt8>) -> Buffer<UInt8> {
    let spread = Buffer<UInt8>(repeating: 1, count: elements.column.count)
    for row in 0..<values.count {
      for element in range(row) { spread.start[element] = values[row] }
    }
    return spread
  }
}

/// How values are looked up in the column of a query.
enum MemberTest: Sendable {
  case text(Texts)
  case entity(EntityTable)
  /// Exact numbers of one unit; the scale is that of the number that is looked up.
  case number(scale: Int)
  case day
}

extension BatchRunner {
  func memberSet(
    _ plan: Int, _ test: MemberTest, at span: Span
  ) throws(RunError) -> MemberSet {
    if let set = members[plan] { return set }
    let set = try MemberSet(scalars[plan], test, meter, at: span)
    members[plan] = set
    return set
  }

  /// 1 where a value is among those of a query, for certain or perhaps.
  func lookUpMembers(
    _ plan: Int, _ test: MemberTest, certain: Bool, _ instruction: Instruction, _ lanes: Int
  ) throws(RunError) {
    let set = try memberSet(plan, test, at: instruction.span)
    let out = masks(instruction.result)
    let input = instruction.inputs[0]
    let open: UInt8 = !certain && set.hasUnknown ? 1 : 0
    func byte(_ truth: Truth) -> UInt8 {
      truth == .true || (truth == .maybe && !certain) ? 1 : open
    }
    if case .number = test {
      let values = ints(input)
      for lane in 0..<lanes { out[lane] = byte(set.truth(of: values[lane])) }
      return
    }
    let codes = codes(input)
    var memo = memos[instruction.result] ?? CodeMemo()
    for lane in 0..<lanes {
      let code = codes[lane]
      switch test {
      case .day: out[lane] = byte(set.truth(of: Int64(code)))
      case _ where code < 0:
        out[lane] = !certain && code == Code.unknown && !set.isEmpty ? 1 : 0
      case .text(let texts):
        let found = memo.answer(code) { Int32(byte(set.truth(of: dictionary(texts)[$0]))) }
        out[lane] = UInt8(truncatingIfNeeded: found)
      case .entity: out[lane] = byte(set.truth(ofEntity: code))
      case .number: break
      }
    }
    memos[instruction.result] = memo
  }
}
