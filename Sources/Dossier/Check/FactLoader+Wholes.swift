/// What follows from `part_of`: countries, and that nothing is part of itself.
extension FactLoader {
  /// Takes away, again and again, what is part of nothing that is left: the rest goes in circles.
  mutating func reportCycles(_ entity: EntityTable) {
    var open = entity.wholes.map { $0?.count ?? 0 }
    var parts = [[Int]](repeating: [], count: entity.count)
    for row in 0..<entity.count {
      for whole in entity.wholes[row] ?? [] { parts[Int(whole)].append(row) }
    }
    var waiting = open.indices.filter { open[$0] == 0 }
    while let row = waiting.popLast() {
      for part in parts[row] {
        open[part] -= 1
        if open[part] == 0 { waiting.append(part) }
      }
    }
    guard let first = open.indices.first(where: { open[$0] > 0 }) else { return }
    var path: [Int] = []
    var row = first
    while !path.contains(row) {
      path.append(row)
      row = (entity.wholes[row] ?? []).map(Int.init).first { open[$0] > 0 } ?? row
    }
    let circle = Array(path[(path.firstIndex(of: row) ?? 0)...]) + [row]
    let entry = entries[entity.kind.rawValue][row]
    errors[entry.tree].append(.cycle(circle.map { entity.ids[$0] }, at: entry.id))
  }

  /// A country left out is that of the wholes; a state is its own.
  func countries(
    _ kind: EntityKind, given: Column, _ rules: [FieldRule], _ columns: [Column]
  ) -> Column {
    guard case .references(let codes, _) = given.storage,
      let part = rules.firstIndex(where: { $0.name == "part_of" }),
      case .lists(let wholes) = columns[part].storage,
      case .references(let wholeCodes, _) = wholes.elements.column.storage,
      let type = rules.firstIndex(where: { $0.name == "type" }),
      case .texts(let types, let names) = columns[type].storage
    else { return given }
    let filled = Buffer<Int32>(uninitialized: codes.count)
    for row in 0..<codes.count {
      var at = row
      var steps = 0
      while true {
        if codes[at] >= 0 { break }
        if kind == .actor, types[at] >= 0, names[types[at]] == "state" { break }
        guard let first = wholes.range(at).first, steps < codes.count else { break }
        at = Int(wholeCodes[first])
        steps += 1
      }
      let isState = kind == .actor && types[at] >= 0 && names[types[at]] == "state"
      filled.start[row] = codes[at] >= 0 ? codes[at] : isState ? Int32(at) : Code.unknown
    }
    return Column(.references(codes: filled, .actor))
  }
}
