/// What a text means before anything runs: the scripts that it uses, its readings and declarations, and
/// the plans of its statements.
extension Session {
  /// The statements of a text, which is then the current one, and whether it defines something.
  mutating func checked(
    _ text: SourceText, _ meter: Meter
  ) throws(Failure) -> (statements: [CheckedStatement], defines: Bool) {
    let text = try place(text)
    let (tree, syntaxErrors) = Parser.parse(text, within: limits.syntax)
    sourceMap.note(statements: tree.source.statements)
    let functions = environment.callableFunctions(beside: tree)
    var diagnostics = syntaxErrors.map { $0.diagnostic(in: tree.source, functions: functions) }
    let loader = load(usesOf: tree, &diagnostics)
    read(loader.scripts.map(\.tree), tree, loader.usesBuiltIn, meter, &diagnostics)
    let queries = givenQueries(loader.scripts + [ScriptLoader.Script(tree: tree, namespace: nil)])
    diagnostics += queries.diagnostics
    var checker = Checker(
      tree: tree, environment: environment, parameters: given, meter: meter,
      givenQueries: queries.queries, scripts: loader.used)
    var statements: [CheckedStatement] = []
    do throws(RunError) { statements = try checker.checkStatements() } catch {
      throw Failure([error.diagnostic(in: sourceMap)], in: sourceMap)
    }
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
      environment.files, sizeLimit: limits.sourceSize, bounds: limits.syntax, sourceMap,
      seen: usedScripts)
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
        let (tree, errors) = Parser.parse(text, within: limits.syntax)
        sourceMap.note(statements: tree.source.statements)
        diagnostics += errors.map { $0.diagnostic(in: tree.source) }
        queries[word] = .some(errors.isEmpty ? tree : nil)
      }
    }
    return (queries, diagnostics)
  }

  /// Puts a text behind those of before.
  mutating func place(_ text: SourceText) throws(Failure) -> SourceText {
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
    _ used: [SyntaxTree], _ tree: SyntaxTree, _ usesBuiltIn: Bool, _ meter: Meter,
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
      declare(tree, meter, &diagnostics)
    } else if before.families != environment.readings.families {
      environment.facts = environment.facts.with(families: environment.readings.families)
    }
  }

  /// A text that declares a source stands alone from then on, unless it says `use builtin`; others
  /// add to the built-in dossier.
  private mutating func declare(
    _ tree: SyntaxTree, _ meter: Meter, _ diagnostics: inout [Diagnostic]
  ) {
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
    environment.forgetResults(given, meter)
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

extension [Diagnostic] {
  /// In the order of the text, each once.
  fileprivate var inOrder: [Diagnostic] {
    var told: [Diagnostic] = []
    for diagnostic in self where !told.contains(diagnostic) { told.append(diagnostic) }
    return told.sorted { $0.primary.span.start < $1.primary.span.start }
  }
}
