extension Plan {
  /// The plan as `.explain` shows it: a line a step, and the program of each step below it.
  var explanation: String {
    // A query that the next one may go on from is wrapped in its number.
    if case .named(_, let plan) = source, steps.isEmpty { return plan.explanation }
    var lines: [String] = []
    switch source {
    case .table(let table, let name): lines.append(scan(table, name))
    case .printed(let table, _): lines.append(scan(table, "it"))
    case .named(let number, _): lines.append("let #\(number)")
    case .read(let rows):
      let needed = neededColumns.map { "columns " + $0.map(String.init).joined(separator: ", ") }
      lines.append("read \(rows.name): \(needed ?? "all columns")")
    case .one: lines.append("one row")
    }
    for step in steps { lines += step.lines }
    if cites { lines.append("cite") }
    if let drawing { lines.append("\(drawing.kind.rawValue) chart, labels: \(drawing.labels)") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func scan(_ table: Table, _ name: String?) -> String {
    let rows = "\(table.count) \(table.count == 1 ? "row" : "rows")"
    return name.map { "scan \($0): \(rows)" } ?? "scan \(rows)"
  }
}

extension Plan.Step {
  fileprivate var lines: [String] {
    switch self {
    case .compute(let program, let outputs, _, _):
      return ["compute " + outputs.map(\.explanation).joined(separator: ", ")] + program.lines
    case .summarize(let program, let keys, let aggregates, _):
      let shown = aggregates.map(\.explanation)
      let by = keys.isEmpty ? "" : " by " + keys.map(\.explanation).joined(separator: ", ")
      let guarded = aggregates.contains(where: \.isGuarded) ? ", guarded" : ""
      return ["summarize \(shown.joined(separator: ", "))\(by)\(guarded)"] + program.lines
    case .sort(let keys):
      let shown = keys.map { "column \($0.column)\($0.descending ? " desc" : "")" }
      return ["sort " + shown.joined(separator: ", ")]
    case .narrow(let count): return ["first \(count) columns"]
    case .take(let count): return ["take \(count)"]
    case .skip(let count): return ["skip \(count)"]
    case .join(let join):
      let keys = join.keys.map { "column \($0.left) same column \($0.right)" }
      return ["\(join.isLeft ? "join left" : "join") on \(keys.joined(separator: " and ")):"]
        + join.right.explanation.split(separator: "\n").map { "  " + $0 }
    case .union(let union):
      return ["union:"] + union.right.explanation.split(separator: "\n").map { "  " + $0 }
    case .expand(let column, _, _): return ["expand column \(column)"]
    case .window(let window):
      let by = window.keys.map(\.explanation).joined(separator: ", ")
      let shown = window.functions.map(\.explanation).joined(separator: ", ")
      let guarded = window.aggregates.contains(where: \.isGuarded) ? ", guarded" : ""
      return ["window \(shown)\(by.isEmpty ? "" : " by " + by)\(guarded)"] + window.program.lines
    case .split(let split):
      return [
        "split column \(split.column) by \(split.parts.map(\.rawValue).joined(separator: ", "))"
      ]
    case .reconcile(let step):
      let by = step.keys.map { $0.map { "column \($0)" }.joined(separator: ", ") }
      return ["reconcile \(step.method.word) of column \(step.value) by \(by ?? "rivals")"]
    case .conflicts(let step):
      let by = step.keys.map { $0.map { "column \($0)" }.joined(separator: ", ") }
      return ["conflicts of column \(step.value) by \(by ?? "rivals")"]
    case .distinct: return ["distinct"]
    case .describe: return ["describe"]
    case .why: return ["why"]
    }
  }
}

extension Aggregate {
  fileprivate var explanation: String {
    "\(function.rawValue)(\(argument?.explanation ?? ""))"
  }
}

extension Window.Function {
  fileprivate var explanation: String {
    switch self {
    case .whole(let aggregate): aggregate.explanation
    case .running(let aggregate): "running(\(aggregate.explanation))"
    case .row: "row()"
    case .rank: "rank()"
    case .shifted(let form, let distance):
      "\(distance < 0 ? "lead" : "lag")(\(form.explanation), \(distance.magnitude))"
    }
  }
}

extension Field {
  fileprivate var explanation: String {
    switch source {
    case .column(let column): "\(name) = column \(column)"
    case .form(let form): "\(name) = \(form.explanation)"
    }
  }
}

extension Form {
  fileprivate var explanation: String {
    let registers = registers.reduce(into: [Register]()) { list, register in
      if !list.contains(register) { list.append(register) }
    }
    return "\(shape.type.name)(\(registers.map(\.name).joined(separator: " ")))"
  }
}

extension Register {
  fileprivate var name: String { "r\(index)" }
}

extension Program {
  fileprivate var lines: [String] {
    var lines = constants.map { "  \($0.register.name) = \($0.value.explanation)" }
    for instruction in instructions {
      let inputs = instruction.inputs.map(\.name).joined(separator: " ")
      switch instruction.operation {
      case .keep(let index):
        let filter = filters[index]
        let word =
          switch filter.kept {
          case .certain: "keep"
          case .possible: "keep possibly"
          case .every: "observe"
          }
        lines.append("  \(word) \(filter.condition.certain.name) \(filter.condition.possible.name)")
      case .openList(let list): lines.append("  open list \(list) \(inputs)".trimmedEnd)
      default:
        let name = instruction.operation.explanation
        lines.append("  \(instruction.result.name) = \(name) \(inputs)".trimmedEnd)
      }
    }
    for (index, plan) in scalars.enumerated() {
      lines.append("  scalar \(index):")
      lines += plan.explanation.split(separator: "\n").map { "    " + $0 }
    }
    return lines
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

extension Constant {
  fileprivate var explanation: String {
    switch self {
    case .mask(let byte): byte == 1 ? "true" : "false"
    case .code(let code): "\(code)"
    case .int(Open.low): "-∞"
    case .int(Open.high): "∞"
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .scalar(let plan, let column, let part): "scalar \(plan).\(column).\(part)"
    }
  }
}

extension Instruction.Operation {
  fileprivate var explanation: String {
    switch self {
    case .load(let column, let part): "column \(column).\(part)"
    case .loadElements(let list, let part): "elements \(list).\(part)"
    case .openList(let list): "list \(list)"
    case .isFilled(let list): "is filled \(list)"
    case .spread(let list): "spread \(list)"
    case .anyElement(let list): "any \(list)"
    case .arithmetic(let sign, let bound): "\(sign) \(bound)"
    case .product(let bound): "product \(bound)"
    case .quotient(let bound): "quotient \(bound)"
    case .negate(let bound): "negate \(bound)"
    case .toDouble(_, let bound): "double \(bound)"
    case .compare(let order): "\(order)"
    case .orElse(let value): "or else \(value.explanation)"
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .andNot: "and not"
    case .lookUp(let table): "look up in \(table.count)"
    case .recode(let table): "recode \(table.count)"
    case .follow(_, let part, _): "follow .\(part)"
    case .testPart(let test, _, _): "\(test)"
    case .testText(let test, _): "\(test)"
    case .compareTexts(let order, _, _): "\(order) of texts"
    case .nameEntity(let table, _): "name in \(table.kind.table)"
    case .adoptText(_, let made): "adopt into \(made)"
    case .mapText(let function, _, _): "\(function)"
    case .lengthOfText: "length"
    case .lengthOfList(let list): "length \(list)"
    case .numberOfText: "number"
    case .isNumber: "is number"
    case .compose(let pieces, _, _): "text of \(pieces.count)"
    case .sameRecord: "same"
    case .choose: "choose"
    case .extreme(let isMax, let bound): "\(isMax ? "greatest" : "least") \(bound)"
    case .absolute(let bound): "absolute \(bound)"
    case .round(let rounding, _, let places): "\(rounding.rawValue) to \(places)"
    case .roundDouble(let rounding, let places): "\(rounding.rawValue) to \(places)"
    case .tally(let index): "tally \(index)"
    case .containedIn(let table, let certain): "\(certain ? "in" : "maybe in") \(table.kind.table)"
    case .date(let operation): operation.explanation
    case .inRows(let plan, _, let certain): "\(certain ? "in" : "maybe in") scalar \(plan)"
    case .callHost(let call): "call \(call.name)"
    case .loadResult(let part): "result .\(part)"
    case .keep: "keep"
    case .require: "require"
    }
  }
}

extension DateOperation {
  fileprivate var explanation: String {
    switch self {
    case .moved(let step, _, let isBack, let bound):
      "\(isBack ? "earlier" : "later") \(step) \(bound)"
    case .difference(let bound): "days between \(bound)"
    case .part(let part, let bound): "\(part) \(bound)"
    case .assembled(let isLast): isLast ? "last day" : "first day"
    case .read(_, let isLatest): isLatest ? "read latest" : "read earliest"
    }
  }
}
