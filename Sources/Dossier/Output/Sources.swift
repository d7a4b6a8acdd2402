/// What a note under an answer names: who says something where, or a file that was opened.
enum SourceNote: Hashable {
  case citation(Citation)
  case file(String)

  var text: String {
    switch self {
    case .citation(let citation): citation.text
    case .file("-"): "standard input"
    case .file(let name): name
    }
  }
}

extension Answer {
  /// The texts of some rows' notes, each once.
  func sourceTexts(_ evidence: some Sequence<Int32>) -> [String] {
    var seen: Set<String> = []
    return sourceNotes(evidence).map(\.text).filter { seen.insert($0).inserted }
  }

  /// What some rows' notes name, each once; declarations are no sources.
  func sourceNotes(_ evidence: some Sequence<Int32>) -> [SourceNote] {
    var notes: [SourceNote] = []
    var seen: Set<SourceNote> = []
    for number in evidence {
      let note: SourceNote
      switch files.evidence(number) {
      case .fact: note = .citation(facts.citation(number))
      case .file(let name), .row(let name, _): note = .file(name)
      case .declaration, nil: continue
      }
      if seen.insert(note).inserted { notes.append(note) }
    }
    return notes
  }
}

/// Numbers the notes of an answer in the order in which they first appear.
struct Sources {
  private let answer: Answer
  private var known: [Int32: Int] = [:]
  /// The texts of the notes; equal ones share a number.
  private(set) var notes: [String] = []

  /// Goes on behind the notes of earlier answers.
  init(_ answer: Answer, after notes: [String] = []) {
    self.answer = answer
    self.notes = notes
  }

  /// The numbers of a row's notes, from 1, each once.
  mutating func numbers(_ table: Table, row: Int) -> [Int] { numbers(table.evidence(of: row)) }

  mutating func numbers(_ evidence: some Sequence<Int32>) -> [Int] {
    var numbers: Set<Int> = []
    for number in evidence {
      let known = self.known[number] ?? noteNumber(of: number)
      self.known[number] = known
      if known > 0 { numbers.insert(known) }
    }
    return numbers.sorted()
  }

  /// The numbers as marks: `[1] [2]`.
  mutating func marks(_ table: Table, row: Int) -> String {
    numbers(table, row: row).map { "[\($0)]" }.joined(separator: " ")
  }

  /// 0 for what no note names.
  private mutating func noteNumber(of evidence: Int32) -> Int {
    guard let text = answer.sourceNotes([evidence]).first?.text else { return 0 }
    if let index = notes.firstIndex(of: text) { return index + 1 }
    notes.append(text)
    return notes.count
  }
}

extension Citation {
  /// The whole note: who, on record or not, the source, its date, the paragraphs.
  var text: String {
    if paragraphs.isEmpty { return head }
    return head + ", ¶" + paragraphs.map(String.init).joined(separator: ", ")
  }
}
