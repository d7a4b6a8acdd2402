import Dossier
import Testing

/// Sums and differences of a row's fields, each field any number of times, are as narrow as the
/// worlds in which every field has one value.
@Suite struct LinearWorldsTests {
  /// An expression and how often it takes each of the fields u, v and w.
  private struct Linear {
    var text: String
    var factors: [Int64]
    var constant: Int64

    static let fields = ["u", "v", "w"]

    init(_ random: inout Random, named: [Linear], depth: Int) {
      switch Int.random(in: 0...(depth > 0 ? 7 : 2), using: &random) {
      case 0 where !named.isEmpty:
        let index = Int.random(in: 0..<named.count, using: &random)
        self = named[index]
        text = "d\(index)"
      case 1:
        let number = Int64.random(in: 1...9, using: &random)
        (text, factors, constant) = ("\(number)", [0, 0, 0], number)
      case 3:
        let inner = Linear(&random, named: named, depth: depth - 1)
        let factor = Int64.random(in: 0...3, using: &random)
        text =
          Bool.random(using: &random)
          ? "\(factor) * (\(inner.text))" : "(\(inner.text)) * \(factor)"
        factors = inner.factors.map { $0 * factor }
        constant = inner.constant * factor
      case 4:
        let inner = Linear(&random, named: named, depth: depth - 1)
        text = "-(\(inner.text))"
        factors = inner.factors.map { -$0 }
        constant = -inner.constant
      case 5, 6, 7:
        let a = Linear(&random, named: named, depth: depth - 1)
        let b = Linear(&random, named: named, depth: depth - 1)
        let isSum = Bool.random(using: &random)
        text = "\(a.text) \(isSum ? "+" : "-") (\(b.text))"
        factors = zip(a.factors, b.factors).map { isSum ? $0 + $1 : $0 - $1 }
        constant = isSum ? a.constant + b.constant : a.constant - b.constant
      default:
        let field = Int.random(in: 0..<3, using: &random)
        text = Linear.fields[field]
        factors = [0, 0, 0]
        factors[field] = 1
        constant = 0
      }
    }
  }

  @Test("what is added and taken away again leaves nothing behind, also through stages")
  func linear() throws {
    var random = Random(seed: 53)
    for _ in 0..<Cases.some(of: 2_000) {
      let rows = (0..<10).map { _ in
        (0..<3).map { field -> ClosedRange<Int64> in
          let low = Int64.random(in: -5...5, using: &random)
          return low...low + (field == 2 ? 0 : Int64.random(in: 0...4, using: &random))
        }
      }
      func column(_ field: Int) throws -> HostColumn {
        let bounds = rows.map { $0[field] }
        if field == 2 { return try .numbers(bounds.map(\.lowerBound)) }
        return try .quantities(
          low: bounds.map(\.lowerBound), best: bounds.map(\.lowerBound),
          high: bounds.map(\.upperBound))
      }
      let table = try Table(columns: [
        ("n", .numbers((0..<10).map(Int64.init))), ("u", column(0)), ("v", column(1)),
        ("w", column(2)),
      ])
      var named: [Linear] = []
      var query = "t"
      for index in 0..<4 {
        named.append(Linear(&random, named: named, depth: 3))
        query += " | derive d\(index) = \(named[index].text)"
        if Int.random(in: 0...2, using: &random) == 0 { query += " | sort n" }
      }
      var session = Session(tables: ["t": table])
      var answer: Answer?
      try session.run(SourceText(name: "input", text: query)) { answer = $0 }
      for (row, bounds) in zip(try #require(answer).rows, rows) {
        for (index, linear) in named.enumerated() {
          var ends = (low: linear.constant, high: linear.constant)
          for (factor, range) in zip(linear.factors, bounds) {
            ends.low += factor * (factor < 0 ? range.upperBound : range.lowerBound)
            ends.high += factor * (factor < 0 ? range.lowerBound : range.upperBound)
          }
          var found: (low: Double?, high: Double?)
          switch row["d\(index)"] {
          case .number(let number): found = (number, number)
          case .quantity(let quantity): found = (quantity.low, quantity.high)
          default: break
          }
          #expect(
            found.low == Double(ends.low) && found.high == Double(ends.high),
            "d\(index) of \(bounds) in \(query): \(found), worlds \(ends)")
        }
      }
    }
  }
}
