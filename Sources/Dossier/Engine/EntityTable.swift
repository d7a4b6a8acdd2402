import Synchronization

/// Where the things of one kind are declared.
struct DeclarationPlaces: Sendable {
  /// The names of the scripts.
  let names: [String]
  /// Which of them each thing is in.
  let scripts: Buffer<Int32>
  let lines: Buffer<Int32>

  subscript(row: Int) -> (script: String, line: Int32) {
    (names[Int(scripts[row])], lines[row])
  }
}

/// The declared things of one kind: their ids and names, and who is part of whom.
final class EntityTable: Sendable {
  let kind: EntityKind
  let ids: [String]
  let names: [String]
  let aliases: [[String]]
  /// The wholes that each is part of; nil where that isn't reported.
  let wholes: [[Int32]?]
  let places: DeclarationPlaces
  private let byName = Mutex<[String: [Int32]]?>(nil)
  private let partsOfWholes = Mutex<[[Int32]]?>(nil)

  init(
    kind: EntityKind, ids: [String], names: [String], aliases: [[String]], wholes: [[Int32]?],
    places: DeclarationPlaces
  ) {
    self.kind = kind
    self.ids = ids
    self.names = names
    self.aliases = aliases
    self.wholes = wholes
    self.places = places
  }

  var count: Int { ids.count }

  /// Those whose id, name or alias is the text, ignoring case and accents.
  func named(_ text: String) -> [Int32] {
    byName.withLock { index in
      if index == nil { index = makeIndex() }
      return index?[fold(text)] ?? []
    }
  }

  /// Whether some of them, which have one name, come from the same script.
  func areAmbiguous(_ rows: [Int32]) -> Bool {
    let spaces = rows.map { ids[Int($0)].split(separator: ".").dropLast().joined(separator: ".") }
    return Set(spaces).count < rows.count
  }

  /// Everything that they are called, for suggestions and completion.
  var allNames: [String] { ids + names + aliases.flatMap { $0 } }

  private func makeIndex() -> [String: [Int32]] {
    var index: [String: [Int32]] = [:]
    for row in 0..<count {
      // An id is also found without the name under which its script is used.
      let local = ids[row].split(separator: ".").last.map(String.init) ?? ids[row]
      let called = Set(([ids[row], local, names[row]] + aliases[row]).map(fold))
      for name in called { index[name, default: []].append(Int32(row)) }
    }
    return index
  }

  /// Who is directly part of each; made when it is first asked for.
  var parts: [[Int32]] {
    partsOfWholes.withLock { made in
      if let made { return made }
      var parts = [[Int32]](repeating: [], count: count)
      for row in 0..<count {
        for whole in wholes[row] ?? [] { parts[Int(whole)].append(Int32(row)) }
      }
      made = parts
      return parts
    }
  }

  /// An entity and all that it is part of; nil where something on the way up isn't reported.
  func allWholes(of row: Int32) -> [Int32]? {
    var found: [Int32] = []
    var seen: Set<Int32> = []
    var waiting = [row]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard let wholes = wholes[Int(next)] else { return nil }
      found.append(next)
      waiting += wholes
    }
    return found
  }

  /// For each entity whether it is one of the targets or part of one, reflexive and transitive:
  /// maybe where something on the way up isn't reported.
  func contained(in targets: Set<Int32>) -> [Truth] {
    let parts = self.parts
    var found = [Truth](repeating: .false, count: count)
    func spread(_ truth: Truth, from rows: [Int32]) {
      var waiting = rows
      while let row = waiting.popLast() {
        guard found[Int(row)].rawValue < truth.rawValue else { continue }
        found[Int(row)] = truth
        waiting.append(contentsOf: parts[Int(row)])
      }
    }
    spread(.true, from: Array(targets))
    spread(.maybe, from: (0..<Int32(count)).filter { wholes[Int($0)] == nil })
    return found
  }
}
