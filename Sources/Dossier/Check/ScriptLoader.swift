/// Reads the scripts that a text uses, and those that these use, before the text is checked.
struct ScriptLoader {
  /// A script as a `use` statement brings it in.
  struct Script: Sendable {
    let tree: SyntaxTree
    /// What stands before its names: `mali` after `use "mali.q" as mali`.
    let namespace: String?
  }

  /// How deep scripts may use each other.
  private static let deepest = 50

  let files: OpenFiles
  let sizeLimit: Int
  let bounds: Parser.Bounds
  var sources: SourceMap
  private(set) var diagnostics: [Diagnostic] = []
  /// What was read, those that are used before those that use them.
  private(set) var scripts: [Script] = []
  /// The script of each `use` statement, by its place; none where it came before.
  private(set) var used: [Span: Script] = [:]
  /// Whether the report is asked for beside the script's own dossier.
  private(set) var usesBuiltIn = false
  private var seen: Set<String>

  /// - Parameter seen: the scripts that the session has already.
  init(
    _ files: OpenFiles, sizeLimit: Int, bounds: Parser.Bounds, _ sources: SourceMap,
    seen: Set<String>
  ) {
    self.files = files
    self.sizeLimit = sizeLimit
    self.bounds = bounds
    self.sources = sources
    self.seen = seen
  }

  /// The scripts that the session has from now on.
  var allSeen: Set<String> { seen }

  /// Reads what a tree uses.
  mutating func load(usesOf tree: SyntaxTree, namespace: String?, _ stack: [String]) {
    var named: Set<String> = []
    for statement in tree.statements {
      switch statement.kind {
      case .useBuiltIn: usesBuiltIn = true
      case .use(let path, let alias):
        let name = alias.map(tree.name)
        if let name, let alias, !named.insert(name).inserted {
          diagnostics.append(CheckError.defined(name, at: alias).diagnostic(in: sources))
          continue
        }
        let inner = [namespace, name].compactMap { $0 }.joined(separator: ".")
        load(
          tree.text(path), from: tree.source.path, at: path, statement.span,
          namespace: inner.isEmpty ? nil : inner, stack)
      default: break
      }
    }
  }

  private mutating func load(
    _ path: String, from script: String?, at place: Span, _ statement: Span, namespace: String?,
    _ stack: [String]
  ) {
    let whole = (script.map { path.resolved(beside: $0) } ?? path).withoutDots
    if stack.contains(where: { $0.withoutDots == whole }) || stack.count >= ScriptLoader.deepest {
      let way = (stack.drop { $0.withoutDots != whole } + [whole]).joined(separator: " → ")
      diagnostics.append(
        Diagnostic("E0225", "scripts use each other in a circle: \(way)", at: .init(place)))
      return
    }
    let isElsewhere = seen.contains { $0.hasSuffix("\0" + whole) }
    guard seen.insert((namespace ?? "") + "\0" + whole).inserted else { return }
    guard let text = read(path, from: script, as: whole, at: place) else { return }
    let (tree, errors) = Parser.parse(text, within: bounds)
    sources.note(statements: tree.source.statements)
    diagnostics += errors.map { $0.diagnostic(in: tree.source) }
    if isElsewhere, tree.hasDeclarations {
      diagnostics.append(
        Diagnostic(
          "E0226", "the facts of '\(path)' are here already, under another name",
          at: .init(place), notes: ["facts have one name, so that nothing is added twice"]))
    }
    load(usesOf: tree, namespace: namespace, stack + [whole])
    let loaded = Script(tree: tree, namespace: namespace)
    scripts.append(loaded)
    used[statement] = loaded
  }

  private mutating func read(
    _ path: String, from script: String?, as whole: String, at place: Span
  ) -> SourceText? {
    do throws(FileProblem) {
      let bytes = try files.access.open(path, from: script).bytes(upTo: sizeLimit)
      guard bytes.count <= sizeLimit,
        let text = sources.appendBeside(SourceText(name: whole, bytes: bytes, path: whole))
      else {
        diagnostics.append(
          Diagnostic("E0602", "a script may have \(sizeLimit) bytes", at: .init(place)))
        return nil
      }
      return text
    } catch {
      diagnostics.append(FileError(cause: .problem(error), name: path).diagnostic(at: place))
      return nil
    }
  }
}

extension FileContent {
  /// All bytes, or one more than a limit.
  fileprivate func bytes(upTo limit: Int) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    while bytes.count <= limit {
      let count = try read(at: bytes.count, into: block)
      if count == 0 { break }
      bytes.append(contentsOf: block[..<count])
    }
    return bytes
  }
}

extension String {
  /// A path that is taken from the folder of a script.
  fileprivate func resolved(beside script: String) -> String {
    guard !hasPrefix("/"), let slash = script.lastIndex(of: "/") else { return self }
    return String(script[...slash]) + self
  }

  /// The path without `.`, and without folders that it leaves again by `..`.
  fileprivate var withoutDots: String {
    let parts = split(separator: "/").reduce(into: [Substring]()) { kept, part in
      switch part {
      case ".": break
      case ".." where !kept.isEmpty && kept.last != "..": kept.removeLast()
      default: kept.append(part)
      }
    }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
