/// The values of a query's only column, to look others up in: `x in (figures | select subject)`.
struct MemberSet {
  private var texts: Set<String> = []
  private var numbers: Set<Int64> = []
  /// For each entity whether it is one of the values or part of one.
  private var contained: [Truth] = []
  /// Whether a value isn't reported, so that it could be any.
  private(set) var hasUnknown = false
  let isEmpty: Bool

  init(_ rows: Column, _ test: MemberTest) {
    // Of a column of lists all elements count.
    var column = rows
    if case .lists(let lists) = rows.storage {
      column = lists.elements.column
      hasUnknown = lists.known?.elements.contains(0) ?? false
    }
    isEmpty = column.count == 0 && !hasUnknown
    for row in 0..<column.count where column.isUnknown(row) { hasUnknown = true }
    switch (test, column.storage) {
    case (.text, .texts(let codes, let dictionary)):
      for code in Set(codes.elements) where code >= 0 { texts.insert(dictionary[code]) }
    case (.entity(let table), .texts(let codes, let dictionary)):
      let named = Set(codes.elements).sorted().filter { $0 >= 0 }.flatMap {
        table.named(dictionary[$0])
      }
      contained = table.contained(in: Set(named))
    case (.entity(let table), .references(let codes, _)):
      contained = table.contained(in: Set(codes.elements.filter { $0 >= 0 }))
    case (.number(let scale), .quantities(let column)):
      guard case .decimal(let own) = column.kind, case .decimals(let values) = column.low else {
        break
      }
      for row in 0..<values.count where column.isKnown(row) && column.none?[row] != 1 {
        if let value = Number(values[row], scale: own).trimmed.rescaled(to: scale) {
          numbers.insert(value)
        }
      }
    case (.day, .dates(let column)):
      for row in 0..<column.earliest.count where column.isKnown(row) && column.none?[row] != 1 {
        numbers.insert(Int64(column.earliest[row]))
      }
    default: break
    }
  }

  func holds(_ text: String) -> Bool { texts.contains(text) }
  func holds(_ number: Int64) -> Bool { numbers.contains(number) }
  func truth(ofEntity row: Int32) -> Truth {
    Int(row) < contained.count ? contained[Int(row)] : .false
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
  /// 1 where a value is among those of a query, for certain or perhaps.
  func lookUpMembers(
    _ plan: Int, _ test: MemberTest, certain: Bool, _ instruction: Instruction, _ lanes: Int
  ) {
    let set = members[plan] ?? MemberSet(scalars[plan].column(0), test)
    members[plan] = set
    let out = masks(instruction.result)
    let input = instruction.inputs[0]
    let open: UInt8 = !certain && set.hasUnknown ? 1 : 0
    if case .number = test {
      let values = ints(input)
      for lane in 0..<lanes { out[lane] = set.holds(values[lane]) ? 1 : open }
      return
    }
    let codes = codes(input)
    var memo = memos[instruction.result] ?? CodeMemo()
    for lane in 0..<lanes {
      let code = codes[lane]
      switch test {
      case .day: out[lane] = set.holds(Int64(code)) ? 1 : open
      case _ where code < 0:
        out[lane] = !certain && code == Code.unknown && !set.isEmpty ? 1 : 0
      case .text(let texts):
        let found = memo.answer(code) { set.holds(dictionary(texts)[$0]) ? 1 : 0 }
        out[lane] = found == 1 ? 1 : open
      case .entity:
        let truth = set.truth(ofEntity: code)
        out[lane] = truth == .true || (truth == .maybe && !certain) ? 1 : open
      case .number: break
      }
    }
    memos[instruction.result] = memo
  }
}
