extension FileError {
  /// The words for people, at the place in the script that asked for the file.
  func diagnostic(at span: Span) -> Diagnostic {
    let (code, message, notes) = words
    return Diagnostic(
      code, place + message, at: .init(span), notes: notes + [note].compactMap { $0 }, help: help)
  }

  /// The place before the message: `ged.csv:17:5: `.
  private var place: String {
    if name.isEmpty { return "" }
    return [name, line.map(String.init), column.map(String.init)].compactMap { $0 }
      .joined(separator: ":") + ": "
  }

  private var words: (code: String, message: String, notes: [String]) {
    switch cause {
    case .problem where name.isEmpty: return ("E0501", "an empty name names no file", [])
    case .problem(let problem): return problem.words
    case .empty: return ("E0508", "the file is empty: expected a header", [])
    case .notText(let what, let wanted):
      return ("E0513", "this is \(what), not text in \(wanted.title)", [])
    case .tooManyColumns(let limit):
      return ("E0520", "a table may have \(limit) columns", [])
    case .tooLong(let what, let limit):
      return ("E0520", "\(what) is longer than \(limit)", [])
    case .sameName(let name, let first, let second):
      return ("E0509", "columns \(first) and \(second) have the same name, '\(name)'", [])
    case .noSuchField(let name, let nearest):
      let guess = nearest.map { "; did you mean '\($0)'?" } ?? ""
      return ("E0519", "no column '\(name)'" + guess, [])
    case .fieldCount(let found, let expected, let last):
      let fields = found == 1 ? "1 field" : "\(found) fields"
      let missing = found < expected ? ["the last column is '\(last)'"] : []
      return ("E0510", "this row has \(fields), the header \(expected)", missing)
    case .quoteInside, .textAfterQuote, .unterminated: return quoteWords
    case .nul: return ("E0512", "a NUL byte: expected text", [])
    case .loneReturn:
      return ("E0512", "a carriage return in the middle of a row: expected a line break", [])
    case .notUTF8: return ("E0513", "not UTF-8: expected text", [])
    case .notEncoded(let encoding):
      return ("E0513", "not \(encoding.title): expected text", [])
    case .value(let value, let field, let given):
      let wanted = field.typeName(given)
      return ("E0514", "'\(value)' in '\(field.name)': expected \(wanted)", [])
    case .dateOtherwise(let value, let column, let pattern):
      return ("E0514", "'\(value)' in '\(column)': expected a date as \(pattern.text)", [])
    case .noDates(let pattern):
      return ("E0522", "no date in it is written \(pattern.text)", [])
    case .onlyOfDelimited(let option):
      return ("E0523", "JSON writes its numbers in one way: '\(option)' says nothing here", [])
    case .json, .tooDeep, .sameKey, .noTable: return jsonWords
    }
  }

  private var quoteWords: (code: String, message: String, notes: [String]) {
    switch cause {
    case .quoteInside:
      let rule = "a field that holds a quote is written \"like \"\"this\"\"\""
      return ("E0511", "a quote inside a field that doesn't begin with one", [rule])
    case .textAfterQuote:
      return ("E0511", "expected a separator or a line break after the closing quote", [])
    default: return ("E0511", "this quote is never closed", [])
    }
  }

  private var jsonWords: (code: String, message: String, notes: [String]) {
    switch cause {
    case .json(let expected, let found):
      return ("E0515", "expected \(expected), found \(found)", [])
    case .tooDeep(let limit): return ("E0516", "values may nest \(limit) deep", [])
    case .sameKey(let key): return ("E0517", "the key '\(key)' comes twice in one object", [])
    case .noTable(let what):
      return ("E0518", "\(what): expected a list of objects, or one object a line", [])
    default: return ("E0515", "not JSON", [])
    }
  }
}

extension FileProblem {
  fileprivate var words: (code: String, message: String, notes: [String]) {
    switch self {
    case .notFound: ("E0501", "no such file", [])
    case .notAllowed(let hint): ("E0502", "this file is out of reach", hint.map { [$0] } ?? [])
    case .isDirectory: ("E0503", "this is a folder: expected a file", [])
    case .notARegularFile:
      ("E0504", "this is a device or a pipe: expected a file", ["open(\"-\") reads a pipe"])
    case .shrank: ("E0505", "the file became shorter while it was read", [])
    case .failed(let why): ("E0506", "can't be read: \(why)", [])
    case .interrupted: ("E0690", "cancelled", [])
    }
  }
}
