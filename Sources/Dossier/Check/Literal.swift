/// Reads the values that literals stand for.
extension SyntaxTree {
  /// The text of a literal with its escapes resolved, in NFC.
  func text(_ span: Span) -> String {
    characters(Span(Int(span.start) + 1, Int(span.end) - 1))
  }

  /// The same without quotes around it.
  func characters(_ span: Span) -> String {
    var bytes: [UInt8] = []
    var rest = source[span]
    if !rest.contains(UInt8(ascii: "\\")) {
      return normalised(String(decoding: rest, as: UTF8.self))
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch escaped {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      default: bytes.append(escaped)
      }
    }
    return normalised(String(decoding: bytes, as: UTF8.self))
  }

  /// The unit that is written; nil for none.
  ///
  /// - Throws: `CheckError.unknownUnit`.
  func unit(_ syntax: UnitSyntax?, _ readings: Readings) throws(CheckError) -> Unit? {
    guard let syntax else { return nil }
    let over = name(syntax.over)
    let under = syntax.under.map(name)
    if readings.base(named: over) == nil {
      throw .unknownUnit(over, known: readings.words, at: syntax.over)
    }
    if let under, readings.base(named: under) == nil {
      throw .unknownUnit(under, known: readings.words, at: syntax.under ?? syntax.over)
    }
    return readings.unit(named: over, per: under)
  }

  /// The quantity of a literal: a number, a hedged number, a range or a typed unknown; nil for
  /// other expressions.
  ///
  /// - Throws: an unknown unit, bounds the wrong way round, two units in one range.
  func quantity(
    _ expression: Expression, _ readings: Readings
  ) throws(CheckError) -> QuantityLiteral? {
    switch expression.kind {
    case .quantity(let link): return try quantity(self[link], readings, at: expression.span)
    case .range(let low, let high): return try range(low, high, readings, at: expression.span)
    case .unknown(let unit?):
      guard let unit = try self.unit(self[unit], readings) else { return nil }
      let bounds = Bounds.unknown(counted: unit.isCounted)
      return QuantityLiteral(
        bounds: bounds, unit: unit, written: "unknown \(unit.name)", isKnown: false)
    case .negated(let inner): return try negated(inner, readings)
    default: return nil
    }
  }

  /// The value of an expression that is a literal, or a list of such; nil for others.
  func literal(_ expression: Expression, _ readings: Readings) -> SendableLiteral? {
    switch expression.kind {
    case .text: return .text(text(expression.span))
    case .date(let link, _): return .date(self[link])
    case .truth(let truth): return .truth(truth)
    case .quantity, .range, .negated, .unknown(.some):
      return (try? quantity(expression, readings)).flatMap { $0 }.map { .quantity($0) }
    case .list(let links):
      var elements: [SendableLiteral] = []
      for link in self[links] {
        guard let element = literal(self[link], readings) else { return nil }
        elements.append(element)
      }
      return .list(elements)
    default: return nil
    }
  }

  private func quantity(
    _ syntax: QuantitySyntax, _ readings: Readings, at span: Span
  ) throws(CheckError) -> QuantityLiteral {
    let unit = try self.unit(syntax.unit, readings)
    guard let number = syntax.number.times(Number(Number.powers[syntax.magnitude])),
      let bounds = syntax.hedge.bounds(
        of: number.trimmed, counted: unit?.isCounted == true, readings)
    else { throw .overflow(at: span) }
    let written = [syntax.hedge.words, syntax.digits, unit?.name ?? ""]
    return QuantityLiteral(
      bounds: bounds, unit: unit, written: written.filter { !$0.isEmpty }.joined(separator: " "))
  }

  private func negated(
    _ inner: Link<Expression>, _ readings: Readings
  ) throws(CheckError) -> QuantityLiteral? {
    guard let quantity = try quantity(self[inner], readings), quantity.isKnown else { return nil }
    let bounds = Bounds(
      low: quantity.bounds.high?.negated, best: quantity.bounds.best?.negated,
      high: quantity.bounds.low?.negated)
    return QuantityLiteral(
      bounds: bounds, unit: quantity.unit, written: bounds.text(unit: quantity.unit))
  }

  private func range(
    _ low: Link<Expression>?, _ high: Link<Expression>?, _ readings: Readings, at span: Span
  ) throws(CheckError) -> QuantityLiteral? {
    var ends: [QuantityLiteral?] = []
    for end in [low, high] {
      guard let end else {
        ends.append(nil)
        continue
      }
      guard let literal = try quantity(self[end], readings) else { return nil }
      ends.append(literal)
    }
    let (from, to) = (ends[0], ends[1])
    let unit = from?.unit ?? to?.unit
    if let a = from?.unit, let b = to?.unit, a != b {
      throw .unitsDiffer(a, b, at: span, other: span)
    }
    let bounds = Bounds(low: from?.bounds.low, best: nil, high: to?.bounds.high)
    if let low = bounds.low, let high = bounds.high, Number.isLess(high, low) {
      throw .boundsBackwards(at: span)
    }
    let scale = max(bounds.low?.trimmed.scale ?? 0, bounds.high?.trimmed.scale ?? 0)
    for end in [bounds.low, bounds.high] where end.map({ $0.rescaled(to: scale) == nil }) ?? false {
      throw .overflow(at: span)
    }
    func digits(_ end: QuantityLiteral?) -> String {
      guard let end else { return "" }
      let suffix = end.unit.map { " " + $0.name } ?? ""
      return end.written.hasSuffix(suffix)
        ? String(end.written.dropLast(suffix.count)) : end.written
    }
    let suffix = unit.map { " " + $0.name } ?? ""
    let written =
      to == nil ? "\(digits(from))\(suffix).." : "\(digits(from))..\(digits(to))\(suffix)"
    return QuantityLiteral(bounds: bounds, unit: unit, written: written)
  }
}

extension QuantitySyntax {
  /// The number with its magnitude as results print it: `5.6 bn`, `43,000`; empty for words alone.
  fileprivate var digits: String {
    if hedge.bulk != nil { return "" }
    let magnitudes = [3: " k", 6: " mn", 9: " bn", 12: " tn"]
    return number.grouped + (magnitudes[magnitude] ?? "")
  }
}
