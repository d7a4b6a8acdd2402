/// A function that a host gives to scripts: declared with types, called for the rows that are kept.
///
/// ```swift
/// let distance = HostFunction(takes: [.text, .text], gives: .quantity(unit: "km")) { values in
///   guard case .text(let a) = values[0], case .text(let b) = values[1] else { return .unknown }
///   return .quantity(Quantity(try map.kilometres(from: a, to: b), unit: "km"))
/// }
/// var session = Session(functions: ["distance": distance])
/// ```
///
/// What it gives rests on the figures that its values rest on. A range never reaches a function that
/// takes a number.
public struct HostFunction: Sendable {
  /// What a function gives.
  public enum Result: Sendable, Hashable {
    case truth, integer, number, text, date, period
    /// All values in one unit, which `Value.quantity` need not repeat.
    case quantity(unit: String)
  }

  /// What it takes, one type for each value.
  public let parameters: [ParameterType]
  /// What it gives.
  public let result: Result
  /// Whether equal values give equal results, so that it is called once for them in a run.
  public let isPure: Bool
  /// What a call counts against the limit of steps.
  public let cost: Int
  /// Whether it is called with values that aren't reported or don't apply; otherwise its result
  /// isn't reported, or doesn't apply, as soon as one of its values is so.
  public let seesAbsent: Bool
  let body: @Sendable ([Value]) throws -> Value

  /// A function of the host's.
  ///
  /// - Parameters:
  ///   - takes: types of its values; a `.number` is exact and has no unit.
  ///   - gives: the type of every result that is neither `.unknown` nor `.none`.
  ///   - isPure: false if it looks at anything but its values; then it is called for each row.
  ///   - cost: steps of a call, at least 1.
  ///   - seesAbsent: whether it wants values that aren't there.
  ///   - body: computes one result. What it throws ends the run with E0731, a value of another type with
  ///     E0732. It may run queries, other than those that call it again without an end (E0733). A body
  ///     that takes long asks `HostFunction.isStopped`: nobody else can end it.
  public init(
    takes: [ParameterType], gives: Result, isPure: Bool = true, cost: Int = 1,
    seesAbsent: Bool = false, _ body: @escaping @Sendable ([Value]) throws -> Value
  ) {
    parameters = takes
    result = gives
    self.isPure = isPure
    self.cost = max(cost, 1)
    self.seesAbsent = seesAbsent
    self.body = body
  }

  /// Whether the run that calls a function was cancelled or has used up its time; false outside of a
  /// call.
  public static var isStopped: Bool { HostCalls.current?.signal.isStopped ?? false }
}

/// The calls of host functions that a thread is in.
struct HostCalls: Sendable {
  @TaskLocal static var current: HostCalls?

  /// How many calls stand in each other.
  let depth: Int
  let signal: StopSignal

  /// How deep functions may run queries that call functions.
  static let deepest = 16
}

/// A place of a program that calls a function of the host's.
final class HostCall: Sendable {
  let name: String
  let function: HostFunction
  /// Nil for one that isn't reported and has no type of its own.
  let arguments: [Form?]
  /// 1 in the rows that need the result; nil if all do.
  let reached: Register?
  let unit: Unit?
  /// The dictionary of the texts that it gives.
  let made: Int
  /// The things that values name.
  let facts: FactStore

  init(
    _ function: HostFunction, named name: String, _ arguments: [Form?], reached: Register?,
    unit: Unit?, made: Int, facts: FactStore
  ) {
    self.name = name
    self.function = function
    self.arguments = arguments
    self.reached = reached
    self.unit = unit
    self.made = made
    self.facts = facts
  }

  /// All registers that it reads.
  var registers: [Register] {
    arguments.flatMap { $0?.registers ?? [] } + [reached].compactMap { $0 }
  }

  /// What is known of the results before the run.
  var shape: Shape {
    switch function.result {
    case .truth: .truth(hasKnown: true, hasAside: false, hasNone: true)
    case .integer:
      .quantity(
        kind: .decimal(scale: 0), isExact: true, units: .one(nil), hasKnown: true, written: nil,
        hasNone: true)
    case .number, .quantity:
      .quantity(
        kind: .double, isExact: unit == nil, units: .one(unit), hasKnown: true, written: nil,
        hasNone: true)
    case .text: .text(.later)
    case .date: .date(isExact: false, hasKnown: true, written: nil, hasNone: true)
    case .period: .period(hasKnown: true, written: nil, hasNone: true)
    }
  }
}

/// Why a call of a host's function ended the run.
enum HostProblem: Sendable {
  /// What the host threw, in its words.
  case thrown(String)
  case wrongResult(expected: String, found: String)
  /// A value for a number is a range.
  case range(String)
  case tooDeep
}
