/// Reads the statements that hold for a whole script, wherever they stand in it: `unit`, `family` and
/// `assume`.
struct ReadingsReader {
  private let tree: SyntaxTree
  private(set) var readings: Readings
  private(set) var errors: [CheckError] = []
  private var assumed: [Hedge: Span] = [:]
  private var declared: Set<String> = []
  private var firstQuery: Span?

  /// What a script makes of the readings before it, and what is wrong with its statements.
  init(_ tree: SyntaxTree, after readings: Readings) {
    self.tree = tree
    self.readings = readings
    for statement in tree.statements {
      do throws(CheckError) { try read(statement) } catch { errors.append(error) }
    }
  }

  private mutating func read(_ statement: Statement) throws(CheckError) {
    switch statement.kind {
    case .unit(let name, let plural): try declare(name, plural ?? name)
    case .family(let texts): try addFamily(texts)
    case .assume(let hedge, let phrase, let value):
      try assume(hedge, at: phrase, tree[value])
    case .query, .check: firstQuery = firstQuery ?? statement.span
    case .let, .use, .useBuiltIn, .param, .declaration: break
    }
  }

  // MARK: Units

  private mutating func declare(_ name: Span, _ plural: Span) throws(CheckError) {
    let unit = BaseUnit(tree.name(plural), tree.name(name), counted: true)
    for (word, span) in [(unit.singular, name), (unit.plural, plural)] {
      if Unit.base(named: word) != nil { throw .unitTaken(word, "a unit already", at: span) }
      if Word(rawValue: word) != nil {
        throw .unitTaken(word, "a word of the language", at: span)
      }
      if declared.contains(word) || readings.units[word].map({ $0 != unit }) ?? false {
        throw .unitTaken(word, "declared already", at: span)
      }
    }
    declared.formUnion([unit.singular, unit.plural])
    readings.declare(unit)
  }

  // MARK: Families

  private mutating func addFamily(_ texts: Run<Span>) throws(CheckError) {
    var measures: Set<String> = []
    for span in tree[texts] {
      let measure = tree.text(span)
      if measure.split(separator: " ").contains("or") {
        throw .familyMember(measure, "is the union of two measures", at: span)
      }
      if measure.isEmpty { throw .familyMember(measure, "is no measure", at: span) }
      if !measures.insert(measure).inserted {
        throw .familyMember(measure, "is in this family twice", at: span)
      }
    }
    readings.add(family: measures)
  }

  // MARK: Hedges

  private mutating func assume(
    _ hedge: Hedge, at phrase: Span, _ value: Expression
  ) throws(CheckError) {
    if let firstQuery { throw .assumedLate(hedge, at: phrase, query: firstQuery) }
    if let first = assumed[hedge] { throw .assumedTwice(hedge, at: phrase, first: first) }
    assumed[hedge] = phrase
    guard let quantity = try tree.quantity(value, readings), quantity.isKnown else {
      throw .assumption(hedge, at: value.span)
    }
    if hedge.bulk == nil {
      try assumeShare(hedge, quantity, at: value.span)
    } else {
      try assumeRange(hedge, quantity, at: value.span)
    }
  }

  /// `about = 5%`: no more than all of it.
  private mutating func assumeShare(
    _ hedge: Hedge, _ quantity: QuantityLiteral, at span: Span
  ) throws(CheckError) {
    guard quantity.isExact, quantity.unit?.isPercent == true,
      let percent = quantity.bounds.low?.trimmed, percent.coefficient >= 0,
      percent.scale <= 9, !Number.isLess(Number(100), percent)
    else { throw .assumption(hedge, at: span) }
    readings.assume(
      hedge, share: Number(percent.coefficient, scale: percent.scale + 2).trimmed)
  }

  /// `several hundred = 300..900`: whole numbers.
  private mutating func assumeRange(
    _ hedge: Hedge, _ quantity: QuantityLiteral, at span: Span
  ) throws(CheckError) {
    guard quantity.unit == nil, let low = quantity.bounds.low?.trimmed,
      let high = quantity.bounds.high?.trimmed, low.scale == 0, high.scale == 0,
      low.coefficient >= 0, low.coefficient <= high.coefficient
    else { throw .assumption(hedge, at: span) }
    readings.assume(hedge, low.coefficient...high.coefficient)
  }
}
