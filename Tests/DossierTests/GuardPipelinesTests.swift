import Dossier
import Testing

/// What sums add in pipelines of derive, windows, join, union and summarize, held against the rule as
/// grammar.md writes it: each addend is followed to its figures row by row.
@Suite struct GuardPipelinesTests {
  /// How a value of a row was made: leaves are columns that came from somewhere, with the figures
  /// that this row's value rests on.
  private indirect enum Part {
    case leaf(Int, Set<Int>)
    case sum(Part, Part)
    case difference(Part, Part)
    case oneOf(Part, Part)

    struct Addend {
      var columns: Set<Int>
      var figures: Set<Int>
    }

    /// What it adds and what it subtracts.
    var addends: (plus: [Addend], minus: [Addend]) {
      func joined(_ a: [Addend], _ b: [Addend]) -> [Addend] {
        a + b.filter { addend in !a.contains { $0.columns == addend.columns } }
      }
      func either(_ a: [Addend], _ b: [Addend]) -> [Addend] {
        guard let first = a.first, let second = b.first else { return a + b }
        return [
          Addend(
            columns: first.columns.union(second.columns),
            figures: first.figures.union(second.figures))
        ]
      }
      switch self {
      case .leaf(let column, let figures):
        return ([Addend(columns: [column], figures: figures)], [])
      case .sum(let a, let b):
        let (x, y) = (a.addends, b.addends)
        return (joined(x.plus, y.plus), joined(x.minus, y.minus))
      case .difference(let a, let b):
        let (x, y) = (a.addends, b.addends)
        return (joined(x.plus, y.minus), joined(x.minus, y.plus))
      case .oneOf(let a, let b):
        let (x, y) = (a.addends, b.addends)
        let isOneEach = [x.plus, x.minus, y.plus, y.minus].allSatisfy { $0.count < 2 }
        return isOneEach
          ? (either(x.plus, y.plus), either(x.minus, y.minus))
          : (joined(x.plus, y.plus), joined(x.minus, y.minus))
      }
    }

    /// The same of other leaves.
    func mapped(_ leaf: (Int, Set<Int>) -> (Int, Set<Int>)) -> Part {
      switch self {
      case .leaf(let column, let figures):
        let (new, other) = leaf(column, figures)
        return .leaf(new, other)
      case .sum(let a, let b): return .sum(a.mapped(leaf), b.mapped(leaf))
      case .difference(let a, let b): return .difference(a.mapped(leaf), b.mapped(leaf))
      case .oneOf(let a, let b): return .oneOf(a.mapped(leaf), b.mapped(leaf))
      }
    }

    func figures(of column: Int) -> Set<Int> {
      switch self {
      case .leaf(let own, let figures): own == column ? figures : []
      case .sum(let a, let b), .difference(let a, let b), .oneOf(let a, let b):
        a.figures(of: column).union(b.figures(of: column))
      }
    }

    var columns: Set<Int> {
      switch self {
      case .leaf(let own, _): [own]
      case .sum(let a, let b), .difference(let a, let b), .oneOf(let a, let b):
        a.columns.union(b.columns)
      }
    }
  }

  private struct Row {
    var id: Int?
    var measure: String?
    var parts: [String: Part]
  }

  private struct Figure {
    var measure: String?
    var subject: Int
  }

  /// A pipeline, as it is written and as its rows are followed.
  private struct Pipeline {
    var figures: [Figure]
    var text = "figures"
    var rows: [Row] = []
    /// Where the rows came from last: sums over rows that have ids, or over groups.
    var hasIDs = true
    private var fields = ["value"]
    private var columns = 1
    private var names = 0

    init(_ random: inout Random) {
      figures = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Figure(
          measure: ["killed", "wounded", "sent", nil].randomElement(using: &random) ?? nil,
          subject: Int.random(in: 0..<3, using: &random))
      }
      rows = figures.indices.map {
        Row(id: $0, measure: figures[$0].measure, parts: ["value": .leaf(0, [$0])])
      }
      for _ in 0..<Int.random(in: 0...4, using: &random) { addStage(&random) }
    }

    var declarations: String {
      var lines = ["source s \"S\""]
      for index in 0..<3 { lines.append("actor a\(index) \"actor \(index)\"") }
      for (index, figure) in figures.enumerated() {
        let measure = figure.measure.map { "measure: \"\($0)\", " } ?? ""
        lines.append(
          "figure f\(index) { \(measure)subject: a\(figure.subject), value: \(index + 1) people }")
      }
      return lines.joined(separator: "\n") + "\n"
    }

    private mutating func newColumns(_ old: Set<Int>) -> [Int: Int] {
      var new: [Int: Int] = [:]
      for column in old.sorted() {
        new[column] = columns
        columns += 1
      }
      return new
    }

    private mutating func newName() -> String {
      names += 1
      return "v\(names)"
    }

    // MARK: Stages

    private mutating func addStage(_ random: inout Random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: derive(&random)
      case 2: shift(&random)
      case 3: greatest(&random)
      case 4: if hasIDs { join(&random) }
      case 5: if hasIDs { unite(&random) }
      case 6: cut(&random)
      default: summarize(&random)
      }
    }

    private mutating func derive(_ random: inout Random) {
      let (written, parts) = expression(depth: 2, &random)
      let name = newName()
      text += " | derive \(name) = \(written)"
      for row in rows.indices { rows[row].parts[name] = parts[row] }
      fields.append(name)
    }

    private func field(_ random: inout Random) -> String {
      fields.randomElement(using: &random) ?? "value"
    }

    private mutating func shift(_ random: inout Random) {
      let (of, name) = (field(&random), newName())
      text += " | derive \(name) = lag(\(of))"
      fields.append(name)
      guard let first = rows.first?.parts[of] else { return }
      let new = newColumns(first.columns)
      let parts = rows.map { $0.parts[of] ?? first }
      for row in rows.indices {
        rows[row].parts[name] = parts[row].mapped { column, _ in
          (new[column] ?? 0, row == 0 ? [] : parts[row - 1].figures(of: column))
        }
      }
    }

    /// Of all rows, or of those of one measure.
    private mutating func greatest(_ random: inout Random) {
      let (of, name) = (field(&random), newName())
      let isGrouped = Bool.random(using: &random)
      text += " | derive \(name) = max(\(of))" + (isGrouped ? " by measure" : "")
      fields.append(name)
      guard let first = rows.first?.parts[of] else { return }
      let new = newColumns(first.columns)
      let old = rows
      for row in rows.indices {
        let group = isGrouped ? old.filter { $0.measure == old[row].measure } : old
        rows[row].parts[name] = first.mapped { column, _ in
          (new[column] ?? 0, union(of: of, column, group))
        }
      }
    }

    private func union(of field: String, _ column: Int, _ rows: [Row]) -> Set<Int> {
      rows.reduce(into: []) { $0.formUnion($1.parts[field]?.figures(of: column) ?? []) }
    }

    private mutating func join(_ random: inout Random) {
      let name = newName()
      text += " | join figures as \(name) on measure same \(name).measure"
      fields.append("\(name).value")
      let column = columns
      columns += 1
      rows = rows.flatMap { row in
        figures.indices.filter { row.measure != nil && figures[$0].measure == row.measure }.map {
          var joined = row
          joined.parts["\(name).value"] = .leaf(column, [$0])
          return joined
        }
      }
    }

    private mutating func unite(_ random: inout Random) {
      let kept = figures.indices.filter { _ in Bool.random(using: &random) }
      let ids = kept.map { "\"f\($0)\"" }.joined(separator: ", ")
      text += " | union (figures | where id in [\(ids.isEmpty ? "\"\"" : ids)])"
      let column = columns
      columns += 1
      let model = rows.first
      for row in rows.indices {
        guard let value = rows[row].parts["value"] else { continue }
        rows[row].parts["value"] = .oneOf(value, .leaf(column, []))
      }
      guard let model else {
        // Nothing is known of the fields of no rows, so that there are none to go on with.
        rows = []
        fields = ["value"]
        rows = kept.map {
          Row(id: $0, measure: figures[$0].measure, parts: ["value": .leaf(column, [$0])])
        }
        return
      }
      rows += kept.map { id in
        var parts = model.parts.mapValues { $0.mapped { column, _ in (column, []) } }
        if let value = parts["value"] { parts["value"] = .oneOf(value, .leaf(column, [id])) }
        return Row(id: id, measure: figures[id].measure, parts: parts)
      }
    }

    private mutating func cut(_ random: inout Random) {
      let count = Int.random(in: 1...2, using: &random)
      if Bool.random(using: &random) {
        text += " | skip \(count)"
        rows = Array(rows.dropFirst(count))
      } else {
        text += " | take \(count)"
        rows = Array(rows.prefix(count))
      }
    }

    private mutating func summarize(_ random: inout Random) {
      let (of, name) = (field(&random), newName())
      text += " | summarize \(name) = hull(\(of)) by measure"
      let model = rows.first?.parts[of]
      let new = newColumns(model?.columns ?? [])
      var groups: [Row] = []
      // What isn't known comes last.
      let known = Set(rows.compactMap(\.measure)).sorted().map(String?.some)
      let measures = rows.contains { $0.measure == nil } ? known + [nil] : known
      for measure in measures {
        let group = rows.filter { $0.measure == measure }
        guard let model else { continue }
        let part = model.mapped { column, _ in
          (new[column] ?? 0, union(of: of, column, group))
        }
        groups.append(Row(id: nil, measure: measure, parts: [name: part]))
      }
      rows = groups
      fields = [name]
      hasIDs = false
    }

    // MARK: Expressions

    /// As it is written, and its parts in each row.
    mutating func expression(depth: Int, _ random: inout Random) -> (String, [Part]) {
      guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else {
        let name = field(&random)
        return (name, rows.compactMap { $0.parts[name] })
      }
      let (a, x) = expression(depth: depth - 1, &random)
      let (b, y) = expression(depth: depth - 1, &random)
      let pairs = Array(zip(x, y))
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: return ("(\(a) + \(b))", pairs.map { .sum($0, $1) })
      case 2: return ("(\(a) - \(b))", pairs.map { .difference($0, $1) })
      case 3: return ("greatest(\(a), \(b))", pairs.map { .oneOf($0, $1) })
      case 4:
        return ("(if measure == \"killed\" then \(a) else \(b))", pairs.map { .oneOf($0, $1) })
      default: return ("(\(a) ?? \(b))", pairs.map { .oneOf($0, $1) })
      }
    }

    // MARK: The rule

    private func areDisjoint(_ a: Int, _ b: Int) -> Bool {
      guard let one = figures[a].measure, let other = figures[b].measure else { return false }
      let family: Set<String> = ["killed", "wounded"]
      if one != other { return family.contains(one) && family.contains(other) }
      return figures[a].subject != figures[b].subject
    }

    /// What a sum of some parts says: nothing, or an error of one of the groups.
    func codes(_ groups: [[Part]]) -> Set<String> {
      for isPlus in [true, false] {
        let found = groups.compactMap { group in
          code(group.flatMap { isPlus ? $0.addends.plus : $0.addends.minus }.map(\.figures))
        }
        if !found.isEmpty { return Set(found) }
      }
      return []
    }

    private func code(_ addends: [Set<Int>]) -> String? {
      var pairs: [(Set<Int>, Set<Int>)] = []
      for (index, addend) in addends.enumerated() {
        pairs += addends[..<index].map { ($0, addend) }
      }
      if pairs.contains(where: { !$0.isDisjoint(with: $1) }) { return "E0431" }
      let areApart = pairs.allSatisfy { a, b in
        a.allSatisfy { one in b.allSatisfy { areDisjoint(one, $0) } }
      }
      return areApart ? nil : "E0430"
    }
  }

  private func codes(_ script: String) -> [String] {
    var session = Session()
    do {
      try session.run(SourceText(name: "input", text: script)) { _ in }
      return []
    } catch let failure as Failure {
      return failure.diagnostics.map { $0.code }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a sum in a pipeline is refused if and only if its addends share a figure or may overlap")
  func pipelines() {
    var random = Random(seed: 21)
    var seen: [String: Int] = [:]
    for _ in 0..<Cases.some(of: 10_000) {
      var pipeline = Pipeline(&random)
      let (written, parts) = pipeline.expression(depth: 2, &random)
      let isGrouped = Bool.random(using: &random)
      var groups = [parts]
      if isGrouped {
        var keys: [String?] = []
        groups = []
        for (row, part) in zip(pipeline.rows, parts) {
          if let place = keys.firstIndex(of: row.measure) {
            groups[place].append(part)
          } else {
            keys.append(row.measure)
            groups.append([part])
          }
        }
      }
      let script =
        pipeline.declarations + pipeline.text
        + " | summarize total = sum(\(written))" + (isGrouped ? " by measure" : "")
      let expected = pipeline.codes(groups)
      let found = codes(script)
      #expect(expected.isEmpty ? found.isEmpty : found.allSatisfy(expected.contains), "\(script)")
      #expect(found.isEmpty == expected.isEmpty, "\(script)")
      // One that adds several figures counts apart.
      let isPlain = parts.count < 2 && expected.isEmpty
      seen[isPlain ? "plain" : expected.first ?? "added", default: 0] += 1
    }
    for kind in ["added", "E0430", "E0431"] { #expect(seen[kind, default: 0] > 50, "\(seen)") }
  }
}
