/// Numbers the citations of an answer in the order in which they first appear.
struct Sources {
  private let facts: FactStore
  private var known: [Int32: Int] = [:]
  /// The texts of the notes; equal ones share a number.
  private(set) var notes: [String] = []

  init(_ facts: FactStore) { self.facts = facts }

  /// The numbers of a row's notes, from 1, each once.
  mutating func numbers(_ table: Table, row: Int) -> [Int] {
    var numbers: [Int] = []
    for fact in table.facts(of: row) {
      let number = number(of: fact)
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// The numbers as marks: `[1] [2]`.
  mutating func marks(_ table: Table, row: Int) -> String {
    numbers(table, row: row).map { "[\($0)]" }.joined(separator: " ")
  }

  private mutating func number(of fact: Int32) -> Int {
    if let number = known[fact] { return number }
    let text = facts.citation(fact).text
    let number: Int
    if let index = notes.firstIndex(of: text) {
      number = index + 1
    } else {
      notes.append(text)
      number = notes.count
    }
    known[fact] = number
    return number
  }
}

extension Citation {
  /// The whole note: who, on record or not, the source, its date, the paragraphs.
  var text: String {
    if paragraphs.isEmpty { return head }
    return head + ", ¶" + paragraphs.map(String.init).joined(separator: ", ")
  }
}
