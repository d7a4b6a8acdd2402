/// Whether a text can be run as it stands or wants more lines.
public enum Completeness: Sendable, Equatable {
  /// Enter runs it.
  case complete
  /// Enter begins a new line with so many blanks.
  case incomplete(indent: Int)
}

/// What could stand at a place of a text.
public struct Completions: Sendable, Equatable {
  /// One candidate.
  public struct Candidate: Sendable, Equatable {
    /// What is inserted.
    public let text: String
    /// Its type or kind, for a list.
    public let detail: String
    /// Whether it is offered only once some of it is typed.
    let isRare: Bool

    /// A candidate.
    public init(text: String, detail: String) {
      self.init(text: text, detail: detail, isRare: false)
    }

    init(text: String, detail: String, isRare: Bool) {
      self.text = text
      self.detail = detail
      self.isRare = isRare
    }
  }

  /// The UTF-8 range that a candidate takes the place of.
  public let replacing: Range<Int>
  /// The candidates that begin as the text does, in a fixed order.
  public let candidates: [Candidate]
  /// Whether the range may be the path of a file, with its quote; which there are the host knows.
  public let namesFile: Bool

  /// Candidates for a range.
  public init(replacing: Range<Int>, candidates: [Candidate], namesFile: Bool = false) {
    self.replacing = replacing
    self.candidates = candidates
    self.namesFile = namesFile
  }
}

/// A table and its fields, for listings.
public struct TableSummary: Sendable {
  /// The table's name, as queries write it.
  public let name: String
  /// How many rows it has; nil where only a run would tell.
  public let rows: Int?
  /// Names and types of its fields.
  public let fields: [(name: String, type: String)]
}

extension Session {
  /// Whether brackets are open, or the last sign wants something behind it.
  public func completeness(of text: String) -> Completeness {
    let tokens = Lexer.tokens(of: SourceText(name: "", text: text)).tokens
    var depth = 0
    var last: Token?
    for token in tokens where token.kind != .lineBreak && token.kind != .end {
      switch token.kind {
      case .openRound, .openSquare, .openBrace: depth += 1
      case .closeRound, .closeSquare, .closeBrace: depth = max(0, depth - 1)
      default: break
      }
      last = token
    }
    if depth > 0 { return .incomplete(indent: depth * 2) }
    return last?.wantsMore == true ? .incomplete(indent: 2) : .complete
  }

  /// The tables of the dossier, those of scripts that are used under a name, and those of the host.
  public var tables: [TableSummary] {
    let used = names.facts.namespaces.flatMap { space in
      FactStore.tableNames.map { "\(space).\($0)" }
    }
    return (names.tableNames + used).compactMap { name in
      guard let table = names.table(named: name) else { return nil }
      return TableSummary(
        name: name, rows: table.count, fields: table.fields.map { ($0.name, $0.type.name) })
    }
  }

  /// The tables that `let` names, in the order in which that was done.
  public var namedTables: [TableSummary] {
    names.definitions.filter(\.value.isTable).sorted { $0.value.number < $1.value.number }
      .map { name, definition in
        let fields = definition.fields.map { ($0.name, $0.type.name) }
        return TableSummary(name: name, rows: nil, fields: fields)
      }
  }

  /// What could stand at a place: stages after `|`, fields and names in a stage, names of things in
  /// quotes behind a comparison, units behind a number, fields behind a dot, tables at the start.
  ///
  /// ```swift
  /// session.completions(in: "figures | where sub", at: 19)  // subject, of 16..<19
  /// ```
  public func completions(in text: String, at offset: Int) -> Completions {
    completions(in: text, at: offset, runs: true)
  }

  /// - Parameter runs: whether the query before the place may be run for what occurs in its rows.
  func completions(in text: String, at offset: Int, runs: Bool) -> Completions {
    let bytes = Array(text.utf8.prefix(offset))
    var start = openText(bytes) ?? openDate(bytes) ?? bytes.count
    if start == bytes.count {
      while start > 0, isNameByte(bytes[start - 1]) { start -= 1 }
    }
    let typed = fold(String(decoding: bytes[start...], as: UTF8.self))
    let place = CompletionPlace(before: Array(bytes[..<start]), runs: runs)
    if place.opensFile {
      return Completions(replacing: start..<bytes.count, candidates: [], namesFile: true)
    }
    let candidates = candidates(at: place).filter { candidate in
      // What can't be typed isn't offered.
      candidate.begins(as: typed) && TextWidth.printable(candidate.text) == candidate.text
    }
    return Completions(
      replacing: start..<bytes.count, candidates: candidates, namesFile: place.usesFile)
  }

  /// Where the quote of a text stands that isn't closed yet, or the backtick of a name.
  private func openText(_ bytes: [UInt8]) -> Int? {
    let errors = Lexer.tokens(of: SourceText(name: "", bytes: bytes)).errors
    for error in errors where Int(error.span.end) == bytes.count {
      switch error {
      case .unterminatedText(let span), .unterminatedName(let span): return Int(span.start)
      default: break
      }
    }
    return nil
  }

  /// Where the `@` of a date stands that is being written.
  private func openDate(_ bytes: [UInt8]) -> Int? {
    let start = bytes.lastIndex { !isNameByte($0) && !Self.signsInDates.contains($0) }
    return start.flatMap { bytes[$0] == UInt8(ascii: "@") ? $0 : nil }
  }

  private static let signsInDates = Array("-[].~%/".utf8)

  private func isNameByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= 0x61 && letter <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
      || byte >= 0x80
  }
}

extension Completions.Candidate {
  /// Whether it begins as some folded text does; the quote before a name needn't be typed.
  fileprivate func begins(as typed: String) -> Bool {
    if typed.isEmpty { return !isRare }
    if fold(text).hasPrefix(typed) { return true }
    let quote = text.first
    return (quote == "\"" || quote == "`") && fold(String(text.dropFirst())).hasPrefix(typed)
  }
}
