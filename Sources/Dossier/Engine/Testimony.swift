/// Who makes the claim of each row, and when.
///
/// Rows of the dossier say so by their facts, whatever fields are left; rows of a file by their
/// fields `claimed_by` and `stated`, where they have them.
struct Testimony {
  private let table: Table
  private let facts: FactStore?
  private let origins: Origins?
  private let claimants: Column?
  private let stated: Column?

  /// Somebody who is asked for, as a claimant or as a source that speaks with its own voice.
  struct Claimant: Sendable {
    let name: String
    let actors: Set<Int32>
    let sources: Set<Int32>
    /// For each actor whether he is one of them or part of one.
    let within: [Truth]
  }

  init(_ table: Table, _ facts: FactStore?, claimants: Column?, stated: Column?) {
    self.table = table
    self.facts = facts
    origins = facts.map(Origins.init)
    self.claimants = claimants
    self.stated = stated
  }

  // MARK: Who

  /// The origins of a row's claim.
  func origins(of row: Int) -> [Origin] {
    let numbers = table.facts(of: row)
    if let origins, !numbers.isEmpty { return numbers.flatMap(origins.origins) }
    guard let claimants, !claimants.isReference else { return [.row(Int32(row))] }
    if claimants.isUnknown(row) { return [.unclaimed(-1 - Int32(row))] }
    let codes = claimants.textCodes(row)
    return codes.isEmpty ? [.row(Int32(row))] : codes.map { .named($0) }
  }

  /// Whether a row is claimed by somebody, or by one who is part of him.
  func isClaimed(_ row: Int, by claimant: Claimant) -> Truth {
    let numbers = table.facts(of: row)
    if let facts, let origins, !numbers.isEmpty {
      return numbers.reduce(.false) { found, number in
        let fact = facts.facts[Int(number)]
        guard let claimants = origins.claimants(of: fact) else { return .maybe.or(found) }
        if claimants.isEmpty {
          return claimant.sources.contains(origins.source(of: fact)) ? .true : found
        }
        return claimants.reduce(found) { $0.or(claimant.within[Int($1)]) }
      }
    }
    guard let claimants, !claimants.isReference, !claimants.isUnknown(row) else { return .maybe }
    return claimants.texts(row).contains(claimant.name) ? .true : .false
  }

  /// Those who claim some rows, as they are called, each once.
  func names(of rows: some Sequence<Int32>) -> [String] {
    var seen: Set<String> = []
    return rows.flatMap { names(of: Int($0)) }.filter { seen.insert($0).inserted }
  }

  private func names(of row: Int) -> [String] {
    let numbers = table.facts(of: row)
    guard let facts, let origins, !numbers.isEmpty else {
      guard let claimants, !claimants.isReference else { return [] }
      return claimants.texts(row)
    }
    return numbers.flatMap { number -> [String] in
      let fact = facts.facts[Int(number)]
      guard let claimants = origins.claimants(of: fact) else { return [] }
      if !claimants.isEmpty { return claimants.map { facts[.actor].names[Int($0)] } }
      let source = origins.source(of: fact)
      return source >= 0 ? [facts[.source].names[Int(source)]] : []
    }
  }

  // MARK: When

  /// When a row's claim was made: when it was stated, else when its source was published.
  func stated(_ row: Int) -> DateRange {
    let numbers = table.facts(of: row)
    guard let facts, !numbers.isEmpty else { return stated?.day(row) ?? .unknown }
    // What rests on several is as new as the newest of them.
    return numbers.reduce(DateRange(earliest: Day.distantPast, latest: Day.distantPast)) {
      let date = stated($1, facts)
      return DateRange(
        earliest: max($0.earliest, date.earliest), latest: max($0.latest, date.latest))
    }
  }

  /// The same in the words of the claim or of its source.
  func statedText(_ row: Int) -> String {
    let numbers = table.facts(of: row)
    guard let facts, !numbers.isEmpty else { return stated?.text(row, names: nil) ?? "" }
    return numbers.map { number in
      let fact = facts.facts[Int(number)]
      let (column, row) = (facts.field("stated", of: fact.kind), Int(fact.row))
      if column.day(row) != nil { return column.text(row, names: nil) }
      let source = origins?.source(of: fact) ?? Code.unknown
      return source < 0
        ? "" : facts.field("published", of: .source).text(Int(source), names: nil)
    }.joined(separator: "/")
  }

  private func stated(_ number: Int32, _ facts: FactStore) -> DateRange {
    let fact = facts.facts[Int(number)]
    if let day = facts.field("stated", of: fact.kind).day(Int(fact.row)) { return day }
    let source = origins?.source(of: fact) ?? Code.unknown
    guard source >= 0 else { return .unknown }
    return facts.field("published", of: .source).day(Int(source)) ?? .unknown
  }
}

extension Column {
  fileprivate var isReference: Bool {
    switch storage {
    case .references: true
    case .lists(let lists): lists.elements.column.isReference
    default: false
    }
  }

  /// The codes of a row's text, or of the texts in its list.
  fileprivate func textCodes(_ row: Int) -> [Int32] {
    switch storage {
    case .texts(let codes, _): codes[row] >= 0 ? [codes[row]] : []
    case .lists(let lists): lists.range(row).flatMap(lists.elements.column.textCodes)
    default: []
    }
  }

  fileprivate func texts(_ row: Int) -> [String] {
    switch storage {
    case .texts(let codes, let dictionary): codes[row] >= 0 ? [dictionary[codes[row]]] : []
    case .lists(let lists): lists.range(row).flatMap(lists.elements.column.texts)
    default: []
    }
  }

  /// A reported date.
  fileprivate func day(_ row: Int) -> DateRange? {
    guard case .dates(let dates) = storage, dates.isKnown(row), none?[row] != 1 else { return nil }
    return dates[row]
  }
}
