/// A checked query: a source and the steps that its rows go through.
///
/// `.explain` prints it. It knows nothing of how it is run.
struct Plan: Sendable {
  indirect enum Source: Sendable {
    /// A name is one that scripts give it.
    case table(Table, name: String? = nil)
    /// Rows that an earlier text has printed; for `why` they are made again by their plan, since
    /// nobody asked then.
    case printed(Table, madeBy: Plan)
    /// A `let` of the script, computed once.
    case named(Int, Plan)
    /// Rows that are read when the plan is run.
    case read(any RowSource)
    /// One row without fields, for expressions.
    case one
  }

  enum Step: Sendable {
    /// Filters and formulas: rows stay in order.
    /// The fields are given twice: as they are computed, and as columns of the result.
    case compute(Program, [Field], result: [Field], claims: [ClaimSource])
    case summarize(Program, keys: [Field], [Aggregate], claims: [GroupClaims])
    case sort([Key])
    /// The first fields only; sorting keys stand behind them.
    case narrow(Int)
    case take(Int)
    /// All but the first rows.
    case skip(Int)
    /// The first row of each group of equal ones.
    case distinct
    /// One row for each field of the rows before.
    case describe
    /// One row for each thing that the rows before rest on, and the constants so far.
    case why(facts: [Int32])
    case join(Join)
    case union(Union)
    /// One row for each element of the lists in a column.
    case expand(column: Int, [Field], at: Span)
    case window(Window)
    /// Rows with an imprecise date become maybe rows with more precise ones.
    case split(DateSplit)
    /// Boxed, as it is the largest by far.
    indirect case reconcile(Reconciliation)
    indirect case conflicts(Conflicts)
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
  /// How the rows are drawn, if they are.
  var drawing: Drawing?
  /// What the footer says of the names in it.
  var remarks: [String] = []

  /// Whether origins are counted in it, or in what it rests on, or rivals put to one, or `why` asks, so
  /// that the facts of its rows must be known.
  var needsFacts: Bool { contains(where: \.needsFacts) }

  /// Whether `why` asks what its rows rest on.
  var asksWhy: Bool { contains { if case .why = $0 { true } else { false } } }

  /// Whether one of its steps, or of those that it rests on, passes a test.
  private func contains(where test: (Step) -> Bool) -> Bool {
    var seen: Set<Int> = []
    var waiting = [self]
    while let plan = waiting.popLast() {
      if case .named(let number, let named) = plan.source, seen.insert(number).inserted {
        waiting.append(named)
      }
      for step in plan.steps {
        if test(step) { return true }
        waiting += step.plans
      }
    }
    return false
  }
}

extension Plan.Step {
  fileprivate var needsFacts: Bool {
    switch self {
    case .summarize(_, _, let aggregates, _):
      aggregates.contains { $0.function == .origins }
    case .window(let window): window.aggregates.contains { $0.function == .origins }
    case .why, .reconcile, .conflicts: true
    case .compute, .join, .union, .sort, .narrow, .take, .skip, .distinct, .expand, .describe,
      .split:
      false
    }
  }

  /// The plans that it runs.
  fileprivate var plans: [Plan] {
    switch self {
    case .compute(let program, _, _, _), .summarize(let program, _, _, _): program.scalars
    case .window(let window): window.program.scalars
    case .join(let join): [join.right]
    case .union(let union): [union.right]
    case .why, .sort, .narrow, .take, .skip, .distinct, .expand, .describe, .split, .reconcile,
      .conflicts:
      []
    }
  }
}

extension Plan {
  /// Whether its rows stand in an order that their values give.
  var isSorted: Bool {
    var isSorted =
      switch source {
      case .table(let table, _), .printed(let table, _): table.order != nil
      case .named(_, let plan): plan.isSorted
      case .read, .one: false
      }
    for step in steps {
      switch step {
      case .sort, .reconcile: isSorted = true
      case .summarize(_, let keys, _, _): isSorted = !keys.isEmpty
      case .union, .describe, .why, .conflicts: isSorted = false
      default: break
      }
    }
    return isSorted
  }
}

/// A claim column of groups: what rows rest on by some sources, together.
struct GroupClaims: Sendable {
  let sources: [ClaimSource]
  /// The aggregate that takes its value from some of the rows only.
  var chooser: Int?
}

/// One value for each group.
struct Aggregate: Sendable {
  enum Function: String, Sendable, CaseIterable {
    case count
    case countDistinct = "count_distinct"
    case sum, avg, share
    case min, max, median, hull, spread
    case any, all
    case first, last, list
    case origins

    /// Whether the result is what one of the rows has, so that it rests on those that may be it.
    var picksRow: Bool { self == .min || self == .max || self == .first || self == .last }

    /// Whether it adds values up, so that none may be there twice.
    var adds: Bool { self == .sum || self == .avg || self == .share }

    /// Whether there is no result without a value.
    var needsValue: Bool {
      switch self {
      case .min, .max, .hull, .spread, .avg, .median: true
      default: false
      }
    }
  }

  var function: Function
  /// Nil for `count()` and `origins()`.
  let argument: Form?
  /// As it is written, for the footer.
  let argumentName: String
  /// What the result is if all rows are certain.
  let shapeOfCertain: Shape
  /// Whether rows may be there that are only maybe in the table.
  var holdsMaybe: Bool
  /// Whether there may be no row at all: then a result that needs one isn't reported.
  let mayBeEmpty: Bool
  /// On which figures the argument rests: places among the sources.
  let claims: Claims
  let sources: [ClaimSource]
  /// Whether values not reported are left out and counted (host tables) or counted with their
  /// bounds (dossiers).
  let skipsUnknown: Bool
  let span: Span
  /// Where ` by subject, measure` would go, if the rows have those fields and no group yet.
  let groupingPlace: Span?
  /// The columns of the rows by which a help may group.
  let groupingColumns: [String: Int]
  /// Where `reconcile range | ` would go, if the stage needs no fields but those that it gives.
  let reconcilingPlace: Span?
  /// `unit(value)`, if it stands in a stage before which a filter by it could be put.
  let unitOfArgument: String?

  /// Whether adding is guarded: the argument rests on figures.
  var isGuarded: Bool { function.adds && !claims.isEmpty }

  /// Whether the values are so much in a time; nil if each has its own unit.
  var isRate: Bool? {
    guard case .quantity(let form) = argument, case .one(let unit) = form.unit else { return nil }
    return unit?.isRate ?? false
  }

  var shape: Shape { holdsMaybe ? shapeOfCertain.uncertain : shapeOfCertain }

  /// The same of the certain rows.
  var ofCertainRows: Aggregate {
    var result = self
    result.holdsMaybe = false
    return result
  }
}
