/// Which registers a value is made of.
extension TruthForm {
  var registers: [Register] { [certain, possible] + [aside, known, none].compactMap { $0 } }
}

extension ComparisonNote {
  var registers: [Register] { truth.registers + [unknown].compactMap { $0 } + left.registers }
}

extension DateForm {
  var registers: [Register] {
    [earliest, latest] + [known, none, written?.codes].compactMap { $0 }
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
      return registers + [form.known, form.none, form.written?.codes].compactMap { $0 }
    case .text(let codes, _), .reference(let codes, _): return [codes]
    case .date(let form): return form.registers
    case .period(let start, let end): return start.registers + end.registers
    case .list(let form): return form.element.registers + [form.known].compactMap { $0 }
    case .missing: return []
    }
  }
}

extension Form {
  /// 1 where it doesn't apply, if that is a register of its own: texts and references have a code
  /// for it, lists are empty.
  var none: Register? {
    switch self {
    case .truth(let form): form.none
    case .quantity(let form): form.none
    case .date(let form): form.none
    case .period(let start, _): start.none
    case .text, .reference, .list, .missing: nil
    }
  }
}
extension Form {
  /// 0 where the value isn't reported, if that is a register of its own.
  var known: Register? {
    switch self {
    case .truth(let form): form.known
    case .quantity(let form): form.known
    case .date(let form): form.known
    case .period(let start, _): start.known
    case .list(let form): form.known
    case .text, .reference, .missing: nil
    }
  }
}
