/// The unit that the values of each group have: one, or the run ends.
struct GroupUnits {
  private let unit: QuantityForm.UnitForm
  private let known: Register?
  /// Whether a group without values has no unit, or an unknown value of the first one.
  private let allowsNone: Bool
  /// For each group the code of its unit, −1 before there is one.
  private var codes: [Int32] = []
  private var seen: Set<Int32> = []
  private var isMixed = false

  init(_ form: QuantityForm, allowsNone: Bool) {
    unit = form.unit
    known = form.known
    self.allowsNone = allowsNone
  }

  mutating func note(_ batch: BatchRunner, _ lanes: [Int32]?, _ groups: [Int32], _ count: Int) {
    guard case .each(let register, let names) = unit else { return }
    codes.reach(count, -1)
    let units = batch.codes(register)
    let known = known.map(batch.masks)
    batch.forEach(lanes, groups, count) { lane, group in
      let code = units[lane]
      if codes[group] == code { return }
      // What isn't reported has no unit unless it says so.
      if names[Int(code)] == nil, known.map({ $0[lane] == 0 }) ?? false { return }
      seen.insert(code)
      if codes[group] >= 0 { isMixed = true }
      codes[group] = code
    }
  }

  /// The code of a group's unit; nil if it has none yet.
  func code(of group: Int32) -> Int32? {
    guard Int(group) < codes.count, codes[Int(group)] >= 0 else { return nil }
    return codes[Int(group)]
  }

  /// The units of some groups, side by side.
  func column(
    _ groups: [Int32], for aggregate: Aggregate
  ) throws(RunError) -> QuantityColumn.UnitOfRows {
    guard case .each(_, let names) = unit else {
      if case .one(let unit) = unit { return .one(unit) }
      return .one(nil)
    }
    if isMixed { throw mixed(names, aggregate) }
    let none = allowsNone ? Int32(names.count) : 0
    return .each(
      Buffer(groups.map { code(of: $0) ?? none }), allowsNone ? names + [nil] : names)
  }

  /// For values of all groups together: more than one unit ends the run.
  func requireOne(for aggregate: Aggregate) throws(RunError) {
    if case .each(_, let names) = unit, seen.count > 1 { throw mixed(names, aggregate) }
  }

  private func mixed(_ names: [Unit?], _ aggregate: Aggregate) -> RunError {
    let found = seen.sorted().map { names[Int($0)]?.name ?? "plain numbers" }
    return RunError(
      cause: .unitsMixed(found, filterBy: aggregate.unitOfArgument), span: aggregate.span)
  }
}
