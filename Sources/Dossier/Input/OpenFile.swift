import Synchronization

/// The files of a session: the host's way to them, and what was found out about them on the way.
final class OpenFiles: Sendable {
  let access: any FileAccess
  /// For each way of opening a file the types that its rows turned out to have, where the samples
  /// said too little.
  private let widened = Mutex<[String: FileSchema]>([:])

  init(_ access: any FileAccess) { self.access = access }

  /// Opens a file and looks at its header and samples.
  ///
  /// - Parameter script: the path of the script that asks; nil for a text that was typed.
  func open(
    _ path: String, from script: String?, _ options: FileOptions, _ meter: Meter, at span: Span
  ) throws(ReadError) -> OpenFile {
    let charge = Charge(meter: meter, span: span)
    let reader = try FileReader(opening: path, from: script, access, options, charge)
    let key = (script ?? "") + "\0" + options.call(path)
    let known = widened.withLock { $0[key] }
    let isSame = known.map { $0.columns.map(\.name) == reader.schema.columns.map(\.name) } ?? false
    let schema = isSame ? known ?? reader.schema : reader.schema
    return OpenFile(reader, schema, span, key: key, files: self)
  }

  fileprivate func widen(_ key: String, to schema: FileSchema) {
    widened.withLock { $0[key] = schema }
  }
}

/// A file as the source of a plan.
final class OpenFile: RowSource {
  let reader: FileReader
  let schema: FileSchema
  private let span: Span
  private let key: String
  private let files: OpenFiles

  fileprivate init(
    _ reader: FileReader, _ schema: FileSchema, _ span: Span, key: String, files: OpenFiles
  ) {
    self.reader = reader
    self.schema = schema
    self.span = span
    self.key = key
    self.files = files
  }

  var name: String { reader.content.name }
  /// As notes under an answer call it: as the script does, but the standard input in words.
  private var displayName: String { path == "-" ? name : path }
  var path: String { reader.path }
  var fieldCount: Int { schema.fields.count }

  /// The fields for the checker, with what would make other columns of them.
  var fields: [Field] {
    let advice = advice
    return schema.tableFields.enumerated().map { index, field in
      var field = field
      if schema.fields[index].part == .whole { field.advice = advice[schema.fields[index].column] }
      field.advice?.place = span
      return field
    }
  }

  private var advice: [FieldAdvice?] {
    schema.advice(
      reader.options, reader.path, isSeparatedByComma: reader.format.isSeparatedByComma)
  }

  func rows(_ needed: [Int], _ meter: Meter) throws(RunError) -> ReadRows {
    let outcome: FileReader.Outcome
    do throws(ReadError) {
      outcome = try reader.read(needed, as: schema, Charge(meter: meter, span: span))
    } catch {
      switch error {
      case .stopped(let error): throw error
      case .file(let error):
        throw RunError(cause: .told(error.diagnostic(at: span)), span: span)
      }
    }
    switch outcome {
    case .widened(let schema):
      files.widen(key, to: schema)
      throw RunError(cause: .sourceChanged, span: span)
    case .table(let file):
      return ReadRows(
        table: table(file.table, needed), lines: file.lines, notes: notes(file, needed))
    }
  }

  /// The columns that were read at their places among all fields.
  private func table(_ read: Table, _ needed: [Int]) -> Table {
    let fields = schema.tableFields
    var columns = [ColumnView](
      repeating: ColumnView(Column(.references(codes: Buffer<Int32>([]), .source))),
      count: fields.count)
    for (place, index) in needed.enumerated() { columns[index] = read.columns[place] }
    return Table(fields: fields, columns: columns, count: read.count)
  }

  private func notes(_ file: FileTable, _ needed: [Int]) -> [Note] {
    var notes: [String] = []
    if file.skipped > 0 {
      let rows = file.skipped == 1 ? "row" : "rows"
      notes.append("\(file.skipped.grouped) malformed \(rows) of \(displayName) skipped")
    }
    if case .delimited(let dialect) = reader.format, let other = dialect.otherSeparator {
      let signs = [dialect.separator, other].map(FileOptions.quoted)
      notes.append(
        "\(displayName) is read with `separator: \(signs[0])`; `separator: \(signs[1])` would fit as well"
      )
    }
    return (notes + textNotes(needed)).map(Note.remark)
  }

  /// Which of the columns that were read are texts, but could be numbers or dates.
  private func textNotes(_ needed: [Int]) -> [String] {
    let advice = advice
    var names: [String: [String]] = [:]
    var order: [FieldAdvice] = []
    for field in needed.map({ schema.fields[$0] }) where field.part == .whole {
      guard let found = advice[field.column] else { continue }
      if names[found.option] == nil { order.append(found) }
      names[found.option, default: []].append(field.name)
    }
    return order.map { advice in
      let columns = names[advice.option] ?? []
      let (verb, them) = columns.count == 1 ? ("is text", "it") : ("are texts", "them")
      let list = columns.joined(separator: ", ")
      let what = advice.result.rawValue
      return "\(list) of \(displayName) \(verb): `\(advice.option)` makes \(what) of \(them)"
    }
  }
}
