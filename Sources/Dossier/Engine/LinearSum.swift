/// What a quantity is made of: some values of its row, each so many times, and a number.
///
/// Interval arithmetic takes every operand for itself, so that `x - x` of 9..11 would be −2..2. Where
/// a value occurs twice in sums and differences its parts are joined first: `x - x` is 0,
/// `x + y - x` is y.
struct LinearSum: Sendable {
  struct Term: Sendable {
    let value: Int
    let factor: Int64
  }

  /// By the numbers of the values, rising; no factor is 0.
  private(set) var terms: [Term] = []
  private(set) var constant = Number(0)

  init(value: Int) { terms = [Term(value: value, factor: 1)] }
  init(_ constant: Number) { self.constant = constant }

  private init(_ terms: [Term], _ constant: Number) {
    self.terms = terms
    self.constant = constant
  }

  /// The only value, once.
  var value: Int? {
    guard constant.coefficient == 0, terms.count == 1, let term = terms.first else { return nil }
    return term.factor == 1 ? term.value : nil
  }

  /// Sums of more values than these are taken as one.
  static let most = 16

  /// Whether a value occurs in both.
  func shares(with other: LinearSum) -> Bool {
    terms.contains { term in other.terms.contains { $0.value == term.value } }
  }

  /// So many times; nil if a number grows too large.
  func times(_ factor: Int64) -> LinearSum? {
    var result: [Term] = []
    for term in terms {
      let (product, overflow) = term.factor.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      if product != 0 { result.append(Term(value: term.value, factor: product)) }
    }
    return constant.times(Number(factor)).map { LinearSum(result, $0) }
  }

  /// Both together; nil if there are too many values or a number grows too large.
  func adding(_ other: LinearSum) -> LinearSum? {
    var factors: [Int: Int64] = [:]
    for term in terms + other.terms {
      let (sum, overflow) = (factors[term.value] ?? 0).addingReportingOverflow(term.factor)
      if overflow { return nil }
      factors[term.value] = sum
    }
    let joined = factors.filter { $0.value != 0 }.map { Term(value: $0.key, factor: $0.value) }
    guard joined.count <= LinearSum.most, let number = constant.plus(other.constant) else {
      return nil
    }
    return LinearSum(joined.sorted { $0.value < $1.value }, number)
  }
}
