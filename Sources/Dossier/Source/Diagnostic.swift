/// One error, as data: what is wrong, where, and what would mend it.
public struct Diagnostic: Sendable, Equatable {
  /// The kinds of error; each decides the exit code of the program.
  public enum Kind: Int, Sendable {
    /// E01: text and syntax.
    case syntax = 1
    /// E02: names.
    case name
    /// E03: types and units.
    case type
    /// E04: facts and values, found while running.
    case value
    /// E05: files.
    case file
    /// E06: limits and cancelling.
    case limit
    /// E07: the host.
    case host
  }

  /// A place in the source with words of its own.
  public struct Label: Sendable, Equatable {
    /// The bytes that are meant.
    public let span: Span
    /// What is said of them; may be empty.
    public let text: String
    /// The text in which the span lies; nil where no place in a text is meant.
    public let source: SourceText?

    init(_ span: Span, _ text: String = "", in source: SourceText? = nil) {
      self.span = span
      self.text = text
      self.source = source
    }
  }

  /// The stable code, such as `E0201`.
  public let code: String
  /// One line in lower case.
  public let message: String
  /// Where the mistake stands.
  public let primary: Label
  /// Where the other operand came from, if that helps.
  public let secondary: Label?
  /// Lines of detail.
  public let notes: [String]
  /// A program that does what was probably meant.
  public let help: String?

  init(
    _ code: String, _ message: String, at primary: Label, secondary: Label? = nil,
    notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.help = help
  }

  /// The kind, read from the code.
  public var kind: Kind {
    let digits = code.utf8.dropFirst().prefix(2)
    let number = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    return Kind(rawValue: number) ?? .value
  }
}

/// What stops a script: one or more diagnostics.
public struct Failure: Error, Sendable {
  /// All that is wrong, in the order of the text.
  public internal(set) var diagnostics: [Diagnostic]
  /// The text that was run; a diagnostic may also point into one that defined something for it.
  public let source: SourceText

  /// The diagnostics with their places found in the texts of a session, the last of which was run.
  init(_ diagnostics: [Diagnostic], in sources: SourceMap) {
    self.diagnostics = diagnostics.map(sources.located)
    let current = sources.current
    source = SourceText(name: current.name, bytes: current.bytes)
  }

  /// An error of a host's own, without a place in a text.
  public init(code: String, message: String) {
    let nothing = SourceText(name: "", bytes: [])
    self.init([Diagnostic(code, message, at: .init(.nowhere))], in: SourceMap(nothing))
  }

  /// The exit code of the program: 3 before the run, 1 while running, 4 for files, 130 cancelled.
  public var exitCode: Int32 {
    guard let first = diagnostics.first else { return 1 }
    if first.code == "E0690" { return 130 }
    switch first.kind {
    case .syntax, .name, .type: return 3
    case .file: return 4
    case .value, .limit, .host: return 1
    }
  }
}
