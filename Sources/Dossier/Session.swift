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
  var values: [String: Parameter] = [:]
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
  private let builtIn: Facts
  private var environment: Environment
  /// The texts whose declarations make up the session's own facts.
  private var declared: [FactLoader.Script] = []
  /// The scripts that `use` has brought in.
  private var usedScripts: Set<String> = []
  private var usesBuiltIn = false
  /// The texts that what is defined points into.
  private(set) var sourceMap: SourceMap

  /// A session over a dossier.
  ///
  /// - Parameters:
  ///   - facts: what `figures`, `events` and the other tables hold.
  ///   - tables: tables of the host, by name; a name of the dossier's is covered.
  public init(
    facts: Facts = .builtIn, tables: [String: Table] = [:], limits: Limits = .default,
    cancel: CancelToken = CancelToken()
  ) {
    builtIn = facts
    sourceMap = SourceMap(facts.source)
    self.limits = limits
    self.cancel = cancel
    environment = Environment(
      facts: facts.store, readFiles: ReadFiles(behind: facts.store), readings: facts.readings,
      tables: tables)
  }

  /// Runs the statements of a text in order and hands over each answer.
  ///
  /// All static errors are told at once, and then nothing is run. An error while running ends the
  /// text; answers before it were handed over.
  ///
  /// - Throws: `Failure`, or what `each` throws.
  public mutating func run(_ text: SourceText, each: (Answer) throws -> Void) throws {
    let meter = Meter(limits, cancel)
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
    var work = self
    let (statements, defines) = try work.checked(text)
    let runner = work.runner(of: statements, meter)
    for statement in statements[done...] {
      do throws(RunError) {
        if let answer = try work.answer(statement, runner) { try work.hand(answer, to: each) }
      } catch {
        if let thrown = work.thrown { throw thrown }
        if case .sourceChanged = error.cause {
          let last = environment.last
          environment.forgetResults(given)
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
  func checkedWhole(_ text: SourceText) throws(Failure) -> Checked {
    var work = self
    let (statements, _) = try work.checked(text)
    return Checked(session: work, statements: statements)
  }

  private mutating func hand(_ answer: Answer, to each: (Answer) throws -> Void) throws(RunError) {
    do { try each(answer) } catch { thrown = error }
  }

  /// Lexes, parses and checks without running.
  ///
  /// - Throws: `Failure` with everything that is wrong.
  public mutating func check(_ text: SourceText) throws {
    var work = self
    _ = try work.checked(text)
  }

  /// The lowered plan of each statement, as text.
  ///
  /// - Throws: `Failure`.
  public mutating func explain(_ text: SourceText) throws -> String {
    var work = self
    return try work.checked(text).statements.compactMap(\.plan).map(\.explanation).joined(
      separator: "\n")
  }

  // MARK: Checking

  /// The statements of a text, which is then the current one, and whether it defines something.
  mutating func checked(
    _ text: SourceText
  ) throws(Failure) -> (statements: [CheckedStatement], defines: Bool) {
    let text = try place(text)
    let (tree, syntaxErrors) = Parser.parse(text)
    sourceMap.note(statements: tree.source.statements)
    let functions = environment.callableFunctions(beside: tree)
    var diagnostics = syntaxErrors.map { $0.diagnostic(in: tree.source, functions: functions) }
    let loader = load(usesOf: tree, &diagnostics)
    read(loader.scripts.map(\.tree), tree, loader.usesBuiltIn, &diagnostics)
    let queries = givenQueries(loader.scripts + [ScriptLoader.Script(tree: tree, namespace: nil)])
    diagnostics += queries.diagnostics
    var checker = Checker(
      tree: tree, environment: environment, parameters: given, givenQueries: queries.queries,
      scripts: loader.used)
    let statements = checker.checkStatements()
    let errors = checker.errors.filter { !parametersMayWait || !$0.isOfUnknownParameter }
    diagnostics += errors.map { $0.diagnostic(in: sourceMap) }
    diagnostics = diagnostics.map { withBackticks($0, tree.source, checker.environment) }
    guard diagnostics.isEmpty else { throw Failure(diagnostics.inOrder, in: sourceMap) }
    environment = checker.environment
    return (statements, tree.definesSomething)
  }

  /// Reads the scripts that a text uses; what they declare comes before its own declarations.
  private mutating func load(
    usesOf tree: SyntaxTree, _ diagnostics: inout [Diagnostic]
  ) -> ScriptLoader {
    var loader = ScriptLoader(
      environment.files, sizeLimit: limits.sourceSize, sourceMap, seen: usedScripts)
    loader.load(usesOf: tree, namespace: nil, [tree.source.path].compactMap { $0 })
    sourceMap = loader.sources
    usedScripts = loader.allSeen
    usesBuiltIn = usesBuiltIn || loader.usesBuiltIn
    diagnostics += loader.diagnostics
    for script in loader.scripts where script.tree.hasDeclarations {
      declared.append(FactLoader.Script(tree: script.tree, namespace: script.namespace))
    }
    return loader
  }

  /// What is given to the parameters of some scripts that are tables: queries of texts of their own.
  private mutating func givenQueries(
    _ scripts: [ScriptLoader.Script]
  ) -> (queries: [String: SyntaxTree?], diagnostics: [Diagnostic]) {
    var queries: [String: SyntaxTree?] = [:]
    var diagnostics: [Diagnostic] = []
    for script in scripts {
      for case .param(let name, let type, _) in script.tree.statements.map(\.kind) {
        let word = environment.qualified(script.tree.name(name), in: script.namespace)
        guard script.tree.source.text(type) == "table", let given = given[word]?.text,
          let text = sourceMap.appendBeside(SourceText(name: "--set \(word)", text: given))
        else { continue }
        let (tree, errors) = Parser.parse(text)
        sourceMap.note(statements: tree.source.statements)
        diagnostics += errors.map { $0.diagnostic(in: tree.source) }
        queries[word] = .some(errors.isEmpty ? tree : nil)
      }
    }
    return (queries, diagnostics)
  }

  /// Puts a text behind those of before.
  private mutating func place(_ text: SourceText) throws(Failure) -> SourceText {
    func refused(_ message: String) -> Failure {
      Failure([Diagnostic("E0602", message, at: .init(.nowhere))], in: SourceMap(text))
    }
    if text.bytes.count > limits.sourceSize {
      throw refused("a script may have \(limits.sourceSize) bytes")
    }
    guard let placed = sourceMap.append(text) else {
      throw refused("the texts that a session rests on may have 2 GB together")
    }
    return placed
  }

  /// What holds for the whole text: its units, families and readings, and its declarations.
  private mutating func read(
    _ used: [SyntaxTree], _ tree: SyntaxTree, _ usesBuiltIn: Bool,
    _ diagnostics: inout [Diagnostic]
  ) {
    let scripts = used + [tree]
    guard usesBuiltIn || scripts.contains(where: \.changesReadings) else { return }
    let before = environment.readings
    for script in scripts {
      let reader = ReadingsReader(script, after: environment.readings)
      diagnostics += reader.errors.map { $0.diagnostic(in: sourceMap) }
      environment.readings = reader.readings
    }
    let changesFacts = scripts.contains(where: \.hasDeclarations) || usesBuiltIn
    if changesFacts || !before.readsHedges(as: environment.readings) {
      declare(tree, &diagnostics)
    } else if before.families != environment.readings.families {
      environment.facts = environment.facts.with(families: environment.readings.families)
    }
  }

  /// A text that declares a source stands alone from then on, unless it says `use builtin`; others
  /// add to the built-in dossier.
  private mutating func declare(_ tree: SyntaxTree, _ diagnostics: inout [Diagnostic]) {
    if tree.hasDeclarations { declared.append(FactLoader.Script(tree: tree)) }
    let standsAlone = declared.contains { $0.namespace == nil && $0.tree.declaresSource }
    let base =
      standsAlone && !usesBuiltIn ? [] : [FactLoader.Script(tree: builtIn.tree, isBuiltIn: true)]
    let (store, errors) = FactLoader.load(base + declared, environment.readings)
    environment.facts = store
    environment.readFiles = ReadFiles(behind: store)
    let old = tree.source.base
    let found = errors.joined().map { $0.diagnostic(in: sourceMap) }
    diagnostics += found.filter { Int($0.primary.span.start) >= old }
    if let broken = found.first(where: { Int($0.primary.span.start) < old }) {
      diagnostics.append(
        Diagnostic(
          "E0220", "with this, earlier declarations no longer hold: \(broken.message)",
          at: .init(tree.statements.first?.span ?? .nowhere)))
    }
    environment.forgetResults(given)
  }

  // MARK: Running

  private mutating func answer(
    _ statement: CheckedStatement, _ runner: PlanRunner
  ) throws(RunError) -> Answer? {
    let (facts, files) = (environment.facts, environment.readFiles)
    switch statement {
    case .nothing: return nil
    case .answer(let plan, let isTable, let span):
      let result = try runner.answer(plan)
      if isTable { try runner.meter.check(rows: result.table.count, at: span) }
      if isTable { environment.remember(result.table, hasAll: runner.tracksAll) }
      let content: Answer.Content = isTable ? .table(result.table) : .value(result.table)
      return Answer(
        content: content, remarks: result.notes, facts: facts, files: files, cites: plan.cites,
        drawing: plan.drawing)
    case .check(let plan, let isTable, let label, _):
      let result = try runner.answer(plan)
      let verdict = Verdict(
        result.table, isTable: isTable, label: label,
        isUndecided: result.notes.contains(where: \.isUndecided),
        leavesOut: result.notes.contains(where: \.leavesOut))
      return Answer(
        content: .verdict(verdict), remarks: result.notes, facts: facts, files: files,
        cites: plan.cites)
    }
  }
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
    if !earlier.isEmpty { _ = try? work.checked(SourceText(name: "", text: earlier)) }
    return work.rows(ofPrefix: text)
  }

  private func rows(ofPrefix text: String) -> RowScope? {
    let (tree, errors) = Parser.parse(SourceText(name: "", text: text))
    guard errors.isEmpty, let last = tree.statements.last, case .query(let link) = last.kind else {
      return nil
    }
    var checker = Checker(tree: tree, environment: environment, parameters: given)
    return checker.check(link)?.rows
  }
}

extension SyntaxTree {
  var hasDeclarations: Bool {
    statements.contains { if case .declaration = $0.kind { true } else { false } }
  }

  /// Whether a statement holds for the whole text.
  fileprivate var changesReadings: Bool {
    statements.contains {
      switch $0.kind {
      case .unit, .family, .assume, .declaration: true
      case .query, .check, .let, .use, .useBuiltIn, .param: false
      }
    }
  }

  /// Whether later texts may come back to this one.
  fileprivate var definesSomething: Bool {
    statements.contains {
      switch $0.kind {
      case .query, .check: false
      default: true
      }
    }
  }

  fileprivate var declaresSource: Bool {
    statements.contains { if case .declaration(.source, _, _, _) = $0.kind { true } else { false } }
  }
}

extension CheckError {
  fileprivate var isOfUnknownParameter: Bool {
    if case .unknownParameter = self { true } else { false }
  }
}

extension CheckedStatement {
  fileprivate var plan: Plan? {
    switch self {
    case .answer(let plan, _, _), .check(let plan, _, _, _): plan
    case .nothing: nil
    }
  }
}

extension [Diagnostic] {
  /// In the order of the text, each once.
  fileprivate var inOrder: [Diagnostic] {
    var told: [Diagnostic] = []
    for diagnostic in self where !told.contains(diagnostic) { told.append(diagnostic) }
    return told.sorted { $0.primary.span.start < $1.primary.span.start }
  }
}
