import Synchronization

/// How much a run may use.
///
/// Exceeding one is an error that names it (E0601, E0602); nothing in the language catches or raises
/// one.
///
/// ```swift
/// var limits = Limits.untrusted
/// limits.rows = 100
/// ```
public struct Limits: Sendable {
  /// Lanes computed: about one a row and operation.
  public var steps: Int
  /// Bytes that results and intermediate tables may take.
  public var memory: Int
  /// Rows of one result.
  public var rows: Int
  /// Bytes that an answer may be when it is written out.
  public var output: Int
  /// Bytes of a script.
  public var sourceSize: Int
  /// Bytes of one text, number or name of a script.
  public var literalSize: Int
  /// How deep a script may nest: at most 250, whatever stands here.
  public var nesting: Int
  /// Time for one call of `run`.
  public var time: Duration

  /// Those of `.default` but for what is given.
  public init(
    steps: Int = .max, memory: Int = 16 << 30, rows: Int = .max, output: Int = .max,
    sourceSize: Int = 1 << 30, literalSize: Int = 1 << 30, nesting: Int = 250,
    time: Duration = .seconds(86_400)
  ) {
    self.steps = steps
    self.memory = memory
    self.rows = rows
    self.output = output
    self.sourceSize = sourceSize
    self.literalSize = literalSize
    self.nesting = nesting
    self.time = time
  }

  /// For one's own scripts: 16 GB of memory, a day, 1 GB of text; the rest is as it comes.
  public static let `default` = Limits()
  /// For scripts of others: 10⁶ steps, 64 MB, 10⁴ rows, 10 MB written, 100 kB of text with literals of
  /// 10 kB, nested 100 deep, 1 s.
  public static let untrusted = Limits(
    steps: 1_000_000, memory: 64 << 20, rows: 10_000, output: 10 << 20, sourceSize: 100_000,
    literalSize: 10_000, nesting: 100, time: .seconds(1))
}

/// Stops a run from another thread or a signal handler: the next batch ends with an error, and the
/// session stays usable.
public final class CancelToken: Sendable {
  private let flag = Atomic<Bool>(false)

  /// A token that isn't cancelled.
  public init() {}

  /// Asks the run to stop.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Takes the request back, before the next run.
  public func reset() { flag.store(false, ordering: .relaxed) }

  var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// Says whether a run should end: it was cancelled, or has used up its time.
struct StopSignal: Sendable {
  fileprivate let cancel: CancelToken
  fileprivate let end: ContinuousClock.Instant?

  var isStopped: Bool { cancel.isCancelled || end.map { ContinuousClock.now > $0 } ?? false }
}

/// Counts what one call of `run` uses and stops it at its limits.
final class Meter {
  let limits: Limits
  private let cancel: CancelToken
  private var steps = 0
  private var memory = 0
  private let start = ContinuousClock.now

  init(_ limits: Limits, _ cancel: CancelToken) {
    self.limits = limits
    self.cancel = cancel
  }

  /// For work that nobody meters.
  var signal: StopSignal {
    StopSignal(cancel: cancel, end: limits.time < .seconds(86_400) ? start + limits.time : nil)
  }

  /// Before each batch and each block of other work.
  func charge(steps count: Int, at span: Span) throws(RunError) {
    steps &+= count
    if steps > limits.steps { throw RunError(cause: .limit("steps", limits.steps), span: span) }
    if cancel.isCancelled { throw RunError(cause: .cancelled, span: span) }
    if limits.time < .seconds(86_400), ContinuousClock.now - start > limits.time {
      throw RunError(cause: .limit("milliseconds", limits.milliseconds), span: span)
    }
  }

  /// Before a table or a column grows.
  func charge(bytes count: Int, at span: Span) throws(RunError) {
    memory &+= count
    if memory > limits.memory { throw RunError(cause: .limit("bytes", limits.memory), span: span) }
    if cancel.isCancelled { throw RunError(cause: .cancelled, span: span) }
  }

  /// Before memory is taken for a while: whether there is so much.
  func ensure(bytes count: Int, at span: Span) throws(RunError) {
    try charge(steps: 0, at: span)
    if count > limits.memory - memory {
      throw RunError(cause: .limit("bytes", limits.memory), span: span)
    }
  }

  /// In a loop of many: looks once in a thousand units of work whether the run should end.
  @inline(__always)
  func tick(_ unit: Int, at span: Span) throws(RunError) {
    if unit & 1_023 == 0 { try charge(steps: 0, at: span) }
  }

  func check(rows: Int, at span: Span) throws(RunError) {
    if rows > limits.rows { throw RunError(cause: .limit("rows", limits.rows), span: span) }
  }
}

extension Limits {
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = time.components
    return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}

extension Meter {
  /// Sorts, and ends in between if the run should.
  func sorted<Element>(
    _ values: some Sequence<Element>, at span: Span, by isBefore: (Element, Element) -> Bool
  ) throws(RunError) -> [Element] {
    var unit = 0
    return try stoppable {
      try values.sorted { a, b in
        unit &+= 1
        try tick(unit, at: span)
        return isBefore(a, b)
      }
    }
  }

  /// Sorts values where they lie.
  func sort<Element: Comparable>(
    _ values: UnsafeMutableBufferPointer<Element>, at span: Span
  ) throws(RunError) {
    var (values, unit) = (values, 0)
    try stoppable {
      try values.sort { a, b in
        try tick(unit, at: span)
        unit &+= 1
        return a < b
      }
    }
  }

  /// What the standard library rethrows is the error of a run.
  private func stoppable<Result>(_ body: () throws -> Result) throws(RunError) -> Result {
    do {
      return try body()
    } catch let error as RunError {
      throw error
    } catch {
      throw RunError(cause: .cancelled, span: .nowhere)
    }
  }
}
