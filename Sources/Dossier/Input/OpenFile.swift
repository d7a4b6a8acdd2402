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
    _ path: String, from script: String?, _ options: FileOptions, at span: Span
  ) throws(ReadError) -> OpenFile {
    let charge = Charge(meter: Meter(.default, CancelToken()), span: span)
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
  var path: String { reader.path }
  var fieldCount: Int { schema.fields.count }

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
      return ReadRows(table: table(file.table, needed), lines: file.lines, notes: notes(file))
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

  private func notes(_ file: FileTable) -> [Note] {
    guard file.skipped > 0 else { return [] }
    let rows = file.skipped == 1 ? "1 malformed row" : "\(file.skipped) malformed rows"
    return [.remark("\(rows) of \(name) skipped")]
  }
}
