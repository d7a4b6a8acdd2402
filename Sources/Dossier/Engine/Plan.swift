/// A checked query: a source and the steps that its rows go through.
///
/// `.explain` prints it. It knows nothing of how it is run.
struct Plan: Sendable {
  indirect enum Source: Sendable {
    case table(Table)
    /// A `let` of the script, computed once.
    case named(Int, Plan)
    /// One row without fields, for expressions.
    case one
  }

  enum Step: Sendable {
    /// Filters and formulas: rows stay in order.
    case compute(Program, [Field])
    case summarize(Program, keys: [Field], [Aggregate], isGuarded: Bool)
    case sort([Key])
    /// The first fields only; sorting keys stand behind them.
    case narrow(Int)
    case take(Int)
    /// The first row of each group of equal ones.
    case distinct
  }

  struct Key: Sendable {
    let column: Int
    let descending: Bool
  }

  var source: Source
  var steps: [Step] = []
  /// The facts that constants of the query rest on, such as `nk_sent.value`.
  var facts: [Int32] = []
  /// Whether source notes are asked for on each row.
  var cites = false
}

/// One value for each group.
struct Aggregate: Sendable {
  enum Function: String, Sendable, CaseIterable { case count, sum, min, max, list }

  let function: Function
  /// Nil for `count()`.
  let argument: Form?
  let shape: Shape
  /// Whether adding is guarded: the argument depends on a figure of the dossier.
  let isGuarded: Bool
  /// Whether values not reported are left out and counted (host tables) or counted with their
  /// bounds (dossiers).
  let skipsUnknown: Bool
  let span: Span
  /// Whether rows have a subject and a measure, so that grouping by them can be proposed.
  let offersGrouping: Bool
}
