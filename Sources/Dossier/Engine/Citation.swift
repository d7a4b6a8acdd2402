/// Who says a fact, and where it stands.
struct Citation: Sendable, Hashable {
  let fact: String
  let claimants: [String]
  let onRecord: Truth?
  let source: String
  let published: String?
  let paragraphs: [Int64]
  let phrase: String?

  /// `Volodymyr Zelensky, on record · French press report, 2024-12-18~`: all but the paragraphs.
  var head: String {
    var parts: [String] = []
    if !claimants.isEmpty {
      let record =
        switch onRecord {
        case .true: ", on record"
        case .false: ", not on record"
        case .maybe, nil: ""
        }
      parts.append(claimants.joined(separator: ", ") + record)
    }
    parts.append(published.map { "\(source), \($0)" } ?? source)
    return parts.joined(separator: " · ")
  }
}

extension FactStore {
  /// The citation of a fact by its number.
  func citation(_ number: Int32) -> Citation {
    let fact = facts[Int(number)]
    let row = Int(fact.row)
    func cell(_ name: String) -> Column { field(name, of: fact.kind) }
    var claimants: [String] = []
    if case .lists(let lists) = cell("claimed_by").storage,
      case .references(let codes, _) = lists.elements.column.storage
    {
      claimants = lists.range(row).map { self[.actor].names[Int(codes[$0])] }
    }
    var onRecord: Truth?
    if case .truths(let truths) = cell("on_record").storage,
      truths.known.map({ $0[row] != 0 }) ?? true
    {
      onRecord = Truth(certain: truths.certain[row] != 0, possible: truths.possible[row] != 0)
    }
    var phrase: String?
    if case .texts(let codes, let texts) = cell("phrase").storage, codes[row] >= 0 {
      phrase = texts[codes[row]]
    }
    var paragraphs: [Int64] = []
    if case .lists(let lists) = cell("para").storage,
      case .quantities(let numbers) = lists.elements.column.storage
    {
      paragraphs = lists.range(row).compactMap { numbers.bounds($0)?.low?.coefficient }
    }
    let (source, published) = source(of: cell("source"), row)
    return Citation(
      fact: self[fact.kind].ids[row], claimants: claimants, onRecord: onRecord, source: source,
      published: published, paragraphs: paragraphs, phrase: phrase)
  }

  private func source(of column: Column, _ row: Int) -> (title: String, published: String?) {
    guard case .references(let codes, _) = column.storage, codes[row] >= 0 else { return ("", nil) }
    let source = Int(codes[row])
    guard case .dates(let dates) = field("published", of: .source).storage, dates.isKnown(source)
    else {
      return (self[.source].names[source], nil)
    }
    return (self[.source].names[source], dates.text(source))
  }
}
