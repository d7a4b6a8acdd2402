/// Which registers a value is made of.
extension TruthForm {
  var registers: [Register] { [certain, possible] + [aside, known].compactMap { $0 } }
}

extension ComparisonNote {
  var registers: [Register] { truth.registers + [unknown].compactMap { $0 } + left.registers }
}

extension DateForm {
  var registers: [Register] {
    [earliest, latest] + [known, written?.codes].compactMap { $0 }
  }
}

extension Form {
  /// All registers that it is made of.
  var registers: [Register] {
    switch self {
    case .truth(let form): return form.registers
    case .quantity(let form):
      var registers = [form.low, form.best, form.high]
      if case .each(let codes, _) = form.unit { registers.append(codes) }
      return registers + [form.known, form.written?.codes].compactMap { $0 }
    case .text(let codes, _), .reference(let codes, _): return [codes]
    case .date(let form): return form.registers
    case .period(let start, let end): return start.registers + end.registers
    case .list(let form): return form.element.registers + [form.known].compactMap { $0 }
    case .missing: return []
    }
  }
}
