/// The values of a row that sums are made of, by their numbers.
struct LinearSums {
  private struct Ends: Hashable {
    let low: Register
    let high: Register
  }

  private var numbers: [Ends: Int] = [:]
  private var values: [Int: QuantityForm] = [:]
  /// What the columns of the rows are made of that were looked at.
  var columns: [Int: LinearSum] = [:]

  /// The number of a value that the same registers hold.
  func number(of form: QuantityForm) -> Int? { numbers[Ends(low: form.low, high: form.high)] }

  /// Registers that a value is held by alone, so that they are always this value.
  mutating func note(_ form: QuantityForm, number: Int, isOnlyThis: Bool) {
    values[number] = form
    if isOnlyThis { numbers[Ends(low: form.low, high: form.high)] = number }
  }

  /// The quantity that a number stands for.
  func form(of number: Int) -> QuantityForm? { values[number] }
}
