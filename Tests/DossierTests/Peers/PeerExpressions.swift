/// A value of a row, written in both languages.
struct PeerExpression {
  let text: String
  let sql: String
  let field: PeerField

  init(_ text: String, _ sql: String, _ field: PeerField) {
    self.text = text
    self.sql = sql
    self.field = field
  }

  init(_ field: PeerField) { self.init(field.name, field.name, field) }
}

/// Makes random expressions over some fields.
///
/// Peers compute decimals as doubles, so each result is rounded to the digits that it has.
/// Two operands never come from one field, of which Dossier knows more than SQL.
struct PeerExpressions {
  let fields: [PeerField]

  func fields(where condition: (PeerField) -> Bool) -> [PeerField] {
    fields.filter { !$0.mayBeNone && $0.kind != .double && condition($0) }
  }

  // MARK: Numbers

  func number(_ depth: Int, _ random: inout Random) -> PeerExpression {
    guard depth > 0 else { return numberField(&random) }
    switch Int.random(in: 0..<9, using: &random) {
    case 0...3: return sum(depth, &random)
    case 4: return rounded(number(depth - 1, &random), &random)
    case 5: return filled(number(depth - 1, &random), &random)
    case 6: return chosen(depth, &random)
    case 7: return part(&random)
    default: return greatest(depth, &random)
    }
  }

  private func numberField(_ random: inout Random) -> PeerExpression {
    guard let field = fields(where: \.isNumber).randomElement(using: &random) else {
      return literal(&random)
    }
    return PeerExpression(field)
  }

  func literal(_ random: inout Random) -> PeerExpression {
    if Bool.random(using: &random) {
      let value = Int.random(in: -4...9, using: &random)
      return PeerExpression("(\(value))", "(\(value))", PeerField("", .integer, most: 9, roots: []))
    }
    let value = PeerTable.decimal(Int.random(in: -2_000...2_000, using: &random))
    return PeerExpression(
      "(\(value))", "(\(value)e0)", PeerField("", .number, scale: 2, most: 20, roots: []))
  }

  /// Another number that comes from other fields.
  private func other(
    than expression: PeerExpression, _ depth: Int, _ random: inout Random
  ) -> PeerExpression {
    let other = number(depth, &random)
    return other.field.roots.isDisjoint(with: expression.field.roots) ? other : literal(&random)
  }

  private func computed(
    _ text: String, _ sql: String, scale: Int, most: Double, _ operands: [PeerExpression]
  ) -> PeerExpression {
    let roots = operands.reduce(into: Set<String>()) { $0.formUnion($1.field.roots) }
    return PeerExpression(
      text, scale == 0 ? sql : "round(\(sql), \(scale))",
      PeerField("", scale == 0 ? .integer : .number, scale: scale, most: most, roots: roots))
  }

  private func sum(_ depth: Int, _ random: inout Random) -> PeerExpression {
    let a = number(depth - 1, &random)
    let b = other(than: a, depth - 1, &random)
    let sign = ["+", "-", "*"].randomElement(using: &random) ?? "+"
    let (most, scale) = (a.field.most * b.field.most, a.field.scale + b.field.scale)
    if sign == "*", most < 1e6, scale <= 4 {
      return computed(
        "(\(a.text) * \(b.text))", "(\(a.sql) * \(b.sql))", scale: scale, most: most, [a, b])
    }
    let plus = sign == "*" ? "+" : sign
    return computed(
      "(\(a.text) \(plus) \(b.text))", "(\(a.sql) \(plus) \(b.sql))",
      scale: max(a.field.scale, b.field.scale), most: a.field.most + b.field.most, [a, b])
  }

  /// Halves go away from zero; a double may lie a little below its half.
  private func rounded(_ a: PeerExpression, _ random: inout Random) -> PeerExpression {
    if Bool.random(using: &random) {
      return computed(
        "abs(\(a.text))", "abs(\(a.sql))", scale: a.field.scale, most: a.field.most, [a])
    }
    let nudged = "(\(a.sql) + CASE WHEN \(a.sql) < 0 THEN -1e-7 ELSE 1e-7 END)"
    return computed("round(\(a.text), 1)", nudged, scale: 1, most: a.field.most + 1, [a])
  }

  private func filled(_ a: PeerExpression, _ random: inout Random) -> PeerExpression {
    let b = literal(&random)
    return computed(
      "(\(a.text) ?? \(b.text))", "coalesce(\(a.sql), \(b.sql))",
      scale: max(a.field.scale, b.field.scale), most: max(a.field.most, 20), [a])
  }

  private func chosen(_ depth: Int, _ random: inout Random) -> PeerExpression {
    let condition = truth(depth - 1, &random)
    let (a, b, c) = (
      number(depth - 1, &random), number(depth - 1, &random), literal(&random)
    )
    return computed(
      "(if \(condition.text) then \(a.text) maybe \(c.text) else \(b.text))",
      "(CASE WHEN \(condition.sql) THEN \(a.sql) WHEN \(condition.sql) IS NULL THEN \(c.sql) "
        + "ELSE \(b.sql) END)",
      scale: max(a.field.scale, b.field.scale, c.field.scale),
      most: max(a.field.most, b.field.most, 20), [a, b, condition])
  }

  private func greatest(_ depth: Int, _ random: inout Random) -> PeerExpression {
    let a = number(depth - 1, &random)
    let b = other(than: a, depth - 1, &random)
    let (name, sign) = Bool.random(using: &random) ? ("least", "<") : ("greatest", ">")
    // The peers' own functions differ in what they make of NULL.
    return computed(
      "\(name)(\(a.text), \(b.text))",
      "(CASE WHEN \(a.sql) \(sign)= \(b.sql) THEN \(a.sql) WHEN \(b.sql) \(sign) \(a.sql) "
        + "THEN \(b.sql) END)",
      scale: max(a.field.scale, b.field.scale), most: max(a.field.most, b.field.most), [a, b])
  }

  /// A number that a text or a date holds.
  private func part(_ random: inout Random) -> PeerExpression {
    guard
      let field = fields(where: { $0.kind == .text || $0.kind == .date })
        .randomElement(using: &random)
    else { return literal(&random) }
    let name = field.name
    if field.kind == .text {
      return computed(
        "length(\(name))", "length(\(name))", scale: 0, most: 20, [PeerExpression(field)])
    }
    if Bool.random(using: &random) {
      return computed(
        "year(\(name))", "CAST(substr(CAST(\(name) AS VARCHAR), 1, 4) AS INTEGER)", scale: 0,
        most: 2_025, [PeerExpression(field)])
    }
    return computed(
      "number(\(name) - @2024-02-28)",
      "CAST(julianday(\(name)) - julianday('2024-02-28') AS INTEGER)", scale: 0, most: 400,
      [PeerExpression(field)])
  }

  // MARK: Truths

  func truth(_ depth: Int, _ random: inout Random) -> PeerExpression {
    guard depth > 0 else { return comparison(0, &random) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return verdict("not (%)", "NOT (%)", [truth(depth - 1, &random)])
    case 1: return verdict("(%) is maybe", "(%) IS NULL", [truth(depth - 1, &random)])
    case 2: return verdict("(% and %)", "(% AND %)", pair(depth, &random))
    case 3: return verdict("(% or %)", "(% OR %)", pair(depth, &random))
    default: return comparison(depth - 1, &random)
    }
  }

  private func pair(_ depth: Int, _ random: inout Random) -> [PeerExpression] {
    [truth(depth - 1, &random), truth(depth - 1, &random)]
  }

  /// A truth of some operands, each in the place of a `%`.
  private func verdict(
    _ text: String, _ sql: String, _ operands: [PeerExpression]
  ) -> PeerExpression {
    func filled(_ pattern: String, _ parts: [String]) -> String {
      let pieces = pattern.split(separator: "%", omittingEmptySubsequences: false)
      return zip(pieces, parts + [""]).map { $0 + $1 }.joined()
    }
    let roots = operands.reduce(into: Set<String>()) { $0.formUnion($1.field.roots) }
    return PeerExpression(
      "(\(filled(text, operands.map(\.text))))", "(\(filled(sql, operands.map(\.sql))))",
      PeerField("", .verdict, roots: roots))
  }

  private static let signs = [
    ("==", "="), ("!=", "<>"), ("<", "<"), ("<=", "<="), (">", ">"), (">=", ">="),
    ("same", "IS NOT DISTINCT FROM"),
  ]

  private func comparison(_ depth: Int, _ random: inout Random) -> PeerExpression {
    let sign = PeerExpressions.signs.randomElement(using: &random) ?? ("==", "=")
    if Bool.random(using: &random) {
      let a = number(depth, &random)
      return verdict("% \(sign.0) %", "% \(sign.1) %", [a, other(than: a, depth, &random)])
    }
    guard let field = fields(where: { _ in true }).randomElement(using: &random) else {
      return verdict("true", "TRUE", [])
    }
    let operand = PeerExpression(field)
    if Int.random(in: 0..<5, using: &random) == 0, field.kind != .verdict {
      return Bool.random(using: &random)
        ? verdict("% is known", "% IS NOT NULL", [operand])
        : verdict("% is unknown", "% IS NULL", [operand])
    }
    switch field.kind {
    case .text: return text(operand, sign, &random)
    case .date: return date(operand, sign, &random)
    case .truth, .verdict: return verdict("%", "%", [operand])
    default: return verdict("% in [2, 3, 5]", "% IN (2, 3, 5)", [operand])
    }
  }

  private func text(
    _ operand: PeerExpression, _ sign: (String, String), _ random: inout Random
  ) -> PeerExpression {
    let literal = PeerTable.texts.randomElement(using: &random) ?? ""
    let quoted = "'\(literal.split(separator: "'").joined(separator: "''"))'"
    switch Int.random(in: 0..<4, using: &random) {
    // Letters that never wear an accent: SQL doesn't look through those.
    case 0: return verdict("% has \"K\"", "instr(lower(%), 'k') > 0", [operand])
    case 1: return verdict("% like \"k*\"", "lower(substr(%, 1, 1)) = 'k'", [operand])
    case 2:
      return verdict(
        "% in [\"Kyiv\", \"\(literal)\"]", "% IN ('Kyiv', \(quoted))", [operand])
    default: return verdict("% \(sign.0) \"\(literal)\"", "% \(sign.1) \(quoted)", [operand])
    }
  }

  private func date(
    _ operand: PeerExpression, _ sign: (String, String), _ random: inout Random
  ) -> PeerExpression {
    let literal = PeerTable.days.randomElement(using: &random) ?? ""
    return Int.random(in: 0..<3, using: &random) == 0
      ? verdict("% in @2024-05", "% BETWEEN '2024-05-01' AND '2024-05-31'", [operand])
      : verdict("% \(sign.0) @\(literal)", "% \(sign.1) '\(literal)'", [operand])
  }

  // MARK: Anything

  /// A value for a column; a quotient is a double, with which nothing more is computed.
  func any(_ depth: Int, _ random: inout Random) -> PeerExpression {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return truth(depth, &random)
    case 1:
      let a = number(depth - 1, &random)
      let b = other(than: a, depth - 1, &random)
      return PeerExpression(
        "\(a.text) / (\(b.text) * \(b.text) + 1)",
        "CAST(\(a.sql) AS DOUBLE) / (\(b.sql) * \(b.sql) + 1)", PeerField("", .double))
    case 2:
      guard let field = fields(where: { $0.kind == .text }).randomElement(using: &random) else {
        fallthrough
      }
      return PeerExpression(
        "\(field.name) ?? \"none\"", "coalesce(\(field.name), 'none')",
        PeerField("", .text, roots: field.roots))
    default: return number(depth, &random)
    }
  }
}
