import Dossier

/// How errors are written to standard error.
enum ErrorFormat: String, CaseIterable {
  /// With the line and the caret drawn.
  case text
  /// One JSON object a line.
  case json

  /// The form that a command line asks for which is wrong in other ways.
  init(askedForIn arguments: [String]) {
    let option = "--errors"
    let written = zip(arguments, arguments.dropFirst() + [""]).compactMap { word, next in
      if word == option { return next }
      return word.hasPrefix(option + "=") ? String(word.dropFirst(option.count + 1)) : nil
    }
    self = written.compactMap { ErrorFormat(rawValue: $0) }.last ?? .text
  }
}

/// Where a text to run comes from.
enum Input: Equatable {
  case file(String)
  case standardInput
  case text(String, name: String)
}

/// What the caller asks for, checked.
struct Request: Equatable {
  /// What is done with the inputs.
  enum Action: Equatable {
    case run, check, explain, outline
  }

  var inputs: [Input] = []
  var action = Action.run
  /// Whether an undetermined check fails as a contradicted one does.
  var isStrict = false
  /// Whether a session follows the inputs even if there are some.
  var staysInteractive = false
  var parameters: [String: String] = [:]
  /// The scripts whose facts are there before anything runs.
  var dossiers: [String] = []
  /// What scripts may read besides their own folder and the current one.
  var readable: [String] = []
  /// How answers are written; nil for as a table.
  var format: OutputFormat?
  /// The file that gets the answers; nil for standard output.
  var output: String?
  /// Most rows of a table that are shown.
  var limit: Int?
  var guardsFormulas = false
  var cite: Bool?
  var showsTime = false
  var errors = ErrorFormat.text
  var colour = ColourPolicy.Choice.auto
  var readsStartFile = true
  var keepsHistory = true

  init() {}

  /// The plain command lines `[SCRIPT.q] [-e TEXT …]`, nil for any other.
  ///
  /// The option library takes 1.1 ms, as much as the rest of a short run; most runs are plain.
  init?(plain arguments: [String]) {
    var script: [String] = []
    var texts: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "-e" {
        guard let text = rest.popFirst() else { return nil }
        texts.append(text)
      } else if script.isEmpty && (argument == "-" || !argument.hasPrefix("-")) {
        script.append(argument)
      } else {
        return nil
      }
    }
    inputs = Self.inputs(script: script, texts: texts)
  }

  init(_ options: Options) throws(UsageError) {
    if options.script.count > 1, !options.checksOnly { throw .secondScript(options.script[1]) }
    action = try Self.action(options)
    isStrict = options.isStrict
    if options.cite && options.noCite { throw .together("--cite", "--no-cite") }
    inputs = Self.inputs(script: options.script, texts: options.text)
    staysInteractive = options.staysInteractive
    parameters = try Self.parameters(options.assignments)
    dossiers = options.dossiers
    readable = options.readable
    format = try Self.choice(options.format, of: "--format")
    output = options.output.last
    limit = try options.limit.last.map(Self.rows)
    guardsFormulas = options.guardsFormulas
    if output != nil && staysInteractive { throw .together("-o", "-i") }
    if output != nil && action == .check { throw .together("-o", "--check") }
    cite = options.cite ? true : options.noCite ? false : nil
    showsTime = options.timer
    if let errors: ErrorFormat = try Self.choice(options.errors, of: "--errors") {
      self.errors = errors
    }
    if let colour: ColourPolicy.Choice = try Self.choice(options.colour, of: "--color") {
      self.colour = colour
    }
    readsStartFile = !options.noStartFile
    keepsHistory = !options.noHistory
  }

  private static func action(_ options: Options) throws(UsageError) -> Action {
    let choices: [(isAsked: Bool, option: String, action: Action)] = [
      (options.checksOnly, "--check", .check), (options.explains, "--explain", .explain),
      (options.outlines, "--ast", .outline),
    ]
    let asked = choices.filter(\.isAsked)
    if asked.count > 1 { throw .together(asked[0].option, asked[1].option) }
    return asked.first?.action ?? .run
  }

  private static func inputs(script: [String], texts: [String]) -> [Input] {
    let first: [Input] = script.map { $0 == "-" ? .standardInput : .file($0) }
    if texts.count == 1 { return first + [.text(texts[0], name: "-e")] }
    return first + texts.enumerated().map { .text($0.element, name: "-e \($0.offset + 1)") }
  }

  private static func parameters(_ assignments: [String]) throws(UsageError) -> [String: String] {
    var values: [String: String] = [:]
    for assignment in assignments {
      guard let sign = assignment.firstIndex(of: "="), sign != assignment.startIndex else {
        throw .noValue(assignment)
      }
      values[String(assignment[..<sign])] = String(assignment[assignment.index(after: sign)...])
    }
    return values
  }

  private static func rows(_ written: String) throws(UsageError) -> Int {
    guard let rows = Int(written), rows > 0 else { throw .noRows(written) }
    return rows
  }

  /// The last of several wins, as in other programs.
  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ written: [String], of option: String
  ) throws(UsageError) -> Choice? where Choice.RawValue == String {
    guard let name = written.last else { return nil }
    guard let choice = Choice(rawValue: name) else {
      throw .notAChoice(name, option: option, choices: Choice.allCases.map(\.rawValue))
    }
    return choice
  }
}
