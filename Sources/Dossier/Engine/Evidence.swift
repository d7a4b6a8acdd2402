import Synchronization

/// What an answer may rest on.
///
/// Each has a number, so that rows can carry what they rest on: first come the facts in the order of
/// the text, then the other declarations, kind by kind, then the files that were read, each with its
/// rows behind it. A row stands for facts only; the others are `Table.behind` it.
enum Evidence: Sendable, Hashable {
  case fact(FactKey)
  /// An actor, a place or a source, which says nothing by itself.
  case declaration(FactKey)
  /// A file as a whole: what notes cite.
  case file(String)
  case row(of: String, line: Int32)
}

extension FactStore {
  /// The numbers of all declarations are below this.
  var evidenceCount: Int { facts.count + EvidenceOrder.kinds.reduce(0) { $0 + self[$1].count } }

  /// The number of an actor, a place or a source.
  func evidenceNumber(of kind: EntityKind, _ row: Int32) -> Int32 {
    let before = EvidenceOrder.kinds.prefix { $0 != kind }
    return Int32(facts.count + before.reduce(0) { $0 + self[$1].count }) + row
  }

  fileprivate func declaration(_ number: Int32) -> Evidence? {
    if number < facts.count { return .fact(facts[Int(number)]) }
    var row = Int(number) - facts.count
    for kind in EvidenceOrder.kinds {
      if row < self[kind].count { return .declaration(FactKey(kind: kind, row: Int32(row))) }
      row -= self[kind].count
    }
    return nil
  }
}

private enum EvidenceOrder {
  static let kinds: [EntityKind] = [.source, .actor, .place]
}

/// The files that queries of a session have read, with the numbers of their rows.
final class ReadFiles: Sendable {
  /// The line of each row in the file.
  enum Lines: Sendable {
    /// One row a line, from a first one on, as in most files.
    case from(Int32, count: Int)
    case each(Buffer<Int32>)

    init(_ lines: Buffer<Int32>) {
      let first = lines.count > 0 ? lines[0] : 1
      let isPlain = lines.elements.indices.allSatisfy { Int(lines[$0]) == Int(first) + $0 }
      self = isPlain ? .from(first, count: lines.count) : .each(lines)
    }

    var count: Int {
      switch self {
      case .from(_, let count): count
      case .each(let lines): lines.count
      }
    }

    subscript(row: Int) -> Int32 {
      switch self {
      case .from(let first, _): first + Int32(row)
      case .each(let lines): lines[row]
      }
    }

    fileprivate func isSame(as other: Lines) -> Bool {
      switch (self, other) {
      case (.from(let a, let count), .from(let b, let others)): a == b && count == others
      case (.each(let a), .each(let b)): a === b
      default: false
      }
    }
  }

  private struct File {
    let name: String
    /// The number of the file; those of its rows follow.
    let number: Int
    let lines: Lines?

    var end: Int { number + 1 + (lines?.count ?? 0) }
  }

  private let facts: FactStore
  private let files = Mutex<[File]>([])

  /// No files yet; their numbers begin behind those of the declarations.
  init(behind facts: FactStore) { self.facts = facts }

  /// The number of a file; nil if there are no more.
  func number(of name: String) -> Int32? { add(name, nil) }

  /// The number of the first row of a file, which the others follow; nil if there are no more.
  func firstRow(of name: String, _ lines: Lines) -> Int32? { add(name, lines).map { $0 + 1 } }

  private func add(_ name: String, _ lines: Lines?) -> Int32? {
    files.withLock { files in
      let known = files.first { file in
        guard file.name == name else { return false }
        guard let lines, let others = file.lines else { return lines == nil && file.lines == nil }
        return lines.isSame(as: others)
      }
      if let known { return Int32(known.number) }
      let file = File(name: name, number: files.last?.end ?? facts.evidenceCount, lines: lines)
      guard file.end < Int(Int32.max) else { return nil }
      files.append(file)
      return Int32(file.number)
    }
  }

  /// What a number stands for.
  func evidence(_ number: Int32) -> Evidence? {
    if let declaration = facts.declaration(number) { return declaration }
    return files.withLock { files in
      guard let file = files.last(where: { $0.number <= Int(number) }), Int(number) < file.end
      else { return nil }
      let row = Int(number) - file.number - 1
      guard row >= 0, let lines = file.lines else { return .file(file.name) }
      return .row(of: file.name, line: lines[row])
    }
  }
}
