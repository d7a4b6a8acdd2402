/// What one query, expression or check gives: rows or a value or a verdict, with notes and sources.
public struct Answer: Sendable {
  enum Content: Sendable {
    case table(Table)
    /// A table of one row and one field.
    case value(Table)
    case verdict(Verdict)
  }

  let content: Content
  let remarks: [Note]
  let facts: FactStore
  let files: ReadFiles
  /// Whether the query asked for its sources with `cite`.
  let cites: Bool
  /// How `render` asks for the table to be drawn.
  var drawing: Drawing?
  /// Bytes that it may be when it is written.
  var outputLimit = Int.max

  /// The lines of the footer.
  public var notes: [String] { remarks.compactMap(\.text) }

  /// What a check found; nil for a query or an expression.
  public var finding: Finding? {
    if case .verdict(let verdict) = content { verdict.finding } else { nil }
  }

  /// The rows; of a value its only one.
  public var table: Table {
    switch content {
    case .table(let table), .value(let table): table
    case .verdict(let verdict): verdict.table
    }
  }

  /// Writes to `output`, in HTML as a whole page; what machine formats say beside the data goes to
  /// `notes`.
  ///
  /// - Throws: what a sink throws; `Failure` E0601 if it is more than `Limits.output`.
  public func write(
    as format: OutputFormat, options: DisplayOptions, to output: inout some ByteSink,
    notes: inout some ByteSink
  ) throws {
    var page = OutputPage()
    try page.add(self, as: format, options: options, to: &output, notes: &notes)
    try page.end(to: &output)
  }
}

/// What a check found.
struct Verdict: Sendable {
  /// True: supported; false: contradicted; maybe: undetermined.
  let truth: Truth
  let label: String
  let table: Table
  /// Whether nothing of the kind is reported: silence is no contradiction.
  let isSilent: Bool

  /// - Parameters:
  ///   - isUndecided: whether a filter left rows open.
  ///   - leavesOut: whether it left them out, though they may belong.
  init(_ table: Table, isTable: Bool, label: String, isUndecided: Bool, leavesOut: Bool) {
    self.table = table
    self.label = label
    if isTable {
      let isThere = (0..<table.count).contains { !table.isMaybe($0) }
      truth = isThere ? .true : .maybe
      isSilent = !isThere && !isUndecided
    } else {
      isSilent = false
      if case .truths(let truths) = table.columns.first?.column.storage, table.count > 0,
        !leavesOut
      {
        truth = truths[0]
      } else {
        truth = .maybe
      }
    }
  }

  /// `supported: the label`, as people are told.
  var words: String {
    "\(finding.rawValue): \(label)\(isSilent ? " (nothing reported)" : "")"
  }

  var finding: Finding {
    switch truth {
    case .true: .supported
    case .false: .contradicted
    case .maybe: .undetermined
    }
  }

  /// What decides: of a query's rows those that are certain, if there are some; of a truth all that
  /// it rests on.
  var evidence: [Int32] {
    let certain = (0..<table.count).filter { !table.isMaybe($0) }
    let rows = certain.isEmpty ? Array(0..<table.count) : certain
    return Set(rows.flatMap(table.evidence(of:))).sorted()
  }
}

/// What a check finds of a claim.
public enum Finding: String, Sendable, CaseIterable {
  /// A row certainly stays, or the truth is true.
  case supported
  /// The truth is false.
  case contradicted
  /// The truth is maybe, or nothing of the kind is reported.
  case undetermined
}

/// Where text goes: a file, a terminal, memory.
///
/// Writing may fail, and then it says so.
public protocol ByteSink {
  /// Takes all the bytes.
  ///
  /// - Throws: if they can't be written.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws
}

extension ByteSink {
  mutating func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}
