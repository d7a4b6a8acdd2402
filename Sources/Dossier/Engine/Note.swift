/// What a footer says beside the rows.
enum Note: Sendable {
  /// What a `where` left undecided.
  case filter(FilterNote)
  /// Values that aggregates left out because they aren't reported.
  case skipped(UnreportedValues)
  /// Values that aggregates counted with the bounds of the unknown.
  case unreported(UnreportedValues)
  /// Rows whose place before or behind the row above isn't certain, from 1.
  case order([Int])
  /// Rows of a join whose key isn't reported.
  case unmatched(Int)
  /// Rows of a join that no row has the key of.
  case missed(Int)
  /// Rows of a join whose key isn't exact.
  case inexactKeys(Int)
  /// Rows that count as possible in several groups.
  case split(Int)
  /// A stage or aggregate that goes by an order which isn't certain.
  case uncertainOrder(of: String)
  /// Rows of `take` that are only maybe, so that others could stand in their place.
  case maybeTaken(Int)
  /// How words were read that the result rests on, and in how many values; 0 for words of the script.
  case readings([(AssumedReading, Int)])
  /// What is to be said of a name.
  case remark(String)

  /// Whether a filter left rows open.
  var isUndecided: Bool {
    if case .filter(let filter) = self { filter.undetermined > 0 } else { false }
  }

  /// Whether a filter left rows out that may belong.
  var leavesOut: Bool {
    if case .filter(let filter) = self { filter.kept == .certain && isUndecided } else { false }
  }

  /// The line to print; nil if there is nothing to say.
  var text: String? {
    switch self {
    case .filter(let filter): return filter.text
    case .remark(let text): return text
    case .readings(let readings): return AssumedReading.text(of: readings)
    case .skipped(let values): return values.text("not reported, left out")
    case .unreported(let values): return values.text("unknown, counted as possible")
    case .unmatched(let count):
      return count == 1
        ? "1 row with an unknown key matches nothing"
        : "\(count.grouped) rows with an unknown key match nothing"
    case .missed(let count):
      return count == 1
        ? "1 row matches nothing (`join left` keeps it)"
        : "\(count.grouped) rows match nothing (`join left` keeps them)"
    case .inexactKeys(let count):
      return count == 1
        ? "1 key is not exact, compared as it is reported"
        : "\(count.grouped) keys are not exact, compared as they are reported"
    case .split(let count):
      return count == 1
        ? "1 row counts as possible in each group that its date may lie in"
        : "\(count.grouped) rows count as possible in each group that their dates may lie in"
    case .uncertainOrder(let user): return "'\(user)' goes by an order that is not certain"
    case .maybeTaken(let count):
      return count == 1
        ? "1 row is only maybe: if it isn't there, the next one behind is"
        : "\(count.grouped) rows are only maybe: those that aren't there leave their places to the next"
    case .order(let rows):
      let pairs = rows.prefix(3).map { "\($0.grouped) and \(($0 + 1).grouped)" }.joined(
        separator: ", ")
      let more = rows.count > 3 ? " and \((rows.count - 3).grouped) more" : ""
      return "order not certain: rows \(pairs)\(more)"
    }
  }
}

extension [Note] {
  /// What is told of readings is told once, where it comes first: of hedges, and of dates.
  func withReadingsOnce(_ joined: (Int, Int) -> Int) -> [Note] {
    var notes: [Note] = []
    var places: [Bool: Int] = [:]
    for note in self {
      guard case .readings(let readings) = note, let first = readings.first else {
        notes.append(note)
        continue
      }
      let isHedge = first.0.name != nil
      guard let place = places[isHedge], case .readings(var told) = notes[place] else {
        places[isHedge] = notes.count
        notes.append(note)
        continue
      }
      for (reading, count) in readings {
        if let index = told.firstIndex(where: { $0.0 == reading }) {
          told[index].1 = joined(told[index].1, count)
        } else {
          told.append((reading, count))
        }
      }
      notes[place] = .readings(told)
    }
    return notes
  }
}

extension FilterNote {
  /// The line of a filter:
  /// `2 undetermined: 'about 10,000 people' straddles 9,500; 1 not reported (…) · 4 rows in other units set aside`.
  fileprivate var text: String? {
    var parts: [String] = []
    var reasons = examples
    if notReported > 0 { reasons.append("\(notReported.grouped) not reported") }
    if kept == .every {
      let open = undetermined + aside
      if aside > 0 { reasons.append("\(aside.grouped) in other units") }
      let why = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
      let condition = name.isEmpty ? "" : "\(name): "
      return open == 0 ? nil : "\(condition)\(open.grouped) undetermined, counted as possible\(why)"
    }
    if undetermined > 0 {
      let why = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
      parts.append(
        kept == .possible
          ? "\(undetermined.grouped) only maybe\(why)"
          : "\(undetermined.grouped) undetermined\(why) (`where possibly` keeps them)")
    }
    if aside > 0 {
      parts.append("\(aside.grouped) \(aside == 1 ? "row" : "rows") in other units set aside")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }
}

/// What a `where` left undecided.
struct FilterNote: Sendable {
  var undetermined = 0
  var notReported = 0
  var aside = 0
  /// What became of the rows.
  let kept: FilterStep.Kept
  private(set) var examples: [String] = []

  /// How the condition is written, where it is counted and that is short.
  private let name: String

  init(_ filter: FilterStep) {
    kept = filter.kept
    name = filter.name.count > 40 ? "" : filter.name
  }

  private var tries = 0

  /// Three different examples are enough, and so is having looked for them for a while.
  var wantsExamples: Bool { examples.count < 3 && tries < 100 }

  mutating func add(_ example: String) {
    tries += 1
    if !examples.contains(example) { examples.append(example) }
  }
}
