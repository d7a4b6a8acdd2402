import Dossier
import Testing

/// `reconcile` and `conflicts`, held against all values that claims allow.
///
/// Each group of one table is a case of its own.
@Suite struct RivalWorldsTests {
  private struct Claim {
    let low: Int64
    let high: Int64
    let origin: Int
    /// The first and the last day on which it may have been made.
    let days: ClosedRange<Int>

    func allows(_ value: Int64) -> Bool { low <= value && value <= high }
  }

  private static let values: ClosedRange<Int64> = -5...9
  private static let origins = ["a", "b", "c", "d"]

  private static func cases(_ count: Int, seed: UInt64) -> [[Claim]] {
    var random = Random(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...5, using: &random)).map { _ in
        let low = Int64.random(in: -5...4, using: &random)
        let day = Int.random(in: 1...6, using: &random)
        return Claim(
          low: low, high: low + Int64.random(in: 0...5, using: &random),
          origin: Int.random(in: 0..<origins.count, using: &random),
          days: day...(day + Int.random(in: 0...2, using: &random)))
      }
    }
  }

  private func table(_ cases: [[Claim]]) throws -> Table {
    let claims = cases.enumerated().flatMap { group, claims in claims.map { (group, $0) } }
    return try Table(columns: [
      ("g", .numbers(claims.map { Int64($0.0) })),
      (
        "x",
        .quantities(
          low: claims.map(\.1.low), best: claims.map(\.1.low), high: claims.map(\.1.high))
      ),
      ("claimed_by", .texts(claims.map { Self.origins[$0.1.origin] })),
      ("from", .numbers(claims.map { Int64($0.1.days.lowerBound) })),
      ("upto", .numbers(claims.map { Int64($0.1.days.upperBound) })),
    ])
  }

  private func rows(_ query: String, _ cases: [[Claim]]) throws -> [Row] {
    var session = Session(tables: ["t": try table(cases)])
    var answers: [Answer] = []
    try session.run(SourceText(name: "input", text: query)) { answers.append($0) }
    return try #require(answers.last).rows
  }

  /// The ends of a result; nil where there is none.
  private func ends(_ row: Row) -> ClosedRange<Int64>? {
    switch row["x"] {
    case .quantity(let found):
      guard let low = found.low, let high = found.high else { return nil }
      return Int64(low)...Int64(high)
    case .number(let number): return Int64(number)...Int64(number)
    default: return nil
    }
  }

  /// The smallest range around the values that pass a test.
  private func hull(where holds: (Int64) -> Bool) -> ClosedRange<Int64>? {
    let found = Self.values.filter(holds)
    guard let low = found.first, let high = found.last else { return nil }
    return low...high
  }

  @Test("a range holds every value that one claim allows, and no end that none does")
  func range() throws {
    let cases = Self.cases(Cases.some(of: 20_000), seed: 1)
    for (claims, row) in zip(cases, try rows("t | reconcile range of x by g", cases)) {
      #expect(ends(row) == hull { value in claims.contains { $0.allows(value) } }, "\(claims)")
    }
  }

  @Test("an overlap is what all claims allow, and a conflict where that is nothing")
  func overlap() throws {
    let cases = Self.cases(Cases.some(of: 20_000), seed: 2)
    for (claims, row) in zip(cases, try rows("t | reconcile overlap of x by g", cases)) {
      let expected = hull { value in claims.allSatisfy { $0.allows(value) } }
      #expect(ends(row) == expected, "\(claims)")
      #expect(row["method"] == .text(expected == nil ? "overlap: conflict" : "overlap"))
    }
  }

  @Test("agree holds every value that so many origins share, and ends with such values")
  func agree() throws {
    let cases = Self.cases(Cases.some(of: 20_000), seed: 3)
    for count in 1...3 {
      for (claims, row) in zip(cases, try rows("t | reconcile agree \(count) of x by g", cases)) {
        let expected = hull { value in
          Set(claims.filter { $0.allows(value) }.map(\.origin)).count >= count
        }
        #expect(ends(row) == expected, "\(count): \(claims)")
        guard case .quantity(let origins) = row["origins"] else {
          Issue.record("no number of origins: \(claims)")
          continue
        }
        let named = Double(Set(claims.map(\.origin)).count)
        #expect(origins.low == named && origins.high == named)
      }
    }
    for (claims, row) in zip(cases, try rows("t | reconcile agree of x by g", cases)) {
      let needed = Set(claims.map(\.origin)).count / 2 + 1
      let expected = hull { value in
        Set(claims.filter { $0.allows(value) }.map(\.origin)).count >= needed
      }
      #expect(ends(row) == expected, "\(claims)")
    }
  }

  @Test("the latest is right for every order in which the claims may have been made")
  func latest() throws {
    let cases = Self.cases(Cases.some(of: 10_000), seed: 4)
    let query = """
      t | derive first = date(2024, 1, from), last = date(2024, 1, upto)
        | derive stated = if maybe then first else last
        | reconcile latest of x by g
      """
    for (claims, row) in zip(cases, try rows(query, cases)) {
      // A claim may be the newest if its last day isn't before the first day of another.
      let newest = claims.filter { claim in
        claims.allSatisfy { claim.days.upperBound >= $0.days.lowerBound }
      }
      #expect(ends(row) == hull { value in newest.contains { $0.allows(value) } }, "\(claims)")
    }
  }

  @Test("the preferred is the first claimant of the list who claims something")
  func prefer() throws {
    let cases = Self.cases(Cases.some(of: 10_000), seed: 5)
    let query = "t | reconcile prefer [\"c\", \"a\"] of x by g"
    for (claims, row) in zip(cases, try rows(query, cases)) {
      let chosen = [2, 0].map { name in claims.filter { $0.origin == name } }
        .first { !$0.isEmpty }
      let expected = hull { value in (chosen ?? []).contains { $0.allows(value) } }
      #expect(ends(row) == expected, "\(claims)")
    }
  }

  @Test("claims conflict if and only if no value fits all of them; those listed are of such pairs")
  func conflicts() throws {
    let cases = Self.cases(Cases.some(of: 20_000), seed: 6)
    var listed: [Int: [ClosedRange<Int64>]] = [:]
    var numbers: [Int: Set<Value>] = [:]
    for row in try rows("t | conflicts of x by g", cases) {
      guard case .number(let group) = row["g"], let range = ends(row) else {
        Issue.record("a row without its group")
        continue
      }
      listed[Int(group), default: []].append(range)
      numbers[Int(group), default: []].insert(row["conflict"])
    }
    for (group, claims) in cases.enumerated() {
      let fits = Self.values.contains { value in claims.allSatisfy { $0.allows(value) } }
      #expect(fits == (listed[group] == nil), "\(claims)")
      let apart = claims.filter { claim in
        claims.contains { $0.low > claim.high || $0.high < claim.low }
      }
      #expect((listed[group] ?? []) == apart.map { $0.low...$0.high }, "\(claims)")
      #expect(numbers[group, default: []].count == (fits ? 0 : 1))
    }
  }
}
