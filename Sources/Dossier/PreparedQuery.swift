import Synchronization

/// A text that is checked once and run often, from any thread.
///
/// ```swift
/// let query = try Facts.builtIn.prepare(
///   "figures | where subject == side | select measure, value", parameters: ["side": .text])
/// let answer = try query.run(["side": "Russia"], limits: .untrusted)
/// for row in answer.rows { print(row["value"], answer.citations(of: row)) }
/// ```
///
/// Nothing that a run does is seen by another one. What parameters stand for is part of what is
/// checked (units, names and types hang on it), so other values than those of the run before are
/// checked first, which takes as long as a small query.
public final class PreparedQuery: Sendable {
  private let template: Session
  private let text: SourceText
  /// The declarations of the parameters that the host names.
  private let declarations: SourceText
  private let lastBound = Mutex<Bound?>(nil)

  /// The parameters with their values, and what was checked with them.
  struct Bound: Sendable {
    let values: [String: Parameter]
    let checked: Session.Checked
  }

  init(
    _ template: Session, _ text: SourceText, _ parameters: [String: ParameterType]
  ) throws(Failure) {
    self.template = template
    self.text = text
    let lines = parameters.sorted { $0.key < $1.key }.map { "param \($0.key): \($0.value.name)\n" }
    declarations = SourceText(name: "parameters", text: lines.joined())
    // Without parameters all that is wrong is told now, with some what is wrong in any case.
    let declares = try template.declaresParameters(text)
    if parameters.isEmpty, !declares {
      _ = try bound([:], template.meter)
    }
  }

  /// Runs the text and gives the answer of its last query, expression or check.
  ///
  /// - Parameters:
  ///   - values: what the parameters stand for; those with a value of their own may be left out.
  ///   - limits: how much the run may use.
  ///   - cancel: stops the run from another thread.
  /// - Throws: `Failure` with all that is wrong in the text or its values, or the error that ended the
  ///   run; E0707 if the text asks nothing.
  public func run(
    _ values: [String: Parameter] = [:], limits: Limits = .default,
    cancel: CancelToken = CancelToken()
  ) throws(Failure) -> Answer {
    var last: Answer?
    try run(values, limits: limits, cancel: cancel) { last = $0 }
    guard let last else {
      throw Failure(
        [Diagnostic("E0707", "the text asks nothing", at: .init(.nowhere))], in: SourceMap(text))
    }
    return last
  }

  /// Runs the text beside the task that asks; cancelling the task ends the run.
  ///
  /// - Throws: as `run`; what was cancelled is E0690.
  public func runInTask(
    _ values: [String: Parameter] = [:], limits: Limits = .default
  ) async throws -> Answer {
    let cancel = CancelToken()
    return try await withTaskCancellationHandler {
      try await Task.detached { [self] in
        try run(values, limits: limits, cancel: cancel)
      }.value
    } onCancel: {
      cancel.cancel()
    }
  }

  /// Runs the text and hands over each answer.
  private func run(
    _ values: [String: Parameter], limits: Limits, cancel: CancelToken,
    each: (Answer) -> Void
  ) throws(Failure) {
    let meter = Meter(limits, cancel)
    for _ in 0..<Session.mostAttempts {
      var answers: [Answer] = []
      if try bound(values, meter).checked.run(meter, each: { answers.append($0) }) {
        answers.forEach(each)
        return
      }
      lastBound.withLock { $0 = nil }
    }
    throw Failure(
      [RunError(cause: .sourceChanged, span: .nowhere).diagnostic(in: SourceMap(text))],
      in: SourceMap(text))
  }

  private func bound(_ values: [String: Parameter], _ meter: Meter) throws(Failure) -> Bound {
    if let last = lastBound.withLock({ $0 }), last.values == values { return last }
    var session = template
    session.values = values
    if !declarations.bytes.isEmpty {
      session.parametersMayWait = true
      _ = try session.checked(declarations, meter)
      session.parametersMayWait = false
    }
    let bound = Bound(values: values, checked: try session.checkedWhole(text, meter))
    lastBound.withLock { $0 = bound }
    return bound
  }
}

extension Facts {
  /// A text over this dossier, to be run often.
  ///
  /// - Parameters:
  ///   - text: statements; the answer of a run is that of the last one.
  ///   - name: what errors call the text.
  ///   - parameters: names that stand for values which each run gives, beside the text's own `param`
  ///     statements.
  ///   - tables: tables of the host, by name.
  ///   - functions: functions of the host, by name.
  ///   - files: the way to the files that `open` and `use` name.
  ///   - limits: how large the text may be; each run is given its own.
  /// - Throws: `Failure` with everything that is wrong in the text. What hangs on the values of
  ///   parameters is found when they are given.
  public func prepare(
    _ text: String, named name: String = "query", parameters: [String: ParameterType] = [:],
    tables: [String: Table] = [:], functions: [String: HostFunction] = [:],
    files: any FileAccess = .none, limits: Limits = .default
  ) throws(Failure) -> PreparedQuery {
    var session = Session(facts: self, tables: tables, functions: functions, limits: limits)
    session.files = files
    return try session.prepare(SourceText(name: name, text: text), parameters: parameters)
  }
}

extension Session {
  /// A text to be run often with the names that the session has now; nothing that it does is seen by
  /// the session.
  ///
  /// - Throws: as `Facts.prepare`.
  public func prepare(
    _ text: SourceText, parameters: [String: ParameterType] = [:]
  ) throws(Failure) -> PreparedQuery {
    try PreparedQuery(self, text, parameters)
  }
}

extension Session {
  /// - Throws: `Failure` with the errors of syntax, if there are any.
  fileprivate func declaresParameters(_ text: SourceText) throws(Failure) -> Bool {
    var work = self
    let (tree, errors) = Parser.parse(try work.place(text), within: limits.syntax)
    let diagnostics = errors.map { $0.diagnostic(in: tree.source) }
    guard diagnostics.isEmpty else { throw Failure(diagnostics, in: work.sourceMap) }
    return tree.statements.contains { if case .param = $0.kind { true } else { false } }
  }
}
