/// Which figures a value rests on, as far as the rows are known before they are there.
///
/// A claim column says for each row on which figures something in it rests. A value names those that
/// reach it: each term is one addend and rests on the figures of all its columns, so that
/// `a.value + b.value` has two terms and `a.value ?? b.value` has one. What is subtracted stands
/// apart, as `sum(a - b)` is `sum(a) - sum(b)`.
struct Claims: Sendable, Equatable {
  private(set) var added: [[Int]] = []
  private(set) var subtracted: [[Int]] = []

  init() {}

  /// What one claim column says.
  init(column: Int) { added = [[column]] }

  var isEmpty: Bool { added.isEmpty && subtracted.isEmpty }

  /// Every column that it names, rising.
  var columns: [Int] { Set((added + subtracted).joined()).sorted() }

  /// One more than the last column that it names.
  var columnCount: Int {
    var count = 0
    for term in added { for column in term { count = Swift.max(count, column + 1) } }
    for term in subtracted { for column in term { count = Swift.max(count, column + 1) } }
    return count
  }

  /// What `a + b` rests on.
  func plus(_ other: Claims) -> Claims {
    var result = self
    for term in other.added where !added.contains(term) { result.added.append(term) }
    for term in other.subtracted where !subtracted.contains(term) {
      result.subtracted.append(term)
    }
    return result
  }

  /// What `-a` rests on.
  var negated: Claims {
    var result = self
    (result.added, result.subtracted) = (subtracted, added)
    return result
  }

  /// `text(a)`: it may come back with another sign.
  var ofEitherSign: Claims { plus(negated) }

  /// What `a ?? b` and `a * b` rest on, one value of both; sums stay sums.
  func or(_ other: Claims) -> Claims {
    func isOne(_ terms: [[Int]]) -> Bool { terms.count < 2 }
    guard isOne(added), isOne(subtracted), isOne(other.added), isOne(other.subtracted) else {
      return plus(other)
    }
    func together(_ a: [[Int]], _ b: [[Int]]) -> [[Int]] {
      let columns = Set((a + b).joined()).sorted()
      return columns.isEmpty ? [] : [columns]
    }
    var result = Claims()
    result.added = together(added, other.added)
    result.subtracted = together(subtracted, other.subtracted)
    return result
  }

  /// The same of columns with other numbers.
  func renumbered(_ number: (Int) -> Int) -> Claims {
    var result = Claims()
    result.added = added.map { $0.map(number) }
    result.subtracted = subtracted.map { $0.map(number) }
    return result
  }

  /// The columns that an aggregate of it has, each the figures of some of these, and what they are
  /// to its result.
  ///
  /// What was added up was found disjoint, so that it is one addend from then on.
  func grouped(isSum: Bool) -> (columns: [[Int]], result: Claims) {
    var columns: [[Int]] = []
    var result = Claims()
    guard isSum else {
      let all = self.columns
      return (all.map { [$0] }, renumbered { all.firstIndex(of: $0) ?? 0 })
    }
    func one(_ terms: [[Int]]) -> [[Int]] {
      guard !terms.isEmpty else { return [] }
      columns.append(Set(terms.joined()).sorted())
      return [[columns.count - 1]]
    }
    result.added = one(added)
    result.subtracted = one(subtracted)
    return (columns, result)
  }
}

/// Where a claim column of a step's rows comes from.
enum ClaimSource: Sendable, Equatable {
  /// One of the rows before.
  case column(Int)
  /// The figure that a code names, or the figures of a list.
  case figures(Register)
  /// One of a plan that was run before, of its only row.
  case scalar(plan: Int, column: Int)

  /// The register that has to last to the end of a batch.
  var register: Register? { if case .figures(let register) = self { register } else { nil } }
}

/// A claim column: the figures that something in each row rests on.
enum FigureSets: Sendable {
  /// What each row stands for.
  case own
  /// Row `i` rests on `facts[starts[i]..<ends[i]]`; rows may have stretches in common.
  case stretches(starts: Buffer<Int32>, ends: Buffer<Int32>, of: Buffer<Int32>)

  /// The same set in every row.
  init(_ facts: [Int32], count: Int) {
    self = .stretches(
      starts: Buffer(repeating: 0, count: count),
      ends: Buffer(repeating: Int32(facts.count), count: count), of: Buffer(facts))
  }

  /// A set for each row, one behind the other.
  init(_ sets: [[Int32]]) {
    var ends: [Int32] = [0]
    for set in sets { ends.append((ends.last ?? 0) + Int32(set.count)) }
    self = .stretches(
      starts: Buffer(ends.dropLast()), ends: Buffer(ends.dropFirst()),
      of: Buffer(Array(sets.joined())))
  }

  /// The rows of one table, then those of another; both say where their figures lie.
  func followed(by other: FigureSets) -> FigureSets {
    guard case .stretches(let starts, let ends, let facts) = self,
      case .stretches(let starts2, let ends2, let facts2) = other
    else { return self }
    let offset = Int32(facts.count)
    return .stretches(
      starts: starts.followed(by: Buffer(starts2.elements.map { $0 + offset })),
      ends: ends.followed(by: Buffer(ends2.elements.map { $0 + offset })),
      of: facts.followed(by: facts2))
  }

  /// Some rows, in the order asked for; nothing where a row is below 0.
  func gathered(_ rows: [Int32]) -> FigureSets {
    guard case .stretches(let starts, let ends, let facts) = self else { return self }
    return .stretches(
      starts: Buffer(rows.map { $0 < 0 ? 0 : starts[Int($0)] }),
      ends: Buffer(rows.map { $0 < 0 ? 0 : ends[Int($0)] }), of: facts)
  }
}

extension Table {
  /// The figures that a claim column has for a row.
  func figures(_ claim: Int, of row: Int) -> Slice<UnsafeBufferPointer<Int32>> {
    guard claim < claims.count else { return UnsafeBufferPointer<Int32>(start: nil, count: 0)[...] }
    switch claims[claim] {
    case .own: return provenance.numbers(of: row)
    case .stretches(let starts, let ends, let facts):
      return facts.elements[Int(starts[row])..<Int(ends[row])]
    }
  }

  /// A claim column that doesn't depend on what the rows stand for, at some rows.
  func figureSets(_ claim: Int, at rows: [Int32]) -> FigureSets {
    guard claim < claims.count else { return FigureSets([], count: rows.count) }
    guard case .own = claims[claim] else { return claims[claim].gathered(rows) }
    switch provenance {
    case .one(let facts):
      return .stretches(
        starts: Buffer(rows.map { max($0, 0) }), ends: Buffer(rows.map { $0 + 1 }), of: facts)
    case .sets(let offsets, let facts):
      return .stretches(
        starts: Buffer(rows.map { $0 < 0 ? 0 : offsets[Int($0)] }),
        ends: Buffer(rows.map { $0 < 0 ? 0 : offsets[Int($0) + 1] }), of: facts)
    case .none, .rising: return FigureSets([], count: rows.count)
    }
  }
}

extension Table.Provenance {
  /// The facts of one row, where they lie.
  fileprivate func numbers(of row: Int) -> Slice<UnsafeBufferPointer<Int32>> {
    switch self {
    case .one(let facts): facts.elements[row..<row + 1]
    case .sets(let offsets, let facts):
      facts.elements[Int(offsets[row])..<Int(offsets[row + 1])]
    case .none, .rising: UnsafeBufferPointer<Int32>(start: nil, count: 0)[...]
    }
  }
}
