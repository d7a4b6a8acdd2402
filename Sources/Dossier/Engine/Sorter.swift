/// Orders rows.
///
/// The order of sorting decides no truth and shares no code with comparison: unit by
/// name, then best, else midpoint, else the finite end, then low and high; of texts the bytes, of
/// references name then id, of truths false < maybe < true; unknown last both ways; equal rows keep
/// their order.
struct Sorter {
  /// One word a row for each part of a key, most important first; the least word comes first.
  private var words: [[Int64]] = []
  private let count: Int
  private let facts: FactStore?
  private let meter: Meter
  private let span: Span

  init(count: Int, facts: FactStore?, _ meter: Meter, at span: Span = .nowhere) {
    self.count = count
    self.facts = facts
    self.meter = meter
    self.span = span
  }

  /// The rows in order.
  func rows() throws(RunError) -> [Int32] {
    guard let first = words.first else { return Array(0..<Int32(count)) }
    let rest = words.dropFirst()
    try meter.ensure(bytes: count * 2 * MemoryLayout<Item>.stride, at: span)
    // The first word lies beside its row: hardly any others are looked at.
    let items = first.enumerated().map { Item(word: $1, row: Int32($0)) }
    return try meter.sorted(items, at: span) { a, b in
      if a.word != b.word { return a.word < b.word }
      for words in rest where words[Int(a.row)] != words[Int(b.row)] {
        return words[Int(a.row)] < words[Int(b.row)]
      }
      return a.row < b.row
    }.map(\.row)
  }

  private struct Item {
    let word: Int64
    let row: Int32
  }

  /// Numbers that rise from row to row and are the same where no key parts two rows.
  func places(of rows: [Int32]) -> Buffer<Int32> {
    let places = Buffer<Int32>(uninitialized: rows.count)
    var place: Int32 = 0
    for (index, row) in rows.enumerated() {
      let before = Int(rows[max(index - 1, 0)])
      if words.contains(where: { $0[before] != $0[Int(row)] }) {
        place = Int32(index)
      }
      places.start[index] = place
    }
    return places
  }

  /// Adds a key, less important than those before.
  mutating func add(_ column: Column, descending: Bool) throws(RunError) {
    // Two words a row and more, of which each is copied once.
    try meter.charge(bytes: count * 16, at: span)
    // What isn't reported comes last, whatever the direction.
    let absence = column.absence
    let isFull = absence.allSatisfy { $0 == 0 }
    if !isFull { words.append(absence) }
    for values in try column.sortWords(facts, meter, at: span) {
      try meter.charge(bytes: count * 16, at: span)
      // What isn't there is equal, whatever its lanes hold; the complement turns the order round.
      words.append(
        isFull && !descending
          ? values
          : values.indices.map { row in
            absence[row] != 0 ? 0 : descending ? ~values[row] : values[row]
          })
    }
  }
}

extension Double {
  /// Bits whose order as integers is the order of the numbers.
  var orderedBits: Int64 {
    let bits = Int64(bitPattern: (self == 0 ? 0 : self).bitPattern)
    return bits < 0 ? bits ^ Int64.max : bits
  }
}

extension Column {
  /// 2 for unknown, 0 for values; none sorts before unknown and behind values.
  fileprivate var absence: [Int64] {
    guard let none else { return unreported }
    return zip(unreported, none.elements).map { $1 == 1 ? 1 : $0 }
  }

  private var unreported: [Int64] {
    func masked(_ known: Buffer<UInt8>?) -> [Int64] {
      guard let known else { return [Int64](repeating: 0, count: count) }
      return known.elements.map { $0 == 0 ? 2 : 0 }
    }
    switch storage {
    case .truths(let column): return masked(column.known)
    case .quantities(let column): return masked(column.known)
    case .dates(let column): return masked(column.known)
    case .periods(let column): return masked(column.start.known)
    case .texts(let codes, _), .references(let codes, _):
      return codes.elements.map { $0 == Code.unknown ? 2 : $0 == Code.none ? 1 : 0 }
    case .lists(let column):
      let known = masked(column.known)
      return (0..<count).map { known[$0] == 0 && column.range($0).isEmpty ? 1 : known[$0] }
    }
  }

  fileprivate func sortWords(
    _ facts: FactStore?, _ meter: Meter, at span: Span
  ) throws(RunError) -> [[Int64]] {
    switch storage {
    case .truths(let column):
      return [(0..<count).map { Int64(column[$0].rawValue) }]
    case .quantities(let column): return column.sortWords
    case .dates(let column): return column.sortWords
    case .periods(let column): return column.start.sortWords + column.end.sortWords
    case .texts(let codes, let dictionary):
      let ranks = try dictionary.ranks(meter, at: span)
      return [codes.elements.map { $0 >= 0 ? Int64(ranks[Int($0)]) : 0 }]
    case .references(let codes, let kind):
      guard let table = facts?[kind] else { return [codes.elements.map(Int64.init)] }
      let order = (0..<table.count).sorted {
        (table.names[$0], table.ids[$0]) < (table.names[$1], table.ids[$1])
      }
      var ranks = [Int64](repeating: 0, count: table.count)
      for (rank, row) in order.enumerated() { ranks[row] = Int64(rank) }
      return [codes.elements.map { $0 >= 0 ? ranks[Int($0)] : 0 }]
    case .lists(let column): return [try rank(lists: column, facts, meter, at: span)]
    }
  }

  /// Lists compare element by element, shorter ones first.
  private func rank(
    lists: ListColumn, _ facts: FactStore?, _ meter: Meter, at span: Span
  ) throws(RunError) -> [Int64] {
    let elements = lists.elements.column
    let words = try elements.sortWords(facts, meter, at: span)
    func key(_ row: Int) -> [[Int64]] { lists.range(row).map { index in words.map { $0[index] } } }
    let keys = (0..<count).map(key)
    func isLess(_ a: Int, _ b: Int) -> Bool {
      keys[a].lexicographicallyPrecedes(keys[b]) { $0.lexicographicallyPrecedes($1) }
    }
    let order = try meter.sorted(0..<count, at: span) {
      isLess($0, $1) || (!isLess($1, $0) && $0 < $1)
    }
    var ranks = [Int64](repeating: 0, count: count)
    for (place, row) in order.enumerated() {
      let isSame = place > 0 && keys[order[place - 1]] == keys[row]
      ranks[row] = isSame ? ranks[order[place - 1]] : Int64(place)
    }
    return ranks
  }
}

extension DateColumn {
  /// The earliest day, else the finite end; then the latest day.
  fileprivate var sortWords: [[Int64]] {
    let starts = (0..<earliest.count).map { row in
      Int64(earliest[row] == Day.distantPast ? latest[row] : earliest[row])
    }
    return [starts, latest.elements.map(Int64.init)]
  }
}

extension QuantityColumn {
  fileprivate var sortWords: [[Int64]] {
    var words: [[Int64]] = []
    if case .each(let codes, let units) = unit {
      let names = units.map { $0?.name ?? "" }
      let ranks = names.map { name in Int64(names.filter { $0 < name }.count) }
      words.append(codes.elements.map { ranks[Int($0)] })
    }
    switch (low, best, high) {
    case (.decimals(let low), .decimals(let best), .decimals(let high)):
      if isExact { return words + [Array(low.elements)] }
      let middles = (0..<count).map { middle(low[$0], best[$0], high[$0]) }
      return words + [middles.map(\.orderedBits), Array(low.elements), Array(high.elements)]
    case (.doubles(let low), .doubles(let best), .doubles(let high)):
      if isExact { return words + [low.elements.map(\.orderedBits)] }
      let middles = (0..<count).map { row in
        best[row].isFinite ? best[row] : middle(low[row], high[row])
      }
      return words
        + [
          middles.map(\.orderedBits), low.elements.map(\.orderedBits),
          high.elements.map(\.orderedBits),
        ]
    default: return words
    }
  }

  private func middle(_ low: Int64, _ best: Int64, _ high: Int64) -> Double {
    if best != Open.best { return Double(best) }
    return middle(
      low == Open.low ? -.infinity : Double(low), high == Open.high ? .infinity : Double(high))
  }

  private func middle(_ low: Double, _ high: Double) -> Double {
    if low.isFinite, high.isFinite { return low / 2 + high / 2 }
    return low.isFinite ? low : high.isFinite ? high : 0
  }
}
