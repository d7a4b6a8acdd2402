/// Makes a random query, stage by stage, in both languages.
///
/// In SQL each stage is a named query over the one before. The order of the rows is a column of
/// its own, `o_`, as SQL knows no other; it is also the unique last key of each sorting.
struct PeerQueryMaker {
  private var random: Random
  private var fields = PeerTable.layout
  private var stages = ["t"]
  private var queries = ["q0 AS (SELECT * FROM t)"]
  private var names = 0
  /// The keys of the `sort` that has just been.
  private var sorting: [String]?
  private var peers = ["duckdb", "sqlite"]

  static func query(_ random: inout Random) -> PeerQuery {
    var maker = PeerQueryMaker(random: Random(seed: random.next()))
    for _ in 0..<Int.random(in: 1...5, using: &random) { maker.addStage() }
    return maker.query
  }

  private init(random: Random) { self.random = random }

  private var query: PeerQuery {
    let names = fields.map(\.name).joined(separator: ", ")
    return PeerQuery(
      program: stages.joined(separator: " | "),
      sql: "WITH \(queries.joined(separator: ", ")) SELECT \(names) FROM \(last) ORDER BY o_",
      fields: fields, peers: peers)
  }

  private var last: String { "q\(queries.count - 1)" }
  private var expressions: PeerExpressions { PeerExpressions(fields: fields) }
  private var kept: [PeerField] { expressions.fields { _ in true } }

  private mutating func chance(of count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func newName() -> String {
    names += 1
    return "c\(names)"
  }

  private mutating func add(
    _ stage: String, _ columns: [String], order: String = "o_", from rest: String
  ) {
    stages.append(stage)
    let selected = (columns + ["\(order) AS o_"]).joined(separator: ", ")
    queries.append("q\(queries.count) AS (SELECT \(selected) FROM \(rest))")
  }

  private mutating func addStage() {
    let sorted = sorting
    sorting = nil
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2: filter()
    case 3, 4: derive()
    case 5, 6: window(sorted)
    case 7, 8: summarize()
    case 9, 10: sort()
    case 11: cut()
    case 12: chance(of: 2) ? select() : distinct()
    default: fields.contains { $0.name == "id" } ? join() : filter()
    }
  }

  // MARK: Rows

  private mutating func filter() {
    let condition = expressions.truth(2, &random)
    add("where \(condition.text)", fields.map(\.name), from: "\(last) WHERE \(condition.sql)")
  }

  private mutating func cut() {
    let count = Int.random(in: 0...8, using: &random)
    let takes = chance(of: 2)
    add(
      takes ? "take \(count)" : "skip \(count)", fields.map(\.name),
      from: "(SELECT *, row_number() OVER (ORDER BY o_) AS r_ FROM \(last)) AS q "
        + "WHERE r_ \(takes ? "<=" : ">") \(count)")
  }

  private mutating func sort() {
    let keys = kept.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
    guard !keys.isEmpty else { return filter() }
    let ways = keys.map { (field: $0, descends: chance(of: 2)) }
    let order = ways.map { $0.field.order(descending: $0.descends) }
    add(
      "sort "
        + ways.map { "\($0.field.name)\($0.descends ? " desc" : "")" }.joined(separator: ", "),
      fields.map(\.name), order: numbered(order + ["o_"]), from: last)
    sorting = order
  }

  private func numbered(_ order: [String]) -> String {
    "row_number() OVER (ORDER BY \(order.joined(separator: ", ")))"
  }

  private mutating func distinct() {
    let keys = kept.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
    guard !keys.isEmpty else { return filter() }
    let names = keys.map(\.name)
    let list = names.joined(separator: ", ")
    add("distinct \(list)", names, order: "min(o_)", from: "\(last) GROUP BY \(list)")
    fields = Array(keys)
  }

  /// The right table's fields get names of their own at once.
  private mutating func join() {
    let isLeft = chance(of: 2)
    let keys = ["id", "n", "w", "d"].filter { name in kept.contains { $0.name == name } }
      .shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
    let right = PeerTable.layout.shuffled(using: &random).prefix(2)
    var columns = fields.map { (text: $0.name, sql: "l.\($0.name)") }
    var added: [PeerField] = []
    for field in right {
      var new = field
      new.rename(newName())
      new.mayBeNone = isLeft
      added.append(new)
      columns.append(("\(new.name) = b.\(field.name)", "b.\(field.name) AS \(new.name)"))
    }
    let texts = keys.map { "\($0) same b.\($0)" }.joined(separator: " and ")
    let conditions = keys.map { "l.\($0) = b.\($0)" }.joined(separator: " AND ")
    add(
      "join \(isLeft ? "left " : "")u as b on \(texts) | select "
        + columns.map(\.text).joined(separator: ", "),
      columns.map(\.sql), order: numbered(["l.o_", "b.o_"]),
      from: "\(last) AS l \(isLeft ? "LEFT" : "INNER") JOIN u AS b ON \(conditions)")
    fields += added
  }

  // MARK: Columns

  private mutating func column(_ expression: PeerExpression) -> (text: String, sql: String) {
    var field = expression.field
    field.rename(newName())
    fields.append(field)
    return ("\(field.name) = \(expression.text)", "\(expression.sql) AS \(field.name)")
  }

  private mutating func derive() {
    let before = fields.map(\.name)
    let made = expressions
    let columns = (0...1).map { _ in column(made.any(2, &random)) }
    add(
      "derive " + columns.map(\.text).joined(separator: ", "), before + columns.map(\.sql),
      from: last)
  }

  private mutating func select() {
    let made = expressions
    fields = fields.shuffled(using: &random)
    fields.removeLast(Int.random(in: 0..<fields.count, using: &random))
    let before = fields.map(\.name)
    let column = column(made.any(2, &random))
    add(
      "select " + (before + [column.text]).joined(separator: ", "), before + [column.sql],
      from: last)
  }

  private mutating func window(_ sorting: [String]?) {
    let before = fields.map(\.name)
    let keys = chance(of: 2) ? [] : kept.shuffled(using: &random).prefix(1).map(\.name)
    let partition = keys.isEmpty ? "" : "PARTITION BY \(keys.joined(separator: ", ")) "
    let aggregates = PeerAggregates(expressions: expressions)
    let windows = (0...1).map { _ in
      column(aggregates.window(partition, sorting: sorting, &random))
    }
    add(
      "derive " + windows.map(\.text).joined(separator: ", ")
        + (keys.isEmpty ? "" : " by \(keys.joined(separator: ", "))"),
      before + windows.map(\.sql), from: last)
  }

  private mutating func summarize() {
    let keys = Array(kept.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)))
    let aggregates = PeerAggregates(expressions: expressions)
    let list = keys.map(\.name).joined(separator: ", ")
    fields = keys
    var columns: [(text: String, sql: String)] = []
    for _ in 0...1 {
      let made = aggregates.aggregate(&random)
      if made.text.hasPrefix("median") { peers = ["duckdb"] }
      columns.append(column(made))
    }
    let by = keys.isEmpty ? "" : "PARTITION BY \(list)"
    add(
      "summarize " + columns.map(\.text).joined(separator: ", ")
        + (keys.isEmpty ? "" : " by \(list)"),
      keys.map(\.name) + columns.map(\.sql),
      order: keys.isEmpty ? "1" : numbered(keys.map { $0.order() }),
      from: "(SELECT *, min(o_) OVER (\(by)) AS f_, max(o_) OVER (\(by)) AS l_ FROM \(last)) AS q"
        + (keys.isEmpty ? "" : " GROUP BY \(list)"))
  }
}
