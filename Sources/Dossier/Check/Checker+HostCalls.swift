/// Calls of the functions that the host gives.
extension Checker {
  mutating func checkHostCall(
    _ function: HostFunction, named name: String, _ arguments: Run<Argument>, _ rows: RowScope,
    at span: Span
  ) -> Meaning {
    let links = Array(tree[arguments])
    guard links.count == function.parameters.count, links.allSatisfy({ $0.name == nil }) else {
      errors.append(
        .wrongArguments(function: name, expected: function.usage(named: name), at: span))
      return .missing(span)
    }
    let values = links.map { check($0.value, rows) }
    if values.contains(where: \.isMissing) { return .missing(span) }
    do throws(CheckError) {
      var forms: [Form?] = []
      for (value, type) in zip(values, function.parameters) {
        forms.append(try argument(value, type, rows))
      }
      let unit = try unit(of: function.result, at: span)
      readBounds(of: forms.compactMap { $0 }, rows, at: span)
      let call = HostCall(
        function, named: name, forms, reached: reached(rows, at: span), unit: unit,
        made: rows.builder.makeTexts(), facts: environment.facts)
      let register = rows.builder.emit(.callHost(call), .mask, [], at: span)
      let form = rows.builder.form(call.shape, .called(register, call), at: span)
      return Meaning(form: form, type: call.shape.type, span: span, isComputed: true)
    } catch {
      errors.append(error)
      return .missing(span)
    }
  }

  /// What a function is given for a value; nil for `unknown` without a type.
  private func argument(
    _ value: Meaning, _ type: ParameterType, _ rows: RowScope
  ) throws(CheckError) -> Form? {
    if value.isOpen { return nil }
    if case .missing = value.form { return nil }
    let isList = if case .list = value.form { true } else { false }
    let isElement = value.form.registers.contains { rows.builder.space($0) > 0 }
    guard type.takes(value), isList || !isElement else {
      throw .argumentType(type.name, found: value.type.phrase, at: value.span, formal: nil)
    }
    return value.form
  }

  private func unit(
    of result: HostFunction.Result, at span: Span
  ) throws(CheckError) -> Unit? {
    guard case .quantity(let name) = result else { return nil }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count <= 2, let first = parts.first,
      let unit = environment.readings.unit(named: first, per: parts.count == 2 ? parts[1] : nil)
    {
      return unit
    }
    throw .unknownUnit(name, known: environment.readings.words, at: span)
  }

  /// 1 in the rows for which the operands before leave it open; nil if there are none.
  private func reached(_ rows: RowScope, at span: Span) -> Register? {
    var result: Register?
    for (mask, isAnd) in rows.reached where rows.builder.space(mask) == 0 {
      let needs = isAnd ? mask : rows.builder.not(mask, at: span)
      result = rows.builder.and(result, needs, at: span)
    }
    return result
  }
}

extension HostFunction {
  /// How it is called: `distance(text, text)`.
  fileprivate func usage(named name: String) -> String {
    "\(name)(\(parameters.map(\.name).joined(separator: ", ")))"
  }
}

extension ParameterType {
  /// Whether a function of the host's takes a value: a number is exact there, which is known before
  /// the run of one that is written out.
  fileprivate func takes(_ value: Meaning) -> Bool {
    guard accepts(value.type) else { return false }
    switch (self, value.form) {
    case (.number, .quantity): return !value.isWrittenRange
    case (.integer, .quantity(let quantity)):
      return quantity.kind == .decimal(scale: 0) && !value.isWrittenRange
    default: return true
    }
  }
}

extension Meaning {
  fileprivate var isWrittenRange: Bool {
    if case .quantity(let written) = literal { written.isKnown && !written.isExact } else { false }
  }
}
