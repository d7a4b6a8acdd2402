/// Makes random aggregates and windows over some fields.
struct PeerAggregates {
  let expressions: PeerExpressions

  /// An aggregate for `summarize`; `f_` and `l_` are the places of the group's first and last row.
  func aggregate(_ random: inout Random) -> PeerExpression {
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      return field { $0.kind != .verdict }.map {
        PeerExpression(
          "count_distinct(\($0.name))", "count(DISTINCT \($0.name))",
          PeerField("", .integer, most: 99))
      } ?? count
    case 1:
      return field { _ in true }.map {
        let place = Bool.random(using: &random) ? ("first", "f_") : ("last", "l_")
        return PeerExpression(
          "\(place.0)(\($0.name))", "max(CASE WHEN o_ = \(place.1) THEN \($0.name) END)", $0)
      } ?? count
    case 2:
      let x = expressions.number(1, &random)
      return PeerExpression("median(\(x.text))", "median(\(x.sql))", PeerField("", .double))
    case 3:
      let condition = expressions.truth(1, &random)
      return PeerExpression(
        "count((\(condition.text)) is true)",
        "coalesce(sum(CASE WHEN \(condition.sql) THEN 1 ELSE 0 END), 0)",
        PeerField("", .integer, most: 99))
    case 4: return quantified(&random)
    default: return plain("", &random)
    }
    func field(_ condition: (PeerField) -> Bool) -> PeerField? {
      expressions.fields(where: condition).randomElement(using: &random)
    }
  }

  /// A column of `derive`; `rank` needs the order of a `sort` before.
  func window(
    _ partition: String, sorting: [String]?, _ random: inout Random
  ) -> PeerExpression {
    let order = "(\(partition)ORDER BY o_"
    let place = PeerField("", .integer, most: 99)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return PeerExpression("row()", "row_number() OVER \(order))", place)
    case 1:
      guard let sorting else { fallthrough }
      let keys = sorting.joined(separator: ", ")
      return PeerExpression("rank()", "rank() OVER (\(partition)ORDER BY \(keys))", place)
    case 2:
      let word = Bool.random(using: &random) ? "lag" : "lead"
      let (x, n) = (expressions.number(1, &random), Int.random(in: 1...2, using: &random))
      var field = x.field
      field.mayBeNone = true
      return PeerExpression(
        "\(word)(\(x.text), \(n))", "\(word)(\(x.sql), \(n)) OVER \(order))", field)
    case 3: return plain(" OVER (\(partition))", &random)
    default:
      let whole = plain(" OVER \(order) ROWS UNBOUNDED PRECEDING)", &random)
      return PeerExpression("running(\(whole.text))", whole.sql, whole.field)
    }
  }

  private var count: PeerExpression {
    PeerExpression("count()", "count(*)", PeerField("", .integer, most: 999))
  }

  /// What SQL has as an aggregate and as a window.
  private func plain(_ over: String, _ random: inout Random) -> PeerExpression {
    let x = expressions.number(1, &random)
    let scale = x.field.scale
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return PeerExpression(count.text, count.sql + over, count.field)
    case 1: return PeerExpression("avg(\(x.text))", "avg(\(x.sql))\(over)", PeerField("", .double))
    case 2:
      let word = Bool.random(using: &random) ? "min" : "max"
      return PeerExpression("\(word)(\(x.text))", "\(word)(\(x.sql))\(over)", x.field)
    default:
      // The sum of no rows is 0, that of rows that aren't reported isn't.
      let total = "CASE WHEN count(*)\(over) = 0 THEN 0 ELSE sum(\(x.sql))\(over) END"
      return PeerExpression(
        "sum(\(x.text))", scale == 0 ? total : "round(\(total), \(scale))",
        PeerField("", x.field.kind, scale: scale, most: x.field.most * 500))
    }
  }

  /// `any` and `all`, with maybe where SQL's aggregates leave NULL out.
  private func quantified(_ random: inout Random) -> PeerExpression {
    let condition = expressions.truth(1, &random)
    func has(_ truth: Int) -> String {
      "max(CASE WHEN \(condition.sql) THEN \(truth) WHEN NOT \(condition.sql) THEN \(1 - truth) ELSE 0 END) = 1"
    }
    let unsure = "count(*) > count(\(condition.sql))"
    return Bool.random(using: &random)
      ? PeerExpression(
        "any(\(condition.text))",
        "CASE WHEN \(has(1)) THEN TRUE WHEN \(unsure) THEN NULL ELSE FALSE END",
        PeerField("", .verdict))
      : PeerExpression(
        "all(\(condition.text))",
        "CASE WHEN \(has(0)) THEN FALSE WHEN \(unsure) THEN NULL ELSE TRUE END",
        PeerField("", .verdict))
  }
}
