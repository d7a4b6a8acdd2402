/// `open("events.csv", separator: ";", types: {code: text}, unknown: ["NA"])`.
extension Checker {
  static let openUsage =
    "open(\"file.csv\", separator: \";\", quote: none, types: {code: text}, date: \"d MMMM yyyy\","
    + " decimal: \",\", thousands: \" \", encoding: \"windows-1252\", unknown: [\"NA\"], bad: skip)"

  /// The rows of a file; its header and samples are looked at now, its rows when the plan is run.
  mutating func checkOpen(_ arguments: Run<Argument>, at span: Span) -> (Plan, RowScope)? {
    do throws(CheckError) {
      let given = Array(tree[arguments])
      guard let first = given.first, first.name == nil else { throw misuse(at: span) }
      let path = try writtenText(first.value)
      var options = FileOptions()
      for argument in given.dropFirst() { try read(argument, into: &options) }
      guard options.numbers.decimal != options.thousands else { throw misuse(at: span) }
      let file: OpenFile
      do throws(ReadError) {
        file = try environment.files.open(path, from: tree.source.path, options, meter, at: span)
      } catch {
        switch error {
        case .file(let error): throw .file(error, at: span)
        case .stopped(let error):
          stop = error
          return nil
        }
      }
      let rows = RowScope(fields: file.fields, name: file.name, skipsUnknown: true)
      return (Plan(source: .read(file)), rows)
    } catch {
      errors.append(error)
      return nil
    }
  }

  /// Whether a call opens a file.
  func isOpen(_ path: Run<Span>) -> Bool {
    path.count == 1 && tree[path].first.map(tree.name) == "open" && function(path) == nil
  }

  private func misuse(at span: Span) -> CheckError {
    .wrongArguments(function: "open", expected: Checker.openUsage, at: span)
  }

  /// A text that is written out, or a parameter.
  private mutating func writtenText(_ link: Link<Expression>) throws(CheckError) -> String {
    let expression = tree[link]
    if case .text = expression.kind { return tree.text(expression.span) }
    if case .path(let names) = expression.kind, names.count == 1 {
      let name = tree.name(expression.span)
      if case .literal(let named) = locals[name], case .text(let text) = named.literal {
        return text
      }
      if case .text(let text) = environment.literal(named: name)?.literal { return text }
    }
    throw .notWritten(at: expression.span)
  }

  private mutating func read(
    _ argument: Argument, into options: inout FileOptions
  ) throws(CheckError) {
    let value = tree[argument.value]
    guard let name = argument.name else { throw misuse(at: value.span) }
    switch tree.name(name) {
    case "separator": options.separator = try sign(argument.value)
    case "quote":
      options.quote = word(value) == "none" ? .none : .character(try sign(argument.value))
    case "types": options.types = try types(value)
    case "date":
      let text = try writtenText(argument.value)
      guard let pattern = DatePattern(text) else {
        throw .badDatePattern(text, at: value.span)
      }
      options.date = pattern
    case "decimal":
      let text = try writtenText(argument.value)
      guard text == "," || text == "." else {
        throw misuse(at: value.span)
      }
      options.decimal = text.utf8.first
    case "thousands":
      guard let sign = NumberStyle.thousands(try writtenText(argument.value)) else {
        throw misuse(at: value.span)
      }
      options.thousands = sign
    case "encoding":
      let text = try writtenText(argument.value)
      guard let encoding = Encoding(named: text) else {
        let names = Encoding.allCases.map(\.rawValue) + ["latin1"]
        throw .notInVocabulary(text, field: "encoding", names, at: value.span)
      }
      options.encoding = encoding
    case "unknown":
      guard case .list(let links) = value.kind else {
        options.unknown = [try writtenText(argument.value)]
        return
      }
      for link in tree[links] { options.unknown.append(try writtenText(link)) }
    case "bad":
      guard word(value) == "skip" else { throw misuse(at: value.span) }
      options.skipsBad = true
    default:
      let written = tree.name(name)
      throw .unknownOption(
        written, known: Checker.optionNames,
        nearest: Checker.otherOptionNames[written]
          ?? Suggestion.nearest(to: written, among: Checker.optionNames), at: name)
    }
  }

  private static let optionNames = [
    "separator", "quote", "types", "date", "decimal", "thousands", "encoding", "unknown", "bad",
  ]

  /// What other languages call them.
  private static let otherOptionNames = [
    "sep": "separator", "delim": "separator", "delimiter": "separator", "quotechar": "quote",
    "dec": "decimal", "decimal_separator": "decimal", "decimal_mark": "decimal",
    "grouping_mark": "thousands", "dtype": "types", "col_types": "types", "columns": "types",
    "dateformat": "date", "date_format": "date", "na": "unknown", "na_values": "unknown",
    "nullstr": "unknown", "null": "unknown", "fileEncoding": "encoding",
  ]

  /// A fixed word: `none`, `skip`, the name of a type.
  private func word(_ value: Expression) -> String? {
    guard case .path(let names) = value.kind, names.count == 1 else { return nil }
    return tree.name(value.span)
  }

  private mutating func sign(_ link: Link<Expression>) throws(CheckError) -> UInt8 {
    let bytes = Array(try writtenText(link).utf8)
    guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != 0x0A, bytes[0] != 0x0D else {
      throw misuse(at: tree[link].span)
    }
    return bytes[0]
  }

  private func types(_ value: Expression) throws(CheckError) -> [String: FileOptions.GivenType] {
    guard case .record(let fields) = value.kind else { throw misuse(at: value.span) }
    var types: [String: FileOptions.GivenType] = [:]
    for field in tree[fields] {
      let span = tree[field.value].span
      guard let type = word(tree[field.value]).flatMap(FileOptions.GivenType.init(rawValue:)) else {
        throw .unknownFileType(tree.source.text(span), at: span)
      }
      types[tree.name(field.name)] = type
    }
    return types
  }
}
