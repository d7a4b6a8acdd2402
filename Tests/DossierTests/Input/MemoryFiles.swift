import Synchronization

@testable import Dossier

/// Files in memory, for tests.
struct MemoryFiles: FileAccess {
  var files: [String: [UInt8]] = [:]
  /// Whether their sizes aren't told.
  var areStreams = false
  /// How many bytes one read gives at most.
  var step = Int.max

  func open(_ path: String, from script: String?) throws(FileProblem) -> any FileContent {
    guard let bytes = files[path] else { throw .notFound }
    return MemoryContent(name: path, bytes: bytes, size: areStreams ? nil : bytes.count, step: step)
  }
}

struct MemoryContent: FileContent {
  let name: String
  let bytes: [UInt8]
  let size: Int?
  var step = Int.max

  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileProblem) -> Int {
    let part = bytes.dropFirst(offset).prefix(min(buffer.count, step))
    buffer.copyBytes(from: part)
    return part.count
  }
}

extension Charge {
  static var free: Charge { Charge(meter: Meter(.default, CancelToken()), span: Span(0, 0)) }
}

/// A table that was read, as texts: for each row what each field prints.
struct ReadTable: Equatable {
  var names: [String] = []
  var types: [FileField.ValueType] = []
  var rows: [[String?]] = []
  var lines: [Int32] = []
  var skipped = 0
  /// How often the samples had said too little.
  var widenings = 0

  static func read(
    _ bytes: [UInt8], _ path: String = "t.csv", _ options: FileOptions = FileOptions(),
    fields: [String]? = nil, stream: Bool = false, step: Int = .max, charge: Charge = .free
  ) throws -> ReadTable {
    let access = MemoryFiles(files: [path: bytes], areStreams: stream, step: step)
    let reader = try FileReader(opening: path, from: nil, access, options, charge)
    var schema = reader.schema
    var result = ReadTable()
    while true {
      let needed = schema.fields.indices.filter { fields?.contains(schema.fields[$0].name) ?? true }
      switch try reader.read(Array(needed), as: schema, charge) {
      case .widened(let wider):
        schema = wider
        result.widenings += 1
      case .table(let file):
        result.names = needed.map { schema.fields[$0].name }
        result.types = needed.map { schema.fields[$0].type }
        result.lines = Array(file.lines.elements)
        result.skipped = file.skipped
        let columns = needed.indices.map { file.table.column($0) }
        result.rows = (0..<file.table.count).map { row in columns.map { $0.value(row) } }
        return result
      }
    }
  }

  static func read(
    _ text: String, _ path: String = "t.csv", _ options: FileOptions = FileOptions(),
    fields: [String]? = nil
  ) throws -> ReadTable {
    try read(Array(text.utf8), path, options, fields: fields)
  }

  /// The words of the error that reading gives.
  static func failure(
    _ bytes: [UInt8], _ path: String = "t.csv", _ options: FileOptions = FileOptions()
  ) -> String {
    do {
      let table = try read(bytes, path, options)
      return "no error: \(table.rows)"
    } catch let error as ReadError {
      guard case .file(let error) = error else { return "stopped" }
      let diagnostic = error.diagnostic(at: Span(0, 0))
      let help = diagnostic.help.map { " = \($0)" } ?? ""
      return "\(diagnostic.code) \(diagnostic.message)\(help)"
    } catch {
      return "\(error)"
    }
  }

  static func failure(
    _ text: String, _ path: String = "t.csv", _ options: FileOptions = FileOptions()
  ) -> String {
    failure(Array(text.utf8), path, options)
  }
}

extension Column {
  /// The value of a row without separators, nil if it is unknown.
  fileprivate func value(_ row: Int) -> String? {
    switch storage {
    case .quantities(let column):
      return column.isKnown(row) ? column.endTexts(row, grouped: false).best : nil
    case .texts(let codes, let dictionary):
      return codes[row] >= 0 ? dictionary[codes[row]] : nil
    case .dates(let column): return column.isKnown(row) ? column[row].text : nil
    case .truths(let column):
      return column.known.map { $0[row] == 0 } ?? false ? nil : column[row].description
    default: return nil
    }
  }
}
