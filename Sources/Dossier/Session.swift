/// The version of the library and the program.
public let dossierVersion = "0.1.0"

/// The public door: takes script text and gives answers.
///
/// ```swift
/// var session = Session()
/// try session.run(SourceText(name: "input", text: "count(figures)")) { answer in … }
/// ```
///
/// Texts may nest 250 deep, for which a thread needs a stack of 2 MB (of 8 MB in a debug build).
///
/// A session is a value. What a text names or declares stays for the next one, if all of it ran;
/// a text that fails leaves no trace.
public struct Session: Sendable {
  /// The values of `param` statements, as written after `--set name=`: literals without quotes or `@`.
  public var parameters: [String: String] = [:]
  /// Values of `param` statements that a host gives; they come before those that are written.
  public var values: [String: Parameter] = [:]
  /// Whether values may wait for `param` statements of later texts; else a value that no `param`
  /// takes is an error.
  public var parametersMayWait = false
  /// How much one call of `run` may use.
  public var limits: Limits
  /// The way to the files that `open` and `use` name; none unless the host gives one.
  public var files: any FileAccess {
    get { environment.files.access }
    set { environment.files = OpenFiles(newValue) }
  }
  /// Whether answers carry the facts that they rest on, for citations.
  public var cites = true
  private let cancel: CancelToken
  let builtIn: Facts
  var environment: Environment
  /// The texts whose declarations make up the session's own facts.
  var declared: [FactLoader.Script] = []
  /// The scripts that `use` has brought in.
  var usedScripts: Set<String> = []
  var usesBuiltIn = false
  /// The texts that what is defined points into.
  var sourceMap: SourceMap

  /// A session over a dossier.
  ///
  /// - Parameters:
  ///   - facts: what `figures`, `events` and the other tables hold.
  ///   - tables: tables of the host, by name; a name of the dossier's is covered.
  ///   - functions: functions of the host, by name; a function of the language is covered, one that
  ///     a script defines covers.
  public init(
    facts: Facts = .builtIn, tables: [String: Table] = [:],
    functions: [String: HostFunction] = [:], limits: Limits = .default,
    cancel: CancelToken = CancelToken()
  ) {
    builtIn = facts
    sourceMap = SourceMap(facts.source)
    self.limits = limits
    self.cancel = cancel
    environment = Environment(
      facts: facts.store, readFiles: ReadFiles(behind: facts.store), readings: facts.readings,
      tables: tables, hostFunctions: functions)
  }

  /// Runs the statements of a text in order and hands over each answer.
  ///
  /// All static errors are told at once, and then nothing is run. An error while running ends the
  /// text; answers before it were handed over.
  ///
  /// - Throws: `Failure`, or what `each` throws.
  public mutating func run(_ text: SourceText, each: (Answer) throws -> Void) throws {
    let meter = meter
    var done = 0
    for _ in 0..<Session.mostAttempts {
      // Files may turn out to hold other types than their samples: then all is checked anew.
      if try run(text, meter, &done, each: each) { return }
    }
    throw Failure(
      [RunError(cause: .sourceChanged, span: .nowhere).diagnostic(in: sourceMap)], in: sourceMap)
  }

  /// How often a text is checked anew for what its files hold.
  static let mostAttempts = 100

  /// Runs the statements that aren't done yet; false if the types of a file were taken too narrow.
  private mutating func run(
    _ text: SourceText, _ meter: Meter, _ done: inout Int, each: (Answer) throws -> Void
  ) throws -> Bool {
    let (checked, statements, defines) = try checking(text, meter)
    var work = checked
    let runner = work.runner(of: statements, meter)
    for statement in statements[done...] {
      do throws(RunError) {
        if let answer = try work.answer(statement, runner) { try work.hand(answer, to: each) }
      } catch {
        if let thrown = work.thrown { throw thrown }
        if case .sourceChanged = error.cause {
          let last = environment.last
          environment.forgetResults(given, meter)
          environment.last = last
          return false
        }
        throw Failure([error.diagnostic(in: work.sourceMap)], in: work.sourceMap)
      }
      if let thrown = work.thrown { throw thrown }
      done += 1
    }
    if !defines { work.sourceMap.removeTexts(behind: sourceMap.current) }
    self = work
    return true
  }

  private var thrown: (any Error)?

  /// For one call from outside.
  var meter: Meter { Meter(limits, cancel) }

  /// What parameters stand for.
  var given: [String: Parameter] {
    parameters.mapValues { Parameter($0) }.merging(values) { $1 }
  }

  private func runner(of statements: [CheckedStatement], _ meter: Meter) -> PlanRunner {
    PlanRunner(
      facts: environment.facts, meter: meter,
      tracksFacts: cites || statements.contains { $0.plan?.needsFacts == true },
      tracksAll: statements.contains { $0.plan?.asksWhy == true }, files: environment.readFiles)
  }

  /// A text that was checked, with the names that it has then.
  struct Checked: Sendable {
    let session: Session
    let statements: [CheckedStatement]

    /// Runs the statements in order; false if the types of a file were taken too narrow.
    func run(_ meter: Meter, each: (Answer) -> Void) throws(Failure) -> Bool {
      var work = session
      // What one run reads of files is nothing to the next one.
      work.environment.readFiles = ReadFiles(behind: work.environment.facts)
      let runner = work.runner(of: statements, meter)
      for statement in statements {
        do throws(RunError) {
          if let answer = try work.answer(statement, runner) { each(answer) }
        } catch {
          if case .sourceChanged = error.cause { return false }
          throw Failure([error.diagnostic(in: work.sourceMap)], in: work.sourceMap)
        }
      }
      return true
    }
  }

  /// Checks a text to be run often.
  func checkedWhole(_ text: SourceText, _ meter: Meter) throws(Failure) -> Checked {
    let (work, statements, _) = try checking(text, meter)
    return Checked(session: work, statements: statements)
  }

  /// The session behind a text, its statements, and whether it defines something.
  private func checking(
    _ text: SourceText, _ meter: Meter
  ) throws(Failure) -> (session: Session, statements: [CheckedStatement], defines: Bool) {
    var work = self
    do throws(Failure) {
      let (statements, defines) = try work.checked(text, meter)
      return (work, statements, defines)
    } catch {
      throw fillingHoles(error, of: text)
    }
  }

  private mutating func hand(_ answer: Answer, to each: (Answer) throws -> Void) throws(RunError) {
    do { try each(answer) } catch { thrown = error }
  }

  /// Lexes, parses and checks without running.
  ///
  /// - Throws: `Failure` with everything that is wrong.
  public mutating func check(_ text: SourceText) throws {
    _ = try checking(text, meter)
  }

  /// The lowered plan of each statement, as text.
  ///
  /// - Throws: `Failure`.
  public mutating func explain(_ text: SourceText) throws -> String {
    try checking(text, meter).statements.compactMap(\.plan).map(\.explanation).joined(
      separator: "\n")
  }

  // MARK: Running

  /// What has no place of its own in the text stands where the statement does.
  private mutating func answer(
    _ statement: CheckedStatement, _ runner: PlanRunner
  ) throws(RunError) -> Answer? {
    do throws(RunError) {
      return try result(of: statement, runner)
    } catch {
      throw error.span == .nowhere ? RunError(cause: error.cause, span: statement.span) : error
    }
  }

  private mutating func result(
    of statement: CheckedStatement, _ runner: PlanRunner
  ) throws(RunError) -> Answer? {
    let (facts, files) = (environment.facts, environment.readFiles)
    // Who cancels before the run gets no answer, however little there is to do.
    try runner.meter.charge(steps: 0, at: .nowhere)
    switch statement {
    case .nothing: return nil
    case .answer(let plan, let isTable, let span):
      let result = try runner.answer(plan)
      if isTable { try runner.meter.check(rows: result.table.count, at: span) }
      if isTable { environment.remember(result.table, hasAll: runner.tracksAll) }
      let content: Answer.Content = isTable ? .table(result.table) : .value(result.table)
      return Answer(
        content: content, remarks: result.notes, facts: facts, files: files, cites: plan.cites,
        drawing: plan.drawing, outputLimit: runner.meter.limits.output)
    case .check(let plan, let isTable, let label, _):
      let result = try runner.answer(plan)
      let verdict = Verdict(
        result.table, isTable: isTable, label: label,
        isUndecided: result.notes.contains(where: \.isUndecided),
        leavesOut: result.notes.contains(where: \.leavesOut))
      return Answer(
        content: .verdict(verdict), remarks: result.notes, facts: facts, files: files,
        cites: plan.cites, outputLimit: runner.meter.limits.output)
    }
  }
}

extension Limits {
  /// What they mean for the reading of scripts.
  var syntax: Parser.Bounds { Parser.Bounds(nesting: nesting, literalSize: literalSize) }
}

extension Session {
  /// The environment that completion and listings look at.
  var names: Environment { environment }

  /// What a leading query means, for completion of the stage that follows it.
  ///
  /// - Parameter earlier: statements that may name what it begins with.
  func rows(ofPrefix text: String, after earlier: String) -> RowScope? {
    var work = self
    work.files = FilesAlone(files)
    if !earlier.isEmpty { _ = try? work.checked(SourceText(name: "", text: earlier), meter) }
    return work.rows(ofPrefix: text)
  }

  private func rows(ofPrefix text: String) -> RowScope? {
    let (tree, errors) = Parser.parse(SourceText(name: "", text: text))
    guard errors.isEmpty, let last = tree.statements.last, case .query(let link) = last.kind else {
      return nil
    }
    var checker = Checker(tree: tree, environment: environment, parameters: given, meter: meter)
    return checker.check(link)?.rows
  }
}

extension CheckedStatement {
  fileprivate var span: Span {
    switch self {
    case .answer(_, _, let span), .check(_, _, _, let span): span
    case .nothing: .nowhere
    }
  }

  fileprivate var plan: Plan? {
    switch self {
    case .answer(let plan, _, _), .check(let plan, _, _, _): plan
    case .nothing: nil
    }
  }
}
